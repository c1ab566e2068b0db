"""Geometries on the page as paths: polygons, lines, hatches, arrows, symbols."""

import math
from collections.abc import Iterable

import shapely
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from app.picture.items import PictureItem, simple
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.palette import mixed
from app.picture.scene.scene import Group, Paint, Path, Step, circle, moved, polyline

HATCH_GAP = 9.0
NUMERAL = 1.4
"""A number may be wider than a glyph."""
OUTLINED = ("planned", "building", "upgrade")
"""Statuses whose shape is an outline, of whatever is in it."""
EDGES = {**dict.fromkeys(OUTLINED, 0.075), "programme": 0.035}
"""Widths of outlines; a tint alone is too faint on paper."""
HOLLOW = ("planned", "building", "programme")
"""Statuses whose shape is pale beneath the glyph."""
INNER, HALF, FAINT = 0.78, 0.55, 0.8
"""How large the inner shape of a double edge is; how much paper there is in a tint."""
HALO, HALO_OPACITY = 0.65, 0.22


def steps_of(geometry: BaseGeometry) -> list[Step]:
    """The outline of polygons and lines."""
    found: list[Step] = []
    for part in simple(geometry):
        if isinstance(part, Polygon):
            for ring in (part.exterior, *part.interiors):
                found += polyline(ring.coords, closed=True)
        elif isinstance(part, LineString):
            found += polyline(part.coords)
    return found


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
    drawn = context.assets.symbols.shape(item.family.shape)
    group = Group(item.name, title=item.words, link=item.link)
    if item.certainty == "circle":
        group.add(Path(circle(x, y, size * HALO), Paint(item.colour, HALO_OPACITY)))
    group.add(*body(context, item, x, y, size))
    room = size * drawn.glyph_scale * (INNER if item.status == "upgrade" else 1)
    ink = item.colour if item.status in HOLLOW else context.colours["glyph"]
    middle = y + drawn.glyph_y * size
    if number:
        return group.add(numeral(context, number, x, middle, room=room * NUMERAL, ink=ink))
    name = item.symbol if item.symbol in context.assets.symbols.glyphs else item.layer.symbol
    return group.add(*glyph(context, name, x, middle, size=room, ink=ink))


def body(
    context: DrawingContext, item: PictureItem, x: float, y: float, size: float
) -> Iterable[Path]:
    """The shape, filled as the status says; on the page: `.symbol.status-…` of map.css."""
    drawn = context.assets.symbols.shape(item.family.shape)
    paper, colour = context.colours["paper"], item.colour
    ground = {
        "programme": mixed(colour, paper, FAINT), **dict.fromkeys(OUTLINED, paper),
    }.get(item.status, colour)  # fmt: skip
    white = context.colours["glyph"]
    yield Path(moved(drawn.outline, x, y, size), Paint(white, 1, white, size * 0.13))
    thick = EDGES.get(item.status, 0.0) * size
    edge = Paint(ground, 1, colour if thick else "", thick)
    scale = size * (0.9 if thick else 0.98)
    yield Path(moved(drawn.outline, x, y, scale), edge, item.name, item.link)
    if item.status == "building":
        yield Path(moved(drawn.half, x, y, scale * 0.94), Paint(mixed(colour, paper, HALF)))
    if item.status == "upgrade":
        middle = drawn.glyph_y * size * (1 - INNER)
        yield Path(moved(drawn.outline, x, y + middle, scale * INNER), Paint(colour))


def numeral(
    context: DrawingContext, number: str, x: float, y: float, *, room: float, ink: str
) -> Group:
    """A number that fits into the room of a symbol, as large as that allows."""
    size = min(room * 0.72, room * room * 0.9 / context.width(number, room, True))
    text = context.text(x, y + size * 0.36, number, size, ink, bold=True, anchor="middle")
    return Group(number, [text])


def glyph(
    context: DrawingContext, name: str, x: float, y: float, *, size: float, ink: str
) -> Iterable[Path]:
    """Filled and drawn parts."""
    drawn = context.assets.symbols.glyph(name)
    if drawn.fill:
        yield Path(moved(drawn.fill, x, y, size), Paint(ink))
    if drawn.line:
        yield Path(moved(drawn.line, x, y, size), Paint(stroke=ink, width=size * 0.1))


def dot(x: float, y: float, r: float, paint: Paint, name: str = "") -> Path:
    return Path(circle(x, y, r), paint, name)
