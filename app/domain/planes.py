"""Between degrees and metres: a plane for measuring (CRSs for clients: projections.py)."""

import math
from functools import lru_cache
from typing import Any, TypeVar

import pyproj
from shapely import transform
from shapely.geometry.base import BaseGeometry

from app.domain.models import Position

Shape = TypeVar("Shape", bound=BaseGeometry)

GEOD = pyproj.Geod(ellps="WGS84")
LATITUDE_MOST = 85.0
EARTH_RADIUS_M = 6_378_137.0
"""At the equator: WGS 84, Web Mercator and CGCS2000 have the same."""
DEGREE_M = math.pi * EARTH_RADIUS_M / 180
"""Metres in a degree of the equator."""


class Plane:
    """A transverse Mercator plane around one meridian; metres, easting northing.

    Within 2° of its centre a distance is right to 0.1 %, far finer than any radius here.
    """

    def __init__(self, centre: Position) -> None:
        lng, lat = centre
        definition = f"+proj=tmerc +lat_0={lat} +lon_0={lng} +k=1 +ellps=WGS84 +units=m"
        to_plane = pyproj.Transformer.from_crs("OGC:CRS84", definition, always_xy=True)
        to_degrees = pyproj.Transformer.from_crs(definition, "OGC:CRS84", always_xy=True)
        self._forward: Any = to_plane.transform
        self._back: Any = to_degrees.transform

    def metres(self, geometry: Shape) -> Shape:
        """Degrees (lng, lat) → metres."""
        return transform(geometry, self._forward, interleaved=False)

    def degrees(self, geometry: Shape) -> Shape:
        """Metres → degrees (lng, lat)."""
        return transform(geometry, self._back, interleaved=False)


@lru_cache(maxsize=16)
def plane_for(frame: tuple[float, float, float, float]) -> Plane:
    """The plane centred on a frame (west, south, east, north)."""
    west, south, east, north = frame
    return Plane((round((west + east) / 2, 3), round((south + north) / 2, 3)))


def distance_m(a: Position, b: Position) -> float:
    """Geodesic distance in metres between two (lng, lat)."""
    return float(GEOD.inv(*a, *b)[2])


def bearing(a: Position, b: Position) -> float:
    """Initial bearing from a to b, degrees clockwise from north, 0–360."""
    return float(GEOD.inv(*a, *b)[0]) % 360


def mercator(lat: float) -> float:
    """Latitude → ordinate in degrees of longitude, so that one scale serves both."""
    limited = max(-LATITUDE_MOST, min(LATITUDE_MOST, lat))
    return math.degrees(math.asinh(math.tan(math.radians(limited))))


def latitude(ordinate: float) -> float:
    return math.degrees(math.atan(math.sinh(math.radians(ordinate))))
