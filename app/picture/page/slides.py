"""The slides of a view: its map, then the items it has no room to name, a dozen names a slide."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.picture.items import PictureItem
from app.picture.map.declutter import APART_MOST
from app.picture.page.compose import SLIDE_NAMES, compose, full_page_context
from app.picture.page.finish import page_scene, title_of
from app.picture.page.item_list import detail_row
from app.picture.page.legend import CLOSE, under_each_other
from app.picture.page.legend_forms import LegendForm
from app.picture.page.map_elements import wrapped
from app.picture.page.panel import PanelRow, column_width, draw_rows, flow, least_height
from app.picture.page.text_pages import inner, row_pages
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Node, Scene
from app.picture.scene.shapes import symbol

LISTED_MOST = 72
"""A longer list is no slide: it stands in the notes, and in the workbook."""
COLUMNS = 2
LEGEND_COLUMNS = (2, 3)
PAPER_COLUMN, DETAIL_LINES = 350.0, 2
NAME, DETAIL = 18.0, 14.0
INSET, AIR = 38.0, 14.0
SCALES = (1.5, 1.35, 1.2, 1.1, 1.0)
"""How much larger a list is set, where it has room for that."""


def slides_of(request: PictureRequest) -> Iterator[Scene]:
    """The map, a legend where the map's leaves something out, and the list of several items."""
    scene = compose(request)
    yield scene
    yield from legend_slides(request, named_in(scene))
    if len(request.items) > LISTED_MOST:
        return
    if not request.slide:
        yield from list_pages(request, scene)
    elif len(request.items) > 1 or not names_all(scene, request.items):
        yield from list_slides(request, title_of(request))


def list_pages(request: PictureRequest, scene: Scene) -> Iterator[Scene]:
    """On paper: every item, unless the page of the map has a word for each."""
    if names_all(scene, request.items, ("labels", "panel")):
        return
    context = full_page_context(request)
    room = inner(request, context).width
    columns = max(round(room / PAPER_COLUMN), 1)
    column = column_width(room, columns)
    rows = [detail_row(context, item, column, DETAIL_LINES) for item in request.items]
    under = context.phrase("count", n=len(rows))
    for page in row_pages(request, context, title_of(request), rows, columns=columns, under=under):
        yield replace(page, bookmark="")


def legend_slides(request: PictureRequest, said: set[str]) -> Iterator[Scene]:
    """The whole legend, unless every key of it is said already: on one slide if that has room."""
    context = full_page_context(request)
    rect, title, under = inner(request, context), title_of(request), context.phrase("legend")
    if len(request.items) <= APART_MOST:  # its map has no discs
        said = {*said, context.phrase("cluster")}
    for columns in LEGEND_COLUMNS:
        column = column_width(rect.width, columns)
        _, rows = LegendForm(column).rows(request, context)
        if not {row.name for row in rows if row.key} - said:
            return
        height = least_height(rows, columns, rect.height)
        if height is not None:
            parts = draw_rows(flow(rows, columns, height) or [], rect, columns, column)
            yield page_scene(request, context, title, under, parts)
            return
    for page in row_pages(request, context, title, rows, columns=columns, under=under):
        yield replace(page, bookmark="")


def names_all(
    scene: Scene, items: Sequence[PictureItem], parts: Sequence[str] = ("labels",)
) -> bool:
    """Whether every item has its name in some parts of a page: on the map, in its panel."""
    named = named_in(scene, parts)
    return all(item.name in named for item in items)


def named_in(scene: Scene, parts: Sequence[str] = ()) -> set[str]:
    """The names in some parts of a page; in all of it where none are said."""
    chosen = [one for one in groups_in(scene.root) if not parts or one.name in parts]
    return {group.name for one in chosen for group in groups_in(one)}


def groups_in(group: Group) -> Iterator[Group]:
    yield group
    for child in group.children:
        if isinstance(child, Group):
            yield from groups_in(child)


def list_slides(request: PictureRequest, title: str) -> Iterator[Scene]:
    """Every item with its symbol, where it is and what is there, in type as large as leaves the
    number of slides as it is.
    """
    context = full_page_context(request)
    rect = inner(request, context)
    column = column_width(rect.width, COLUMNS)

    def set_at(scale: float) -> tuple[list[PanelRow], list[int]]:
        rows = [item_row(context, item, column, scale) for item in request.items]
        return rows, shares(rows, rect.height)

    fewest = len(set_at(SCALES[-1])[1])
    rows, counts = next(made for made in map(set_at, SCALES) if len(made[1]) == fewest)
    start = 0
    for n in counts:
        part = rows[start : start + n]
        height = least_height(part, COLUMNS, rect.height) or rect.height
        placed = flow(part, COLUMNS, height) or []
        under = context.phrase("list-part", first=start + 1, last=start + n, n=len(rows))
        groups = draw_rows(placed, rect, COLUMNS, column)
        yield page_scene(
            request, context, title, under, [Group(context.phrase("items")).add(*groups)]
        )
        start += n


def shares(rows: Sequence[PanelRow], height: float) -> list[int]:
    """How many rows each slide has: as few slides as may be, and about as many on each."""
    slides = len(filled(rows, height, SLIDE_NAMES))
    for most in range(math.ceil(len(rows) / slides), SLIDE_NAMES):
        lengths = filled(rows, height, most)
        if len(lengths) == slides:
            return lengths
    return filled(rows, height, SLIDE_NAMES)


def filled(rows: Sequence[PanelRow], height: float, most: int) -> list[int]:
    lengths: list[int] = []
    while sum(lengths) < len(rows):
        lengths.append(fitting(rows[sum(lengths) :], height, most))
    return lengths


def fitting(rows: Sequence[PanelRow], height: float, most: int) -> int:
    """How many of the first rows a slide holds; one at least."""
    return next(
        n for n in range(min(most, len(rows)), 0, -1)
        if n == 1 or flow(rows[:n], COLUMNS, height) is not None
    )  # fmt: skip


def item_row(context: DrawingContext, item: PictureItem, column: float, scale: float) -> PanelRow:
    """Symbol, name, and under it its county and facts: all in as many lines as they need."""
    inset, big, small = (scale * size for size in (INSET, NAME, DETAIL))
    room = column - inset
    lines = wrapped(context, item.name, big, room)
    under = wrapped(context, item.detail, small, room)

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + big
        words = under_each_other(context, lines, x + inset, line, size=big, most=room)
        line += (len(lines) - 1) * big * CLOSE + small * 1.35
        words += under_each_other(
            context, under, x + inset, line, size=small, most=room, colour="ink-2"
        )
        return [symbol(context, item, x + 15 * scale, y + big * 0.64, 27 * scale), *words]

    height = (big * len(lines) + small * len(under)) * CLOSE
    return PanelRow(item.name, height + AIR * scale, draw, group=context.phrase("items"))
