"""Rows in the order a client asks for."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.errors import BadValue
from app.store.base import Order
from app.store.columns import FeatureColumns
from app.store.cql.coded import Ranked
from app.store.cql.values import BOOLEAN, DATE, INSTANT, NUMBER, TEXT

SORTABLE = (TEXT, NUMBER, BOOLEAN, DATE, INSTANT)
Rows = NDArray[np.intp]
KEPT = 4
"""Orders in which all rows are kept."""


class Sorting:
    """All rows in the orders that were asked for last, for pages that follow."""

    def __init__(self, columns: FeatureColumns) -> None:
        self._columns = columns
        self._kept: OrderedDict[Sequence[Order], Rows] = OrderedDict()

    def every(self, order: Sequence[Order]) -> Rows:
        """All rows, sorted."""
        rows = self._kept.pop(order, None)
        if rows is None:
            rows = ordered(np.arange(len(self._columns)), order, self._columns)
        self._kept[order] = rows
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return rows

    def holds(self, order: Sequence[Order]) -> bool:
        return order in self._kept


def ordered(rows: Rows, order: Sequence[Order], columns: FeatureColumns) -> Rows:
    """The rows sorted, the first order first; what ties keeps its place."""
    for one in reversed(order):
        rows = rows[np.argsort(ranks(one, columns, rows), kind="stable")]
    return rows


def ranks(order: Order, columns: FeatureColumns, rows: Rows) -> Rows:
    """Each row's place by one property; rows without a value last, up or down."""
    value = columns.column(order.property, "sortby")
    if value.kind not in SORTABLE:
        raise BadValue("sortby", order.property, f"a property that is one of {', '.join(SORTABLE)}")
    found = (
        value.index.codes[rows].astype(np.intp)
        if isinstance(value.index, Ranked) and not order.values
        else placed_in(order.values, value.data[rows])
    )
    placed = -found if order.descending else found
    return np.where(value.known[rows], placed, np.iinfo(np.intp).max)


def placed_in(values: Sequence[str], data: NDArray[Any]) -> Rows:
    """The place of each value: in a closed list where there is one, else among all there are."""
    known, found = np.unique(data, return_inverse=True)
    if not values:
        return found
    places = [values.index(one) if one in values else len(values) for one in known.tolist()]
    return np.array(places, dtype=np.intp)[found]
