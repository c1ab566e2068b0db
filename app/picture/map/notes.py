"""What a presenter adds to a map: texts, arrows, and names that stand where he has put them."""

import math
from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry import LineString
from shapely.geometry import Point as ShapelyPoint

from app.picture.items import PictureItem
from app.picture.map.labels import LEADING, Style, label_group, readable, two_lines
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, Point, polyline, rectangle
from app.picture.scene.viewport import Rect
from app.view.values import MapNote, MovedName

NOTE = Style(16.0, "accent", bold=True)
NAME = Style(15.5, "ink", bold=True)
WRAP_FROM = 200.0
PAD, CORNER, EDGE = 5.0, 4.0, 1.4
SHAFT, CASING = 3.4, 7.0
HEAD, SPREAD = 15.0, 0.42
"""How long the head of an arrow is, and half of how wide, as a share of that."""
LEADER_LEAST = 6.0
"""From its item, in units: a name nearer than that needs no line."""

Drawn = tuple[Group, list[Rect]]
"""A group, and the room that it takes."""


def draw_note(context: DrawingContext, note: MapNote) -> Drawn:
    """A text in a box, or an arrow with its text at its tail; nothing beyond the map's edge."""
    spots = [context.viewport.place(*position) for position in note.positions]
    words = note.text or context.phrase("arrow")
    group, boxes = Group(words, title=words), []
    if len(spots) > 1:
        group.add(*arrow(context, spots[0], spots[-1]))
    if note.text and context.viewport.rect.has(spots[0]):
        label, box = text_box(context, note.text, spots[0], words)
        group.add(*label)
        boxes.append(box)
    return group, boxes


def arrow(context: DrawingContext, tail: Point, head: Point) -> list[Path]:
    """The shaft and its casing, cut at the map's edge, and the head where it is on the map."""
    colour, ground = context.colours["accent"], context.colours["paper"]
    turn = math.atan2(head[1] - tail[1], head[0] - tail[0])
    length = math.dist(tail, head)
    size = min(HEAD, length)
    foot = (head[0] - size * 0.8 * math.cos(turn), head[1] - size * 0.8 * math.sin(turn))
    rect = context.viewport.rect
    shaft = shapely.clip_by_rect(LineString([tail, foot]), rect.x, rect.y, rect.right, rect.bottom)
    paths = []
    if not shaft.is_empty and shaft.geom_type == "LineString":
        steps = polyline(shaft.coords)
        paths += [
            Path(steps, Paint(stroke=ground, width=CASING, opacity=0.85)),
            Path(steps, Paint(stroke=colour, width=SHAFT), context.phrase("arrow")),
        ]
    if rect.has(head):
        corners = [head, *(wing(head, turn, size, side) for side in (1, -1))]
        paint = Paint(colour, 1, ground, 1.2)
        paths.append(Path(polyline(corners, closed=True), paint, context.phrase("arrow")))
    return paths


def wing(head: Point, turn: float, size: float, side: int) -> Point:
    """A corner of an arrow's head."""
    across = side * size * SPREAD
    return (
        head[0] - size * math.cos(turn) - across * math.sin(turn),
        head[1] - size * math.sin(turn) + across * math.cos(turn),
    )


def text_box(
    context: DrawingContext, text: str, middle: Point, name: str
) -> tuple[list[Path | Group], Rect]:
    """A text in as many lines as it needs, on a ground of its own, within the map."""
    lines = readable(context, [(line, NOTE) for line in broken(context, text, NOTE)])
    box = fitted_box(context, lines, middle, PAD)
    paint = Paint(context.colours["paper"], 0.94, context.colours["accent"], EDGE)
    ground = Path(rectangle(box.x, box.y, box.width, box.height, CORNER), paint)
    label = Group(name)
    label.add(*label_group(
        context, lines, x=box.x + box.width / 2, top=box.y + PAD, anchor="middle", link="",
        halo=False,
    ))  # fmt: skip
    return [ground, label], box


def fitted_box(
    context: DrawingContext, lines: Sequence[tuple[str, Style]], middle: Point, pad: float
) -> Rect:
    """The box of some lines about a point, moved into the map where it would leave it."""
    width = max(context.width(text, style.size, style.bold) for text, style in lines) + 2 * pad
    height = sum(style.size * LEADING for _, style in lines) + 2 * pad
    edge = context.viewport.rect.inset(2)
    x = min(max(middle[0] - width / 2, edge.x), edge.right - width)
    y = min(max(middle[1] - height / 2, edge.y), edge.bottom - height)
    return Rect(x, y, width, height)


def broken(context: DrawingContext, text: str, style: Style) -> list[str]:
    """One line, two, or four."""
    lines = [text]
    for _ in range(2):
        if max(context.width(line, style.size, style.bold) for line in lines) > WRAP_FROM:
            lines = [half for line in lines for half in two_lines(line) if half]
    return lines


def draw_names(
    context: DrawingContext, names: Sequence[MovedName], items: Mapping[str, PictureItem]
) -> Drawn:
    """Names where a presenter has put them, each with a line from its item where that is apart."""
    group, boxes = Group(context.phrase("moved")), []
    for name in names:
        item, middle = items.get(name.id), context.viewport.place(*name.position)
        if item is None or not context.viewport.rect.has(middle):
            continue
        lines = readable(context, [(line, NAME) for line in broken(context, item.name, NAME)])
        box = fitted_box(context, lines, middle, 0)
        label = Group(item.name)
        label.add(leader(context, item, box))
        label.add(*label_group(
            context, lines, x=box.x + box.width / 2, top=box.y, anchor="middle", link=item.link
        ))  # fmt: skip
        group.add(label)
        boxes.append(box)
    return group, boxes


def leader(context: DrawingContext, item: PictureItem, box: Rect) -> Path | None:
    """From the nearest of an item to its name."""
    if item.geometry is None:
        return None
    shape = context.viewport.shown(item.geometry)
    if shape.is_empty:
        return None
    middle = ShapelyPoint(box.x + box.width / 2, box.y + box.height / 2)
    start = shapely.shortest_line(shape, middle).coords[0]
    line = shapely.shortest_line(ShapelyPoint(start), box.polygon())
    if line.length < LEADER_LEAST:
        return None
    return Path(polyline(line.coords), Paint(stroke=item.colour, width=1.2), item.name)
