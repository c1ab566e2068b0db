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

from app.store.tiles.grid import BUFFER, EXTENT, Floats, Ints, Tile, units

LEVELS = (3, 2, 1)
"""Zooms between a block and its tiles."""
POINTS_MOST = 8_000


class Blocks:
    """How many points lie where, by zoom."""

    def __init__(self, points: Floats) -> None:
        self._points = points
        self._counts: dict[int, tuple[Ints, Ints]] = {}

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
        keys, counts = self._of_zoom(tile.zoom)
        at = int(np.searchsorted(keys, tile.column << 32 | tile.row))
        held = at < len(keys) and keys[at] == tile.column << 32 | tile.row
        return int(counts[at]) if held else 0

    def fullest(self, zoom: int) -> int:
        """How many points the fullest tile of a zoom holds."""
        return int(self._of_zoom(zoom)[1].max(initial=0))

    def _of_zoom(self, zoom: int) -> tuple[Ints, Ints]:
        if zoom not in self._counts:
            cells = np.floor(self._points * 2**zoom).astype(np.int64)
            keys, counts = np.unique(cells[:, 0] << 32 | cells[:, 1], return_counts=True)
            self._counts[zoom] = keys, counts
        return self._counts[zoom]


def tiles_of(block: Tile, zoom: int) -> list[Tile]:
    """The tiles of a block, row by row."""
    side = 1 << (zoom - block.zoom)
    top, left = block.row * side, block.column * side
    return [Tile(zoom, top + row, left + column) for row in range(side) for column in range(side)]


def area_of(block: Tile, zoom: int) -> Any:
    """The tiles of a block with their buffers, in the square of the world."""
    span = EXTENT << (zoom - block.zoom)
    left, top = block.column * span, block.row * span
    whole = (left - BUFFER, top - BUFFER, left + span + BUFFER, top + span + BUFFER)
    west, north, east, south = (one / units(zoom) for one in whole)
    return shapely.box(west, north, east, south)


def spread(points: Floats, block: Tile, zoom: int) -> tuple[Ints, Ints]:
    """Which points are in which tile of a block, its buffer among it: the number of the tile, the
    place of the point; tile by tile, the points in their order.
    """
    side = 1 << (zoom - block.zoom)
    inner = points * units(zoom) - np.array((block.column, block.row)) * (EXTENT * side)
    rows = np.concatenate([tile * len(points) + at for tile, at in touched(inner, side)])
    rows.sort()
    tile, place = np.divmod(rows, max(len(points), 1))
    return tile, place


def touched(inner: Floats, side: int) -> Iterator[tuple[Ints, Ints]]:
    """The same, from each neighbour in turn."""
    (column, across), (row, down) = (reached(one, side) for one in inner.T)
    for (right, within_columns), (below, within_rows) in product(across.items(), down.items()):
        at = np.flatnonzero(within_columns & within_rows)
        yield (row[at] + below) * side + column[at] + right, at


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
