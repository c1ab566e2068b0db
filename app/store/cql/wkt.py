"""Well-known text in a filter, read by GEOS."""

import json
from typing import Any

import shapely
from shapely import GEOSException

from app.store.cql.errors import wrong


def geometry_text(text: str) -> dict[str, Any]:
    """GeoJSON of a well-known text."""
    try:
        geometry = shapely.from_wkt(text)
    except GEOSException as error:
        raise wrong(text, f"well-known text; {error}") from None
    found: dict[str, Any] = json.loads(shapely.to_geojson(geometry))
    return found
