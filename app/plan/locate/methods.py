"""One function per method: from an item's places to a geometry that knows its own doubt.

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

from app.plan.errors import PackError
from app.plan.locate import shapes
from app.plan.locate.exits import exits_of
from app.plan.locate.site import Course, Site, problem, weakest
from app.plan.models import (
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
from app.plan.reading import read_geojson

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


def point(site: Site, item: Item) -> Located:
    """One place."""
    places = site.places(item, 1)
    if len(places) != 1:
        raise problem(item, "places", "|".join(item.places), "exactly one for method point")
    return known_points(Point(places[0].at), places)


def points(site: Site, item: Item) -> Located:
    """Several places, a point each."""
    places = site.places(item, 2)
    return known_points(MultiPoint([place.at for place in places]), places)


def near(site: Site, item: Item) -> Located:
    """Places that stand in for an item: it lies at or about them, its own site is not known.

    However well the stand-in is known, the item is not: its circle reaches as far as a thing of
    that place may lie, and its basis is never better than derived. Of a line only that it passes
    there is known, so its course is an estimate. Base lines may stand in too, for works somewhere
    along them: what is drawn is schematic.
    """
    least = "estimated" if site.extent_of(item) == "line" else "derived"
    if item.along:
        found = route(site, item)
        return replace(found, precision="schematic", basis=weakest((least, found.basis or least)))
    places = site.places(item, 1)
    spots = [Point(place.at) for place in places]
    radius = max(place.uncertainty_m + site.reach_of(place) for place in places)
    found = located(
        spots[0] if len(spots) == 1 else MultiPoint(spots), radius, precision_of(radius), places
    )
    return replace(found, basis=weakest((least, found.basis or least)))


def known_points(geometry: BaseGeometry, places: Sequence[Place]) -> Located:
    radius = max(place.uncertainty_m for place in places)
    return located(geometry, radius, precision_of(radius), places)


def line(site: Site, item: Item) -> Located:
    """A smooth line through places in order; a direction, not a course.

    A place off the map only says where the line is bound for: it is cut at the frame, so neither
    that place's radius nor the way beyond the frame makes what is drawn less certain.
    """
    places = site.places(item, 2)
    knots = [site.knot(place.at) for place in places]
    drawn = site.plane.degrees(shapes.smooth(knots))
    here = [place for place in places if not site.off_the_map(place)]
    radius = radius_along(here or places, shapes.inside_knots(knots, site.sheet) if here else knots)
    exits = exits_of(site, drawn, places)
    return located(shapes.cut(drawn, site.frame), radius, "schematic", places, exits)


def route(site: Site, item: Item) -> Located:
    """Stretches of base lines, cut between the item's places."""
    if not item.along:
        raise problem(item, "along", "", "at least one line of lines.csv for method route")
    places = site.places(item, 0)
    courses = [site.course(item, name) for name in item.along]
    used = [point for course in courses for point in course.base.points]
    drawn = site.plane.degrees(
        kept(site, item, [stretch_of(site, item, course, places) for course in courses])
    )
    radii = [point.uncertainty_m for point in used] + [place.uncertainty_m for place in places]
    gap = max(
        shapes.longest_gap([site.knot(p.position) for p in course.base.points])
        for course in courses
    )
    radius = max(radii) + GAP_SHARE * gap
    known: tuple[Place | LinePoint, ...] = (*used, *places)
    guessed = weakest(one.basis for one in known) == "estimated"
    schematic = guessed or any(course.base.kind == "corridor" for course in courses)
    return located(
        shapes.cut(drawn, site.frame),
        radius,
        "schematic" if schematic else precision_of(radius),
        known,
        exits_of(site, drawn, places),
    )


def kept(site: Site, item: Item, stretches: Sequence[LineString]) -> BaseGeometry:
    """The stretches as one; works on a river keep to the item's counties, borders included."""
    whole = shapes.joined(stretches)
    if not site.keeps_inside(item):
        return whole
    inside = shapes.keep_inside(whole, site.area(item).buffer(BORDER_M), BORDER_M)
    if inside.is_empty:
        raise problem(item, "counties", "|".join(item.counties), "counties that the river reaches")
    return inside


def stretch_of(site: Site, item: Item, course: Course, places: Sequence[Place]) -> LineString:
    """The part of one course that the places bound; all of it where they bound nothing.

    With one course its first and last place are the ends, in that direction; of several courses
    each is cut between the outermost places within reach of it.
    """
    ends = [site.point(place.at) for place in places]
    try:
        if len(item.along) == 1 and len(ends) >= 2:
            return shapes.stretch(course.line, ends[0], ends[-1])
        near = [end for end in ends if course.line.distance(end) <= REACH_M]
        return shapes.reach(course.line, near) if len(near) >= 2 else course.line
    except ValueError as error:
        raise problem(
            item, "places", "|".join(item.places), f"ends apart on the line: {error}"
        ) from None


def coast(site: Site, item: Item) -> Located:
    """The coast between the outermost of the item's places."""
    places = site.places(item, 2)
    ends = [site.point(place.at) for place in places]
    try:
        part = shapes.reach(site.coast, ends)
    except ValueError as error:
        raise problem(item, "places", "|".join(item.places), str(error)) from None
    radius = max(COAST_M, *(place.uncertainty_m for place in places))
    return located(site.plane.degrees(part), radius, "schematic", places)


def hull(site: Site, item: Item) -> Located:
    """A zone around places, on the land of the item's counties."""
    places = site.places(item, 2)
    around = [site.point(place.at) for place in places]
    inside = site.plane.metres(site.outline(item))
    area = shapes.zone(around, HULL_MARGIN_M, inside)
    if area.is_empty:
        raise problem(item, "places", "|".join(item.places), "places in the item's counties")
    radius = max(place.uncertainty_m for place in places)
    return located(site.plane.degrees(area), radius, "schematic", places)


def counties(site: Site, item: Item) -> Located:
    """The item's counties as they are; all of them for a city-wide item."""
    if item.scope == "outside":
        raise problem(item, "method", item.method, "another method for an item outside")
    if item.scope == "" and not item.counties:
        raise problem(item, "counties", "", "at least one county for method counties")
    codes = item.counties or tuple(site.pack.county_land)
    if codes not in site.whole:
        area = site.outline(item)
        radius = circle_around(site.plane.metres(area))
        site.whole[codes] = Located(
            on_grid(area), round_up(radius), "county", "published", site.pack.boundary_sources
        )
    return site.whole[codes]


def drawn(site: Site, item: Item) -> Located:
    """A geometry kept in `drawn/<id>.geojson`, with its radius, basis and source."""
    path = site.pack.drawn_file(item.id)
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


def none(site: Site, item: Item) -> Located:
    """No honest place: no geometry."""
    return Located(None, None, "none", None)


METHODS: dict[str, Callable[[Site, Item], Located]] = {
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


def radius_along(places: Sequence[Place], knots: Sequence[shapes.Knot]) -> float:
    """The weakest place's radius, and what a line may stray between two of them."""
    return max(place.uncertainty_m for place in places) + GAP_SHARE * shapes.longest_gap(knots)


def circle_around(area: BaseGeometry) -> float:
    """The radius in metres of a circle that holds the whole area."""
    hull = area.convex_hull
    centre = hull.centroid
    return float(centre.hausdorff_distance(hull))


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
