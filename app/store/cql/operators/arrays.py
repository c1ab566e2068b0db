"""Array operators (OGC 21-065r2): lists as sets of values."""

from collections.abc import Callable

import numpy as np

from app.store.cql.coded import Coded
from app.store.cql.values import LIST, Truth, Value, judged, same_kind

Items = frozenset[object]

ARRAYS: dict[str, Callable[[Items, Items], bool]] = {
    "a_equals": lambda a, b: a == b,
    "a_contains": lambda a, b: a >= b,
    "a_containedby": lambda a, b: a <= b,
    "a_overlaps": lambda a, b: not a.isdisjoint(b),
}


def array_relation(op: str, left: Value, right: Value) -> Truth:
    """Whether two lists stand in a relation; a row without a list is unknown."""
    same_kind(op, left, right, (LIST,))
    relation = ARRAYS[op]
    if isinstance(left.index, Coded) and len(right.data) == 1:
        other = right.data[0]
        return judged(left.index.rows(lambda value: relation(value, other)), left, right)
    pairs = zip(*np.broadcast_arrays(left.data, right.data), strict=True)
    return judged(np.array([relation(a, b) for a, b in pairs], np.bool_), left, right)
