"""Two to four items or counties side by side: slides or PDF of a map and a table, or a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from shapely.geometry import shape

from app.domain.projections import Box
from app.domain.text.languages import word_in
from app.formats.outlines import is_county_wide
from app.formats.tabular.side_by_side import (
    Cell,
    compared_counties,
    compared_features,
    compared_names,
    table,
)
from app.formats.tabular.xlsx import render_comparison
from app.picture.formats import PAPER, facts_of, pptx_of, request_of, slide_task
from app.picture.page.compose import compose, full_page_context
from app.picture.page.legend import CLOSE, under_each_other
from app.picture.page.map_elements import wrapped
from app.picture.page.panel import PanelRow, flow
from app.picture.page.text_pages import cover, cover_lines, inner, row_pages
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Node, Scene
from app.picture.scene.viewport import Rect, box_around
from app.picture.writers.pdf import write_pages
from app.selection.picture_options import ITEMS_MOST
from app.selection.selection import Selection

NAME_SHARE, AIR = 0.16, 12.0
SIZES = (16.0, 14.0, 12.0)
"""Of the words of the table: the largest that one page has room for."""
AROUND = 0.15
"""Degrees around what is compared: neighbours are seen apart, and what lies beside them."""
NAMES = "names"
"""The row of the items' names has no label."""


def render_pptx(selection: Selection) -> bytes:
    request = slide_task(of_compared(selection))
    return pptx_of(list(scenes(request)), request)


def render_pdf(selection: Selection) -> bytes:
    request = request_of(of_compared(selection), PAPER)
    return write_pages(list(scenes(request)), request.page, request.assets, facts_of(request))


def render_xlsx(selection: Selection) -> bytes:
    return render_comparison(of_compared(selection))


def of_compared(selection: Selection) -> Selection:
    """The selection of nothing but what is compared, under a title that names it. Counties are
    compared with what they hold.
    """
    title = selection.view.title or " / ".join(compared_names(selection))
    view = replace(selection.view, title=title)
    if compared_counties(selection):
        return replace(selection, view=view)
    features = compared_features(selection)
    view = replace(view, bbox=view.bbox or around(features))
    return replace(selection, features=features, view=view)


def around(features: Sequence[dict[str, Any]]) -> Box | None:
    """What the map shows of them; nothing of its own where one is known by its county alone."""
    if any(map(is_county_wide, features)):
        return None
    box = box_around(shape(feature["geometry"]) for feature in features if feature["geometry"])
    if box is None:
        return None
    west, south, east, north = box
    return west - AROUND, south - AROUND, east + AROUND, north + AROUND


def scenes(request: PictureRequest) -> Iterator[Scene]:
    """The map and the table; counties that hold more items than a picture may are alone on it."""
    if len(request.selection.features) <= ITEMS_MOST:
        yield compose(request)
    else:
        yield cover(request, request.selection.title, cover_lines(request))
    context = full_page_context(request)
    names, *rows = table_rows(context, request.selection, inner(request, context))
    title = word_in("picture.comparison", request.selection.lang)
    yield from row_pages(request, context, title, rows, columns=1, above=[names])


def table_rows(context: DrawingContext, selection: Selection, room: Rect) -> list[PanelRow]:
    """Names first, then a row for each thing known, as large as one page has room for."""
    lines = table(selection)
    rows: list[PanelRow] = []
    for size in SIZES:
        at_least = max(size, context.text_least)
        rows = [table_row(context, cells, room.width, at_least) for cells in lines]
        if flow(rows, 1, room.height):
            break
    return rows


def table_row(context: DrawingContext, cells: Sequence[Cell], room: float, size: float) -> PanelRow:
    """The label on the left, a cell for each item beside it, in as many lines as they need."""
    label, *texts = (f"{one:,}" if isinstance(one, int) else one for one in cells)
    left, bold = room * NAME_SHARE, not label
    width = (room - left) / len(texts)
    columns = [broken(context, label, size, left - AIR)]
    columns += [broken(context, text, size, width - AIR, bold=bold) for text in texts]

    def draw(x: float, y: float, _: float) -> list[Node]:
        nodes: list[Node] = []
        for number, lines in enumerate(columns):
            at = x + (left + (number - 1) * width if number else 0)
            nodes += under_each_other(
                context, lines, at, y + size, size=size, bold=bold,
                most=(width if number else left) - AIR,
                colour="ink-2" if number and label else "ink",
            )  # fmt: skip
        return nodes

    return PanelRow(
        label or NAMES, max(map(len, columns)) * size * CLOSE + AIR, draw, group="comparison"
    )


def broken(
    context: DrawingContext, text: str, size: float, room: float, *, bold: bool = False
) -> list[str]:
    """A text in lines: its own, each no wider than there is room."""
    parts = text.split("\n")
    return [line for part in parts for line in wrapped(context, part, size, room, bold=bold)]
