"""The bytes of features that are single points, many at once.

Points of which the same things are said have their bytes in the same places: each of these is
written for all of them in one step. A varint is as wide as the largest that stands in its place,
so that a small one may have an empty byte at its end, as protobuf allows.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.store.tiles.grid import Ints

FEATURE, NUMBER, TAGS, TYPE, GEOMETRY = 18, 8, 18, 24, 34
"""Field and wire type of each part of a feature, as protobuf joins them."""
POINT, ONE_MOVE = 1, 9
MORE = 0x80
STEPS = 1 << np.arange(7, 63, 7)
"""From each of these on a varint takes another byte."""
Part = tuple[Any, int]
"""A number for all or one of each feature, and the bytes it takes."""


def point_features(
    numbers: Ints, points: Ints, present: NDArray[np.bool_], values: Ints
) -> tuple[bytes, list[int]]:
    """Every feature, and where each begins and the last ends. `points` are folded for varints;
    `values` stand in the columns where something is present.
    """
    said = present @ (1 << np.arange(present.shape[1]))
    if len(said) and (said == said[0]).all():
        found = alike(numbers, points, np.flatnonzero(present[0]), values)
        return found.tobytes(), list(range(0, found.size + 1, found.shape[1]))
    texts = np.empty(len(said), dtype=object)
    for one in np.unique(said):
        rows = np.flatnonzero(said == one)
        columns = np.flatnonzero(present[rows[0]])
        found = alike(numbers[rows], points[rows], columns, values[rows])
        texts[rows] = found.view(np.dtype((np.void, found.shape[1]))).ravel().tolist()
    ends = np.cumsum([0, *map(len, texts)])
    return b"".join(texts), ends.tolist()


def alike(numbers: Ints, points: Ints, columns: Ints, values: Ints) -> NDArray[np.uint8]:
    """Features of which the same columns are said: a row of bytes each."""
    widths = width(values.max(axis=0, initial=0))
    x, y = ((points[:, side], width(points.max(initial=0))) for side in (0, 1))
    tags: list[Part] = []
    for column in columns.tolist():
        tags += [(column, 1), (values[:, column], widths[column])]
    place: list[Part] = [(ONE_MOVE, 1), x, y]
    inner: list[Part] = [
        (NUMBER, 1), (numbers, width(numbers.max(initial=0))),
        (TAGS, 1), sized(tags), *tags, (TYPE, 1), (POINT, 1), (GEOMETRY, 1), sized(place), *place,
    ]  # fmt: skip
    parts = [(FEATURE, 1), sized(inner), *inner]
    records = np.empty((len(numbers), sized(parts)[0]), dtype=np.uint8)
    at = 0
    for given, size in parts:
        write(records[:, at : at + size], given)
        at += size
    return records


def write(columns: NDArray[np.uint8], numbers: Any) -> None:
    """A varint in all of these columns."""
    last = columns.shape[1] - 1
    for at in range(last):
        columns[:, at] = numbers & 0x7F | MORE
        numbers = numbers >> 7
    columns[:, last] = numbers


def sized(parts: list[Part]) -> tuple[int, int]:
    """How many bytes they take, and how many that number does."""
    total = sum(size for _, size in parts)
    return total, width(total)


def width(most: Any) -> Any:
    """Bytes that a varint takes."""
    return 1 + np.searchsorted(STEPS, most, side="right")
