"""Geometries on the page as paths: polygons, lines, hatches, arrows, symbols."""

import math

import shapely
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from app.picture.items import PictureItem, simple
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, Step, circle, polyline
from app.picture.scene.symbol_style import SymbolStyle

HATCH_GAP = 9.0
NUMERAL = 1.4
"""A number may be wider than a glyph."""
HALO, HALO_OPACITY = 0.65, 0.22


def steps_of(geometry: BaseGeometry) -> list[Step]:
    """The outline of polygons and lines."""
    steps: list[Step] = []
    for part in simple(geometry):
        if isinstance(part, Polygon):
            for ring in (part.exterior, *part.interiors):
                steps += polyline(ring.coords, closed=True)
        elif isinstance(part, LineString):
            steps += polyline(part.coords)
    return steps


def slim(geometry: BaseGeometry, most: int) -> BaseGeometry:
    """The geometry with few enough points, simplified no more than that needs."""
    tolerance = 0.5
    while shapely.get_num_coordinates(geometry) > most and tolerance < 40:
        geometry = shapely.simplify(geometry, tolerance)
        tolerance *= 1.6
    return geometry


def shown(context: DrawingContext, geometry: BaseGeometry) -> BaseGeometry:
    """A geometry in degrees as it stands on the page, with no more points than the sheet bears."""
    return slim(context.viewport.shown(geometry), context.vertices_most)


def shown_parts(context: DrawingContext, item: PictureItem, kind: str) -> list[BaseGeometry]:
    """The lines or polygons of an item as they stand on the page."""
    return context.cached(
        kind, item.id, lambda: [shown(context, part) for part in item.parts(kind)]
    )


def path_of(geometry: BaseGeometry, paint: Paint, name: str = "", link: str = "") -> Path | None:
    """A path, or None where nothing of it is on the page."""
    steps = steps_of(geometry)
    return Path(steps, paint, name, link) if steps else None


def hatch(area: BaseGeometry, gap: float = HATCH_GAP) -> BaseGeometry:
    """Lines that rise to the right through an area, the same wherever the area lies."""
    if area.is_empty:
        return area
    west, north, east, south = area.bounds
    first = math.floor((west + north) / gap)
    last = math.ceil((east + south) / gap)
    lines = [
        LineString([(k * gap - south, south), (k * gap - north, north)])
        for k in range(first, last + 1)
    ]
    return shapely.intersection(MultiLineString(lines), area)


def arrow(x: float, y: float, *, bearing: float, size: float, paint: Paint, name: str) -> Path:
    """A head that points along a bearing, degrees clockwise from north."""
    turn = math.radians(bearing)
    corners = [(0, -size), (size * 0.62, size * 0.5), (0, size * 0.2), (-size * 0.62, size * 0.5)]
    cos, sin = math.cos(turn), math.sin(turn)
    turned = [(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in corners]
    return Path(polyline(turned, closed=True), paint, name)


def symbol(
    context: DrawingContext, item: PictureItem, x: float, y: float, size: float, *, number: str = ""
) -> Group:
    """The symbol of an item: its family's shape, in it its glyph or a number.

    Its fill says the status, its halo that the place is not known well.
    """
    style = style_of(context, item)
    group = Group(item.name, title=item.words, link=item.link)
    if item.certainty == "circle":
        group.add(Path(circle(x, y, size * HALO), Paint(item.colour, HALO_OPACITY)))
    group.add(*style.body(x, y, size, item.name, item.link))
    if number:
        middle, room = y + style.shape.glyph_y * size, style.room(size) * NUMERAL
        return group.add(numeral(context, number, x, middle, room=room, ink=style.ink))
    return group.add(
        *style.glyph(context.assets.symbols.glyph(item.symbol, item.layer.symbol), x, y, size)
    )


def style_of(context: DrawingContext, item: PictureItem) -> SymbolStyle:
    """How the symbol of an item is painted."""
    shape = context.assets.symbols.shape(item.family.shape)
    return SymbolStyle(shape, item.colour, item.status, context.colours)


def numeral(
    context: DrawingContext, number: str, x: float, y: float, *, room: float, ink: str
) -> Group:
    """A number that fits into the room of a symbol, as large as that allows."""
    size = min(room * 0.72, room * room * 0.9 / context.width(number, room, True))
    text = context.text(x, y + size * 0.36, number, size, ink, bold=True, anchor="middle")
    return Group(number, [text])


def dot(x: float, y: float, r: float, paint: Paint, name: str = "") -> Path:
    return Path(circle(x, y, r), paint, name)
