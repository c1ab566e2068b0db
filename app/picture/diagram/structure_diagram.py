"""The plan's own drawing of its structure: where on the page each of its lines and rings stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.build.diagram import KINDS, course_of, spots_of
from app.domain.models import Position
from app.picture.items import PictureItem
from app.picture.scene.scene import Point
from app.picture.scene.viewport import Viewport

RINGS = {"core": (21.0, 13.0, 4.0), "subcore": (16.0, 4.0), "centre": (9.0, 4.0)}
"""Radii, outer first."""
FULL_SIDE, LEAST = 560.0, 0.5
"""Shorter side of a map that shows the diagram as large as the page does; the least share of it."""
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

    @property
    def kind(self) -> str:
        return self.item.diagram

    @property
    def radii(self) -> tuple[float, ...]:
        """Of its rings; nothing for a disc or a line."""
        radii = () if self.line else RINGS.get(self.kind, ())
        return tuple(radius * self.scale for radius in radii)

    @property
    def size(self) -> float:
        """To tell the larger of two, which is drawn first."""
        points = [*self.line, *self.spots]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return (max(xs) - min(xs)) * (max(ys) - min(ys))


Ring = tuple[Point, float]
"""Middle and radius of what symbols and names keep clear of."""


def rings_of(figures: Iterable[DiagramFigure]) -> list[Ring]:
    """The outer ring of every spot that has one."""
    return [(spot, figure.radii[0]) for figure in figures if figure.radii for spot in figure.spots]


def figures(
    viewport: Viewport, items: Iterable[PictureItem], cores: Sequence[Position]
) -> list[DiagramFigure]:
    """Items of the diagram, the most important first; `cores` are where axes come from."""
    found = [figure_of(viewport, item, cores) for item in items if item.geometry]
    return sorted(found, key=lambda figure: KINDS.index(figure.kind))


def figure_of(viewport: Viewport, item: PictureItem, cores: Sequence[Position]) -> DiagramFigure:
    """One item of the diagram."""
    assert item.geometry is not None
    side = min(viewport.rect.width, viewport.rect.height)
    scale = min(1.0, max(LEAST, side / FULL_SIDE))
    line = [viewport.place(*one) for one in course_of(item.geometry, cores)]
    spots = () if line else [viewport.place(*one) for one in spots_of(item.geometry)]
    return DiagramFigure(item, line, spots, scale)
