"""Where a line leaves for a place outside: an arrow at its end, with the place's name."""

from collections.abc import Sequence

from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from app.domain.models import Exit, Place, Position
from app.domain.planes import bearing
from app.locate.context import LocateContext
from app.locate.geometry import clip_lines, lines_of

LOOK_BACK_M = 3_000.0
"""The arrow points the way the last kilometres of the line run."""


def exits_of(
    context: LocateContext, drawn: BaseGeometry, places: Sequence[Place]
) -> tuple[Exit, ...]:
    """One exit per outside place, at the line end nearest to it after the cut at the frame."""
    ends = line_ends(context, clip_lines(drawn, context.frame))
    if not ends:
        return ()
    exits: dict[Position, Exit] = {}
    for place in places:
        if place.position is None or not context.outside(place):
            continue
        towards = context.point(place.position)
        end, before = min(ends, key=lambda pair: towards.distance(context.point(pair[0])))
        exits.setdefault(end, Exit(end, bearing(before, end), place.name, place.name_en))
    return tuple(exits.values())


def line_ends(context: LocateContext, geometry: BaseGeometry) -> list[tuple[Position, Position]]:
    """Both ends of every line, each with a position a little before it (degrees)."""
    ends = []
    for line in lines_of(geometry):
        metric: LineString = context.plane.metres(line)
        ends.append((rounded(line.coords[0]), back_from(context, metric, LOOK_BACK_M)))
        ends.append(
            (rounded(line.coords[-1]), back_from(context, metric, metric.length - LOOK_BACK_M))
        )
    return ends


def back_from(context: LocateContext, metric: LineString, distance: float) -> Position:
    """The position at a distance along a line on the plane, in degrees."""
    within = min(max(distance, 0.0), metric.length)
    point = context.plane.degrees(Point(metric.interpolate(within)))
    return point.x, point.y


def rounded(position: Sequence[float]) -> Position:
    return round(position[0], 6), round(position[1], 6)
