"""Pure geometry on a plane, in metres: smooth lines, substrings, zones, clipping.

Nothing here knows of places or plans; a test draws each on squared paper.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from shapely import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    line_merge,
    unary_union,
)
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

STEPS = 8
"""Pieces that each span between two known points of a smooth line is drawn with."""

STRAIGHT_M = 15.0
"""A vertex closer than this to the straight line is not worth keeping."""

ROUND_M = 30.0
"""How far inside its margin the straight pieces of a zone's round corners may lie."""

SLIVER_SHARE = 0.01
"""Pieces of a clipped zone smaller than this share of it are cutting waste."""

ControlPoint = tuple[float, float]


def smooth(control_points: Sequence[ControlPoint]) -> LineString:
    r"""A line that passes through every control point without corners (centripetal Catmull-Rom).

        a        c            the curve bends before and after b,
         \      /             and never overshoots into a loop
          `- b -'

    Two control points give a straight line. Raises ValueError for fewer.
    """
    path = [
        control_point
        for i, control_point in enumerate(control_points)
        if i == 0 or control_point != control_points[i - 1]
    ]
    if len(path) < 2:
        raise ValueError("a line needs two different points")
    if len(path) == 2:
        return LineString(path)
    ends = [phantom_point(path[1], path[0]), *path, phantom_point(path[-2], path[-1])]
    points = [path[0]]
    for four in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        points.extend(span(*four))
    return LineString(LineString(points).simplify(STRAIGHT_M).coords)


def phantom_point(inner: ControlPoint, end: ControlPoint) -> ControlPoint:
    """A phantom control point beyond the end, so that the last span has a neighbour."""
    return 2 * end[0] - inner[0], 2 * end[1] - inner[1]


def span(a: ControlPoint, b: ControlPoint, c: ControlPoint, d: ControlPoint) -> list[ControlPoint]:
    """The curve from b (left out) to c (included), with a and d as neighbours."""
    t0, t1 = 0.0, chord(a, b)
    t2 = t1 + chord(b, c)
    t3 = t2 + chord(c, d)
    curve = []
    for step in range(1, STEPS + 1):
        t = t1 + (t2 - t1) * step / STEPS
        ab, bc, cd = blend(a, b, t0, t1, t), blend(b, c, t1, t2, t), blend(c, d, t2, t3, t)
        curve.append(blend(blend(ab, bc, t0, t2, t), blend(bc, cd, t1, t3, t), t1, t2, t))
    curve[-1] = c
    return curve


def chord(a: ControlPoint, b: ControlPoint) -> float:
    """The parameter distance of the centripetal form: the root of the length."""
    return math.sqrt(max(math.dist(a, b), 1e-9))


def blend(a: ControlPoint, b: ControlPoint, ta: float, tb: float, t: float) -> ControlPoint:
    """Linear between a at ta and b at tb."""
    w = (t - ta) / (tb - ta)
    return a[0] + (b[0] - a[0]) * w, a[1] + (b[1] - a[1]) * w


def line_substring(line: LineString, start: Point, end: Point) -> LineString:
    """The part of a line between the points nearest to start and end, in that direction.

    Raises ValueError when both fall on the same point of the line.
    """
    a, b = line.project(start), line.project(end)
    part = substring(line, a, b)
    if not isinstance(part, LineString) or part.length == 0:
        raise ValueError("both ends fall on the same point of the line")
    return part


def extend_to(line: LineString, points: Sequence[Point]) -> LineString:
    """The part of a line between the outermost of several points, in the line's direction."""
    along = [line.project(point) for point in points]
    part = substring(line, min(along), max(along))
    if not isinstance(part, LineString) or part.length == 0:
        raise ValueError("the points fall on the same point of the line")
    return part


def zone(points: Sequence[Point], margin: float, inside: BaseGeometry) -> BaseGeometry:
    """The hull around points, widened by a margin and clipped to an area.

    Several pieces remain where the area has islands; slivers are dropped.
    """
    hull = MultiPoint(list(points)).convex_hull.buffer(margin).simplify(ROUND_M)
    return without_slivers(hull.intersection(inside))


def without_slivers(area: BaseGeometry) -> BaseGeometry:
    """Polygons only, without pieces below SLIVER_SHARE of the whole."""
    pieces = polygons_of(area)
    least = sum(piece.area for piece in pieces) * SLIVER_SHARE
    large = [piece for piece in pieces if piece.area >= least]
    return large[0] if len(large) == 1 else MultiPolygon(large)


def polygons_of(area: BaseGeometry) -> list[Polygon]:
    """The polygons of any geometry; lines and points that a cut left over are dropped."""
    if isinstance(area, Polygon):
        return [] if area.is_empty else [area]
    if isinstance(area, MultiPolygon | GeometryCollection):
        return [piece for part in area.geoms for piece in polygons_of(part)]
    return []


def joined(lines: Sequence[LineString]) -> BaseGeometry:
    """Several lines as one geometry; those that meet end to end become one line."""
    if len(lines) == 1:
        return lines[0]
    return line_merge(MultiLineString(list(lines)))


def lines_of(geometry: BaseGeometry) -> list[LineString]:
    """The lines of any geometry, without what a cut left over."""
    if isinstance(geometry, LineString):
        return [] if geometry.is_empty else [geometry]
    if isinstance(geometry, MultiLineString | GeometryCollection):
        return [line for part in geometry.geoms for line in lines_of(part)]
    return []


def clip_lines(geometry: BaseGeometry, frame: Polygon) -> BaseGeometry:
    """The lines of a geometry inside the frame, longest pieces kept, order kept."""
    pieces = lines_of(geometry.intersection(frame))
    return joined(pieces) if pieces else LineString()


def keep_inside(geometry: BaseGeometry, area: BaseGeometry, least: float) -> BaseGeometry:
    """The lines of a geometry inside an area, without pieces shorter than least."""
    pieces = [line for line in lines_of(geometry.intersection(area)) if line.length >= least]
    return joined(pieces) if pieces else LineString()


def inside_points(control_points: Sequence[ControlPoint], area: Polygon) -> list[ControlPoint]:
    """The control points as far as an area reaches: a leg that leaves it ends on its edge."""
    inside = [control_points[0]] if area.covers(Point(control_points[0])) else []
    for leg in pairwise(control_points):
        for piece in lines_of(LineString(leg).intersection(area)):
            inside += [(x, y) for x, y in piece.coords if (x, y) not in inside]
    return inside


def longest_gap(control_points: Sequence[ControlPoint]) -> float:
    """The longest distance between neighbours; 0 for fewer than two."""
    return max(
        (math.dist(a, b) for a, b in pairwise(control_points)),
        default=0.0,
    )


def union(areas: Sequence[BaseGeometry]) -> BaseGeometry:
    """The areas as one, borders between neighbours dissolved."""
    return unary_union(list(areas))


def circle_around(area: BaseGeometry) -> tuple[Point, float]:
    """The middle and the radius of a circle that holds the whole area."""
    hull = area.convex_hull
    middle = hull.centroid
    return middle, float(middle.hausdorff_distance(hull))
