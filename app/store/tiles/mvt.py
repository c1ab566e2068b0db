"""The bytes of an MVT layer, of many features at once.

Everything in a feature is an integer, small ones in a byte (protobuf's varints). So a
layer is one array of integers: for each feature, in this order,

    18 length | 8 number | 18 length, tags … | 24 type | 34 length, geometry …

and it is made bytes at once. The three lengths are reckoned from the bytes of what they hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.store.tiles.grid import EXTENT, Ints
from app.store.tiles.point_features import (
    FEATURE,
    GEOMETRY,
    NUMBER,
    STEPS,
    TAGS,
    TYPE,
    point_features,
)
from app.store.tiles.ragged import places, starts_of

LAYER, NAME, KEY, VALUE = b"\x1a", b"\x0a", b"\x1a", b"\x22"
TAIL = b"\x28\x80\x20\x78\x02"
"""extent 4096, version 2."""
assert EXTENT == 4096

SPARSE = 20
"""Numbers for each that is there from which on it is quicker to sort than to mark."""

NOTHING, OWN = -1, -2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The geometries of features, as MVT's commands: a list each in one flat array."""

    types: Ints
    """1 points, 2 lines, 3 areas."""
    lengths: Ints
    commands: Ints
    points: Ints | None = None
    """Where all are single points, each one's place, folded for varints."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What is said of features: for each a row, for each key a column."""

    keys: list[str]
    codes: NDArray[np.int32]
    """Places in `values`; NOTHING, or OWN where no other feature of all says the same."""
    present: NDArray[np.bool_]
    """Where there is something."""
    values: list[bytes]
    """As `value_bytes` writes them."""
    own: list[bytes]
    """A text a feature: the values of its own, one after another."""


def layer_bytes(
    names: Sequence[str], counts: Ints, numbers: Ints, drawing: Drawing, tags: Tags
) -> list[bytes]:
    """Some layers, of one tile or of several; each has so many of the features, one after another.

    Such bytes may be joined to a tile of several layers; of no feature there are none.
    """
    used, placed = numbered(tags, counts)
    body, ends = feature_bytes(numbers, drawing, tags.present, placed)
    keys = b"".join(text(KEY, key) for key in tags.keys)
    titles = {name: text(NAME, name) for name in set(names)}
    first = starts_of(counts).tolist()
    layers = []
    for name, start, end, codes in zip(names, first[:-1], first[1:], used, strict=True):
        parts = (
            titles[name], body[ends[start] : ends[end]], keys,
            *map(tags.values.__getitem__, codes), *tags.own[start:end], TAIL,
        )  # fmt: skip
        layers.append(LAYER + sized(b"".join(parts)) if end > start else b"")
    return layers


def numbered(tags: Tags, counts: Ints) -> tuple[list[list[int]], Ints]:
    """Of each layer the different codes, and for each code its place in its layer, 0 where there is
    none: first what is shared, then what is a feature's own, in their order.
    """
    shared, own = tags.codes >= 0, tags.codes == OWN
    layer = np.broadcast_to(np.repeat(np.arange(len(counts)), counts)[:, None], shared.shape)
    known, codes = different(tags.codes[shared], len(tags.values))
    most = max(len(known), 1)
    used, place = different(layer[shared] * most + codes, len(counts) * most)
    begins = np.searchsorted(used, np.arange(len(counts) + 1) * most)
    placed = np.zeros(shared.shape, dtype=np.int64)
    placed[shared] = place - begins[layer[shared]]
    before = starts_of(np.bincount(layer[own], minlength=len(counts)))
    placed[own] = np.arange(before[-1]) + (np.diff(begins) - before[:-1])[layer[own]]
    listed, ends = known[used % most].tolist(), begins.tolist()
    return [listed[start:end] for start, end in pairwise(ends)], placed


def different(numbers: NDArray[np.integer], most: int) -> tuple[Ints, Ints]:
    """The different numbers, all less than `most`, and the place of each among them."""
    if most > len(numbers) * SPARSE:
        return np.unique(numbers, return_inverse=True)
    seen = np.zeros(most, dtype=np.bool_)
    seen[numbers] = True
    used = np.flatnonzero(seen)
    place = np.empty(most, dtype=np.int64)
    place[used] = np.arange(len(used))
    return used, place[numbers]


def feature_bytes(
    numbers: Ints, drawing: Drawing, present: NDArray[np.bool_], values: Ints
) -> tuple[bytes, list[int]]:
    """Every feature, and where each begins and the last ends; `values` stand in the columns where
    something is present.
    """
    if drawing.points is not None:
        return point_features(numbers, drawing.points, present, values)
    pairs = present.sum(axis=1)
    starts = starts_of(10 + 2 * pairs + drawing.lengths)
    first = starts[:-1]
    shape = first + 6 + 2 * pairs
    """Where the tags end."""
    flat = np.zeros(starts[-1], dtype=np.int64)
    flat[first], flat[first + 2], flat[first + 3] = FEATURE, NUMBER, numbers
    flat[first + 4], flat[shape], flat[shape + 1] = TAGS, TYPE, drawing.types
    flat[shape + 2] = GEOMETRY
    at = places(first + 6, 2 * pairs)
    flat[at[::2]] = np.nonzero(present)[1]
    flat[at[1::2]] = values[present]
    flat[places(shape + 4, drawing.lengths)] = drawing.commands
    sizes = varint_sizes(flat)
    ends = starts_of(sizes)
    for length, begin, end in (
        (first + 5, first + 6, shape), (shape + 3, shape + 4, starts[1:]),
    ):  # fmt: skip
        flat[length] = ends[end] - ends[begin]
        sizes[length] = varint_sizes(flat[length])
    ends = starts_of(sizes)
    flat[first + 1] = ends[starts[1:]] - ends[first + 2]
    sizes[first + 1] = varint_sizes(flat[first + 1])
    return varint_bytes(flat, sizes), starts_of(sizes)[starts].tolist()


def varint_sizes(numbers: Ints) -> Ints:
    """How many bytes each takes."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    large = np.flatnonzero(numbers > 0x7F)
    sizes[large] += np.searchsorted(STEPS, numbers[large], side="right")
    return sizes


def varint_bytes(numbers: Ints, sizes: Ints) -> bytes:
    """Seven bits a byte, the lowest first; the eighth bit says that more follow."""
    starts = starts_of(sizes)
    encoded = np.empty(starts[-1], dtype=np.uint8)
    encoded[starts[:-1]] = (numbers & 0x7F) | ((sizes > 1) << 7)
    large = np.flatnonzero(sizes > 1)
    at, left, rest = starts[large], sizes[large], numbers[large]
    while len(at):
        at, left, rest = at + 1, left - 1, rest >> 7
        encoded[at] = (rest & 0x7F) | ((left > 1) << 7)
        more = left > 1
        at, left, rest = at[more], left[more], rest[more]
    return encoded.tobytes()


def zigzag(steps: Ints) -> Ints:
    """0, -1, 1, -2 … → 0, 1, 2, 3 …"""
    return (steps << 1) ^ (steps >> 63)


def value_bytes(value: str | float | bool) -> bytes:
    """A Value of the layer, as it stands there."""
    match value:
        case bool():
            body = b"\x38" + varint(value)
        case int():
            body = b"\x30" + varint((value << 1) ^ (value >> 63))
        case float():
            body = b"\x19" + np.float64(value).astype("<f8").tobytes()
        case _:
            body = text(NAME, value)
    return VALUE + sized(body)


def text(field: bytes, value: str) -> bytes:
    return field + sized(value.encode("utf-8"))


def sized(body: bytes) -> bytes:
    return varint(len(body)) + body


def varint(number: int) -> bytes:
    if number <= 0x7F:
        return bytes((number,))
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
