"""Where a place stands in a plane that all windows of one scale share.

What is laid out in that plane joins at the edges of windows: each shows a part of the same drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from app.domain.planes import DEGREE_M, LATITUDE_MOST
from app.domain.projections import CRS84, transformer
from app.picture.scene.scene import Point
from app.picture.scene.viewport import Box, Rect, Viewport
from app.selection.map_window import MapWindow

DIGITS = 8
"""Of a scale: neighbouring windows say theirs with the noise of their edges' last decimals."""
DEGREES = ("OGC:CRS84", "EPSG:4326", "EPSG:4490")
MERCATOR = "EPSG:3857"
EDGE = 600.0
"""Around everything: a name may reach so far beyond its item."""

Positions = NDArray[np.float64]


def in_crs(authority: str, positions: Positions) -> Positions:
    """Longitude and latitude → x and y of a CRS. WGS 84 and CGCS2000 differ by centimetres."""
    if authority in DEGREES:
        return positions
    if authority == MERCATOR:
        lats = np.clip(positions[:, 1], -LATITUDE_MOST, LATITUDE_MOST)
        ordinates = np.degrees(np.arcsinh(np.tan(np.radians(lats))))
        return np.column_stack([positions[:, 0] * DEGREE_M, ordinates * DEGREE_M])
    convert: Any = transformer(CRS84.authority, authority, always_xy=True).transform
    return np.column_stack(convert(positions[:, 0], positions[:, 1]))


@dataclass(frozen=True, slots=True)
class WindowViewport(Viewport):
    """A plane of one CRS and scale; its origin is the upper left corner of the pack's frame."""

    authority: str
    scales: Point
    """Units for each unit of the CRS, across and down."""
    origin: Point
    """x and y of the CRS."""
    latitude: float
    """At which lengths are right."""

    def place(self, lng: float, lat: float) -> Point:
        x, y = self._place_all(np.array([[lng, lat]]))[0]
        return float(x), float(y)

    def _place_all(self, positions: Positions) -> Positions:
        projected = in_crs(self.authority, np.asarray(positions)[:, :2])
        return np.column_stack(
            [
                (projected[:, 0] - self.origin[0]) * self.scales[0],
                (self.origin[1] - projected[:, 1]) * self.scales[1],
            ]
        )

    def shown(self, geometry: BaseGeometry, simplify: float = 0.4) -> BaseGeometry:
        """Thinned before it is cut: every window has the same course of it."""
        placed = self.placed(geometry)
        thin = shapely.simplify(placed, simplify) if simplify else placed
        return shapely.clip_by_rect(
            thin, self.rect.x, self.rect.y, self.rect.right, self.rect.bottom
        )

    @property
    def middle_lat(self) -> float:
        return self.latitude

    def part(self, rect: Rect) -> "WindowViewport":
        """The same plane, of which another part is shown."""
        return replace(self, rect=rect)

    def rect_of(self, window: MapWindow) -> Rect:
        """Where a window lies in its plane."""
        left, bottom, right, top = window.edges
        (x, y), (across, down) = self.origin, self.scales
        return Rect(
            (left - x) * across, (y - top) * down, (right - left) * across, (top - bottom) * down
        )


def window_viewport(
    window: MapWindow, frame: Box, shapes: Sequence[BaseGeometry]
) -> WindowViewport:
    """The plane of a window, with room for everything that is ever drawn in it."""
    west, south, east, north = frame
    left, bottom, right, top = window.edges
    across, down = window.width / (right - left), window.height / (top - bottom)
    scales = rounded(across / window.pixels_per_unit), rounded(down / window.pixels_per_unit)
    (x, y), (x_east, _) = in_crs(window.authority, np.array([[west, north], [east, north]]))
    scale = float((x_east - x) * scales[0] / (east - west))
    viewport = WindowViewport(
        Rect(0, 0, 0, 0), west, 0.0, scale, window.authority, scales, (float(x), float(y)),
        (south + north) / 2,
    )  # fmt: skip
    bounds = [viewport.placed(one).bounds for one in (box(*frame), *shapes)]
    lefts, tops, rights, bottoms = zip(*(one for one in bounds if one[0] == one[0]), strict=True)
    rect = Rect(min(lefts), min(tops), max(rights) - min(lefts), max(bottoms) - min(tops))
    return viewport.part(rect.inset(-EDGE))


def rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
