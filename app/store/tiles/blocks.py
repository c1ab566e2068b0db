"""Tiles that are made together: who looks at one soon looks at those beside it.

What a tile costs beside its points is then paid once. A block is a square of tiles that are one
tile of a lower zoom; it is as large as its points allow.
"""

from collections import OrderedDict
from collections.abc import Iterator
from itertools import product
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.tiles.grid import BUFFER, EXTENT, ZOOM_MOST, Floats, Ints, Tile, units

LEVELS = (3, 2, 1)
"""Zooms between a block and its tiles."""
POINTS_MOST = 16_000
ZOOMS_HELD = 4
"""Zooms of which it is known which point is in which tile: a few bytes a point each."""
N = TypeVar("N", int, Ints)
SPREADING = (8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)
PLACE_BITS = 30
"""Bits of the place of a point, below the number of a tile."""


class Blocks:
    """How many points lie where, and which are in a tile, by zoom.

    Tiles are numbered so that those of a block follow each other (Morton's order).
    """

    def __init__(self, points: Floats) -> None:
        self._points = points
        cells = np.floor(points * 2**ZOOM_MOST).astype(np.int64).clip(0, 2**ZOOM_MOST - 1)
        self._cells = np.sort(interleaved(cells[:, 0], cells[:, 1]))
        self._fullest: dict[int, int] = {}
        self._spread: OrderedDict[int, Ints] = OrderedDict()

    def around(self, tile: Tile) -> Tile:
        """The largest block with this tile that holds no more points than are quickly drawn."""
        for level in LEVELS:
            if tile.zoom >= level:
                block = Tile(tile.zoom - level, tile.row >> level, tile.column >> level)
                if self.count(block) <= POINTS_MOST:
                    return block
        return tile

    def count(self, tile: Tile) -> int:
        """How many points lie in a tile."""
        start, end = np.searchsorted(self._cells, numbers_in(tile, ZOOM_MOST))
        return int(end - start)

    def fullest(self, zoom: int) -> int:
        """How many points the fullest tile of a zoom holds."""
        if zoom not in self._fullest:
            cells = self._cells >> 2 * (ZOOM_MOST - zoom)
            ends = np.flatnonzero(np.diff(cells, append=-1)) + 1
            self._fullest[zoom] = int(np.diff(ends, prepend=0).max(initial=0))
        return self._fullest[zoom]

    def within(self, block: Tile, zoom: int) -> tuple[Ints, Ints]:
        """Which points are in which tile of a block, its buffer among it: the number of the tile in
        `tiles_of`, the place of the point; tile by tile, the points in their order.
        """
        if zoom not in self._spread:
            self._spread[zoom] = spread(self._points, zoom)
            if len(self._spread) > ZOOMS_HELD:
                self._spread.popitem(last=False)
        spread_out, (first, last) = self._spread[zoom], numbers_in(block, zoom)
        start, end = np.searchsorted(spread_out, (first << PLACE_BITS, last << PLACE_BITS))
        found = spread_out[start:end]
        return (found >> PLACE_BITS) - first, found & ((1 << PLACE_BITS) - 1)


def tiles_of(block: Tile, zoom: int) -> list[Tile]:
    """The tiles of a block, in the order of their numbers."""
    tiles = [block]
    for level in range(block.zoom + 1, zoom + 1):
        tiles = [
            Tile(level, 2 * one.row + down, 2 * one.column + right)
            for one in tiles
            for down, right in product((0, 1), repeat=2)
        ]
    return tiles


def area_of(block: Tile, zoom: int) -> Any:
    """The tiles of a block with their buffers, in the square of the world."""
    span = EXTENT << (zoom - block.zoom)
    left, top = block.column * span, block.row * span
    whole = (left - BUFFER, top - BUFFER, left + span + BUFFER, top + span + BUFFER)
    west, north, east, south = (one / units(zoom) for one in whole)
    return shapely.box(west, north, east, south)


def numbers_in(block: Tile, zoom: int) -> tuple[int, int]:
    """The number of the first tile of a block, and of the first after it."""
    number, level = interleaved(block.column, block.row), 2 * (zoom - block.zoom)
    return number << level, (number + 1) << level


def interleaved(column: N, row: N) -> N:
    """The number of a tile: the bits of its column and its row in turn."""
    for shift, mask in SPREADING:
        column, row = (column | column << shift) & mask, (row | row << shift) & mask
    return column | row << 1


def spread(points: Floats, zoom: int) -> Ints:
    """Which points are in which tile, its buffer among it: the number of the tile, and below it the
    place of the point, sorted.
    """
    found = [number << PLACE_BITS | at for number, at in touched(points * units(zoom), 1 << zoom)]
    return np.sort(np.concatenate(found))


def touched(points: Floats, side: int) -> Iterator[tuple[Ints, Ints]]:
    """The same, from each neighbour in turn."""
    (column, across), (row, down) = (reached(one, side) for one in points.T)
    for (right, within_columns), (below, within_rows) in product(across.items(), down.items()):
        at = np.flatnonzero(within_columns & within_rows)
        yield interleaved(column[at] + right, row[at] + below), at


def reached(along: Floats, side: int) -> tuple[Ints, dict[int, NDArray[np.bool_]]]:
    """In which of the tiles in a row points lie, and which of them are also in the one before, in
    this one, in the next.
    """
    cell = np.floor(along / EXTENT).astype(np.int64)
    local = along - cell * EXTENT
    near = {-1: local <= BUFFER, 0: np.ones_like(cell, np.bool_), 1: local >= EXTENT - BUFFER}
    return cell, {
        step: is_near & (cell >= -step) & (cell < side - step) for step, is_near in near.items()
    }
