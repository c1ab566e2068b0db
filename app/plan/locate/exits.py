"""Where a line leaves for a place outside: an arrow at its end, with the place's name."""

from collections.abc import Sequence

from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from app.plan.crs import bearing
from app.plan.locate.shapes import cut, lines_of
from app.plan.locate.site import Site
from app.plan.models import Exit, Place, Position

LOOK_BACK_M = 3_000.0
"""The arrow points the way the last kilometres of the line run."""


def exits_of(site: Site, drawn: BaseGeometry, places: Sequence[Place]) -> tuple[Exit, ...]:
    """One exit per outside place, at the line end nearest to it after the cut at the frame."""
    ends = line_ends(site, cut(drawn, site.frame))
    if not ends:
        return ()
    found: dict[Position, Exit] = {}
    for place in places:
        if place.position is None or not site.outside(place):
            continue
        towards = site.point(place.position)
        end, before = min(ends, key=lambda pair: towards.distance(site.point(pair[0])))
        found.setdefault(end, Exit(end, bearing(before, end), place.name, place.name_en))
    return tuple(found.values())


def line_ends(site: Site, geometry: BaseGeometry) -> list[tuple[Position, Position]]:
    """Both ends of every line, each with a position a little before it (degrees)."""
    ends = []
    for line in lines_of(geometry):
        metric: LineString = site.plane.metres(line)
        ends.append((rounded(line.coords[0]), back_from(site, metric, LOOK_BACK_M)))
        ends.append(
            (rounded(line.coords[-1]), back_from(site, metric, metric.length - LOOK_BACK_M))
        )
    return ends


def back_from(site: Site, metric: LineString, distance: float) -> Position:
    """The position at a distance along a line on the plane, in degrees."""
    within = min(max(distance, 0.0), metric.length)
    point = site.plane.degrees(Point(metric.interpolate(within)))
    return point.x, point.y


def rounded(position: Sequence[float]) -> Position:
    return round(position[0], 6), round(position[1], 6)
