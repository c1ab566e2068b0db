"""Of which rows an expression can be true at most, as the indexes of columns know it: where these
are few, it is evaluated on them alone.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.cql.coded import FEW, LAST_CHARACTER, Coded, CodedTexts, Ranked, Rows, plain_part
from app.store.cql.coded_lists import REQUIRED, CodedLists
from app.store.cql.operators.arrays import TURNED_ARRAYS
from app.store.cql.operators.comparison import TURNED
from app.store.cql.operators.spatial import SPATIAL
from app.store.cql.pieces import distinct
from app.store.cql.values import Value

ALL_MOST = 4_000
"""So many rows are all looked at: that takes no longer."""
SHARE = 64
"""One row in so many is looked at by itself; more are gone through with all others."""
LOOKUPS = 64
"""Conditions, or values of a list, that are looked up."""
SAMPLE = 256
"""Shapes by which it is reckoned how many lie in a box."""


class Candidates(NamedTuple):
    """How many rows there are, about, and which, in any order."""

    about: float
    rows: Callable[[], Rows]


class Held(Protocol):
    """Columns of which some are made."""

    def __len__(self) -> int: ...

    def held(self, name: str) -> Value | None:
        """A column that is there already."""
        ...

    def held_derived(self, key: str) -> Value | None:
        """What a function makes of a column, where it is there already."""
        ...


Constant = Callable[[Any], Value | None]


def narrowed(expression: Any, columns: Held, constant: Constant) -> Rows | None:
    """The rows to look at, in order; None where that are all.

    `constant` gives the value of a part that is the same for all rows, None of any other.
    """
    few = looked_up(expression, columns, constant)
    if few is None:
        return None
    rows = distinct(few.rows())
    return several(rows) if len(rows) <= len(columns) // SHARE else None


def looked_up(expression: Any, columns: Held, constant: Constant) -> Candidates | None:
    """The same as it is reckoned, before any row is."""
    if len(columns) <= ALL_MOST:
        return None
    found = Narrowing(columns, constant).of(expression)
    return None if found is None or found.about > len(columns) // SHARE else found


def several(rows: Rows) -> Rows:
    """Rows, and others where they are fewer than two: one value is what is the same for all."""
    return rows if len(rows) > 1 else np.union1d(rows, (0, 1))


class Narrowing:
    """Of one expression."""

    def __init__(self, columns: Held, constant: Constant) -> None:
        self._columns, self._constant = columns, constant
        self._lookups = LOOKUPS

    def of(self, expression: Any) -> Candidates | None:
        match expression:
            case {"op": str(name), "args": [*args]}:
                op = name.lower()
                return JOINED[op](self, args) if op in JOINED else self._condition(op, args)
        return None

    def fewest(self, args: list[Any]) -> Candidates | None:
        """What is true by all is true by that which leaves the fewest."""
        found = [one for one in map(self.of, args) if one is not None]
        return min(found, key=lambda one: one.about, default=None)

    def together(self, args: list[Any]) -> Candidates | None:
        """What is true by any may be true by each."""
        found: list[Candidates] = []
        for arg in args:
            one = self.of(arg)
            if one is None:
                return None
            found.append(one)
        count = sum(one.about for one in found)
        return Candidates(count, lambda: np.concatenate([one.rows() for one in found] or [NONE]))

    def _condition(self, op: str, args: list[Any]) -> Candidates | None:
        if op not in RULES.keys() | TURNED_OPS or len(args) < 2 or not self._lookups:
            return None
        self._lookups -= 1
        column, others = held_column(self._columns, args[0]), args[1:]
        if column is None and op in TURNED_OPS:
            op, column, others = turned(op), held_column(self._columns, args[1]), args[:1]
        if column is None or column.index is None or op not in RULES:
            return None
        if op == "in" and isinstance(others[0], list):
            others = others[0]
        values = [self._constant(one) for one in others[: LOOKUPS + 1]]
        known = [one.data[0] for one in values if one is not None and one.kind == column.kind]
        if len(known) < len(values) or len(known) > LOOKUPS:
            return None
        return RULES[op](op, column.index, known)


def turned(op: str) -> str:
    """The relation as seen from the other side."""
    return TURNED.get(op) or TURNED_ARRAYS.get(op) or op


def held_column(columns: Held, part: Any) -> Value | None:
    """A column, or what a function makes of one, that is there already."""
    match part:
        case {"property": str(name)}:
            return columns.held(name)
        case {"op": str(op), "args": [{"property": str(name)}]}:
            return columns.held_derived(f"{op.lower()} {name}")
    return None


def compared(op: str, index: Any, values: list[Any]) -> Candidates | None:
    if not isinstance(index, Ranked) or len(values) != 1:
        return None
    return between(index, *index.span(op, values[0]))


def between(index: Ranked, low: int, high: int) -> Candidates:
    """The rows whose values lie from one place up to another."""
    return Candidates(index.count(low, high), lambda: index.between(low, high))


def limited(op: str, index: Any, values: list[Any]) -> Candidates | None:
    if not isinstance(index, Ranked) or len(values) != 2:
        return None
    low, high = index.bounds(values[0])[0], index.bounds(values[1])[1]
    return between(index, low, max(low, high))


def listed(op: str, index: Any, values: list[Any]) -> Candidates | None:
    if not isinstance(index, Ranked):
        return None
    return having(index, distinct(index.codes_among(values)))


def having(index: Coded, codes: NDArray[Any]) -> Candidates:
    return Candidates(index.count_of(codes), lambda: index.having(codes))


def alike(op: str, index: Any, values: list[Any]) -> Candidates | None:
    """By how the pattern begins, or else by its longest part."""
    if not isinstance(index, CodedTexts) or len(values) != 1:
        return None
    pattern = values[0]
    part = plain_part(pattern)
    if part and pattern.startswith(part) and part[-1] != LAST_CHARACTER:
        return between(index, *index.span_starting(part))
    count = index.count_about(part)
    if count is None:
        few = len(index.values) < FEW and part
        return having(index, index.codes_where(lambda text: part in text)) if few else None
    return Candidates(count, lambda: index.having(index.codes_about(part)))


def sharing(op: str, index: Any, values: list[Any]) -> Candidates | None:
    if not isinstance(index, CodedLists) or len(values) != 1:
        return None
    codes = index.codes_about(op, values[0])
    return None if codes is None else having(index, codes)


def touched(op: str, index: Any, values: list[Any]) -> Candidates | None:
    """All that does not lie apart touches the other's box."""
    if not isinstance(index, shapely.STRtree) or len(values) != 1:
        return None
    count = share_in(index, values[0]) * len(index.geometries)
    return Candidates(count, lambda: index.query(values[0]))


def share_in(tree: shapely.STRtree, shape: Any) -> float:
    """How large a part of some shapes lies in the box of another, about."""
    if not len(tree):
        return 0.0
    some = tree.geometries[:: max(1, len(tree.geometries) // SAMPLE)]
    west, south, east, north = shapely.bounds(some).T
    left, bottom, right, top = shapely.bounds(shape)
    near = (west <= right) & (east >= left) & (south <= top) & (north >= bottom)
    return max(float(near.mean()), 1 / len(some))


NONE = np.empty(0, np.intp)
JOINED: dict[str, Callable[[Narrowing, list[Any]], Candidates | None]] = {
    "and": Narrowing.fewest,
    "or": Narrowing.together,
}
Rule = Callable[[str, Any, list[Any]], Candidates | None]
RULES: dict[str, Rule] = {
    **dict.fromkeys(("=", "<", "<=", ">", ">="), compared),
    "between": limited,
    "in": listed,
    "like": alike,
    **dict.fromkeys(REQUIRED, sharing),
    **dict.fromkeys(SPATIAL.keys() - {"s_disjoint"}, touched),
}
TURNED_OPS = {*RULES, "a_containedby"} - {"between", "in", "like"}
"""Those whose column may stand behind."""
