"""What expressions evaluate to: a value per row with its kind, and truth that may be unknown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.cql.coded import Coded, Rows, coded_numbers, coded_texts
from app.store.cql.coded_lists import coded_lists
from app.store.cql.errors import wrong

Mask = NDArray[np.bool_]

TEXT, NUMBER, BOOLEAN, DATE, INSTANT, INTERVAL, LIST, GEOMETRY = (
    "text", "number", "boolean", "date", "timestamp", "interval", "list", "geometry",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """One value per row, or one for all rows (length 1). Where `known` is false there is none.

    text: str; number: float64; boolean: bool; date and timestamp: int64 days or microseconds
    since 1970; interval: int64 microseconds or days, (rows, 2); list: frozenset; geometry: shapely.
    """

    kind: str
    data: NDArray[Any]
    known: Mask
    unit: str = ""
    """Of an interval: DATE or INSTANT, the kind of its ends."""
    index: Coded | shapely.STRtree | None = None
    """Of a column, by which rows are found without looking at each."""

    def of(self, rows: Rows) -> "Value":
        """The same of some rows."""
        index = self.index.of(rows) if isinstance(self.index, Coded) else None
        return Value(self.kind, self.data[rows], self.known[rows], self.unit, index)


@dataclass(frozen=True, slots=True)
class Truth:
    """Three-valued: rows that are neither in `yes` nor in `no` are unknown (a null took part)."""

    yes: Mask
    no: Mask

    def __and__(self, other: "Truth") -> "Truth":
        return Truth(self.yes & other.yes, self.no | other.no)

    def __or__(self, other: "Truth") -> "Truth":
        return Truth(self.yes | other.yes, self.no & other.no)

    def __invert__(self) -> "Truth":
        return Truth(self.no, self.yes)


def judged(holds: Mask, *operands: Value) -> Truth:
    """Truth of a comparison: unknown wherever one of its operands is."""
    some = [one.known for one in operands if len(one.known) > 1 or not one.known[0]]
    if not some:
        return Truth(holds, ~holds)
    known = reduce(np.logical_and, some)
    return Truth(holds & known, known > holds)


def constant(kind: str, value: object, unit: str = "") -> Value:
    """The same value for every row."""
    return column(kind, [value], [True], unit)


def column(kind: str, values: Iterable[Any], known: Iterable[bool], unit: str = "") -> Value:
    """A value per row, in the array its kind is kept in."""
    return Value(kind, array_of(kind, list(values)), np.array(list(known), np.bool_), unit)


INDEXES: dict[str, Callable[[list[Any] | NDArray[Any]], Coded]] = {
    TEXT: coded_texts, LIST: coded_lists, **dict.fromkeys((NUMBER, DATE, INSTANT), coded_numbers),
}  # fmt: skip


def indexed(kind: str, values: Iterable[Any], known: Iterable[bool]) -> Value:
    """The same for many rows, with what makes them quick to find; equal ones are one object."""
    if kind not in INDEXES:
        return column(kind, values, known)
    given = list(values)
    index = INDEXES[kind](given if kind in (TEXT, LIST) else array_of(kind, given))
    data = array_of(kind, list(index.values))[index.codes]
    return Value(kind, data, np.array(list(known), np.bool_), index=index)


def array_of(kind: str, values: list[Any]) -> NDArray[Any]:
    dtype: Any = {NUMBER: np.float64, BOOLEAN: np.bool_, DATE: np.int64, INSTANT: np.int64,
                  INTERVAL: np.int64}.get(kind)  # fmt: skip
    if dtype is not None:
        return np.array(values, dtype)
    array = np.empty(len(values), object)
    array[:] = values
    return array


def same_kind(op: str, left: Value, right: Value, allowed: tuple[str, ...]) -> None:
    """Both of one kind, and of a kind the operator knows."""
    if left.kind not in allowed or left.kind != right.kind:
        raise wrong(f"{left.kind} {op} {right.kind}", f"{op} between two of: {', '.join(allowed)}")


def need_kind(op: str, value: Value, kind: str) -> None:
    if value.kind != kind:
        raise wrong(f"{op}({value.kind})", f"{op} of a {kind}")


def need_count(op: str, args: list[Any], count: int) -> None:
    if len(args) != count:
        raise wrong(f"{op} with {len(args)} arguments", f"{op} with {count}")
