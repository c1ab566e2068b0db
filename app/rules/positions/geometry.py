"""Rules about where things stand: valid, on the map, in their counties, with their doubt."""

from collections.abc import Iterator

from shapely import MultiPoint, Point, box
from shapely.geometry.base import BaseGeometry

from app.domain.models import Located
from app.locate.geometry import lines_of, polygons_of, union
from app.rules.check_context import CheckContext, Finding, Rule, finding_for

SEA_SHARE = 0.1
"""A schematic line may cross small bays; no more of it than this may lie on the sea."""

LAND_METHODS = ("line",)


def geometry_is_valid(context: CheckContext) -> Iterator[Finding]:
    for item, located in context.placed():
        if located.geometry is not None and not (
            located.geometry.is_valid and not located.geometry.is_empty
        ):
            yield finding_for(
                geometry_is_valid, item, "places", "|".join(item.places), "a valid geometry"
            )


def polygons_are_right_handed(context: CheckContext) -> Iterator[Finding]:
    """Exterior rings run counter-clockwise (RFC 7946 §3.1.6)."""
    for item, located in context.placed():
        if located.geometry is None:
            continue
        if not all(polygon.exterior.is_ccw for polygon in polygons_of(located.geometry)):
            yield finding_for(
                polygons_are_right_handed, item, "method", item.method, "counter-clockwise rings"
            )


def geometry_is_in_the_frame(context: CheckContext) -> Iterator[Finding]:
    frame = box(*context.pack.info.frame).buffer(1e-6)
    for item, located in context.placed():
        if located.geometry is None or item.scope == "outside":
            continue
        if not frame.covers(located.geometry):
            yield finding_for(
                geometry_is_in_the_frame, item, "places", "|".join(item.places),
                "places inside the frame of plan.toml, or scope outside",
            )  # fmt: skip


def outside_is_outside(context: CheckContext) -> Iterator[Finding]:
    """An item of scope outside stands in none of the counties."""
    city = union(list(context.pack.boundaries.values()))
    for item, located in context.placed():
        if item.scope == "outside" and located.geometry and city.intersects(located.geometry):
            yield finding_for(
                outside_is_outside, item, "scope", item.scope, "a place outside the counties"
            )


def uncertainty_is_there(context: CheckContext) -> Iterator[Finding]:
    for item, located in context.placed():
        if (located.geometry is None) != (located.uncertainty_m is None):
            yield finding_for(
                uncertainty_is_there, item, "method", item.method, "a radius for every geometry"
            )


def point_stands_in_its_counties(context: CheckContext) -> Iterator[Finding]:
    """Each point lies in one of the item's counties, or the row says why not.

    On the coast and on a border the radius may reach in; then `place_note` must say so.
    """
    for item, located in context.placed():
        if not item.counties or located.geometry is None:
            continue
        area = union([context.pack.boundaries[code] for code in item.counties])
        for point in points_of(located.geometry):
            if area.covers(point) or (
                item.place_note and within_radius(context, point, area, located)
            ):
                continue
            yield finding_for(
                point_stands_in_its_counties, item, "counties", "|".join(item.counties),
                f"to hold the point {point.x:.4f} {point.y:.4f}, or a place_note that says why not",
            )  # fmt: skip


def county_is_touched(context: CheckContext) -> Iterator[Finding]:
    """What is drawn touches every county the item names, give or take its radius."""
    for item, located in context.placed():
        if located.geometry is None or item.method == "counties" or item.place_note:
            continue
        near = context.locate_context.plane.metres(located.geometry).buffer(
            located.uncertainty_m or 0
        )
        for code in item.counties:
            if not near.intersects(
                context.locate_context.plane.metres(context.pack.boundaries[code])
            ):
                yield finding_for(
                    county_is_touched, item, "counties", code,
                    "a geometry that reaches it, or a place_note that says why not",
                )  # fmt: skip


def line_keeps_to_the_land(context: CheckContext) -> Iterator[Finding]:
    """A line drawn through places does not cross the sea."""
    city = union(list(context.pack.county_land.values()))
    sea = sea_beside(context, city.convex_hull.difference(city))
    for item, located in context.placed():
        if item.method not in LAND_METHODS or located.geometry is None:
            continue
        length = sum(line.length for line in lines_of(located.geometry))
        wet = sum(line.length for line in lines_of(located.geometry.intersection(sea)))
        if length and wet / length > SEA_SHARE:
            yield finding_for(
                line_keeps_to_the_land, item, "places", "|".join(item.places),
                f"a course on land; {wet / length:.0%} of it is at sea",
            )  # fmt: skip


def sea_beside(context: CheckContext, hull: BaseGeometry) -> BaseGeometry:
    """The part of a gap in the city's hull that the coast bounds: sea, not a neighbour."""
    coast = context.pack.coast
    if coast.is_empty:
        return coast
    return union([piece for piece in polygons_of(hull) if piece.distance(coast) < 1e-4])


def points_of(geometry: BaseGeometry) -> list[Point]:
    """The points of a Point or MultiPoint; none of anything else."""
    if isinstance(geometry, Point):
        return [geometry]
    if isinstance(geometry, MultiPoint):
        return list(geometry.geoms)
    return []


def within_radius(
    context: CheckContext, point: Point, area: BaseGeometry, located: Located
) -> bool:
    """Whether the circle around a point reaches an area."""
    plane = context.locate_context.plane
    distance = plane.metres(point).distance(plane.metres(area))
    return bool(distance <= (located.uncertainty_m or 0))


RULES: tuple[Rule, ...] = (
    geometry_is_valid,
    polygons_are_right_handed,
    geometry_is_in_the_frame,
    outside_is_outside,
    uncertainty_is_there,
    point_stands_in_its_counties,
    county_is_touched,
    line_keeps_to_the_land,
)
