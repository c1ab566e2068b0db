"""Array operators (OGC 21-065r2): lists as sets of values."""

from collections.abc import Callable

import numpy as np

from app.store.cql.coded_lists import CodedLists
from app.store.cql.values import LIST, Mask, Truth, Value, judged, same_kind

Items = frozenset[object]

ARRAYS: dict[str, Callable[[Items, Items], bool]] = {
    "a_equals": lambda a, b: a == b,
    "a_contains": lambda a, b: a >= b,
    "a_containedby": lambda a, b: a <= b,
    "a_overlaps": lambda a, b: not a.isdisjoint(b),
}
TURNED_ARRAYS = {"a_contains": "a_containedby", "a_containedby": "a_contains"}
"""The same seen from the other side."""


def array_relation(op: str, left: Value, right: Value) -> Truth:
    """Whether two lists stand in a relation; a row without a list is unknown."""
    same_kind(op, left, right, (LIST,))
    if isinstance(left.index, CodedLists) and len(right.data) == 1:
        return judged(found_in(left.index, op, right.data[0]), left, right)
    if isinstance(right.index, CodedLists) and len(left.data) == 1:
        return array_relation(TURNED_ARRAYS.get(op, op), right, left)
    relation = ARRAYS[op]
    pairs = zip(*np.broadcast_arrays(left.data, right.data), strict=True)
    return judged(np.array([relation(a, b) for a, b in pairs], np.bool_), left, right)


def found_in(lists: CodedLists, op: str, other: Items) -> Mask:
    """Which rows' lists stand in a relation to another one."""
    relation, codes = ARRAYS[op], lists.codes_about(op, other)
    if codes is None:
        return lists.rows(lambda value: relation(value, other))
    if op == "a_equals":
        codes = codes[[lists.values[code] == other for code in codes.tolist()]]
    return lists.among_codes(codes)
