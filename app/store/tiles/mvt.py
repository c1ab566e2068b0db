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

from app.store.ragged import places, starts_of
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

LAYER, NAME, KEY, VALUE = b"\x1a", b"\x0a", b"\x1a", b"\x22"
TAIL = b"\x28\x80\x20\x78\x02"
"""extent 4096, version 2."""
assert EXTENT == 4096

SPARSE = 20
"""Numbers for each that is there from which on it is quicker to sort than to mark."""

FEW = 500
"""Values all of which may be numbered for each layer."""

TEXTS = [VALUE + bytes((size + 2, *NAME, size)) for size in range(0x7E)]
"""What stands before a short text, by its length."""

NOTHING, OWN = -1, -2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The geometries of features, as MVT's commands: a list each in one flat array."""

    types: Ints
    """1 points, 2 lines, 3 areas."""
    lengths: Ints
    commands: Ints


@dataclass(frozen=True, slots=True)
class Tags:
    """What is said of some features."""

    keys: list[str]
    codes: NDArray[np.int32]
    """For each key a row, for each feature a column: places in `values`; NOTHING; or, where no
    other feature says the same, OWN for the first such value of a feature, OWN - 1 for the next …
    """
    own_keys: list[int]
    """The rows in which there may be such."""
    present: NDArray[np.int32]
    """Of each feature a bit for each key, whether there is something."""
    values: list[bytes]
    """As `value_bytes` writes them."""
    own: list[bytes]
    """A text a feature: the values of its own, one after another."""
    owned: NDArray[np.int8]
    """How many these are."""


def layer_bytes(
    names: Sequence[str], counts: Ints, numbers: Ints, drawing: Drawing | Ints, tags: Tags
) -> list[bytes]:
    """Some layers, of one tile or of several; each has so many of the features, one after another.

    Each is two pieces; those of several layers may be joined to a tile.
    """
    used, placed = numbered(tags, counts)
    features, ends = feature_bytes(numbers, drawing, tags, placed)
    keys = b"".join(text(KEY, key) for key in tags.keys)
    titles = {name: text(NAME, name) for name in set(names)}
    first, whole = starts_of(counts).tolist(), memoryview(features)
    layers: list[bytes] = []
    for name, start, end, codes in zip(names, first[:-1], first[1:], used, strict=True):
        parts: tuple[bytes | memoryview, ...] = (
            titles[name], whole[ends[start] : ends[end]], keys,
            *map(tags.values.__getitem__, codes), *tags.own[start:end], TAIL,
        )  # fmt: skip
        body = b"".join(parts)
        layers += (LAYER + varint(len(body)), body)
    return layers


def numbered(tags: Tags, counts: Ints) -> tuple[list[list[int]], NDArray[np.int32]]:
    """Of each layer the different codes, and for each code its place in its layer, anything where
    there is none: first what is shared, then what is a feature's own, in their order.
    """
    first = starts_of(counts)[:-1]
    layer = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    known, codes = shared(tags)
    width = len(known) + 1
    used, spots, index = different(codes + layer * width, len(counts) * width)
    used, spots = used[used % width > 0], spots[used % width > 0]
    begins = np.searchsorted(used, np.arange(len(counts) + 1) * width)
    held = np.diff(begins)
    table = np.empty(index.max(initial=0) + 1, dtype=np.int32)
    table[spots] = np.arange(len(used)) - np.repeat(begins[:-1], held)
    placed = table[index]
    before = starts_of(tags.owned)
    own = (before[:-1] + (held - before[first])[layer] + OWN).astype(np.int32)
    for row in tags.own_keys:
        codes = tags.codes[row]
        placed[row] = np.where(codes <= OWN, own - codes, placed[row])
    listed, ends = known[used % width - 1].tolist(), begins.tolist()
    return [listed[start:end] for start, end in pairwise(ends)], placed


def shared(tags: Tags) -> tuple[Ints, NDArray[np.int32]]:
    """The values that several features may share, and for each code its place among them, from 1
    on; 0 where it is none of them.
    """
    codes = np.maximum(tags.codes, NOTHING) - np.int32(NOTHING)
    if len(tags.values) <= FEW:
        return np.arange(len(tags.values)), codes
    used, spots, index = different(codes, len(tags.values) + 1)
    table = np.empty(index.max(initial=0) + 1, dtype=np.int32)
    table[spots] = np.arange(len(used)) + (used[:1] > 0).sum()
    return used[used > 0] - 1, table[index]


def different(numbers: NDArray[np.int32], most: int) -> tuple[Ints, Ints, NDArray[np.integer]]:
    """The different numbers, all less than `most`; where each of them stands in a table, and where
    each of the numbers looks there.
    """
    if most > numbers.size * SPARSE:
        used, index = np.unique(numbers, return_inverse=True)
        return used.astype(np.int64), np.arange(len(used)), index.reshape(numbers.shape)
    seen = np.zeros(most, dtype=np.bool_)
    seen[numbers.reshape(-1)] = True
    places = np.flatnonzero(seen)
    return places, places, numbers


def feature_bytes(
    numbers: Ints, drawing: Drawing | Ints, tags: Tags, placed: NDArray[np.int32]
) -> tuple[bytes | bytearray, list[int]]:
    """Every feature, and where each begins and the last ends. Instead of a drawing there may be
    single points, folded for varints.
    """
    if isinstance(drawing, np.ndarray):
        return point_features(numbers, drawing, tags.present, placed)
    present, values = (tags.codes != NOTHING).T, placed.T
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
        case str():
            body = value.encode("utf-8")
            if len(body) < len(TEXTS):
                return TEXTS[len(body)] + body
            body = NAME + sized(body)
        case bool():
            body = b"\x38" + varint(value)
        case int():
            body = b"\x30" + varint((value << 1) ^ (value >> 63))
        case _:
            body = b"\x19" + np.float64(value).astype("<f8").tobytes()
    return VALUE + sized(body)


def text(field: bytes, value: str) -> bytes:
    return field + sized(value.encode("utf-8"))


def sized(body: bytes) -> bytes:
    return varint(len(body)) + body


def varint(number: int) -> bytes:
    if number <= 0x7F:
        return bytes((number,))
    if number <= 0x3FFF:
        return bytes((number & 0x7F | 0x80, number >> 7))
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
