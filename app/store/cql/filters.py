"""The rows for which the filters of a query are true."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property, reduce

import numpy as np

from app.domain.errors import TooCostly
from app.store.base import Query
from app.store.columns import FeatureColumns
from app.store.cql.coded import Mask, Rows
from app.store.cql.effort import AT_ONCE
from app.store.cql.evaluate import Evaluation
from app.store.cql.narrow import ALL_MOST, SHARE, several

COST_ROWS = 100_000
"""Rows up to which what filters may cost is what the query allows."""
KEPT = 16
"""Filters whose rows are kept."""


class Marked:
    """Rows in order, marked among all: counted at once, made as far as they are asked for."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> Rows:
        """Some from the first or a later one on."""
        if part.stop is not None and part.stop < len(self):
            likely = 2 * part.stop * len(self.mask) // len(self)
            first = np.flatnonzero(self.mask[:likely])
            if len(first) >= part.stop:
                return first[part]
        return np.flatnonzero(self.mask)[part]

    @cached_property
    def _count(self) -> int:
        return int(np.count_nonzero(self.mask))


class Filters:
    """Evaluates filters; the rows of the last few are kept, for pages that follow."""

    def __init__(self, columns: FeatureColumns) -> None:
        self._columns = columns
        self._kept: OrderedDict[str, Rows | Marked] = OrderedDict()

    def evaluations(self, query: Query) -> list[Evaluation]:
        return [Evaluation(one.expression, self._columns, one.projection) for one in query.filters]

    def are_long(self, query: Query, evaluations: Sequence[Evaluation]) -> bool:
        """Whether to evaluate them may take so long that others would wait."""
        steps = sum(one.effort(self._columns) for one in evaluations)
        return steps > AT_ONCE and filter_key(query) not in self._kept

    def rows(
        self, query: Query, evaluations: Sequence[Evaluation], among: Rows | None = None
    ) -> Rows | Marked:
        """The rows in order; `among`: of these alone, which are in order."""
        key = filter_key(query)
        found = self._kept.pop(key, None)
        if found is None:
            if among is not None and ALL_MOST < len(self._columns) >= SHARE * len(among):
                return np.intersect1d(self._evaluated(query, evaluations, several(among)), among)
            found = self._found(query, evaluations)
        self._kept[key] = found
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if among is None:
            return found
        if isinstance(found, Marked):
            return among[found.mask[among]]
        return np.intersect1d(found, among, assume_unique=True)

    def _found(self, query: Query, evaluations: Sequence[Evaluation]) -> Rows | Marked:
        candidates = [one.candidates(self._columns) for one in evaluations]
        few = [one for one in candidates if one is not None]
        if few:
            return self._evaluated(query, evaluations, min(few, key=len))
        check_cost(evaluations, query, len(self._columns))
        return Marked(truth(evaluations))

    def _evaluated(self, query: Query, evaluations: Sequence[Evaluation], rows: Rows) -> Rows:
        columns = self._columns.of(rows)
        for one in evaluations:
            one.columns = columns
        check_cost(evaluations, query, len(self._columns))
        return rows[truth(evaluations)]


def truth(evaluations: Sequence[Evaluation]) -> Mask:
    """Where all are true."""
    return reduce(np.logical_and, (one.rows() for one in evaluations))


def check_cost(evaluations: Sequence[Evaluation], query: Query, count: int) -> None:
    """Raises TooCostly where the filters together cost more than the query allows. What a large
    pack allows grows with it: the filter is refused for what it asks, not for whom.
    """
    if query.cost_most is None:
        return
    cost = sum(one.cost() for one in evaluations)
    most = query.cost_most * max(count, COST_ROWS) // COST_ROWS
    if cost > most:
        raise TooCostly("filter", "the filter", cost, most)


def filter_key(query: Query) -> str:
    """The same where the filters, and what they may cost, are the same."""
    return repr((query.filters, query.cost_most))
