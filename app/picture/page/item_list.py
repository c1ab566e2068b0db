"""The list beside the map: every numbered item, and those shown as whole counties."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.picture.diagram.keys import key_mark
from app.picture.items import PictureItem
from app.picture.map.points import Spot
from app.picture.page.legend import heading, note_row
from app.picture.page.map_elements import wrapped
from app.picture.page.panel import PanelRow, space
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Node
from app.picture.scene.shapes import style_of, symbol

LEADING, CLOSE = 1.38, 1.2
"""Of a row, and of a second line in it."""
DETAIL, DETAIL_SMALL = 14.0, 12.0
LINES_MOST = 3
GLYPH_LEAST = 12.0
"""Size of a mark whose glyph can be made out."""


@dataclass(frozen=True, slots=True)
class ItemList:
    """What is listed: items in the order of their numbers, then those without a place."""

    points: Sequence[PictureItem]
    lines: Sequence[PictureItem]
    wide: Sequence[PictureItem]
    numbers: dict[str, int]
    diagram: Sequence[PictureItem] = ()
    """Told by what they look like, not by a number."""

    @property
    def items(self) -> list[PictureItem]:
        return [*self.diagram, *self.points, *self.lines, *self.wide]


def number_items(
    spots: Sequence[Spot], lines: Sequence[PictureItem], wide: Sequence[PictureItem],
    diagram: Sequence[PictureItem] = (),
) -> ItemList:  # fmt: skip
    """Number spots from north to south, so that a cluster's items follow each other."""
    numbers: dict[str, int] = {}
    points: list[PictureItem] = []
    for spot in sorted(spots, key=lambda spot: (round(spot.y / 24), spot.x)):
        for item in spot.items:
            if item.id not in numbers:
                numbers[item.id] = len(numbers) + 1
                points.append(item)
        spot.numbers = sorted(numbers[item.id] for item in spot.items)
    for item in lines:
        numbers.setdefault(item.id, len(numbers) + 1)
    only_lines = [item for item in lines if item not in points]
    return ItemList(points, only_lines, wide, numbers, diagram)


def list_rows(
    context: DrawingContext, listing: ItemList, size: float, column: float, *, wide: bool
) -> list[PanelRow]:
    """Sections with a row for each item; `wide` asks for those known by county as well."""
    rows = section(context, "diagram", listing.diagram, {}, size=size, column=column)
    rows += section(context, "points", listing.points, listing.numbers, size=size, column=column)
    rows += section(context, "lines", listing.lines, listing.numbers, size=size, column=column)
    if wide:
        rows += section(context, "wide-list", listing.wide, {}, size=size, column=column)
    elif listing.wide:
        note = f"{context.phrase('wide-list')} · {count_of(context, listing.wide)}"
        rows += [space(8), note_row(context, note, column)]
    return [replace(row, group=context.phrase("items")) for row in rows]


def section(
    context: DrawingContext, key: str, items: Sequence[PictureItem], numbers: dict[str, int], *,
    size: float, column: float,
) -> list[PanelRow]:  # fmt: skip
    if not items:
        return []
    rows = [item_row(context, item, numbers.get(item.id), size, column) for item in items]
    return [space(8), heading(context, context.phrase(key), count_of(context, items)), *rows]


def count_of(context: DrawingContext, items: Sequence[PictureItem]) -> str:
    return context.phrase("count", n=len(items))


def item_row(
    context: DrawingContext, item: PictureItem, number: int | None, size: float, column: float
) -> PanelRow:
    """Number, the family's shape in the layer's colour, name in one or two lines."""
    inset = size * (3.1 if number is not None else 1.35)
    lines = truncated_lines(
        context, wrapped(context, item.numbered_name, size, column - inset), size, column - inset
    )

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + size * 1.06
        mark_x = x + inset - size * 0.75
        nodes: list[Node] = [mark(context, item, mark_x, line - size * 0.36, size * 0.9)]
        if number is not None:
            end = x + inset - size * 1.4
            nodes.append(context.text(end, line, str(number), size, "ink-3", anchor="end"))
        for i, words in enumerate(lines):
            nodes.append(
                context.text(
                    x + inset, line + i * size * CLOSE, words, size, "ink", name=words,
                    link=item.link,
                )
            )  # fmt: skip
        return nodes

    return PanelRow(item.name, size * (LEADING + CLOSE * (len(lines) - 1)), draw)


def detail_rows(
    context: DrawingContext, items: Sequence[PictureItem], column: float, most: int
) -> list[PanelRow]:
    """Every item in plan order, and in at most so many lines where it is and what is there."""
    name = context.phrase("items")
    details = (detail_row(context, item, column, most) for item in items)
    rows = [space(10), heading(context, name), *details]
    return [replace(row, group=name) for row in rows]


def detail_row(context: DrawingContext, item: PictureItem, column: float, most: int) -> PanelRow:
    """The name, and under it what there is to say."""
    inset = DETAIL * 1.5
    room = column - inset
    name = wrapped(context, item.numbered_name, DETAIL, room)
    lines = truncated_lines(context, name, DETAIL, room)
    small = wrapped(context, item.detail, DETAIL_SMALL, room)
    under = truncated_lines(context, small, DETAIL_SMALL, room, most)

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + DETAIL * 1.06
        nodes: list[Node] = [mark(context, item, x + DETAIL * 0.6, line - DETAIL * 0.36, DETAIL)]
        for words in lines:
            nodes.append(context.text(x + inset, line, words, DETAIL, "ink", link=item.link))
            line += DETAIL * CLOSE
        for words in under:
            nodes.append(context.text(x + inset, line - 1, words, DETAIL_SMALL, "ink-3"))
            line += DETAIL_SMALL * CLOSE
        return nodes

    height = (DETAIL * len(lines) + DETAIL_SMALL * len(under)) * CLOSE
    return PanelRow(item.name, height + DETAIL_SMALL * 0.6, draw)


def truncated_lines(
    context: DrawingContext, lines: Sequence[str], size: float, room: float, most: int = LINES_MOST
) -> list[str]:
    """The first lines; the last one says with an ellipsis that there was more."""
    kept = list(lines[:most])
    if len(lines) > most:
        kept[-1] = context.assets.regular.fitted(f"{kept[-1]} {lines[most]}…", size, room)
    return kept


def mark(context: DrawingContext, item: PictureItem, x: float, y: float, size: float) -> Group:
    """The symbol as on the map, its shape alone where a glyph were too small; as in the diagram."""
    if item.diagram:
        return Group("", [key_mark(context, item.diagram, item.colour, x, y, size=size)])
    if size >= GLYPH_LEAST:
        plain = replace(item, name="", link="", certainty="pin")
        return symbol(context, plain, x, y, size * 1.15)
    return Group("", list(style_of(context, item).body(x, y, size)))


def widest(context: DrawingContext, listing: ItemList, size: float) -> float:
    """The width in which all but a few names stand in one line."""
    names = [item.name for item in listing.items]
    widths = sorted(context.width(name, size) for name in names)
    return size * 3.1 + (widths[int(len(widths) * 0.95)] if widths else 0) + 4
