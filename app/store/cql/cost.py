"""The cost of a filter, computed before the filter is evaluated.

The unit is about a comparison of one item. Prices are upper bounds that were measured on the
worst there is, not on what is usual: a client chooses what is computed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.cql.coded import plain_part
from app.store.cql.operators.comparison import ARITHMETIC, COMPARISONS
from app.store.cql.operators.spatial import SPATIAL
from app.store.cql.sharing import Sharing
from app.store.cql.values import GEOMETRY, TEXT, Value


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a value there is: over all rows, equal geometries counted once."""

    rows: int = 1
    chars: int = 0
    shapes: int = 0
    vertices: int = 0
    tangled: int = 0
    """Vertices of a literal whose lines or members may cross each other: each may cross each."""


class Sized(Protocol):
    """Columns that know their sizes."""

    def size(self, name: str) -> Size:
        """Of a queryable; of any other name an empty one."""
        ...


NODE = 100
"""Of any part, whatever its size."""

ROW_TEMPORAL = 4
CHAR_OF_PATTERN, STEPS_A_CHAR = 120, 10
CHARS_AT_ONCE = 4
"""Of a text in which one part is looked for: as many take a step."""
PLANE = 3_000
VERTEX_BOTH, VERTEX_ONE, VERTEX_DISTANCE, CROSSING, CROSSING_POINT = 6, 3, 2, 4, 16

Sizes = Sequence[Size]
Price = Callable[[Sizes], int]


def size_of(value: Value) -> Size:
    """The size of a column or literal."""
    rows = len(value.known)
    if value.kind == TEXT:
        return Size(rows, chars=sum(map(len, value.data)))
    if value.kind != GEOMETRY:
        return Size(rows)
    shapes = distinct(value.data)
    vertices = int(shapely.get_num_coordinates(shapes).sum())
    return Size(rows, 0, len(shapes), vertices, vertices if rows == 1 and tangles(shapes[0]) else 0)


def distinct(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    array = np.empty(0, object)
    known = {id(shape): shape for shape in shapes if shape is not None}
    return np.append(array, np.array([*known.values(), None], object)[:-1])


def tangles(shape: Any) -> bool:
    """Whether parts of a geometry may cross each other; of a valid polygon none do."""
    if shape.geom_type == "GeometryCollection":
        return True
    return "LineString" in shape.geom_type and not shapely.is_simple(shape)


def rows_of(sizes: Sizes) -> int:
    return max((size.rows for size in sizes), default=1)


def chars_of(sizes: Sizes) -> int:
    return sum(size.chars for size in sizes)


def spatial(sizes: Sizes) -> int:
    """By the vertices of both sides; two literals, and what is tangled, by all their crossings."""
    if len(sizes) != 2:
        return NODE
    left, right = sizes
    vertices = left.vertices + right.vertices
    crossings = CROSSING_POINT * (left.tangled**2 + right.tangled**2)
    if left.rows == right.rows == 1:
        return NODE + CROSSING * left.vertices * right.vertices + VERTEX_ONE * vertices + crossings
    if left.rows == right.rows:
        return NODE + VERTEX_BOTH * vertices
    many, one = (left, right) if left.rows > right.rows else (right, left)
    return NODE + VERTEX_ONE * (many.vertices + many.shapes * one.vertices) + many.rows + crossings


def distance(sizes: Sizes) -> int:
    if len(sizes) != 2:
        return NODE
    many, one = sizes
    whole = many.vertices + many.shapes * one.vertices
    return NODE + PLANE + VERTEX_DISTANCE * whole + many.rows


def like(sizes: Sizes) -> int:
    """Every character of the pattern may have to be tried at every character of the text."""
    if len(sizes) != 2:
        return NODE
    text, pattern = sizes
    steps = text.chars * (1 + pattern.chars // STEPS_A_CHAR)
    return NODE + text.rows + steps + CHAR_OF_PATTERN * pattern.chars


def is_simple(args: list[Any]) -> bool:
    """Whether one part is looked for in each text."""
    match args:
        case [_, str(pattern)]:
            part = plain_part(pattern)
            return bool(part) and pattern.strip("%") == part
    return False


def by_row(weight: int) -> Price:
    return lambda sizes: NODE + weight * rows_of(sizes)


PRICES: dict[str, Price] = {
    **dict.fromkeys((*COMPARISONS, *ARITHMETIC), by_row(1)),
    **dict.fromkeys(SPATIAL, spatial),
    "and": lambda sizes: NODE * (1 + len(sizes)),
    "or": lambda sizes: NODE * (1 + len(sizes)),
    "not": lambda sizes: NODE,
    "isnull": lambda sizes: NODE,
    "between": by_row(2),
    "like": like,
    "accenti": lambda sizes: NODE + 2 * rows_of(sizes) + chars_of(sizes),
    "distance_km": distance,
}
OTHER: Price = lambda sizes: NODE + ROW_TEMPORAL * rows_of(sizes) + chars_of(sizes) // 5  # noqa: E731
"""Times, lists, and functions of a text."""


class Pricing:
    """The price of one expression; equal parts are paid once."""

    def __init__(
        self, columns: Sized, sharing: Sharing, geometry: Callable[[Any], Value | None]
    ) -> None:
        self.cost = 0
        self._columns, self._sharing, self._geometry = columns, sharing, geometry
        self._sizes: dict[int, Size] = {}

    def size(self, part: Any) -> Size:
        """The size of a part's value; its price and that of all in it are added to `cost`."""
        number = self._sharing.of(part)
        if number is None:
            return Size(chars=len(part)) if isinstance(part, str) else Size()
        if number not in self._sizes:
            self._sizes[number] = self._price(part)
        return self._sizes[number]

    def _price(self, part: Any) -> Size:
        match part:
            case {"property": str(name)}:
                return self._columns.size(name)
            case {"op": str(name), "args": list(args)}:
                return self._operation(name.lower(), args)
            case {"interval": list(parts)}:
                self.cost += NODE
                return Size(rows_of([self.size(one) for one in parts]))
            case list():
                return Size(rows_of([self.size(one) for one in part]), chars=len(part))
        literal = self._geometry(part)
        self.cost += NODE
        return Size() if literal is None else size_of(literal)

    def _operation(self, op: str, args: list[Any]) -> Size:
        sizes = [self.size(arg) for arg in args]
        if op == "like" and is_simple(args):
            sizes[0] = replace(sizes[0], chars=sizes[0].chars // CHARS_AT_ONCE)
        if op == "in" and len(args) == 2 and isinstance(args[1], list):
            other = sum(isinstance(arg, dict | list) for arg in args[1])
            self.cost += (1 + other) * (NODE + rows_of(sizes)) + len(args[1])
        else:
            self.cost += PRICES.get(op, OTHER)(sizes)
        return Size(rows_of(sizes), chars=chars_of(sizes))
