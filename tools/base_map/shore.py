"""Make the published coast fit to draw: close slits, drop needles, round corners, cut to length."""

import math
from collections.abc import Callable, Iterable

import numpy as np
import shapely
from published import Box, parts
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
Corner = tuple[Point, list[Point]]  # the vertex before, and what replaces the corner

METRES_PER_DEGREE = 111_320.0
OPEN_M = 25.0  # moles and needles narrower than twice this become sea
CLOSE_M = 150.0  # channels and slits narrower than twice this become land
MIN_POND_M2 = 3e6  # water cut off from the sea by that becomes land up to this size
THIN_M = 45.0  # tolerance of the vertices left over from buffering
ROUND_M = 160.0  # a corner is cut at most this far from its vertex; the data is right to 300 m
MIN_TURN_DEGREES = 30.0  # flatter corners stay


def tidy_land(land: BaseGeometry, latitude: float) -> BaseGeometry:
    """Land without slits and needles that are thinner than the data is right."""

    def tidy(plane: BaseGeometry) -> BaseGeometry:
        # Needles first: else the slit behind a mole would be closed and its harbour lost.
        opened = shapely.union_all([without_needles(polygon) for polygon in parts(plane)])
        closed = grow(grow(opened, CLOSE_M), -CLOSE_M)
        return shapely.simplify(without_ponds(closed), THIN_M, preserve_topology=True)

    return in_metres(land, latitude, tidy)


def without_needles(polygon: shapely.Polygon) -> BaseGeometry:
    """One island or mainland less its needles; a pier head whose neck goes, goes with it."""
    opened = parts(grow(grow(polygon, -OPEN_M), OPEN_M))
    return max(opened, key=lambda part: part.area, default=shapely.Polygon())


def thinned(polygon: BaseGeometry, latitude: float) -> BaseGeometry:
    """The polygon without vertices that matter less than the data is right."""
    return in_metres(polygon, latitude, lambda plane: shapely.simplify(plane, THIN_M))


def without_ponds(land: BaseGeometry) -> BaseGeometry:
    """Land with the holes filled that are left where a slit to the sea was closed."""

    def is_big(hole: shapely.LinearRing) -> bool:
        return float(shapely.Polygon(hole).area) >= MIN_POND_M2

    return shapely.union_all(
        [shapely.Polygon(p.exterior, [*filter(is_big, p.interiors)]) for p in parts(land)]
    )


def grow(geometry: BaseGeometry, metres: float) -> BaseGeometry:
    """Buffer with mitred corners, so that straight quays stay straight."""
    return shapely.buffer(geometry, metres, join_style="mitre", mitre_limit=2.0)


def in_metres(
    geometry: BaseGeometry, latitude: float, work: Callable[[BaseGeometry], BaseGeometry]
) -> BaseGeometry:
    """Do some work on a local plane in metres; good to a per cent within a degree or so."""
    scale = np.array([math.cos(math.radians(latitude)), 1.0]) * METRES_PER_DEGREE
    plane = shapely.transform(geometry, lambda xy: xy * scale)
    return shapely.transform(work(plane), lambda xy: xy / scale)


def coast_corners(
    land: BaseGeometry, latitude: float, fixed: set[Point], frame: Box, reach: float = ROUND_M
) -> dict[Point, Corner]:
    """What each corner of the coast is replaced by; fixed vertices and the frame stay."""
    corners: dict[Point, Corner] = {}
    for ring in rings(land):
        for before, at, after in corner_triples(ring):
            free = at not in fixed and not on_edge(at, frame)
            if free and turn(before, at, after, latitude) >= MIN_TURN_DEGREES:
                corners[at] = (before, round_corner(before, at, after, latitude, reach))
    return corners


def turn(before: Point, at: Point, after: Point, latitude: float) -> float:
    """By how many degrees the way bends at a vertex."""
    squeeze = math.cos(math.radians(latitude))
    heading_in = math.atan2(at[1] - before[1], (at[0] - before[0]) * squeeze)
    heading_out = math.atan2(after[1] - at[1], (after[0] - at[0]) * squeeze)
    bend = math.degrees(heading_out - heading_in)
    return abs((bend + 180) % 360 - 180)


def round_corner(
    before: Point, at: Point, after: Point, latitude: float, reach: float
) -> list[Point]:
    """Three points of the curve that cuts a corner.

    before ----- a   at           a and c lie on the sides, at most `reach` metres or a third
                   b              of the side from the corner; b is the middle of the
                     c            quadratic curve from a to c that the corner pulls
                      after
    """
    start = towards(at, before, latitude, reach)
    end = towards(at, after, latitude, reach)
    middle = (
        (start[0] + 2 * at[0] + end[0]) / 4,
        (start[1] + 2 * at[1] + end[1]) / 4,
    )
    return [start, middle, end]


def towards(at: Point, other: Point, latitude: float, reach: float) -> Point:
    """The point where the curve leaves the side from a corner to its neighbour."""
    squeeze = math.cos(math.radians(latitude))
    dx, dy = other[0] - at[0], other[1] - at[1]
    length = math.hypot(dx * squeeze, dy) * METRES_PER_DEGREE
    share = min(reach / length, 1 / 3)
    return (at[0] + dx * share, at[1] + dy * share)


def round_polygons(geometry: BaseGeometry, corners: dict[Point, Corner]) -> BaseGeometry:
    """The same polygons with their coastal corners rounded."""
    return shapely.multipolygons(
        [
            shapely.Polygon(
                round_ring(polygon.exterior, corners),
                [round_ring(hole, corners) for hole in polygon.interiors],
            )
            for polygon in parts(geometry)
        ]
    )


def round_ring(ring: shapely.LinearRing, corners: dict[Point, Corner]) -> list[Point]:
    """One ring with its coastal corners rounded, whichever way round it runs."""
    out: list[Point] = []
    for before, at, _ in corner_triples(ring):
        if at not in corners:
            out.append(at)
            continue
        first, curve = corners[at]
        out += curve if first == before else curve[::-1]
    return out


def corner_triples(ring: shapely.LinearRing) -> Iterable[tuple[Point, Point, Point]]:
    """Each vertex of a ring with its two neighbours."""
    points = [(float(x), float(y)) for x, y in ring.coords[:-1]]
    following = points[1:] + points[:1]
    return zip(points[-1:] + points[:-1], points, following, strict=True)


def rings(geometry: BaseGeometry) -> list[shapely.LinearRing]:
    """All rings of some polygons."""
    return [r for polygon in parts(geometry) for r in (polygon.exterior, *polygon.interiors)]


def on_edge(point: Point, box: Box) -> bool:
    """Whether a point lies on the edge of a box."""
    return point[0] in (box[0], box[2]) or point[1] in (box[1], box[3])


def mainland_coast(
    land: BaseGeometry, counties: BaseGeometry, box: Box, beyond: float
) -> shapely.LineString:
    """The coast of the counties as one line, south-west to north-east, a little longer than they.

    `beyond` is how far, in degrees, it runs on past the first and the last county shore.
    """
    main = max(parts(land), key=lambda polygon: polygon.area)
    points = open_coast(main, box)
    shore = {point for ring in rings(counties) for point in ring.coords}
    own = [index for index, point in enumerate(points) if point in shore]
    first = walk_away(points, own[0], -1, beyond)
    last = walk_away(points, own[-1], 1, beyond)
    line = points[first : last + 1]
    return shapely.LineString(line if line[0][0] < line[-1][0] else line[::-1])


def open_coast(polygon: shapely.Polygon, box: Box) -> list[Point]:
    """The part of a polygon's outline that is coast: its longest run off the edge of the box."""
    points = [(float(x), float(y)) for x, y in polygon.exterior.coords[:-1]]
    start = next(i for i, point in enumerate(points) if on_edge(point, box))
    runs: list[list[Point]] = [[]]
    for point in points[start:] + points[:start]:
        if on_edge(point, box):
            runs.append([])
        else:
            runs[-1].append(point)
    return max(runs, key=len)


def walk_away(points: list[Point], start: int, step: int, distance: float) -> int:
    """The first index from `start` on that lies further than a distance from it."""
    index = start
    while 0 <= index + step < len(points) and math.dist(points[index], points[start]) < distance:
        index += step
    return index
