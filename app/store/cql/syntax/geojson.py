"""GeoJSON geometries as clients write them: whether they are shaped as their type asks.

Looked through before GEOS reads them, so that a mistake is named in our words and at its place.
"""

import math
from collections.abc import Callable
from typing import Any

from app.store.cql.errors import wrong

RING_LEAST, LINE_LEAST = 4, 2


def check_shape(geometry: Any) -> None:
    """Raises BadValue for what is no GeoJSON geometry (RFC 7946 §3.1)."""
    match geometry:
        case {"type": "GeometryCollection", "geometries": list(members)}:
            for member in members:
                check_shape(member)
        case {"type": str(kind), "coordinates": list(coordinates)} if kind in CHECKS:
            CHECKS[kind](coordinates)
        case _:
            raise wrong(geometry, "a GeoJSON geometry: its type, and the coordinates that go to it")


def position(coordinates: Any) -> None:
    """Two numbers, or three with a height."""
    if (
        not isinstance(coordinates, list)
        or len(coordinates) not in (2, 3)
        or not all(map(is_finite, coordinates))
    ):
        raise wrong(coordinates, "a position of two numbers, or three with a height")


def line(coordinates: Any) -> None:
    every(position, coordinates, "a list of positions")
    if len(coordinates) < LINE_LEAST:
        raise wrong(coordinates, f"a line of {LINE_LEAST} positions or more")


def ring(coordinates: Any) -> None:
    every(position, coordinates, "a list of positions")
    if len(coordinates) < RING_LEAST or coordinates[0] != coordinates[-1]:
        raise wrong(
            coordinates,
            f"a ring of {RING_LEAST} positions or more that ends where it begins (is closed)",
        )


def polygon(coordinates: Any) -> None:
    every(ring, coordinates, "a list of rings")


def every(check: Callable[[Any], None], coordinates: Any, expected: str) -> None:
    """Check each part of a list."""
    if not isinstance(coordinates, list):
        raise wrong(coordinates, expected)
    for one in coordinates:
        check(one)


CHECKS: dict[str, Callable[[Any], None]] = {
    "Point": position,
    "LineString": line,
    "Polygon": polygon,
    "MultiPoint": lambda found: every(position, found, "a list of positions"),
    "MultiLineString": lambda found: every(line, found, "a list of lines"),
    "MultiPolygon": lambda found: every(polygon, found, "a list of polygons"),
}


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_finite(value: Any) -> bool:
    return is_number(value) and math.isfinite(value)
