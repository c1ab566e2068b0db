"""Where items lie, and which of them are sent far out, where a tile would hold very many.

Of the points of a layer that share a cell one is sent, the first; so of its lines and areas that
are smaller than the cell. The points of a cell have numbers (Morton's order) that differ in their
last bits alone: it is a square, or half of one. A zoom has cells of four pixels, less than a
symbol, or the smallest with which no tile holds more than a map can show; further out they are no
smaller, so that what is seen stays when one comes nearer. It is decided for the whole zoom: both
sides of an edge show the same.
"""

import numpy as np
from numpy.typing import NDArray

from app.store.tiles.grid import ZOOM_MOST, Floats, Ints, interleaved

POINTS_MOST = 2_500
"""Points in the fullest tile of a zoom up to which each is in every tile it touches."""
LEVEL = ZOOM_MOST + 8
"""The smallest cell is a pixel of the closest tile."""
FOUR_PIXELS = 12
"""Bits of a tile's number that tell its cells of four pixels apart."""
EVERY = -1
WHOLE = 2 * LEVEL
"""Bits of a number; a cell of so many is the world."""
NEVER = WHOLE + 1
Bits = NDArray[np.int8]


class Points:
    """Points, and the middles of shapes, in the square of the world; the first of a `kind` hides
    others of it, those that are not large beside a cell.
    """

    def __init__(self, at: Floats, kinds: NDArray[np.integer], sizes: Floats) -> None:
        self.at, self._sizes, self._numbers = at, sizes, numbered(at)
        self._hidden = hidden_from(self._numbers, kinds)

    def near(self, places: Ints) -> Ints:
        """Some of them, neighbours near each other."""
        return places[np.argsort(self._numbers[places])]

    def cells(self, places: Ints) -> list[int]:
        """The bits of the cells of each zoom, where only some are sent."""
        near = self.near(places)
        return cells_of_zooms(self._numbers[near], self._hidden[near])

    def sent(self, places: Ints, bits: int) -> Ints:
        """Those of some that are sent with cells of so many bits."""
        seen = self._hidden[places] > bits
        seen |= self._sizes[places] > 2.0 ** (max(bits, 0) // 2 - LEVEL)
        return places[seen]

    def fullest(self) -> list[int]:
        """How many the fullest tile of each zoom holds; what is larger than a tile is in each."""
        near = self.near(np.arange(len(self.at)))
        numbers, sizes = self._numbers[near], self._sizes[near]
        small = [sizes <= 0.5**zoom for zoom in range(ZOOM_MOST + 1)]
        return [fullest(numbers[one], zoom) + int((~one).sum()) for zoom, one in enumerate(small)]


def numbered(points: Floats) -> Ints:
    """The number of the smallest cell that each point lies in."""
    column, row = np.floor(points * 2**LEVEL).astype(np.int64).clip(0, 2**LEVEL - 1).T
    return interleaved(column, row)


def hidden_from(numbers: Ints, kinds: NDArray[np.integer]) -> Bits:
    """From cells of how many bits on each point has another before it that is sent instead."""
    hidden = np.full(len(numbers), NEVER, dtype=np.int8)
    keys = kinds.astype(np.int64) << WHOLE | numbers
    left = np.argsort(keys, kind="stable")
    keys = keys[left]
    for bits in range(NEVER):
        cells = keys >> bits
        first = np.ones(len(cells), dtype=np.bool_)
        first[1:] = cells[1:] != cells[:-1]
        if first.all():
            continue
        begins = np.flatnonzero(first)
        sizes = np.diff(begins, append=len(left))
        sent = left == np.repeat(np.minimum.reduceat(left, begins), sizes)
        hidden[left[~sent]] = bits
        left, keys = left[sent], keys[sent]
    return hidden


def cells_of_zooms(numbers: Ints, hidden: Bits) -> list[int]:
    """The bits of each zoom's cells, EVERY where every point is sent; the numbers are sorted."""
    bits, found = EVERY, []
    for zoom in range(ZOOM_MOST, -1, -1):
        least = 2 * (LEVEL - zoom) - FOUR_PIXELS
        while EVERY < bits < least or (bits < WHOLE and fullest(numbers, zoom) > POINTS_MOST):
            bits = max(bits + 1, least)
            numbers, hidden = numbers[hidden > bits], hidden[hidden > bits]
        found.append(bits)
    return found[::-1]


def fullest(numbers: Ints, zoom: int) -> int:
    """How many points the fullest tile of a zoom holds; the numbers are sorted."""
    ends = np.flatnonzero(np.diff(numbers >> 2 * (LEVEL - zoom), append=-1)) + 1
    return int(np.diff(ends, prepend=0).max(initial=0))
