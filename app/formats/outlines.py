"""Files to measure in: county-wide items have every vertex of their counties.

Built features carry the outlines as maps show them (`OUTLINE_DETAIL_M`).
"""

from dataclasses import replace
from functools import cache
from typing import Any

from shapely.geometry import mapping

from app.locate.geometry import union
from app.locate.methods import on_grid
from app.selection.selection import Selection


def with_full_outlines(selection: Selection) -> Selection:
    """The same features, county-wide ones as the base map has their counties."""
    land = selection.catalog.county_land

    @cache
    def outline(codes: tuple[str, ...]) -> Any:
        return mapping(on_grid(union([land[code] for code in codes or land])))

    def whole(feature: dict[str, Any]) -> dict[str, Any]:
        properties = feature["properties"]
        if (properties.get("located_by") or {}).get("method") != "counties":
            return feature
        return {**feature, "geometry": outline(tuple(properties["counties"]))}

    return replace(selection, features=[whole(feature) for feature in selection.features])
