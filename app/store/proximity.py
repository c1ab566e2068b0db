"""How far items are from a position, and which of them have a place to be far from.

The page reckons the same with the same formula (static/js/core/proximity.js), so that a list on
the screen and the same list as a file agree: to the nearest position of a geometry, be it a
corner, along a line or within a zone. County-wide items are everywhere and so near nothing.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.domain.models import Position

RADIUS_M = 6_371_009.0
"""Mean radius of the earth (IUGG)."""

MILLIMETRES = 3
"""What is finer is a matter of rounding, and would let two reckoners differ at a limit or a tie."""

EVERYWHERE = "counties"
POINTS = ("Point", "MultiPoint")


def is_somewhere(feature: Mapping[str, Any]) -> bool:
    """Whether an item has a place of its own."""
    located_by = feature["properties"].get("located_by") or {}
    return bool(feature["geometry"]) and located_by.get("method") != EVERYWHERE


def first_point(feature: Mapping[str, Any]) -> Position | None:
    """The point an item stands at, to reckon from; None for a line or a zone."""
    geometry = feature["geometry"]
    if not geometry or geometry["type"] not in POINTS:
        return None
    place = geometry["coordinates"]
    lng, lat = (place if geometry["type"] == "Point" else place[0])[:2]
    return lng, lat


def metres_from(here: Position, geometries: NDArray[np.object_]) -> NDArray[np.float64]:
    """Great-circle metres from a position to the nearest position of each geometry, to the mm.

    `geometries`: shapely geometries, lng lat in degrees; NaN where one is None. Which position is
    nearest is decided on a plane whose degrees are equally long at `here`.
    """
    scale = np.array([np.cos(np.radians(here[1])), 1.0])
    plane = shapely.transform(geometries, lambda coordinates: coordinates * scale)
    ways = shapely.shortest_line(shapely.Point(here * scale), plane)
    ends = shapely.get_coordinates(shapely.get_point(ways, 1)) / scale
    metres = np.full(len(geometries), np.nan)
    metres[~shapely.is_missing(ways)] = distances(np.array(here), ends)
    return np.round(metres, MILLIMETRES)


def distances(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distances in metres (haversine); `there` has a row of lng, lat each."""
    lng1, lat1 = np.radians(here)
    lng2, lat2 = np.radians(there).T
    h = (
        np.sin((lat2 - lat1) / 2) ** 2
        + np.cos(lat1) * np.cos(lat2) * np.sin((lng2 - lng1) / 2) ** 2
    )
    metres: NDArray[np.float64] = 2 * RADIUS_M * np.arcsin(np.sqrt(h))
    return metres
