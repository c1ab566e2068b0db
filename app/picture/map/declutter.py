"""Places the symbols of a map: decluttered or clustered, clear of what they may not cover."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from app.picture.diagram.structure_diagram import Ring, rings_of
from app.picture.map.points import SYMBOL, Spot, cluster_spots, push_all_apart, spots_of
from app.picture.map.proximity import EDGE, MARK
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Point
from app.picture.scene.viewport import Rect

GAP, SLACK = 2.0, 1e-6
WAYS = 24
"""Directions in which a symbol may be shifted off a ring."""
APART_MOST = 40
"""More symbols than these are clustered."""
ROUNDS = 3
"""Stepping aside may end on another symbol."""


def declutter(request: PictureRequest, context: DrawingContext) -> list[Spot]:
    """A symbol for each item, none on another."""
    apart = partial(push_all_apart, within=context.viewport.rect)
    return settled(request, context, "apart", apart)


def few_apart(request: PictureRequest, context: DrawingContext, reach: float) -> list[Spot]:
    """Few symbols one by one; more of them join where they are close."""
    few = len(raw_spots(request, context)) <= APART_MOST
    return declutter(request, context) if few else cluster(request, context, reach)


def cluster(request: PictureRequest, context: DrawingContext, reach: float) -> list[Spot]:
    """A disc for items that are close together."""
    return settled(request, context, f"together {reach}", partial(cluster_spots, reach=reach))


def settled(
    request: PictureRequest, context: DrawingContext, way: str,
    arranged: Callable[[Sequence[Spot]], list[Spot]],
) -> list[Spot]:  # fmt: skip
    """The spots arranged in a way, off what they may not cover; once for a sheet."""
    rect = context.viewport.rect

    def made() -> list[Spot]:
        spots = arranged(raw_spots(request, context))
        rings = blocked_circles(request, context)
        for _ in range(ROUNDS if rings else 0):
            spots = arranged(shift_spots(spots, rings, rect))
        return shift_spots(spots, rings, rect)

    return context.cached("spots", way, made)


def raw_spots(request: PictureRequest, context: DrawingContext) -> list[Spot]:
    """A spot for each point, where it belongs."""
    return context.cached("spots", "", lambda: spots_of(context, request.plain))


def blocked_circles(request: PictureRequest, context: DrawingContext) -> list[Ring]:
    """What symbols may not cover: the diagram's rings, the mark of what the view is near to."""
    rings = rings_of(request.figures(context))
    centre = request.centre
    if centre and centre.marked:
        rings.append((context.viewport.place(*centre.position), MARK + EDGE / 2))
    return rings


def shift_spots(spots: Sequence[Spot], rings: Sequence[Ring], rect: Rect) -> list[Spot]:
    """A symbol that would cover a ring is shifted, just far enough for both to be seen."""
    return [shift_from(spot, rings, rect) for spot in spots] if rings else list(spots)


def shift_from(spot: Spot, rings: Sequence[Ring], rect: Rect) -> Spot:
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


def clear_distance(ring: Ring, size: float) -> float:
    """How far from a ring's middle a symbol of a size keeps clear of it."""
    return ring[1] + size / 2 + GAP


def covered(place: Point, size: float, rings: Sequence[Ring]) -> bool:
    return any(math.dist(place, ring[0]) < clear_distance(ring, size) - SLACK for ring in rings)


def around(here: Point, ring: Ring, size: float) -> Iterator[Point]:
    """Places beside a ring, the one on this side of it first."""
    (x, y), room = ring[0], clear_distance(ring, size)
    turn = math.atan2(here[1] - y, here[0] - x)
    for k in range(WAYS):
        angle = turn + 2 * math.pi * k / WAYS
        yield x + room * math.cos(angle), y + room * math.sin(angle)
