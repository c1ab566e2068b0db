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
    numbers: Ints, points: Ints, present: NDArray[np.int32], values: NDArray[np.int32]
) -> tuple[bytes | bytearray, list[int]]:
    """Every feature, and where each begins and the last ends. `points` are folded for varints;
    `present` has a bit for each row of `values` where something is said.
    """
    kinds = np.unique(present).tolist()
    if len(kinds) == 1:
        found, size = alike(numbers, points, bits_of(kinds[0]), values)
        return found, list(range(0, len(found) + 1, size))
    texts = np.empty(len(present), dtype=object)
    for kind in kinds:
        at = np.flatnonzero(present == kind)
        found, size = alike(numbers[at], points[at], bits_of(kind), values[:, at])
        texts[at] = np.frombuffer(found, np.dtype((np.void, size))).tolist()
    ends = np.cumsum([0, *map(len, texts)])
    return b"".join(texts), ends.tolist()


def bits_of(number: int) -> list[int]:
    """Which bits are set."""
    return [bit for bit in range(number.bit_length()) if number >> bit & 1]


def alike(
    numbers: Ints, points: NDArray[np.integer], said: list[int], values: NDArray[np.int32]
) -> tuple[bytearray, int]:
    """Features of which the same is said, and the bytes that each of them takes."""
    x, y = ((points[:, side], width(points.max(initial=0))) for side in (0, 1))
    widths = width(values.max(axis=1, initial=0)).tolist()
    tags: list[Part] = []
    for row in said:
        tags += [(row, 1), (values[row], widths[row])]
    place: list[Part] = [(ONE_MOVE, 1), x, y]
    inner: list[Part] = [
        (NUMBER, 1), (numbers, width(numbers.max(initial=0))),
        (TAGS, 1), sized(tags), *tags, (TYPE, 1), (POINT, 1), (GEOMETRY, 1), sized(place), *place,
    ]  # fmt: skip
    parts = [(FEATURE, 1), sized(inner), *inner]
    same = [varint(given, size) if isinstance(given, int) else bytes(size) for given, size in parts]
    body = bytearray(b"".join(same)) * len(numbers)
    records = np.frombuffer(body, np.uint8).reshape(len(numbers), -1)
    at = 0
    for given, size in parts:
        if not isinstance(given, int):
            write(records[:, at : at + size], given)
        at += size
    return body, records.shape[1]


def varint(number: int, size: int) -> bytes:
    """A number in so many bytes."""
    record = np.empty((1, size), dtype=np.uint8)
    write(record, number)
    return record.tobytes()


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
    return total, int(width(total))


def width(most: Any) -> Any:
    """Bytes that a varint takes."""
    return 1 + np.searchsorted(STEPS, most, side="right")
