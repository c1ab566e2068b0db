"""Which items lie near one of them: from its point to the nearest position of each other one.

The page computes the same with the same formula (static/js/near.js), so that a list on the screen
and the same list as a file agree. County-wide items are everywhere and so near nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

RADIUS_M = 6_371_009.0
"""Mean radius of the earth (IUGG)."""

EVERYWHERE = "counties"
POINTS = ("Point", "MultiPoint")

Positions = NDArray[np.float64]
"""Rows of lng, lat in degrees."""


def rows_near(features: Sequence[Mapping[str, Any]], centre: int, km: float) -> Iterator[int]:
    """Rows whose nearest position is within so many km of the centre row's first point.

    The centre is not its own neighbour; one without a point has none.
    """
    start = features[centre]
    if not start["geometry"] or start["geometry"]["type"] not in POINTS:
        return
    here = positions(start["geometry"])[0]
    for row, feature in enumerate(features):
        if row == centre or not is_somewhere(feature):
            continue
        if distances(here, positions(feature["geometry"])).min() <= km * 1000:
            yield row


def is_somewhere(feature: Mapping[str, Any]) -> bool:
    """Whether an item has a place of its own."""
    return bool(feature["geometry"]) and feature["properties"]["located_by"]["method"] != EVERYWHERE


def positions(geometry: Mapping[str, Any]) -> Positions:
    """Every position of a GeoJSON geometry."""
    flat: list[list[float]] = []
    todo: list[Any] = [geometry["coordinates"]]
    while todo:
        part = todo.pop(0)
        if isinstance(part[0], int | float):
            flat.append(part[:2])
        else:
            todo = [*part, *todo]
    return np.array(flat, dtype=np.float64)


def distances(here: NDArray[np.float64], there: Positions) -> NDArray[np.float64]:
    """Great-circle distances in metres (haversine)."""
    lng1, lat1 = np.radians(here)
    lng2, lat2 = np.radians(there).T
    h = (
        np.sin((lat2 - lat1) / 2) ** 2
        + np.cos(lat1) * np.cos(lat2) * np.sin((lng2 - lng1) / 2) ** 2
    )
    found: NDArray[np.float64] = 2 * RADIUS_M * np.arcsin(np.sqrt(h))
    return found
