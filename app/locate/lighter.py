"""Lines and borders in few letters: fewer vertices, on round coordinates, within a tolerance."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from shapely import (
    LineString,
    MultiPoint,
    STRtree,
    get_coordinates,
    get_parts,
    line_merge,
    polygonize,
    unary_union,
)
from shapely.geometry.base import BaseGeometry

from app.domain.models import Position
from app.domain.planes import DEGREE_M, Plane

RASTER = 0.0005
"""Degrees between the round coordinates that may stand for a vertex."""

POSITION_LETTERS = 4
"""What a position takes beside its two numbers: brackets and commas."""

FIRST_SHARE = 0.02
"""The part of a tolerance within which vertices go first, so that a dense line takes no longer."""

TRIES = 3
"""So often the tolerance of a border that meets another is halved; then it stays as it is."""

BEYOND = 3
"""A leg to so many vertices in turn fails before longer ones are given up."""

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Waypoint(NamedTuple):
    """What may stand for a vertex of a line: in degrees, in metres, how many letters it takes."""

    positions: Numbers
    metres: Numbers
    letters: Numbers


def lighter_together(
    areas: Sequence[BaseGeometry], plane: Plane, tolerance: float
) -> tuple[list[BaseGeometry], dict[Position, Position]]:
    """The areas with lighter borders, what two share staying one; and what stands for each vertex.

    Degrees. No border is further off than the tolerance in metres; a vertex that none stands for
    is left out.
    """
    whole = line_merge(unary_union([area.boundary for area in areas]))
    borders = list(get_parts(whole.simplify(FIRST_SHARE * tolerance / DEGREE_M)))
    tolerance *= 1 - FIRST_SHARE
    courses = [lighter_course(border, plane, tolerance) for border in borders]
    for attempt in range(1, TRIES + 1):
        for at in meeting([line_of(course) for course in courses]):
            finer = tolerance / 2**attempt if attempt < TRIES else 0
            courses[at] = lighter_course(borders[at], plane, finer)
    pieces = get_parts(polygonize([line_of(course) for course in courses]))
    lighter = [
        unary_union([piece for piece in pieces if area.covers(piece.representative_point())])
        for area in areas
    ]
    return lighter, {old: new for course in courses for old, new in course}


def lighter_line(line: LineString, plane: Plane, tolerance: float) -> LineString:
    """A line, in degrees, that takes few letters to write; its ends stay."""
    return line_of(lighter_course(line, plane, tolerance))


def line_of(course: Iterable[tuple[Position, Position]]) -> LineString:
    return LineString([new for _, new in course])


def meeting(lines: Sequence[LineString]) -> list[int]:
    """Where in the list those stand that meet themselves or others elsewhere than at ends."""
    found = {
        at
        for at, line in enumerate(lines)
        if not line.is_simple or (line.is_closed and len(line.coords) < 4)
    }
    for one, other in STRtree(lines).query(lines, predicate="intersects").T.tolist():
        if one < other:
            ends = MultiPoint([lines[at].coords[end] for at in (one, other) for end in (0, -1)])
            if not ends.covers(lines[one].intersection(lines[other])):
                found |= {one, other}
    return sorted(found)


def lighter_course(
    line: LineString, plane: Plane, tolerance: float
) -> list[tuple[Position, Position]]:
    """The vertices that are kept, each with what stands for it: of all such lines the shortest
    to write.

    By dynamic programming over what may stand for each vertex (`passes` says which legs may be).
    """
    waypoints = waypoints_of(get_coordinates(line), plane, tolerance)
    vertices = get_coordinates(plane.metres(line))
    least = [np.full(len(waypoint.letters), np.inf) for waypoint in waypoints]
    before: list[list[tuple[int, int]]] = [
        [(0, 0)] * len(waypoint.letters) for waypoint in waypoints
    ]
    least[0][0] = 0
    for start in range(len(waypoints) - 1):
        failed = 0
        for end in range(start + 1, len(waypoints)):
            between = vertices[start + 1 : end]
            may = passes(waypoints[start].metres, waypoints[end].metres, between, tolerance)
            failed = 0 if may.any() else failed + 1
            if failed == BEYOND:
                break
            letters = np.where(may, least[start][:, None], np.inf)
            total = letters.min(axis=0) + waypoints[end].letters
            for at in np.flatnonzero(total < least[end]).tolist():
                least[end][at] = total[at]
                before[end][at] = (start, int(letters[:, at].argmin()))
    return traced(get_coordinates(line), waypoints, before)


def traced(
    vertices: Numbers, waypoints: Sequence[Waypoint], before: Sequence[Sequence[tuple[int, int]]]
) -> list[tuple[Position, Position]]:
    """The way back from the last waypoint, turned about."""
    course = []
    waypoint, choice = len(waypoints) - 1, 0
    while True:
        x, y = waypoints[waypoint].positions[choice].tolist()
        old_x, old_y = vertices[waypoint].tolist()
        course.append(((old_x, old_y), (x, y)))
        if waypoint == 0:
            return course[::-1]
        waypoint, choice = before[waypoint][choice]


def waypoints_of(vertices: Numbers, plane: Plane, tolerance: float) -> list[Waypoint]:
    """What may stand for each vertex: itself, and inside a line what is rounder and near."""
    reach = math.ceil(tolerance / (RASTER * DEGREE_M * math.cos(math.radians(vertices[0, 1]))))
    steps = np.arange(-reach, reach + 1)
    offsets = np.array(np.meshgrid(steps, steps)).reshape(2, -1).T
    round_ones = (np.rint(vertices / RASTER)[:, None] + offsets) * RASTER
    own_ones = np.stack([vertices, vertices.round(4)], axis=1)
    places = np.concatenate([own_ones, round_ones.round(4)], axis=1)
    metres = get_coordinates(plane.metres(MultiPoint(places.reshape(-1, 2))))
    metres = metres.reshape(places.shape)
    away = np.hypot(*np.moveaxis(metres - metres[:, :1], -1, 0))
    near = away <= tolerance
    near[[0, -1], 1:] = False
    near[:, 0] = True
    return [
        Waypoint(places[at, own], metres[at, own], letters_of(places[at, own]))
        for at, own in enumerate(near)
    ]


def letters_of(positions: Numbers) -> Numbers:
    """How many letters each position is written with."""
    return np.array(
        [len(f"{x:.9g}{y:.9g}") + POSITION_LETTERS for x, y in positions.tolist()], float
    )


def passes(starts: Numbers, ends: Numbers, between: Numbers, tolerance: float) -> Flags:
    """Between which starts and ends a straight leg passes vertices in order, none too far off.

    Then its Fréchet distance to their line is within the tolerance, and so is each point's.
    """
    legs = ends[None] - starts[:, None]
    lengths = np.maximum(np.hypot(legs[..., 0], legs[..., 1]), 1e-9)
    if not len(between):
        return np.ones(lengths.shape, bool)
    ways = between[None] - starts[:, None]
    along = np.einsum("ski,sei->sek", ways, legs / lengths[..., None])
    beside = np.einsum("ski,ski->sk", ways, ways)[:, None] - along**2
    half = np.sqrt(np.maximum(tolerance**2 - beside, 0))
    first = np.maximum.accumulate(np.maximum(along - half, 0), axis=2)
    last = np.minimum(along + half, lengths[..., None])
    passed: Flags = ((beside <= tolerance**2) & (first <= last)).all(axis=2)
    return passed
