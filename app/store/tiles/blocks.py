"""Tiles that are made together: who looks at one soon looks at those beside it.

What a tile costs beside its points is then paid once. A block is a square of tiles that are one
tile of a lower zoom; it is as large as its points allow.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.tiles.grid import BUFFER, EXTENT, Floats, Ints, Tile, interleaved, units

LEVELS = (3, 2, 1)
"""Zooms between a block and its tiles."""
POINTS_MOST = 16_000
PLACE_BITS = 30
"""Bits of the place of a point, below the number of a tile."""


class Blocks:
    """Which of some points are in which tile of a zoom, its buffer among it; `places`, where they
    are among all. Tiles are numbered so that those of a block follow each other.
    """

    def __init__(self, points: Floats, places: Ints, zoom: int) -> None:
        self._zoom = zoom
        self._spread = spread(points[places], places, zoom)

    def __len__(self) -> int:
        return len(self._spread)

    def around(self, tile: Tile) -> Tile:
        """The largest block with this tile that holds no more points than are quickly drawn."""
        for level in LEVELS:
            if tile.zoom >= level:
                block = Tile(tile.zoom - level, tile.row >> level, tile.column >> level)
                start, end = self._ends(block)
                if end - start <= POINTS_MOST:
                    return block
        return tile

    def within(self, block: Tile) -> tuple[Ints, Ints]:
        """The points in a block: the number of the tile in `tiles_of`, the place of the point; tile
        by tile, the points in their order.
        """
        start, end = self._ends(block)
        found = self._spread[start:end]
        first, _ = numbers_in(block, self._zoom)
        return (found >> PLACE_BITS) - first, found & ((1 << PLACE_BITS) - 1)

    def _ends(self, block: Tile) -> tuple[int, int]:
        first, last = numbers_in(block, self._zoom)
        start, end = np.searchsorted(self._spread, (first << PLACE_BITS, last << PLACE_BITS))
        return int(start), int(end)


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


def spread(points: Floats, places: Ints, zoom: int) -> Ints:
    """Which points are in which tile, its buffer among it: the number of the tile, and below it the
    place of the point, sorted.
    """
    near = touched(points * units(zoom), 1 << zoom)
    found = [number << PLACE_BITS | places[at] for number, at in near]
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
