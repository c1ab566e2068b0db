"""What county-wide items are in a file: every vertex of their counties, a point and a radius, less.

Built features carry the outlines as maps show them (`OUTLINE_DETAIL_M`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from shapely import MultiPolygon, get_parts
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from app.domain.on_demand import PrintableRecords
from app.domain.planes import plane_for
from app.locate.geometry import circle_around, union
from app.locate.methods import on_grid
from app.selection.selection import Selection

Feature = dict[str, Any]

COARSE_SHARE = 0.01
"""To what part of its `uncertainty_m` the outline of several counties is simplified."""


def is_county_wide(feature: Mapping[str, Any]) -> bool:
    """Whether of its place no more is known than its counties."""
    return (feature["properties"].get("located_by") or {}).get("method") == "counties"


def with_full_outlines(selection: Selection) -> Selection:
    """The same features, county-wide ones as the base map has their counties; to measure in."""
    land = selection.catalog.county_land

    @cache
    def outline(codes: tuple[str, ...]) -> Any:
        return mapping(on_grid(union([land[code] for code in codes or land])))

    return with_geometry(selection, lambda one: outline(tuple(one["properties"]["counties"])))


def middles(selection: Selection) -> Callable[[Feature], Any]:
    """Of a county-wide feature the middle of the circle of its `uncertainty_m`."""
    plane = plane_for(selection.catalog.info.frame)
    outlines: dict[tuple[str, ...], Any] = {}

    def middle(feature: Feature) -> Any:
        counties = tuple(feature["properties"]["counties"])
        if counties not in outlines:
            centre, _ = circle_around(plane.metres(shape(feature["geometry"])))
            outlines[counties] = mapping(on_grid(plane.degrees(centre)))
        return outlines[counties]

    return middle


def coarse_outlines(selection: Selection) -> Callable[[Feature], Any]:
    """Of a county-wide feature its outline, that of several counties with few vertices and no
    islets.
    """
    plane = plane_for(selection.catalog.info.frame)
    outlines: dict[tuple[str, ...], Any] = {}

    def outline(feature: Feature) -> Any:
        counties = tuple(feature["properties"]["counties"])
        if len(counties) == 1:
            return feature["geometry"]
        if counties not in outlines:
            detail = COARSE_SHARE * feature["properties"]["uncertainty_m"]
            area = without_islets(plane.metres(shape(feature["geometry"])), detail**2)
            outlines[counties] = mapping(on_grid(plane.degrees(area.simplify(detail))))
        return outlines[counties]

    return outline


def without_islets(area: BaseGeometry, least: float) -> BaseGeometry:
    """The parts that are larger than `least`, and the largest in any case."""
    parts = sorted(get_parts(area), key=lambda part: -part.area)
    return MultiPolygon([parts[0], *(part for part in parts[1:] if part.area > least)])


def with_geometry(selection: Selection, made: Callable[[Feature], Any]) -> Selection:
    """The same features, county-wide ones with another geometry."""

    def drawn(feature: Feature) -> Feature:
        return {**feature, "geometry": made(feature)} if is_county_wide(feature) else feature

    return replace(selection, features=Changed(selection.features, drawn))


class Changed(PrintableRecords):
    """Features that are changed when they are looked at."""

    def __init__(self, features: Sequence[Feature], change: Callable[[Feature], Feature]) -> None:
        self._features, self._change = features, change

    def __len__(self) -> int:
        return len(self._features)

    def member(self, at: int) -> Feature:
        return self._change(self._features[at])


class Chosen(PrintableRecords):
    """Some of the features, by their places."""

    def __init__(self, features: Sequence[Feature], places: Sequence[int]) -> None:
        self._features, self._places = features, places

    def __len__(self) -> int:
        return len(self._places)

    def member(self, at: int) -> Feature:
        return self._features[self._places[at]]
