"""Well-known text in a filter, read by GEOS."""

import json
from typing import Any

import numpy as np
import shapely
from shapely import GEOSException

from app.store.cql.errors import wrong

EXPECTED = (
    "well-known text such as POINT(120.85 40.75): each position two numbers, each line two "
    "positions or more, each ring of a polygon four or more and closed"
)


def geometry_text(text: str) -> dict[str, Any]:
    """GeoJSON of a well-known text; heights are ignored."""
    try:
        with np.errstate(over="ignore"):
            geometry = shapely.force_2d(shapely.from_wkt(text))
    except GEOSException:  # its words are for programmers, and none of them says where
        raise wrong(text, EXPECTED) from None
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise wrong(text, EXPECTED)
    geometry_json: dict[str, Any] = json.loads(shapely.to_geojson(geometry))
    return geometry_json
