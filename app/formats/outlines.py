"""What county-wide items are in a file: every vertex of their counties, or a point and a radius.

Built features carry the outlines as maps show them (`OUTLINE_DETAIL_M`).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from shapely.geometry import mapping, shape

from app.domain.planes import plane_for
from app.locate.geometry import circle_around, union
from app.locate.methods import on_grid
from app.selection.selection import Selection

Feature = dict[str, Any]


def is_county_wide(feature: Feature) -> bool:
    """Whether of its place no more is known than its counties."""
    return (feature["properties"].get("located_by") or {}).get("method") == "counties"


def with_full_outlines(selection: Selection) -> Selection:
    """The same features, county-wide ones as the base map has their counties; to measure in."""
    land = selection.catalog.county_land

    @cache
    def outline(codes: tuple[str, ...]) -> Any:
        return mapping(on_grid(union([land[code] for code in codes or land])))

    return with_geometry(selection, lambda one: outline(tuple(one["properties"]["counties"])))


def at_middles(selection: Selection) -> Selection:
    """The same features, county-wide ones at the middle of the circle of their `uncertainty_m`."""
    plane = plane_for(selection.catalog.info.frame)
    found: dict[tuple[str, ...], Any] = {}

    def middle(feature: Feature) -> Any:
        counties = tuple(feature["properties"]["counties"])
        if counties not in found:
            centre, _ = circle_around(plane.metres(shape(feature["geometry"])))
            found[counties] = mapping(on_grid(plane.degrees(centre)))
        return found[counties]

    return with_geometry(selection, middle)


def with_geometry(selection: Selection, made: Callable[[Feature], Any]) -> Selection:
    """The same features, county-wide ones with another geometry."""
    features = [
        {**one, "geometry": made(one)} if is_county_wide(one) else one for one in selection.features
    ]
    return replace(selection, features=features)
