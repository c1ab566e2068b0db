"""Where symbols stand on a map: apart or joined, and clear of what they may not cover."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.faces.picture.diagram import Ring, rings_of
from app.faces.picture.frame import Rect
from app.faces.picture.near import EDGE, MARK
from app.faces.picture.points import SYMBOL, Spot, clustered, spots_of, spread
from app.faces.picture.scene import Point
from app.faces.picture.sheet import Sheet
from app.faces.picture.task import Task

AIR, SLACK = 2.0, 1e-6
WAYS = 24
"""Directions in which a symbol may step aside of a ring."""
ROUNDS = 3
"""Stepping aside may end on another symbol."""


def apart(task: Task, sheet: Sheet) -> list[Spot]:
    """A symbol for each item, none on another."""
    spots = spread(spots_of(sheet, task.plain), sheet.frame.rect)
    rings = kept_clear(task, sheet)
    for _ in range(ROUNDS if rings else 0):
        spots = spread(cleared(spots, rings, sheet.frame.rect), sheet.frame.rect)
    return cleared(spots, rings, sheet.frame.rect)


def together(task: Task, sheet: Sheet, reach: float) -> list[Spot]:
    """A disc for items that are close together."""

    def joined() -> list[Spot]:
        spots = clustered(spots_of(sheet, task.plain), reach)
        rings = kept_clear(task, sheet)
        for _ in range(ROUNDS if rings else 0):
            spots = clustered(cleared(spots, rings, sheet.frame.rect), reach)
        return cleared(spots, rings, sheet.frame.rect)

    return sheet.cached("together", f"{reach}", joined)


def kept_clear(task: Task, sheet: Sheet) -> list[Ring]:
    """What symbols may not cover: the diagram's rings, the mark of what the view is near to."""
    rings = rings_of(task.figures(sheet))
    centre = task.centre
    if centre and centre.marked:
        rings.append((sheet.frame.place(*centre.position), MARK + EDGE / 2))
    return rings


def cleared(spots: Sequence[Spot], rings: Sequence[Ring], rect: Rect) -> list[Spot]:
    """A symbol that would cover a ring steps aside, just far enough for both to be seen."""
    return [aside(spot, rings, rect) for spot in spots] if rings else list(spots)


def aside(spot: Spot, rings: Sequence[Ring], rect: Rect) -> Spot:
    """One spot, moved to the nearest place that no ring covers and that is on the map."""
    here = spot.x, spot.y
    if not covered(here, spot.size, rings):
        return spot
    area = rect.inset(SYMBOL / 2)
    free = [
        place
        for ring in rings
        for place in around(here, ring, spot.size)
        if area.has(place) and not covered(place, spot.size, rings)
    ]
    x, y = min(free, key=lambda place: round(math.dist(place, here), 3), default=here)
    return replace(spot, x=x, y=y)


def room_by(ring: Ring, size: float) -> float:
    """How far from a ring's middle a symbol of a size keeps clear of it."""
    return ring[1] + size / 2 + AIR


def covered(place: Point, size: float, rings: Sequence[Ring]) -> bool:
    return any(math.dist(place, ring[0]) < room_by(ring, size) - SLACK for ring in rings)


def around(here: Point, ring: Ring, size: float) -> Iterator[Point]:
    """Places beside a ring, the one on this side of it first."""
    (x, y), room = ring[0], room_by(ring, size)
    turn = math.atan2(here[1] - y, here[0] - x)
    for k in range(WAYS):
        angle = turn + 2 * math.pi * k / WAYS
        yield x + room * math.cos(angle), y + room * math.sin(angle)
