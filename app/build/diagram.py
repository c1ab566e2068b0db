"""The plan's own drawing of its structure: where its lines and rings stand.

Page and pictures draw the same: lines with few bends, in longitude and latitude.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from shapely.geometry import MultiPoint, shape
from shapely.geometry.base import BaseGeometry

from app.build.curve import middle, nearest, sampled, smooth
from app.domain.models import Position
from app.domain.planes import latitude, mercator

KINDS = (
    "core", "subcore", "belt", "axis", "centre", "bay", "cluster", "zone", "park", "hub", "base",
    "route",
)  # fmt: skip
"""Every kind, the most important first; geodata/README.md lists the same."""
CORES = ("core", "subcore")
ROLES = {
    "core": 3, "subcore": 3, "centre": 3, "hub": 3, "belt": 4, "bay": 4, "axis": 5, "cluster": 5,
    "zone": 6, "park": 1, "base": 2,
}  # fmt: skip
"""A hue a role: `--role-…` of static/css/tokens.css; each route has its own."""
ROUTE_ROLES = 8
SOFT, CORNER = 0.04, 4
"""Degrees by which a zone reaches over its places, corners of a quarter of its round ends."""
STEP, BELOW = 0.062, 0.05
"""Degrees between the bases of a county, and how far they stand below its middle."""
BULGE, ARC = 0.05, 12
"""How far a route's line bends aside, as a share of its length, and the steps of the bend."""

PLACES = 21
"""Places tried for a name along a line, from end to end; those near the ends are not."""
INNER = range(7, 15)
FAR = 1e6
DECIMALS, COARSE = 5, 4
"""Of a degree, of a spot and of a line."""

Line = Sequence[Position]


def kind_of(feature: Mapping[str, Any]) -> str:
    """The kind of a feature; nothing where the plan's diagrams do not show it."""
    kind = str(feature["properties"].get("diagram") or "")
    return kind if kind in KINDS and feature["geometry"] else ""


def core_points(features: Iterable[Mapping[str, Any]]) -> dict[str, list[Position]]:
    """Where every core stands, by its id: an axis starts at the one it is nearest to."""
    return {
        feature["id"]: spots_of(shape(feature["geometry"]))
        for feature in features
        if kind_of(feature) in CORES
    }


def spots_of(geometry: BaseGeometry) -> list[Position]:
    """Where a ring stands: each point, else the middle of the zone."""
    points = [part for part in parts_of(geometry) if part.geom_type == "Point"]
    if points:
        return [(part.coords[0][0], part.coords[0][1]) for part in points]
    west, south, east, north = geometry.bounds
    return [((west + east) / 2, latitude((mercator(south) + mercator(north)) / 2))]


def course_of(geometry: BaseGeometry, cores: Iterable[Position]) -> list[Position]:
    """The smooth line through an item's lines, from its core outwards; empty where it has none."""
    lines = [on_plane(part.coords) for part in parts_of(geometry) if part.geom_type == "LineString"]
    if not lines:
        return []
    course, rings = middle(lines), on_plane(cores)
    if nearest(rings, course[0]) > nearest(rings, course[-1]):
        course.reverse()
    return in_degrees(smooth(course))


def drawings_of(
    features: Iterable[Mapping[str, Any]],
    lands: Mapping[str, BaseGeometry],
    places: Mapping[str, Position] = MappingProxyType({}),
) -> dict[str, dict[str, Any]]:
    """How the diagram's features are drawn, by id, with the counties and the gazetteer's places."""
    own = [feature for feature in features if kind_of(feature)]
    cores = [spot for spots in core_points(own).values() for spot in spots]
    ranks: dict[str, int] = {}
    bases: dict[str, list[str]] = {}
    for feature in own:
        for code in feature["properties"]["counties"] if kind_of(feature) == "base" else ():
            bases.setdefault(code, []).append(feature["id"])
    drawings = {}
    for feature in own:
        kind = kind_of(feature)
        ranks[kind] = ranks.get(kind, -1) + 1
        if kind == "base":
            drawing = base_drawing(feature, lands, bases, ranks[kind])
        elif kind == "route":
            drawing = route_drawing(feature, places, ranks[kind])
        else:
            drawing = drawing_of(feature, cores)
        role = ranks[kind] % ROUTE_ROLES + 1 if kind == "route" else ROLES[kind]
        drawings[feature["id"]] = {**drawing, "role": role}
    return drawings


def drawing_of(feature: Mapping[str, Any], cores: Iterable[Position]) -> dict[str, Any]:
    """How the page draws a feature: spots, a zone, or a line and what carries the name along it."""
    geometry, rings = shape(feature["geometry"]), list(cores)
    line = course_of(geometry, rings)
    if line:
        return {"line": rounded(line, COARSE), "guide": name_guide(line, rings)}
    area = soft_zone(geometry) if geometry.area else []
    drawing = {"spots": rounded(spots_of(geometry))}
    return {**drawing, "area": rounded(area, COARSE)} if area else drawing


def base_drawing(
    feature: Mapping[str, Any],
    lands: Mapping[str, BaseGeometry],
    bases: Mapping[str, list[str]],
    rank: int,
) -> dict[str, Any]:
    """A spot in each county, all bases of a county in a row."""
    spots = []
    for code in (county for county in feature["properties"]["counties"] if county in lands):
        middle, row = lands[code].representative_point(), bases[code]
        place = row.index(feature["id"]) - (len(row) - 1) / 2
        spots.append((middle.x + place * STEP, middle.y - BELOW))
    return {"spots": rounded(spots), "number": rank + 1}


def route_drawing(
    feature: Mapping[str, Any], places: Mapping[str, Position], rank: int
) -> dict[str, Any]:
    """Its stops in order, joined by a line of its own."""
    named = (feature["properties"].get("located_by") or {}).get("places") or ()
    stops = [places[name] for name in named if name in places]
    stops = stops or stops_of(shape(feature["geometry"]))
    return {"line": rounded(route_line(stops, rank), COARSE), "spots": rounded(stops)}


def soft_zone(geometry: BaseGeometry) -> list[Position]:
    """A round outline about an area: the plan draws about where, and no border."""
    edge = geometry.convex_hull.boundary.coords
    outline = MultiPoint(on_plane(edge)).convex_hull.buffer(SOFT, CORNER).simplify(SOFT / 100)
    return in_degrees((x, y) for x, y, *_ in outline.boundary.coords)


def stops_of(geometry: BaseGeometry) -> list[Position]:
    """The stops of a route that names no place, in order."""
    return [(x, y) for part in parts_of(geometry) for x, y, *_ in part.coords]


def route_line(stops: Sequence[Position], rank: int) -> list[Position]:
    """From stop to stop in order, bent aside by so much that no two routes are one line."""
    points = on_plane(stops[:1])
    for (ax, ay), (bx, by) in pairwise(on_plane(stops)):
        bulge = BULGE * (1 + rank // 2) * (1 if rank % 2 else -1)
        for step in range(1, ARC + 1):
            share = step / ARC
            off = 4 * bulge * share * (1 - share)
            points.append(
                (ax + (bx - ax) * share - (by - ay) * off, ay + (by - ay) * share + (bx - ax) * off)
            )
    return in_degrees(points) if len(stops) > 1 else []


def name_guide(line: Line, cores: Line) -> dict[str, Any]:
    """The unseen line that carries a name, which may be longer than its band: it goes on beyond
    both ends as far again. `share` of it is the band; at `offset` of it the name stands.
    """
    curve, rings = on_plane(line if line[0][0] <= line[-1][0] else line[::-1]), on_plane(cores)
    before, after = beyond(curve), beyond(curve[::-1])
    own = sum(math.dist(a, b) for a, b in pairwise(curve))
    lead, trail = math.dist(before, curve[0]), math.dist(after, curve[-1])
    whole = lead + own + trail
    return {
        "points": rounded(in_degrees([before, *curve, after]), COARSE),
        "share": round(own / whole, 4),
        "offset": round((lead + own * roomiest(curve, rings)) / whole, 4),
    }


def beyond(curve: Line) -> Position:
    """As far before a line's start as the line is long."""
    (ax, ay), (bx, by) = sampled(curve, 8)[:2]
    return ax + (ax - bx) * 7, ay + (ay - by) * 7


def roomiest(curve: Line, rings: Line) -> float:
    """How far along, 0 to 1, a name is farthest from every ring; the middle where none is near."""
    places = sampled(curve, PLACES)
    room = [min(FAR, nearest(rings, place)) for place in places]
    best = PLACES // 2
    for i in INNER:
        best = i if room[i] > room[best] + NOTICED else best
    return best / (PLACES - 1)


NOTICED = 1 / 728
"""Degrees of the plane; less makes no place roomier."""


def parts_of(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The simple parts of a geometry, however deep."""
    inner = getattr(geometry, "geoms", None)
    return [geometry] if inner is None else [part for one in inner for part in parts_of(one)]


def on_plane(line: Iterable[Sequence[float]]) -> list[Position]:
    return [(x, mercator(y)) for x, y, *_ in line]


def in_degrees(line: Iterable[Position]) -> list[Position]:
    return [(x, latitude(y)) for x, y in line]


def rounded(line: Iterable[Position], decimals: int = DECIMALS) -> list[list[float]]:
    return [[round(x, decimals), round(y, decimals)] for x, y in line]
