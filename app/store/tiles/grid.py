"""Where things lie: degrees → the square of the world → units of a zoom.

(0,0) ──────► x, column       The world is a square with sides of 1, y down. At a zoom it has
│  ┌────┐                     2^zoom tiles a side, of 4096 units each.
▼  │    │ y, row
"""

import math
from typing import Any, NamedTuple, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from app.domain.planes import EARTH_RADIUS_M

Shapes = NDArray[Any]
"""Shapely geometries."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ZOOM_MOST = 16
"""Finer than the finest place is known."""

HALF_WORLD_M = math.pi * EARTH_RADIUS_M
EXTENT = 4096
BUFFER = 128
"""Units by which a tile reaches over its edges: symbols and strokes that reach in are whole."""

PIXEL = 16
"""Units in a pixel of a 256-pixel tile."""

LATITUDE_MOST = 85.05112877980659

N = TypeVar("N", int, Ints)
SPREADING = (
    (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333), (1, 0x5555555555555555),
)  # fmt: skip


class Tile(NamedTuple):
    zoom: int
    row: int
    column: int

    @property
    def corner(self) -> tuple[int, int]:
        """Upper left, in units of the zoom."""
        return self.column * EXTENT, self.row * EXTENT

    @property
    def area(self) -> shapely.Polygon:
        """Tile and buffer in the square of the world."""
        left, top = self.corner
        low, high, side = -BUFFER, EXTENT + BUFFER, units(self.zoom)
        return shapely.box(
            (left + low) / side, (top + low) / side, (left + high) / side, (top + high) / side
        )


def units(zoom: int) -> int:
    """Units along a side of the world."""
    return EXTENT << zoom


def in_world(degrees: Floats) -> Floats:
    """Longitude and latitude → the square of the world; the poles are on its edge."""
    lng, lat = degrees.T
    lat = np.radians(np.clip(lat, -LATITUDE_MOST, LATITUDE_MOST))
    x = lng / 360 + 0.5
    y = 0.5 - np.arcsinh(np.tan(lat)) / (2 * math.pi)
    return np.column_stack((x, y))


def interleaved(column: N, row: N) -> N:
    """A number for both (Morton's order): their bits in turn. Those of a tile's parts follow each
    other.
    """
    for shift, mask in SPREADING:
        column, row = (column | column << shift) & mask, (row | row << shift) & mask
    return column | row << 1
