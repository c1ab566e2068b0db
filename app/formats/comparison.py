"""Two to four items side by side as slides or as PDF: their map, then a table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.domain.table_schema import DESTINATIONS, destination_words
from app.domain.text.distances import distance_words
from app.domain.text.languages import title_in, word_in
from app.formats.tabular.card import card_lines
from app.formats.tabular.table import Titles
from app.picture.formats import PAPER, facts_of, pptx_of, request_of, slide_task
from app.picture.page.compose import compose, full_page_context
from app.picture.page.legend import CLOSE, under_each_other
from app.picture.page.map_elements import wrapped
from app.picture.page.panel import PanelRow
from app.picture.page.text_pages import inner, row_pages
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Node, Scene
from app.picture.writers.pdf import write_pages
from app.selection.selection import Selection
from app.words import translator

NAME_SHARE, AIR = 0.16, 12.0
WORDS = 12.0
NAMES = "names"
"""The row of the items' names has no label."""


def render_pptx(selection: Selection) -> bytes:
    request = slide_task(of_compared(selection))
    return pptx_of(list(scenes(request)), request)


def render_pdf(selection: Selection) -> bytes:
    request = request_of(of_compared(selection), PAPER)
    return write_pages(list(scenes(request)), request.page, request.assets, facts_of(request))


def of_compared(selection: Selection) -> Selection:
    """The selection of nothing but what is compared, under a title that names it."""
    by_id = {one["id"]: one for one in selection.catalog.features}
    features = [by_id[id] for id in selection.compared]
    names = " / ".join(title_in(one["properties"], selection.lang, "name") for one in features)
    view = replace(selection.view, title=selection.view.title or names)
    return replace(selection, features=features, view=view)


def scenes(request: PictureRequest) -> Iterator[Scene]:
    yield compose(request)
    context = full_page_context(request)
    room = inner(request, context).width
    rows = [table_row(context, cells, room) for cells in table(request.selection)]
    title = word_in("picture.comparison", request.selection.lang)
    yield from row_pages(request, context, title, rows, columns=1)


def table(selection: Selection) -> list[list[str]]:
    """Names first; then a row for each line that any of the items has."""
    titles = Titles.of(selection.catalog, selection.lang)
    columns = [lines_of(one["properties"], titles, selection.lang) for one in selection.features]
    names = [title_in(one["properties"], selection.lang, "name") for one in selection.features]
    labels = dict.fromkeys(label for column in columns for label in column)
    return [["", *names], *([one, *(each.get(one, "–") for each in columns)] for one in labels)]


def lines_of(properties: dict[str, object], titles: Titles, lang: str) -> dict[str, str]:
    """Label → text: the card of the item, and how far the port and the station are."""
    found = dict(card_lines(properties, titles, lang))
    access = properties.get("access")
    for kind in DESTINATIONS:
        nearest = access.get(kind) if isinstance(access, dict) else None
        if nearest:
            found[word_in(destination_words(kind), lang)] = access_text(nearest, lang)
    return found


def access_text(nearest: dict[str, Any], lang: str) -> str:
    """As the page's card says it (static/js/ui/card/access.js)."""
    say, name = translator(lang), title_in(nearest, lang, "name")
    metres, doubt = nearest["km"] * 1000, nearest["doubt_km"] * 1000
    if doubt > metres:
        away = say("picture.range", away=distance_words(metres + doubt, lang))
        return say("access.range", name=name, away=away)
    text = say(
        "access.distance", name=name, away=distance_words(metres, lang),
        doubt=distance_words(doubt, lang),
    )  # fmt: skip
    road = nearest.get("road_km")
    if road is None:
        return text
    return text + say("access.road", away=distance_words(road * 1000, lang))


def table_row(context: DrawingContext, cells: Sequence[str], room: float) -> PanelRow:
    """The label on the left, a cell for each item beside it, in as many lines as they need."""
    label, *texts = cells
    left = room * NAME_SHARE
    width = (room - left) / len(texts)
    columns = [broken(context, label, left - AIR)]
    columns += [broken(context, text, width - AIR) for text in texts]

    def draw(x: float, y: float, _: float) -> list[Node]:
        nodes: list[Node] = []
        for number, lines in enumerate(columns):
            at = x + (left + (number - 1) * width if number else 0)
            nodes += under_each_other(
                context, lines, at, y + WORDS, size=WORDS,
                most=(width if number else left) - AIR,
                colour="ink-2" if number and label else "ink",
            )  # fmt: skip
        return nodes

    return PanelRow(
        label or NAMES, max(map(len, columns)) * WORDS * CLOSE + AIR, draw, group="comparison"
    )


def broken(context: DrawingContext, text: str, room: float) -> list[str]:
    """A text in lines: its own, each no wider than there is room."""
    return [line for part in text.split("\n") for line in wrapped(context, part, WORDS, room)]
