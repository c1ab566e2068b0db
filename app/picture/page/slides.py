"""The slides of a view: its map, then the items it has no room to name, a dozen names a slide."""

import math
from collections.abc import Iterator, Sequence

from app.picture.items import PictureItem
from app.picture.page.compose import SLIDE_NAMES, compose, full_page_context
from app.picture.page.finish import foot_height, page_scene, title_of
from app.picture.page.layout import HEAD, MARGIN
from app.picture.page.legend import CLOSE, under_each_other
from app.picture.page.map_elements import wrapped
from app.picture.page.panel import COLUMN_GAP, PanelRow, draw_rows, flow
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Node, Scene
from app.picture.scene.shapes import symbol
from app.picture.scene.viewport import Rect

LISTED_MOST = 72
"""A longer list is no slide: it stands in the notes, and in the workbook."""
COLUMNS = 2
NAME, DETAIL = 18.0, 14.0
INSET, AIR = 38.0, 14.0


def slides_of(request: PictureRequest) -> Iterator[Scene]:
    """The map, and the list where the map does not name everything."""
    scene = compose(request)
    yield scene
    if len(request.items) <= LISTED_MOST and not names_all(scene, request.items):
        yield from list_slides(request, title_of(request))


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
    """Every item with its symbol, where it is and what is there."""
    context = full_page_context(request)
    page, foot = request.page, foot_height(request, context)
    rect = Rect(MARGIN, MARGIN + HEAD, page.width - 2 * MARGIN,
                page.height - 2 * MARGIN - HEAD - foot)  # fmt: skip
    column = (rect.width - COLUMN_GAP * (COLUMNS - 1)) / COLUMNS
    rows = [item_row(context, item, column) for item in request.items]
    start = 0
    for n in shares(rows, rect.height):
        placed = flow(rows[start : start + n], COLUMNS, rect.height) or []
        under = context.phrase("list-part", first=start + 1, last=start + n, n=len(rows))
        parts = draw_rows(placed, rect, COLUMNS, column)
        yield page_scene(
            request, context, title, under, [Group(context.phrase("items")).add(*parts)]
        )
        start += n


def shares(rows: Sequence[PanelRow], height: float) -> list[int]:
    """How many rows each slide has: as few slides as may be, and about as many on each."""
    slides = len(filled(rows, height, SLIDE_NAMES))
    for most in range(math.ceil(len(rows) / slides), SLIDE_NAMES):
        found = filled(rows, height, most)
        if len(found) == slides:
            return found
    return filled(rows, height, SLIDE_NAMES)


def filled(rows: Sequence[PanelRow], height: float, most: int) -> list[int]:
    found: list[int] = []
    while sum(found) < len(rows):
        found.append(fitting(rows[sum(found) :], height, most))
    return found


def fitting(rows: Sequence[PanelRow], height: float, most: int) -> int:
    """How many of the first rows a slide holds; one at least."""
    return next(
        n for n in range(min(most, len(rows)), 0, -1)
        if n == 1 or flow(rows[:n], COLUMNS, height) is not None
    )  # fmt: skip


def item_row(context: DrawingContext, item: PictureItem, column: float) -> PanelRow:
    """Symbol, name, and under it its county and facts: all in as many lines as they need."""
    room = column - INSET
    lines = wrapped(context, item.name, NAME, room)
    under = wrapped(context, item.detail, DETAIL, room)

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + NAME
        words = under_each_other(context, lines, x + INSET, line, size=NAME, most=room)
        line += (len(lines) - 1) * NAME * CLOSE + DETAIL * 1.35
        words += under_each_other(
            context, under, x + INSET, line, size=DETAIL, most=room, colour="ink-2"
        )
        return [symbol(context, item, x + 15, y + NAME * 0.64, 27), *words]

    height = (NAME * len(lines) + DETAIL * len(under)) * CLOSE
    return PanelRow(item.name, height + AIR, draw, group=context.phrase("items"))
