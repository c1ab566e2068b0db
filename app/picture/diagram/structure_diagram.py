"""The plan's own drawing of its structure: where on the page each of its lines and rings stands.

The same as on the page (static/js/map/layers/structure_diagram.js).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.picture.diagram.kinds import CORES, KINDS, kind_of
from app.picture.items import PictureItem, simple
from app.picture.scene.curve import middle, nearest, smooth
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
    viewport: Viewport, items: Iterable[PictureItem], cores: Sequence[BaseGeometry]
) -> list[DiagramFigure]:
    """Items of the diagram, the most important first; `cores` are where axes come from."""
    core_points = [spot for core in cores for spot in spots_in(viewport, core)]
    found = [figure_of(viewport, item, core_points) for item in items]
    return sorted(found, key=lambda figure: KINDS.index(figure.kind))


def figure_of(viewport: Viewport, item: PictureItem, core_points: Sequence[Point]) -> DiagramFigure:
    """One item of the diagram."""
    side = min(viewport.rect.width, viewport.rect.height)
    scale = min(1.0, max(LEAST, side / FULL_SIDE))
    lines = [points_of(viewport.placed(part)) for part in item.parts("LineString")]
    if not lines:
        return DiagramFigure(item, (), spots_in(viewport, item.geometry), scale)
    course = middle(lines)
    if nearest(core_points, course[0]) > nearest(core_points, course[-1]):
        course.reverse()
    return DiagramFigure(item, smooth(course), (), scale)


def spots_in(viewport: Viewport, geometry: BaseGeometry | None) -> list[Point]:
    """Where a ring stands: each point, else the middle of the zone."""
    if geometry is None:
        return []
    points = [part for part in simple(geometry) if part.geom_type == "Point"]
    if points:
        return [viewport.place(*part.coords[0][:2]) for part in points]
    west, north, east, south = viewport.placed(geometry).bounds
    return [((west + east) / 2, (north + south) / 2)]


def points_of(line: BaseGeometry) -> list[Point]:
    return [(x, y) for x, y, *_ in line.coords]


def core_points(features: Iterable[Mapping[str, Any]]) -> dict[str, BaseGeometry]:
    """Every core by its id."""
    return {one["id"]: shape(one["geometry"]) for one in features if kind_of(one) in CORES}
