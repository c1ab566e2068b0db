"""The names of the plan's diagram: along its bands, below or beside its rings.

A name along a band is set straight and turned as the band runs there: no slide program bends text.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

import shapely
from shapely.geometry import LineString, Polygon

from app.build.curve import nearest, sampled
from app.build.diagram import CORES, INNER, PLACES
from app.picture.diagram.drawing import head
from app.picture.diagram.structure_diagram import DiagramFigure
from app.picture.items import PictureItem, simple
from app.picture.map.area_labels import Area, put_in_area
from app.picture.map.labels import (
    LEADING,
    FreeRoom,
    LabelPosition,
    Style,
    label_forms,
    place_label,
    positions_along,
    two_lines,
)
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Point, Text
from app.picture.scene.viewport import Rect

SIZES = {"core": 15.0, "subcore": 15.0, "belt": 16.0, "axis": 14.0, "bay": 12.5}
SIZE = 13.5
ALWAYS = (*CORES, "zone", "park", "hub", "route")
RINGS_ZOOM = 9.75
"""Farther out only cores are named: quarters of a town are too near each other."""
OUTER = range(4, 18)
"""Places at which a name may stand, beside those at which it should."""
OVERHANG = {"bay": 1.7}
"""How much longer than its band a name may be: a bay is short, and has the sea beside it."""
BEND_MOST = 12.0
"""How far a band may bend away from a straight name."""
RISE = 0.36
"""Of a text's size, how far its middle lies above its baseline."""
LETTER = 1.12
"""Side of the box around a letter, as a share of its size."""
FAR = 1e6


def figure_names(
    context: DrawingContext, room: FreeRoom, figures: Sequence[DiagramFigure]
) -> tuple[Group, list[PictureItem]]:
    """Names of bands, then of rings, discs and zones; and the items for which there was no room."""
    group, nameless = Group(context.phrase("diagram")), []
    core_points = [spot for one in figures if one.kind in CORES for spot in one.spots]
    for figure in sorted(figures, key=lambda one: not is_band(one)):
        named = band_name(context, room, figure, core_points) if is_band(figure) else None
        if named is None and (is_band(figure) or is_named(context, figure)):
            named = (
                zone_name(context, room, figure, figures)
                if figure.kind == "zone" and figure.area
                else spot_name(context, room, figure)
            )
        group.add(named)
        if figure.kind == "axis":
            room.reserve(around(head(figure.line, figure.scale)))
        if named is None:
            nameless.append(figure.item)
    return group, nameless


def around(shape: Polygon) -> Rect:
    """The box of a shape."""
    west, north, east, south = shape.bounds
    return Rect(west, north, east - west, south - north)


def spot_name(context: DrawingContext, room: FreeRoom, figure: DiagramFigure) -> Group | None:
    """About a ring or disc, or beside a band."""
    forms = label_forms(context, figure.item.name, style_of(figure))
    return place_label(context, room, forms, list(places_of(context, figure)), figure.item.link)


def zone_name(
    context: DrawingContext,
    room: FreeRoom,
    figure: DiagramFigure,
    all_figures: Iterable[DiagramFigure],
) -> Group | None:
    """In its zone, in one line or two, else led to it: never on another zone alone."""
    others = shapely.union_all(
        [Polygon(one.area) for one in all_figures if one.area and one is not figure]
    )
    shape, name, style = Polygon(figure.area), figure.item.name, style_of(figure)
    forms = [[(name, style)], [(half, style) for half in two_lines(name)]]
    middle = shape.representative_point()
    area = Area(shape, others, (middle.x, middle.y))
    return put_in_area(context, room, forms, area, figure.item.link)


def is_band(figure: DiagramFigure) -> bool:
    """Whether its name runs along it."""
    return bool(figure.line) and figure.kind != "route"


def is_named(context: DrawingContext, figure: DiagramFigure) -> bool:
    """Whether the scale bears the name of a ring or disc."""
    return figure.kind in ALWAYS or context.viewport.zoom >= RINGS_ZOOM


def style_of(figure: DiagramFigure) -> Style:
    return Style(SIZES.get(figure.kind, SIZE), "ink", bold=True)


def band_name(
    context: DrawingContext, room: FreeRoom, figure: DiagramFigure, core_points: Sequence[Point]
) -> Group | None:
    """The name along its band, as far as may be from the cores, or None where it has no room."""
    line = upright(visible(context, figure))
    name, style = figure.item.name, style_of(figure)
    width = context.width(name, style.size, style.bold)
    if not line or width > LineString(line).length * OVERHANG.get(figure.kind, 1.0):
        return None
    for middle, turn in stands(line, width, core_points):
        boxes = letters(middle, turn, width, style.size)
        if all(room.free(box) for box in boxes):
            for box in boxes:
                room.reserve(box)
            return Group(name, [turned_text(context, figure, middle, turn)])
    return None


def turned_text(context: DrawingContext, figure: DiagramFigure, middle: Point, turn: float) -> Text:
    """The name about its middle."""
    style, item, angle = style_of(figure), figure.item, math.radians(turn)
    down = style.size * RISE
    x, y = middle[0] - math.sin(angle) * down, middle[1] + math.cos(angle) * down
    return context.text(
        x, y, item.name, style.size, style.colour, bold=style.bold, anchor="middle", halo=True,
        name=item.name, link=item.link, turn=turn,
    )  # fmt: skip


def visible(context: DrawingContext, figure: DiagramFigure) -> list[Point]:
    """The longest part of a band that is on the map."""
    inside = shapely.intersection(LineString(figure.line), context.viewport.rect.polygon())
    parts = [part for part in simple(inside) if part.geom_type == "LineString"]
    longest = max(parts, key=lambda part: part.length, default=LineString())
    return [(x, y) for x, y, *_ in longest.coords]


def upright(line: list[Point]) -> list[Point]:
    """From left to right, as text runs."""
    return line[::-1] if line and line[0][0] > line[-1][0] else line


def stands(
    line: Sequence[Point], width: float, core_points: Sequence[Point]
) -> Iterator[tuple[Point, float]]:
    """Where a straight name may stand on a line, the roomiest place first; with its turn."""
    course, places = LineString(line), sampled(line, PLACES)

    def order(i: int) -> tuple[bool, float, int]:
        room = min(FAR, nearest(core_points, places[i]))
        return i not in INNER, -round(room), abs(i - PLACES // 2)

    for i in sorted(OUTER, key=order):
        at = course.length * i / (PLACES - 1)
        start = course.interpolate(max(0.0, at - width / 2))
        end = course.interpolate(min(course.length, at + width / 2))
        chord = (start.x + end.x) / 2, (start.y + end.y) / 2
        if math.dist(chord, places[i]) <= BEND_MOST:
            middle = (chord[0] + places[i][0]) / 2, (chord[1] + places[i][1]) / 2
            yield middle, math.degrees(math.atan2(end.y - start.y, end.x - start.x))


def letters(middle: Point, turn: float, width: float, size: float) -> list[Rect]:
    """A box around each letter of a turned name."""
    n = max(1, math.ceil(width / size))
    step, side, angle = width / n, size * LETTER, math.radians(turn)
    return [
        Rect(
            middle[0] + math.cos(angle) * (k - (n - 1) / 2) * step - side / 2,
            middle[1] + math.sin(angle) * (k - (n - 1) / 2) * step - side / 2,
            side, side,
        )
        for k in range(n)
    ]  # fmt: skip


def places_of(context: DrawingContext, figure: DiagramFigure) -> Iterable[LabelPosition]:
    """Where a name that is not along its band may stand."""
    height = style_of(figure).size * LEADING
    if is_band(figure):
        line = visible(context, figure)
        return positions_along(LineString(line), height) if line else ()
    radius = max(figure.radii, default=0.0)
    inside = [spot for spot in figure.spots if context.viewport.rect.has(spot)]
    near = about_ring if radius else about_disc
    # An item of two places is named at the first, the one the plan names first.
    return [place for x, y in inside for place in near(x, y, radius, height)]


def about_disc(x: float, y: float, _: float, height: float) -> Iterator[LabelPosition]:
    """In the disc's middle, else a little lower or higher."""
    for down in (0, 16, -16):
        yield x, y + down - height / 2, "middle"


def about_ring(x: float, y: float, radius: float, height: float) -> Iterator[LabelPosition]:
    """Below a ring, above it, beside it, then ever farther off."""
    top = y - height / 2
    yield x, top + radius + 12, "middle"
    yield x, top - radius - 12, "middle"
    for side, anchor in ((-1, "end"), (1, "start")):
        yield x + side * (radius + 6), top, anchor
    for side, anchor in ((1, "start"), (-1, "end")):
        yield x + side * (radius + 44), top, anchor
        yield x + side * (radius + 30), top + 34, anchor
        yield x + side * (radius + 30), top - 34, anchor
    yield x, top + radius + 44, "middle"
    for down in (radius + 16, -radius - 16, radius + 40, -radius - 40):
        yield x, top + down, "end"
        yield x, top + down, "start"
