"""The plan's own drawing of its structure: where on the page each of its lines and rings stands."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import Any

from app.build.diagram import KINDS
from app.picture.items import PictureItem
from app.picture.scene.scene import Point
from app.picture.scene.viewport import Viewport

RINGS = {"core": (21.0, 13.0, 4.0), "subcore": (16.0, 4.0), "centre": (9.0, 4.0)}
"""Radii, outer first."""
BADGES = {"park": 13.0, "hub": 12.0, "base": 10.0, "route": 7.0}
"""Radii of filled discs with a glyph or a number."""
RINGS |= {kind: (radius,) for kind, radius in BADGES.items()}
FULL_SIDE, LEAST = 560.0, 0.5
"""Shorter side of a map that shows the diagram as large as the page does; the least share of it."""
ROUNDS, GOLDEN = 60, 2.399963
"""How often badges push each other; radians between directions that never repeat."""
DISC_M = 1500.0
"""A cluster's disc is as wide on the ground as a town's quarter."""


@dataclass(frozen=True, slots=True)
class DiagramFigure:
    """An item of the diagram on the page: a line, or spots with a ring or a disc about each."""

    item: PictureItem
    line: Sequence[Point]
    """Smooth, an axis from its core outwards; empty where the item is no line."""
    spots: Sequence[Point]
    scale: float = 1.0
    """Of widths and radii: on a small map the drawing would hide itself."""
    area: Sequence[Point] = ()
    """The soft outline of a zone."""

    @property
    def kind(self) -> str:
        return self.item.diagram

    @property
    def radii(self) -> tuple[float, ...]:
        """Of its rings; nothing for a disc or a line."""
        radii = RINGS.get(self.kind, ())
        return tuple(radius * self.scale for radius in radii)

    @property
    def size(self) -> float:
        """To tell the larger of two, which is drawn first."""
        points = [*self.line, *self.spots, *self.area]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return (max(xs) - min(xs)) * (max(ys) - min(ys))


Ring = tuple[Point, float]
"""Middle and radius of what symbols and names keep clear of."""


def rings_of(figures: Iterable[DiagramFigure]) -> list[Ring]:
    """The outer ring of every spot that has one."""
    return [(spot, figure.radii[0]) for figure in figures if figure.radii for spot in figure.spots]


def figures(
    viewport: Viewport, items: Iterable[PictureItem], drawings: Mapping[str, Mapping[str, Any]]
) -> list[DiagramFigure]:
    """Items of the diagram, the most important first."""
    drawn_figures = [
        figure_of(viewport, item, drawings[item.id]) for item in items if item.id in drawings
    ]
    return apart(sorted(drawn_figures, key=lambda figure: KINDS.index(figure.kind)))


def apart(found: Sequence[DiagramFigure]) -> list[DiagramFigure]:
    """No badge on another, each as near its place as that allows; static/js/draw/apart.js twins."""
    discs = [
        [x, y, figure.radii[0]] for figure in found if figure.kind in BADGES
        for x, y in figure.spots
    ]  # fmt: skip
    for _ in range(ROUNDS):
        pairs = combinations(enumerate(discs), 2)
        if not sum(push(a, b, turn) for (turn, a), (_, b) in pairs):
            break
    left = iter(discs)
    return [
        replace(figure, spots=[(x, y) for x, y, _ in islice(left, len(figure.spots))])
        if figure.kind in BADGES else figure
        for figure in found
    ]  # fmt: skip


def push(a: list[float], b: list[float], turn: int) -> bool:
    """Whether two lay on each other: then each has moved half of that."""
    room, dx, dy = a[2] + b[2] + 2, b[0] - a[0], b[1] - a[1]
    gap = math.hypot(dx, dy)
    if gap >= room - 0.01:
        return False
    shift = (room - gap) / 2
    if gap < 0.01:
        dx, dy, gap = math.cos(turn * GOLDEN), math.sin(turn * GOLDEN), 1.0
    for disc, way in ((a, -1), (b, 1)):
        disc[0] += way * dx / gap * shift
        disc[1] += way * dy / gap * shift
    return True


def figure_of(viewport: Viewport, item: PictureItem, drawing: Mapping[str, Any]) -> DiagramFigure:
    """One item of the diagram."""
    side = min(viewport.rect.width, viewport.rect.height)
    scale = min(1.0, max(LEAST, side / FULL_SIDE))
    line, spots, area = (
        [viewport.place(*at) for at in drawing.get(part, ())] for part in ("line", "spots", "area")
    )
    return DiagramFigure(item, line, spots, scale, area)
