"""The plan's structure as its diagrams draw it: rings, bands, arrows, discs.

Widths, radii and opacities are those of the page (static/css/drawings.css).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry

from app.picture.diagram.structure_diagram import BADGES, DISC_M, DiagramFigure
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.palette import mixed
from app.picture.scene.scene import Group, Node, Paint, Path, Point, Step, circle, polyline
from app.picture.scene.shapes import numeral, path_of, slim
from app.picture.scene.symbol_style import glyph_paths
from app.picture.scene.viewport import Rect

BANDS = {"belt": (46.0, 0.2, 0.34), "bay": (20.0, 0.3, 0.62)}
BAND = (13.0, 0.42, 0.62)
"""Width, opacity, opacity of the focused item; of any other kind."""
CENTRE_LINE = ("belt",)
HEAD, TAIL, HALF = 21.8, 9.4, 15.6
"""Of an arrow: how far its point lies beyond the line's end, its back before it, its half width."""
DOT, DOT_LENGTH, DOT_STEP = 4.0, 1.0, 9.0
"""Width, length and distance of the dots that hold several rings of one item together."""
TINT = 0.82
"""How much paper there is in a core's own tint."""
BADGE_GLYPHS = {"park": "wheat", "hub": "box"}
ROUND = 8
"""Corners of a quarter of a round end."""


def draw_areas_and_bands(
    context: DrawingContext, figures: Iterable[DiagramFigure], focus: str
) -> Group:
    """Bands and discs, which lie under the plan's lines: the largest first."""
    group = Group(context.phrase("diagram"))
    for figure in sorted(figures, key=lambda one: -one.size):
        focused = figure.item.id == focus
        if figure.area:
            group.add(owned(figure, zone(context, figure, focused)))
        elif figure.kind == "route":
            group.add(owned(figure, route(context, figure, focused)))
        elif not figure.radii:
            inside = band if figure.line else discs
            group.add(owned(figure, inside(context, figure, focused)))
    return group


def draw_rings(context: DrawingContext, figures: Iterable[DiagramFigure], focus: str) -> Group:
    """Rings with filled middles; those of one place above those that span several."""
    group = Group(context.phrase("diagram"))
    for figure in sorted((one for one in figures if one.radii), key=lambda one: -one.size):
        inside = badges if figure.kind in BADGES else rings
        group.add(owned(figure, inside(context, figure, figure.item.id == focus)))
    return group


def zone(context: DrawingContext, figure: DiagramFigure, focused: bool) -> Iterable[Path | None]:
    """A soft zone: a tint with a broad faint edge, as no border is meant."""
    area = shapely.intersection(Polygon(figure.area), context.viewport.rect.polygon())
    paint = Paint(figure.item.colour, 0.34 if focused else 0.2)
    yield path_of(area, paint, figure.item.name, figure.item.link)
    edge = shapely.intersection(LineString(figure.area), context.viewport.rect.polygon())
    yield path_of(edge, Paint(stroke=figure.item.colour, width=5.0, opacity=0.35, butt=True))


def route(context: DrawingContext, figure: DiagramFigure, focused: bool) -> Iterable[Path | None]:
    """Stops joined in order."""
    if not figure.line:
        return
    line = shapely.intersection(LineString(figure.line), context.viewport.rect.polygon())
    yield path_of(
        line, Paint(stroke=context.colours["home-land"], width=5.6, opacity=0.9, butt=True)
    )
    paint = Paint(stroke=figure.item.colour, width=4.2 if focused else 2.8, butt=True)
    yield path_of(line, paint, figure.item.name, figure.item.link)


def badges(context: DrawingContext, figure: DiagramFigure, focused: bool) -> Iterable[Node]:
    """A filled disc at each spot, with a glyph, its own number, or of a route that of the stop."""
    radius = figure.radii[0] * (1.2 if focused else 1.0)
    white, ink = context.colours["paper"], context.colours["glyph"]
    for number, (x, y) in enumerate(figure.spots, 1):
        if not context.viewport.rect.inset(radius).has((x, y)):
            continue
        paint = Paint(figure.item.colour, 1, white, 1.6)
        yield Path(circle(x, y, radius), paint, figure.item.name, figure.item.link)
        text = str(number) if figure.kind == "route" else figure.item.number
        if text:
            yield numeral(context, text, x, y, room=radius * 1.5, ink=ink)
        else:
            glyph = context.assets.symbols.glyph(BADGE_GLYPHS[figure.kind])
            yield from glyph_paths(glyph, x, y, size=radius * 1.25, ink=ink)


def owned(figure: DiagramFigure, shapes: Iterable[Node | None]) -> Group:
    """The shapes of one item, named and linked as every other item's."""
    item = figure.item
    return Group(item.name, title=item.words, link=item.link).add(*shapes)


def is_shown(context: DrawingContext, figure: DiagramFigure) -> bool:
    """Whether any of it is on the map."""
    if figure.line or figure.area:
        outline = LineString(figure.line or figure.area)
        return outline.intersects(context.viewport.rect.polygon())
    return any(context.viewport.rect.has(spot) for spot in figure.spots)


def band(context: DrawingContext, figure: DiagramFigure, focused: bool) -> Iterable[Path | None]:
    """A broad band, with a thin line in a belt's middle and a head at an axis' end."""
    item = figure.item
    width, plain, held = BANDS.get(figure.kind, BAND)
    line, edge = LineString(figure.line), context.viewport.rect.polygon()
    round_ends = figure.kind in BANDS
    area: BaseGeometry = shapely.buffer(
        line, width * figure.scale / 2, quad_segs=ROUND, cap_style="round" if round_ends else "flat"
    )
    if figure.kind == "axis":
        area = area.union(head(figure.line, figure.scale))
    area = slim(shapely.simplify(shapely.intersection(area, edge), 0.2), context.vertices_most)
    yield path_of(area, Paint(item.colour, held if focused else plain), item.name, item.link)
    if figure.kind in CENTRE_LINE:
        paint = Paint(stroke=item.colour, width=1.4, opacity=0.55, dash=(10, 7), butt=True)
        yield path_of(shapely.intersection(line, edge), paint)


def head(line: Sequence[Point], scale: float) -> Polygon:
    """A triangle about the end of a line."""
    (ax, ay), (x, y) = line[-2], line[-1]
    length = math.dist(line[-2], line[-1]) or 1.0
    dx, dy = (x - ax) / length * scale, (y - ay) / length * scale
    back = x - dx * TAIL, y - dy * TAIL
    return Polygon(
        [
            (x + dx * HEAD, y + dy * HEAD),
            (back[0] - dy * HALF, back[1] + dx * HALF),
            (back[0] + dy * HALF, back[1] - dx * HALF),
        ]
    )


def discs(context: DrawingContext, figure: DiagramFigure, focused: bool) -> Iterable[Path | None]:
    """A soft disc about each spot."""
    colour = figure.item.colour
    fill, width = (0.42, 2.4) if focused else (0.22, 1.2)
    paint = Paint(colour, fill, colour, width, 0.7)
    yield from dotted_link(context, figure)
    for spot in figure.spots:
        yield from disc(context, figure, spot, DISC_M * context.viewport.units_per_metre, paint)


def rings(context: DrawingContext, figure: DiagramFigure, focused: bool) -> Iterable[Path | None]:
    """Rings about each spot; several spots of one item are held together by dots."""
    yield from dotted_link(context, figure)
    for spot in figure.spots:
        for radius, paint in zip(figure.radii, ring_paints(context, figure, focused), strict=True):
            yield from disc(context, figure, spot, radius, paint)


def ring_paints(context: DrawingContext, figure: DiagramFigure, focused: bool) -> list[Paint]:
    """From the outer ring inwards; the middle is filled."""
    colour, paper, k = figure.item.colour, context.colours["paper"], figure.scale
    dot = Paint(colour)
    if figure.kind != "core":
        return [Paint(paper, TINT, colour, (6.0 if focused else 3.0) * k), dot]
    tinted = Paint(mixed(colour, paper, TINT), TINT, colour, (6.0 if focused else 3.5) * k)
    return [tinted, Paint(paper, 1, colour, 3.0 * k), dot]


def disc(
    context: DrawingContext, figure: DiagramFigure, spot: Point, radius: float, paint: Paint
) -> Iterable[Path]:
    """A circle of the item."""
    for part in round_parts(context.viewport.rect, spot, radius, paint):
        yield replace(part, name=figure.item.name, link=figure.item.link)


def round_parts(rect: Rect, spot: Point, radius: float, paint: Paint) -> list[Path]:
    """A circle, cut at the edge of the map; one that is cut has no line along that edge."""
    x, y = spot
    if rect.inset(radius + paint.width / 2).has(spot):
        return [Path(circle(x, y, radius), paint)]
    area, edge = ShapelyPoint(x, y).buffer(radius, 32), rect.polygon()
    inside: BaseGeometry = shapely.intersection(area, edge)
    line = shapely.intersection(LineString(area.exterior.coords), edge)
    stroke = replace(paint, fill="", butt=True)
    fill = Paint(paint.fill, paint.fill_opacity)
    parts = [path_of(inside, fill) if paint.fill else None]
    parts.append(path_of(line, stroke) if paint.stroke else None)
    return [part for part in parts if part]


def dotted_link(context: DrawingContext, figure: DiagramFigure) -> Iterable[Path]:
    """Dots from each spot to the next, as one shape: very short lines with round ends."""
    edge = context.viewport.rect.inset(DOT).polygon()
    steps: list[Step] = []
    for a, b in pairwise(figure.spots):
        part = shapely.intersection(LineString([a, b]), edge)
        for n in range(math.floor(part.length / DOT_STEP) + 1 if part.length else 0):
            start = part.interpolate(n * DOT_STEP)
            end = part.interpolate(n * DOT_STEP + DOT_LENGTH)
            steps += polyline([(start.x, start.y), (end.x, end.y)])
    if steps:
        yield Path(steps, Paint(stroke=figure.item.colour, width=DOT, opacity=0.5))
