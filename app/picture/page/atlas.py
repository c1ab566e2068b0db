"""The atlas: one document of the city or of a county, page by page, with contents and an index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.text.languages import title_in
from app.domain.text.spelling import spellings
from app.picture.items import PictureItem
from app.picture.page.compose import compose, full_page_context
from app.picture.page.finish import title_of
from app.picture.page.panel import PanelRow
from app.picture.page.slides import list_pages, named_in
from app.picture.page.text_pages import (
    cover,
    cover_lines,
    row_pages,
    sources_pages,
    stamped,
)
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Node, Scene
from app.picture.split import parts_by

CONTENTS_COLUMNS, INDEX_COLUMNS = 2, 4
CONTENTS, INDEX = 17.0, 12.5
"""Sizes of type."""
LEADING = 1.5
NUMBER_ROOM = 46.0


@dataclass(frozen=True, slots=True)
class Section:
    """Some pages that belong together, under one title."""

    title: str
    scenes: Sequence[Scene]
    items: Sequence[PictureItem] = ()
    """Those whose page the index says; none where another section is nearer."""


def atlas(request: PictureRequest) -> list[Scene]:
    """All pages in order: cover, contents, overview, counties, layers, index, sources."""
    context = full_page_context(request)
    title = atlas_title(request, context)
    front = cover(request, title, cover_lines(request))
    body = list(sections(request, context))
    back = Section(context.phrase("sources"), list(sources_pages(request, title)))
    length = len(list(contents(request, context, numbered([*body, back], 0))))
    index = list(index_pages(request, context, numbered(body, 2 + length)))
    whole = [*body, Section(context.phrase("index"), index), back]
    pages = contents(request, context, numbered(whole, 2 + length))
    return stamped([front, *pages, *(scene for one in whole for scene in one.scenes)], request)


def atlas_title(request: PictureRequest, context: DrawingContext) -> str:
    """The reader's, else the map's with the county's name."""
    selection = request.selection
    if selection.view.title:
        return selection.view.title
    own = context.phrase("atlas", title=title_in(selection.catalog.info, selection.lang))
    return f"{title_of(request)} · {own}" if selection.view.county else own


def sections(request: PictureRequest, context: DrawingContext) -> Iterator[Section]:
    """The whole, each county unless it is of one, each layer."""
    selection = request.selection
    one_county = len(selection.view.county) == 1
    overview = context.phrase("overview")
    yield Section(overview, [replace(compose(request), bookmark=overview, notes="")])
    if not one_county:
        for part in parts_by(selection, "county"):
            own = replace(request, selection=part)
            yield Section(title_of(own), list(map_pages(own)))
    for part in parts_by(selection, "layer"):
        own = replace(request, selection=part)
        yield Section(layer_title(own), list(map_pages(own)), own.items)


def layer_title(request: PictureRequest) -> str:
    return title_in(request.items[0].layer, request.selection.lang)


def map_pages(request: PictureRequest) -> Iterator[Scene]:
    """The map, and a list of its items where its own has no room for all."""
    scene = compose(request)
    yield replace(scene, bookmark=title_of(request), notes="")
    yield from list_pages(request, scene)


def numbered(sections: Sequence[Section], first: int) -> list[tuple[Section, int]]:
    """Each section with the number of its first page."""
    with_pages = []
    for section in sections:
        with_pages.append((section, first))
        first += len(section.scenes)
    return with_pages


def contents(
    request: PictureRequest, context: DrawingContext, sections: Sequence[tuple[Section, int]]
) -> Iterator[Scene]:
    rows = [page_row(context, section.title, page, CONTENTS) for section, page in sections]
    return row_pages(request, context, context.phrase("contents"), rows, columns=CONTENTS_COLUMNS)


def index_pages(
    request: PictureRequest, context: DrawingContext, sections: Sequence[tuple[Section, int]]
) -> Iterator[Scene]:
    """Every item by name, as a dictionary sorts it, with the page of its layer that has it."""
    pages = {
        (item.name, page_of(item, section, first))
        for section, first in sections
        for item in section.items
    }
    rows = [page_row(context, name, page, INDEX) for name, page in sorted(pages, key=order)]
    return row_pages(request, context, context.phrase("index"), rows, columns=INDEX_COLUMNS)


def order(entry: tuple[str, int]) -> tuple[str, str, int]:
    name, page = entry
    return next(iter(spellings(name)), name).casefold().lstrip("“‘《\"'"), name, page


def page_of(item: PictureItem, section: Section, first: int) -> int:
    """The page of a section that names an item; its first where none does."""
    pages = (n for n, scene in enumerate(section.scenes, first) if item.name in named_in(scene))
    return next(pages, first)


def page_row(context: DrawingContext, name: str, page: int, size: float) -> PanelRow:
    """A name and, at the column's end, the page it leads to."""

    def draw(x: float, y: float, width: float) -> list[Node]:
        link, line = f"#{page}", y + size * 1.06
        room = width - NUMBER_ROOM
        return [
            context.text(x, line, name, size, "ink", most=room, name=name, link=link),
            context.text(x + width, line, str(page), size, "ink-3", anchor="end", link=link),
        ]

    return PanelRow(name, size * LEADING, draw, group="pages")
