"""Pages that are words: the cover of a deck or an atlas, and what it stands on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.text.languages import comma, in_language, title_in
from app.picture.map.map_drawing import MapDrawing
from app.picture.page.compose import full_page_context
from app.picture.page.finish import FOOT_GAP, foot_height, page_scene, title_of
from app.picture.page.layout import HEAD, MARGIN
from app.picture.page.legend import CLOSE, under_each_other
from app.picture.page.map_elements import wrapped
from app.picture.page.panel import PanelRow, PlacedRow, column_width, draw_rows, flow
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.phrases import printable
from app.picture.scene.scene import TITLE_GROUP, Group, Node, Paint, Path, Scene, Text, rectangle
from app.picture.scene.viewport import Rect
from app.selection.about import about_selection

COVER_SHARE = 0.46
"""Of the page's width, what the words of a cover take; the map has the rest."""
TITLE, UNDER, WORDS = 40.0, 18.0, 14.0
TITLE_LEAST = 26.0
NAME_SHARE = 0.2
ADDRESS_MOST = 200
"""A longer address is pages of digits; it is written by its beginning."""


def cover(request: PictureRequest, title: str, lines: Sequence[str]) -> Scene:
    """The title and what it is of, beside the map of the counties without any item."""
    page = request.page
    bare = replace(request, selection=replace(request.selection, features=()))
    left = page.width * COVER_SHARE
    context = bare.context(Rect(left, 0, page.width - left, page.height))
    drawing = MapDrawing(bare, context)
    drawing.name_counties()
    words = Group(TITLE_GROUP).add(*cover_words(request, context, printable(title), lines, left))
    band = Path(rectangle(0, 0, left, page.height), Paint(context.colours["paper"]))
    root = Group(title).add(drawing.finished(), band, words)
    return Scene(
        page.width, page.height, context.colours["paper"], title, "\n".join([title, *lines]),
        request.selection.lang, root, bookmark=title,
    )  # fmt: skip


def cover_words(
    request: PictureRequest, context: DrawingContext, title: str, lines: Sequence[str], width: float
) -> Iterator[Node]:
    """From the middle of the page downwards: title, rule, what it is of, from whom, of when."""
    room = width - 2 * MARGIN
    size = TITLE
    while size > TITLE_LEAST and len(wrapped(context, title, size, room, bold=True)) > 1:
        size -= 2
    titles = wrapped(context, title, size, room, bold=True)
    y = request.page.height * 0.42 - (len(titles) - 1) * size * CLOSE
    for line in titles:
        yield context.text(MARGIN, y, line, size, "ink", bold=True, name=title)
        y += size * CLOSE
    yield Path(rectangle(MARGIN, y - size * 0.72, 64, 4), Paint(context.colours["accent"]))
    for line in lines:
        for words in wrapped(context, line, UNDER, room):
            yield context.text(MARGIN, y + 8, words, UNDER, "ink-2")
            y += UNDER * 1.5


def cover_lines(request: PictureRequest) -> list[str]:
    """Which plan, whose map, of which day and state of the data."""
    info, lang = request.selection.catalog.info, request.selection.lang
    place, plan = title_in(info, lang, "place"), title_in(info, lang, "plan_short")
    context = full_page_context(request)
    return [
        in_language(lang, f"{place}{plan}（{info.period}）", f"{place}, {plan} ({info.period})"),
        " · ".join(filter(None, (title_in(info, lang), info.updated))),
        context.phrase("version", v=request.selection.version),
    ]


def sources_pages(request: PictureRequest, title: str) -> Iterator[Scene]:
    """What it was made from, whose, how to cite it: on as many pages as that takes."""
    context, lang = full_page_context(request), request.selection.lang
    facts = replace(about_selection(request.selection), title=title)
    if request.selection.parts:
        views = [title_of(replace(request, selection=part)) for part in request.selection.parts]
        facts = replace(facts, filtered=comma(lang).join(views))
    url = facts.url
    if len(url) > ADDRESS_MOST:  # it leads to the tour when it is pressed; nobody types it
        front = url.partition("?")[0]
        facts = replace(facts, url=f"{front}?…", citation=facts.citation.replace(url, front))
    room = inner(request, context).width
    rows = [
        fact_row(context, name, value, room, link=url if value == facts.url else "")
        for name, value in facts.lines(lang)
    ]
    yield from row_pages(request, context, context.phrase("sources"), rows, columns=1)


def fact_row(
    context: DrawingContext, name: str, value: str, room: float, *, link: str = ""
) -> PanelRow:
    """The name on the left, the value beside it in as many lines as it needs."""
    left = room * NAME_SHARE
    lines = wrapped(context, value, WORDS, room - left)

    def draw(x: float, y: float, width: float) -> list[Node]:
        head: list[Node] = [
            context.text(x, y + WORDS, name, WORDS, "ink", bold=True, most=left - 8)
        ]
        return head + under_each_other(
            context, lines, x + left, y + WORDS, size=WORDS, most=room - left, colour="ink-2",
            link=link,
        )  # fmt: skip

    return PanelRow(name, len(lines) * WORDS * CLOSE + 10, draw, group="facts")


def inner(request: PictureRequest, context: DrawingContext) -> Rect:
    """The room between title and sources."""
    page, foot = request.page, foot_height(request, context)
    return Rect(MARGIN, MARGIN + HEAD, page.width - 2 * MARGIN,
                page.height - 2 * MARGIN - HEAD - foot - FOOT_GAP)  # fmt: skip


def row_pages(
    request: PictureRequest,
    context: DrawingContext,
    title: str,
    rows: Sequence[PanelRow],
    *,
    columns: int,
    under: str = "",
    above: Sequence[PanelRow] = (),
) -> Iterator[Scene]:
    """Rows in columns, on as many pages as they take; the first page has the bookmark.

    `above`: what each page begins with.
    """
    rect = inner(request, context)
    width = column_width(rect.width, columns)
    rest, mark = list(rows), title
    while rest:
        taken, placed = longest([*above, *rest], columns, rect.height, least=len(above) + 1)
        parts = draw_rows(placed, rect, columns, width)
        scene = page_scene(request, context, title, under, parts)
        yield replace(scene, bookmark=mark, notes="")
        rest, mark = rest[taken - len(above) :], ""


def longest(
    rows: Sequence[PanelRow], columns: int, height: float, *, least: int = 1
) -> tuple[int, list[PlacedRow]]:
    """How many of the first rows a page holds, `least` at any rate, and where they stand."""
    low, high = least, len(rows)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if flow(rows[:middle], columns, height) else (low, middle - 1)
    tallest = sum(row.height for row in rows[:least])
    return low, flow(rows[:low], columns, max(height, tallest)) or []


def stamped(scenes: Sequence[Scene], request: PictureRequest) -> list[Scene]:
    """Every page but the cover says its number, in the corner that is free."""
    context = full_page_context(request)
    for number, scene in enumerate(scenes, 1):
        if number > 1:
            at = request.page.width - MARGIN, request.page.height - MARGIN + 6
            scene.root.add(page_number(context, number, at))
    return list(scenes)


def page_number(context: DrawingContext, number: int, at: tuple[float, float]) -> Text:
    return context.text(*at, str(number), WORDS, "ink-3", anchor="end", name=f"page {number}")
