"""What cannot be told apart far out: of the points of a layer that share a cell, one is sent.

Only where a tile of the zoom would hold very many; a cell lies wholly in a tile and its buffer or
outside, so that both sides of an edge show the same.
"""

import numpy as np

from app.store.tiles.grid import PIXEL, Floats, Ints, units

DRAWN_MOST = 4_000
"""Points in the fullest tile of a zoom up to which each is in every tile it touches."""
CELL = 4 * PIXEL
"""A symbol is wider."""
ELSEWHERE = -1


def cells(points: Floats, zoom: int) -> Ints:
    """The number of the cell that each point lies in."""
    column, row = np.floor(points * (units(zoom) // CELL)).astype(np.int64).T
    return np.asarray(column << 32 | row)


def seen_alone(cells: Ints, part: Ints) -> Ints:
    """The places of the first in each cell of each part, and of all that lie in none."""
    order = np.lexsort((cells, part))
    ranked, parts = cells[order], part[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (ranked[1:] != ranked[:-1]) | (parts[1:] != parts[:-1]) | (ranked[1:] == ELSEWHERE)
    return np.sort(order[first])
