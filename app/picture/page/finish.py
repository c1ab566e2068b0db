"""The page around a finished map: title, panel, QR code, sources, and a description for screen
readers.
"""

from collections.abc import Sequence

from app.domain.text.languages import title_in
from app.picture.map.map_drawing import MapDrawing
from app.picture.page.layout import MARGIN, QR, PageLayout
from app.picture.page.legend_forms import SLIDE_WIDE
from app.picture.page.map_elements import (
    SMALL_LEADING,
    SUBTITLE,
    foot,
    qr_group,
    source_lines,
    title_group,
)
from app.picture.page.panel import WIDTH_MOST, PlacedRow, draw_rows
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.phrases import printable
from app.picture.scene.scene import Group, Scene
from app.selection.view_words import view_words

FOOT_GAP = 12.0
DOT = " · "


def foot_height(request: PictureRequest, context: DrawingContext) -> float:
    """What the source lines take of the page's height."""
    lines = source_lines(context, request.selection, request.page.width - 2 * MARGIN)
    return len(lines) * SMALL_LEADING + FOOT_GAP


def finished_page(
    request: PictureRequest, drawing: MapDrawing, layout: PageLayout, rows: Sequence[PlacedRow]
) -> Scene:
    """The whole page."""
    parts = [
        drawing.finished(),
        Group("panel").add(*draw_rows(rows, layout.panel, layout.columns, column_most(request))),
    ]
    if layout.qr:
        parts.append(qr_group(drawing.context, request.selection.url or "/", *layout.qr, QR))
    return page_scene(
        request, drawing.context, title_of(request), subtitle_of(request, drawing.context), parts
    )


def column_most(request: PictureRequest) -> float:
    """How wide a column may become; of a slide as wide as its widest legend."""
    return SLIDE_WIDE if request.slide else WIDTH_MOST


def page_scene(
    request: PictureRequest, context: DrawingContext, title: str, under: str, parts: Sequence[Group]
) -> Scene:
    """A page: title above, what it is made of, sources below."""
    page = request.page
    room = page.width - 2 * MARGIN
    sources = source_lines(context, request.selection, room)
    root = Group(title).add(
        title_group(context, title, under, x=MARGIN, y=MARGIN, most=room), *parts
    )
    root.add(foot(context, sources, MARGIN, page.height - MARGIN + 6))
    return Scene(
        width=page.width,
        height=page.height,
        background=context.colours["paper"],
        title=title,
        description=" ".join([f"{title}. {under}.", *sources]),
        lang=request.selection.lang,
        root=root,
        notes=notes_of(request, context, sources),
    )


def title_of(request: PictureRequest) -> str:
    """The reader's title, else what was chosen, else the pack's title."""
    selection = request.selection
    info = selection.catalog.info
    words = view_words(selection.catalog, selection.view, selection.lang)
    own = title_in(info, selection.lang)
    return printable(selection.view.title or words[:1].upper() + words[1:]) or own


def subtitle_of(request: PictureRequest, context: DrawingContext) -> str:
    """What was chosen if the title does not say it, the plan, how many items."""
    selection = request.selection
    info = selection.catalog.info
    lang = selection.lang
    words = view_words(selection.catalog, selection.view, selection.lang)
    place, plan = title_in(info, lang, "place"), title_in(info, lang, "plan_short")
    parts = [
        words if selection.view.title else "",
        context.phrase("credit", place=place, plan=plan, period=info.period),
        context.phrase("count", n=len(request.items)) if request.items else context.phrase("empty"),
    ]
    if context.width(DOT.join(filter(None, parts)), SUBTITLE) > request.page.width - 2 * MARGIN:
        parts[0] = ""  # rather nothing of a long choice than half of it
    return printable(DOT.join(part for part in parts if part))


def notes_of(request: PictureRequest, context: DrawingContext, sources: Sequence[str]) -> str:
    """Every item with its layer, where the plan says so, and how it was located."""
    lines = [
        f"{number}. {item.name}{DOT}"
        + DOT.join(
            part
            for part in (
                title_in(item.layer, context.lang),
                item.plan,
                item.location,
            )
            if part
        )
        for number, item in enumerate(request.items, 1)
    ]
    return "\n".join([*lines, "", *sources])
