"""Where an item can be: the circle of its radius, without the sea and without other counties.

The circle says how far off the point may be. What the plan names says more: not in another county,
and a works on land not at sea. Page and pictures draw the same area.
"""

from collections.abc import Mapping
from typing import Any

from shapely import prepare, set_precision
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.build.build import geojson_of
from app.domain.models import SEA_KINDS
from app.domain.planes import plane_for
from app.locate.geometry import polygons_of, union
from app.pack.pack import Pack

SHORE_M = 500.0
"""A works on land may stand so far out: the coastline is not better known."""

WHOLE_SHARE = 0.995
"""An area that is so much of the circle is the circle."""

LEAST_SHARE = 0.01
"""A piece smaller than this share of the area is cutting waste, unless a point stands on it."""

SLACK_SHARE = 0.02
"""The outline may stray by so much of the radius."""

GRID, DECIMALS = 1e-4, 4
WIDE_M, WIDE_GRID = 2_000, 1e-3
"""What is known to kilometres has its outline to a hundred metres: the page gets them all."""


class UncertaintyAreas:
    """The areas of one pack's features; each is made once."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._plane = plane_for(pack.info.frame)
        self._found: dict[str, BaseGeometry | None] = {}
        self._named: dict[tuple[str, ...], tuple[BaseGeometry, BaseGeometry]] = {}
        self._land = self._plane.metres(land_of(pack))

    def of(self, feature: Mapping[str, Any]) -> BaseGeometry | None:
        """The area in degrees; None where the circle needs no cutting, or there is no circle."""
        id = str(feature["properties"]["id"])
        if id not in self._found:
            self._found[id] = self._area(feature)
        return self._found[id]

    def as_geojson(self, feature: Mapping[str, Any]) -> dict[str, Any] | None:
        """The same as GeoJSON, for the page."""
        return geojson_of(self.of(feature), DECIMALS)

    def _area(self, feature: Mapping[str, Any]) -> BaseGeometry | None:
        properties, geometry = feature["properties"], feature["geometry"]
        radius = properties.get("uncertainty_m")
        if not geometry or not geometry["type"].endswith("Point") or not radius:
            return None
        if properties["scope"] == "outside":
            return None
        points = self._plane.metres(shape(geometry))
        circle = points.buffer(radius, quad_segs=12)
        area = self._without(circle, properties)
        if area.is_empty or area.area > WHOLE_SHARE * circle.area:
            return None
        pieces = [
            piece for piece in polygons_of(area)
            if piece.area > LEAST_SHARE * area.area or piece.intersects(points)
        ]  # fmt: skip
        outline = union(pieces).simplify(SLACK_SHARE * radius)
        grid = GRID if radius < WIDE_M else WIDE_GRID
        return set_precision(self._plane.degrees(outline), grid, mode="valid_output")

    def _without(self, circle: BaseGeometry, properties: Mapping[str, Any]) -> BaseGeometry:
        """The circle less what the item cannot be in."""
        named = properties["scope"] == "county" and properties["county_basis"] == "plan"
        ashore, others = self._counties(tuple(properties["counties"]) if named else ())
        at_sea = self._at_sea(properties)
        if (at_sea or ashore.contains(circle)) and not others.intersects(circle):
            return circle  # as most are: to see that is a tenth of cutting them
        return (circle if at_sea else circle.intersection(ashore)).difference(others)

    def _counties(self, codes: tuple[str, ...]) -> tuple[BaseGeometry, BaseGeometry]:
        """The land of some counties with its shore, and all other land; where none, all is own."""
        if codes not in self._named:
            land = self._pack.county_land
            own = self._plane.metres(union([land[code] for code in codes])) if codes else self._land
            self._named[codes] = (
                prepared(own.buffer(SHORE_M)), prepared(self._land.difference(own)),
            )  # fmt: skip
        return self._named[codes]

    def _at_sea(self, properties: Mapping[str, Any]) -> bool:
        names = (properties.get("located_by") or {}).get("places", ())
        places = (self._pack.gazetteer.get(name) for name in names)
        return any(place is not None and place.kind in SEA_KINDS for place in places)


def prepared(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry that is compared many times. What that takes is made here, by one thread."""
    prepare(geometry)
    inside = geometry.representative_point().buffer(1)
    geometry.contains(inside)
    geometry.intersects(inside)
    return geometry


def land_of(pack: Pack) -> BaseGeometry:
    """All land of the base map, or that of the counties where it has none."""
    counties = list(pack.county_land.values())
    return union(
        [*counties, *(shape(feature["geometry"]) for feature in pack.base_features("land"))]
    )
