"""Where a place on the earth stands on the page: a Web Mercator window that fills a rectangle."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from app.domain.planes import LATITUDE_MOST, latitude, mercator
from app.picture.scene.scene import Point

Box = tuple[float, float, float, float]
EARTH_M = 6_371_008.8
METRES_PER_DEGREE = EARTH_M * math.pi / 180
TILE = 256


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of the page, in units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inset(self, by: float) -> "Rect":
        return Rect(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def meets(self, other: "Rect") -> bool:
        return (self.x < other.right and other.x < self.right
                and self.y < other.bottom and other.y < self.bottom)  # fmt: skip

    def holds(self, other: "Rect") -> bool:
        return (self.x <= other.x and other.right <= self.right
                and self.y <= other.y and other.bottom <= self.bottom)  # fmt: skip

    def has(self, point: Point) -> bool:
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom

    def polygon(self) -> BaseGeometry:
        return box(self.x, self.y, self.right, self.bottom)


@dataclass(frozen=True, slots=True)
class Viewport:
    """A map rectangle and what it shows; `scale` is units per degree of longitude."""

    rect: Rect
    west: float
    top: float
    """Mercator ordinate of the upper edge, in degrees of longitude."""
    scale: float

    def place(self, lng: float, lat: float) -> Point:
        """Longitude and latitude → page."""
        return (
            self.rect.x + (lng - self.west) * self.scale,
            self.rect.y + (self.top - mercator(lat)) * self.scale,
        )

    def shown(self, geometry: BaseGeometry, simplify: float = 0.4) -> BaseGeometry:
        """A geometry on the page, cut at the map's edge and freed of points nobody can see."""
        cut = shapely.clip_by_rect(
            self.placed(geometry), self.rect.x, self.rect.y, self.rect.right, self.rect.bottom
        )
        return shapely.simplify(cut, simplify) if simplify else cut

    def placed(self, geometry: BaseGeometry) -> BaseGeometry:
        """All of a geometry on the page, whether or not the map shows it."""
        return shapely.transform(geometry, self._place_all)

    def _place_all(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        lats = np.clip(positions[:, 1], -LATITUDE_MOST, LATITUDE_MOST)
        ordinates = np.degrees(np.arcsinh(np.tan(np.radians(lats))))
        return np.column_stack(
            [
                self.rect.x + (positions[:, 0] - self.west) * self.scale,
                self.rect.y + (self.top - ordinates) * self.scale,
            ]
        )

    def area(self) -> BaseGeometry:
        """What the map shows, in degrees."""
        bottom = self.top - self.rect.height / self.scale
        east = self.west + self.rect.width / self.scale
        return box(self.west, latitude(bottom), east, latitude(self.top))

    @property
    def middle_lat(self) -> float:
        return latitude(self.top - self.rect.height / self.scale / 2)

    @property
    def units_per_metre(self) -> float:
        """At the middle of the map."""
        return self.scale / (METRES_PER_DEGREE * math.cos(math.radians(self.middle_lat)))

    @property
    def zoom(self) -> float:
        """The zoom level of web maps that shows as much per unit as this map."""
        return math.log2(self.scale * 360 / TILE)


def fit_viewport(area: Box, rect: Rect, margin: float = 0.0) -> Viewport:
    """The frame that shows an area as large as the rectangle allows, in its middle."""
    west, south, east, north = area
    low, high = mercator(south), mercator(north)
    inner = rect.inset(margin)
    scale = min(
        inner.width / max(east - west, MOST_DETAIL), inner.height / max(high - low, MOST_DETAIL)
    )
    return Viewport(
        rect,
        (west + east) / 2 - rect.width / scale / 2,
        (low + high) / 2 + rect.height / scale / 2,
        scale,
    )


MOST_DETAIL = 0.04
"""Degrees: a map never shows less than about 4 km, however small what it is asked to show."""


def box_around(geometries: Iterable[BaseGeometry]) -> Box | None:
    """The box around geometries, or None when there are none."""
    bounds = [geometry.bounds for geometry in geometries if not geometry.is_empty]
    if not bounds:
        return None
    wests, souths, easts, norths = zip(*bounds, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
