"""One function per method: from an item's places to a geometry with its uncertainty.

Every function takes the site and the item and returns a Located (WGS 84, lng lat). Radii follow
the point-radius method (Darwin Core `coordinateUncertaintyInMeters`): what is drawn is as
uncertain as the weakest thing it was drawn from.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from shapely import LineString, MultiPoint, MultiPolygon, Point, Polygon, set_precision
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from app.domain.errors import PackError
from app.domain.models import (
    BASES,
    SITE_M,
    TOWNSHIP_M,
    VILLAGE_M,
    Exit,
    Item,
    LinePoint,
    Located,
    Place,
)
from app.locate import geometry as shapes
from app.locate.context import Centreline, LocateContext, cell_error, weakest
from app.locate.exits import exits_of
from app.pack.reading import read_geojson

GRID = 1e-6
"""Six decimals of a degree: a decimetre, finer than any source here."""

HULL_MARGIN_M = 1_500.0
"""A zone reaches this far beyond the attractions that name it."""

GAP_SHARE = 0.1
"""Between two known points a line may stray by this share of their distance."""

COAST_M = 500.0
"""How far the built-in coastline is from the true one, at worst (geodata/SOURCES.md)."""

REACH_M = 15_000.0
"""A place farther than this from a line does not say where to cut it."""


BORDER_M = 1_000.0
"""A river that is the border strays over it by so much in the drawing, and still is inside."""


def point(context: LocateContext, item: Item) -> Located:
    """One place."""
    places = context.places(item, 1)
    if len(places) != 1:
        raise cell_error(item, "places", "|".join(item.places), "exactly one for method point")
    return known_points(Point(places[0].at), places)


def points(context: LocateContext, item: Item) -> Located:
    """Several places, a point each."""
    places = context.places(item, 2)
    return known_points(MultiPoint([place.at for place in places]), places)


def near(context: LocateContext, item: Item) -> Located:
    """Places that stand in for an item: it lies at or about them, its own site is not known.

    However well the stand-in is known, the item is not: its circle reaches as far as a thing of
    that place may lie, and its basis is never better than derived. Of a line only that it passes
    there is known, so its course is an estimate. Base lines may stand in too, for works somewhere
    along them: what is drawn is schematic.
    """
    least = "estimated" if context.extent_of(item) == "line" else "derived"
    if item.along:
        around = route(context, item)
        return replace(around, precision="schematic", basis=weakest((least, around.basis or least)))
    places = context.places(item, 1)
    spots = [Point(place.at) for place in places]
    radius = max(place.uncertainty_m + context.reach_of(place) for place in places)
    around = located(
        spots[0] if len(spots) == 1 else MultiPoint(spots), radius, precision_of(radius), places
    )
    return replace(around, basis=weakest((least, around.basis or least)))


def known_points(geometry: BaseGeometry, places: Sequence[Place]) -> Located:
    radius = max(place.uncertainty_m for place in places)
    return located(geometry, radius, precision_of(radius), places)


def line(context: LocateContext, item: Item) -> Located:
    """A smooth line through places in order; a direction, not a course.

    A place off the map only says where the line is bound for: it is cut at the frame, so neither
    that place's radius nor the way beyond the frame makes what is drawn less certain.
    """
    places = context.places(item, 2)
    control_points = [context.control_point(place.at) for place in places]
    curve = context.light(context.plane.degrees(shapes.smooth(control_points)))
    here = [place for place in places if not context.off_the_map(place)]
    radius = radius_along(
        here or places,
        shapes.inside_points(control_points, context.sheet) if here else control_points,
    )
    exits = exits_of(context, curve, places)
    return located(shapes.clip_lines(curve, context.frame), radius, "schematic", places, exits)


def route(context: LocateContext, item: Item) -> Located:
    """Stretches of base lines, cut between the item's places."""
    if not item.along:
        raise cell_error(item, "along", "", "at least one line of lines.csv for method route")
    places = context.places(item, 0)
    centrelines = [context.centreline(item, name) for name in item.along]
    used = [point for centreline in centrelines for point in centreline.base.points]
    curve = context.plane.degrees(
        joined_within_counties(
            context,
            item,
            [substring_of(context, item, centreline, places) for centreline in centrelines],
        )
    )
    radii = [point.uncertainty_m for point in used] + [place.uncertainty_m for place in places]
    gap = max(
        shapes.longest_gap([context.control_point(p.position) for p in centreline.base.points])
        for centreline in centrelines
    )
    radius = max(radii) + GAP_SHARE * gap
    known: tuple[Place | LinePoint, ...] = (*used, *places)
    guessed = weakest(one.basis for one in known) == "estimated"
    schematic = guessed or any(centreline.base.kind == "corridor" for centreline in centrelines)
    return located(
        shapes.clip_lines(curve, context.frame),
        radius,
        "schematic" if schematic else precision_of(radius),
        known,
        exits_of(context, curve, places),
    )


def joined_within_counties(
    context: LocateContext, item: Item, parts: Sequence[LineString]
) -> BaseGeometry:
    """The stretches as one; works on a river keep to the item's counties, borders included."""
    whole = shapes.joined(parts)
    if not context.keeps_inside(item):
        return whole
    inside = shapes.keep_inside(whole, context.area(item).buffer(BORDER_M), BORDER_M)
    if inside.is_empty:
        raise cell_error(
            item, "counties", "|".join(item.counties), "counties that the river reaches"
        )
    return inside


def substring_of(
    context: LocateContext, item: Item, centreline: Centreline, places: Sequence[Place]
) -> LineString:
    """The part of one course that the places bound; all of it where they bound nothing.

    With one course its first and last place are the ends, in that direction; of several courses
    each is cut between the outermost places within reach of it.
    """
    ends = [context.point(place.at) for place in places]
    try:
        if len(item.along) == 1 and len(ends) >= 2:
            return shapes.line_substring(centreline.line, ends[0], ends[-1])
        near = [end for end in ends if centreline.line.distance(end) <= REACH_M]
        return shapes.extend_to(centreline.line, near) if len(near) >= 2 else centreline.line
    except ValueError as error:
        raise cell_error(
            item, "places", "|".join(item.places), f"ends apart on the line: {error}"
        ) from None


def coast(context: LocateContext, item: Item) -> Located:
    """The coast between the outermost of the item's places."""
    places = context.places(item, 2)
    ends = [context.point(place.at) for place in places]
    try:
        part = shapes.extend_to(context.coast, ends)
    except ValueError as error:
        raise cell_error(item, "places", "|".join(item.places), str(error)) from None
    radius = max(COAST_M, *(place.uncertainty_m for place in places))
    return located(context.plane.degrees(part), radius, "schematic", places)


def hull(context: LocateContext, item: Item) -> Located:
    """A zone around places, on the land of the item's counties."""
    places = context.places(item, 2)
    around = [context.point(place.at) for place in places]
    inside = context.plane.metres(context.outline(item))
    area = shapes.zone(around, HULL_MARGIN_M, inside)
    if area.is_empty:
        raise cell_error(item, "places", "|".join(item.places), "places in the item's counties")
    radius = max(place.uncertainty_m for place in places)
    return located(context.plane.degrees(area), radius, "schematic", places)


def counties(context: LocateContext, item: Item) -> Located:
    """The item's counties as they are; all of them for a city-wide item."""
    if item.scope == "outside":
        raise cell_error(item, "method", item.method, "another method for an item outside")
    if item.scope == "" and not item.counties:
        raise cell_error(item, "counties", "", "at least one county for method counties")
    codes = item.counties or tuple(context.pack.county_land)
    if codes not in context.whole:
        area = context.outline(item)
        _, radius = shapes.circle_around(context.plane.metres(area))
        context.whole[codes] = Located(
            on_grid(area), round_up(radius), "county", "published", context.pack.boundary_sources
        )
    return context.whole[codes]


def drawn(context: LocateContext, item: Item) -> Located:
    """A geometry kept in `drawn/<id>.geojson`, with its radius, basis and source."""
    path = context.pack.drawn_file(item.id)
    features = read_geojson(path)["features"]
    if len(features) != 1:
        raise PackError(f"drawn/{path.name}", "one feature")
    properties = features[0]["properties"]
    radius, basis = properties.get("uncertainty_m"), properties.get("basis")
    if not isinstance(radius, int | float) or radius <= 0:
        raise PackError(
            f"drawn/{path.name}", "a radius in metres", column="uncertainty_m", value=str(radius)
        )
    if basis not in BASES:
        raise PackError(
            f"drawn/{path.name}", f"one of {', '.join(BASES)}", column="basis", value=str(basis)
        )
    source = properties.get("source", [])
    if not isinstance(source, list):
        raise PackError(
            f"drawn/{path.name}", "a list of ids", column="source", value=str(source)
        )  # fmt: skip
    return Located(
        on_grid(shape(features[0]["geometry"])),
        round_up(radius),
        precision_of(radius),
        basis,
        tuple(source),
    )


def none(context: LocateContext, item: Item) -> Located:
    """No honest place: no geometry."""
    return Located(None, None, "none", None)


METHODS: dict[str, Callable[[LocateContext, Item], Located]] = {
    function.__name__: function
    for function in (point, points, near, line, route, coast, hull, counties, drawn, none)
}


def located(
    geometry: BaseGeometry,
    radius: float,
    precision: str,
    known: Iterable[Place | LinePoint],
    exits: tuple[Exit, ...] = (),
) -> Located:
    """A Located that stands on places and line points, as well known as the weakest."""
    stood_on = list(known)
    sources = sorted({source for one in stood_on for source in one.source})
    return Located(
        on_grid(geometry),
        round_up(radius),
        precision,
        weakest(one.basis for one in stood_on),
        tuple(sources),
        exits,
    )


def precision_of(radius: float) -> str:
    """The class of a radius in metres."""
    for most, precision in ((SITE_M, "site"), (VILLAGE_M, "village"), (TOWNSHIP_M, "township")):
        if radius <= most:
            return precision
    return "county"


def radius_along(places: Sequence[Place], control_points: Sequence[shapes.ControlPoint]) -> float:
    """The weakest place's radius, and what a line may stray between two of them."""
    return max(place.uncertainty_m for place in places) + GAP_SHARE * shapes.longest_gap(
        control_points
    )


def round_up(radius: float) -> int:
    """A radius to the next 100 m: a finer figure would pretend."""
    return int(-(-radius // 100) * 100)


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    """Six decimals, valid, exterior rings counter-clockwise (RFC 7946 §3.1.6)."""
    return right_handed(set_precision(geometry, GRID, mode="valid_output"))


def right_handed(geometry: BaseGeometry) -> BaseGeometry:
    if isinstance(geometry, Polygon):
        return orient(geometry)
    if isinstance(geometry, MultiPolygon):
        return MultiPolygon([orient(part) for part in geometry.geoms])
    return geometry
