"""The plan's own drawing of its structure: where its lines and rings stand.

Page and pictures draw the same: lines with few bends, in longitude and latitude.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.build.curve import middle, nearest, sampled, smooth
from app.domain.models import Position
from app.domain.planes import latitude, mercator

KINDS = ("core", "subcore", "belt", "axis", "centre", "bay", "cluster")
"""Every kind, the most important first; geodata/README.md lists the same."""
CORES = ("core", "subcore")

PLACES = 21
"""Places tried for a name along a line, from end to end; those near the ends are not."""
INNER = range(7, 15)
FAR = 1e6
DECIMALS = 5

Line = Sequence[Position]


def kind_of(feature: Mapping[str, Any]) -> str:
    """The kind of a feature; nothing where the plan's diagrams do not show it."""
    kind = str(feature["properties"].get("diagram") or "")
    return kind if kind in KINDS and feature["geometry"] else ""


def core_points(features: Iterable[Mapping[str, Any]]) -> dict[str, list[Position]]:
    """Where every core stands, by its id: an axis starts at the one it is nearest to."""
    return {
        one["id"]: spots_of(shape(one["geometry"])) for one in features if kind_of(one) in CORES
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


def drawing_of(feature: Mapping[str, Any], cores: Iterable[Position]) -> dict[str, Any]:
    """How the page draws a feature: spots, or a line and what carries the name along it."""
    geometry, rings = shape(feature["geometry"]), list(cores)
    line = course_of(geometry, rings)
    if not line:
        return {"spots": rounded(spots_of(geometry))}
    return {"line": rounded(line), "guide": name_guide(line, rings)}


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
        "points": rounded(in_degrees([before, *curve, after])),
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


def rounded(line: Iterable[Position]) -> list[list[float]]:
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in line]
