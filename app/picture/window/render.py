"""Draws a window of the map, says what is drawn at a pixel of it, and its legend."""

from collections.abc import Iterable, Iterator

import orjson
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from app.picture.diagram.drawing import draw_areas_and_bands, draw_rings
from app.picture.formats import facts_of, request_of
from app.picture.items import PictureItem, simple
from app.picture.map import paths as plan
from app.picture.map.line_looks import paints
from app.picture.map.proximity import draw_mark, draw_ring
from app.picture.page.finish import title_of
from app.picture.page.legend import COLUMN, LegendContent, legend_rows
from app.picture.page.panel import draw_rows, flow
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Scene, shifted
from app.picture.scene.shapes import path_of
from app.picture.scene.viewport import Rect
from app.picture.window.window_layout import WindowLayout, context_of, layout_of
from app.picture.writers.png import drawn_pixels
from app.picture.writers.svg import write_svg
from app.selection.map_window import MapWindow
from app.selection.picture_options import MM_PER_INCH, PagePixels
from app.selection.selection import Selection

BUFFER = 80.0
"""What lies so near outside reaches into the window."""
SCREEN = "16:9"
LEGEND_MARGIN = 8.0


def render_png(selection: Selection) -> bytes:
    request, window = asked(selection)
    layout = layout_of(request, window)
    scene = window_scene(layout, window)
    return drawn_pixels(scene, page_of_window(window), request.assets, facts_of(layout.request))


def render_svg(selection: Selection) -> bytes:
    request, window = asked(selection)
    layout = layout_of(request, window)
    facts = facts_of(layout.request)
    return write_svg(window_scene(layout, window), page_of_window(window), facts)


def render_found(selection: Selection) -> bytes:
    """The ids of what is drawn at the pixel that is asked about."""
    request, window = asked(selection)
    assert window.point
    layout = layout_of(request, window)
    rect, unit = layout.viewport.rect_of(window), window.pixels_per_unit
    column, row = window.point
    return orjson.dumps(layout.at(rect.x + (column + 0.5) / unit, rect.y + (row + 0.5) / unit))


def render_legend(selection: Selection) -> bytes:
    """The legend of a view: as on its pictures, without what lies about a map."""
    request, _ = asked(selection)
    context = request.context(Rect(0, 0, request.page.width, request.page.height))
    content = LegendContent(
        items=request.items, clusters=[], beyond=0, status_title=request.status_title,
        by_status=request.by_status,
    )  # fmt: skip
    rows = legend_rows(context, content) if request.items else []
    height = sum(row.height for row in rows)
    rect = Rect(LEGEND_MARGIN, LEGEND_MARGIN, COLUMN, height)
    group = Group("legend", list(draw_rows(flow(rows, 1, height + 1) or [], rect, 1)))
    width, height = COLUMN + 2 * LEGEND_MARGIN, height + 2 * LEGEND_MARGIN
    page = pixels_page(round(width), round(height), 96)
    scene = scene_of(request, group, width, height, request.colours["paper"])
    return drawn_pixels(scene, page, request.assets, facts_of(request))


def asked(selection: Selection) -> tuple[PictureRequest, MapWindow]:
    assert selection.window, "a window is drawn of what says which"
    return request_of(selection, SCREEN), selection.window


def page_of_window(window: MapWindow) -> PagePixels:
    return pixels_page(window.width, window.height, window.dpi)


def pixels_page(width: int, height: int, dpi: int) -> PagePixels:
    unit, inch = dpi / 96, MM_PER_INCH / dpi
    return PagePixels(width / unit, height / unit, width, height, width * inch, height * inch, dpi)


def window_scene(layout: WindowLayout, window: MapWindow) -> Scene:
    """What lies in a window, and what reaches into it from beside."""
    rect = layout.viewport.rect_of(window)
    near = rect.inset(-BUFFER)
    context = context_of(layout.request, layout.viewport.part(near))
    map = Group("map").add(*ground(layout, context, window), *drawn(layout, context))
    map.add(Group("labels", [label for box, label in layout.labels if near.meets(box)]))
    root = Group("window", [shifted(map, -rect.x, -rect.y)])
    return scene_of(layout.request, root, rect.width, rect.height, window.background)


def scene_of(
    request: PictureRequest, root: Group, width: float, height: float, background: str
) -> Scene:
    title = title_of(request)
    lang = request.selection.lang
    return Scene(width, height, background or "none", title, title, lang, root)


def ground(layout: WindowLayout, context: DrawingContext, window: MapWindow) -> Iterator[Group]:
    if window.ground:
        yield layout.request.base_map.drawing(context, layout.request.chosen)


def drawn(layout: WindowLayout, context: DrawingContext) -> Iterator[Group]:
    """The plan's items from the bottom up, as on pictures."""
    if not layout.items:
        return
    request = layout.request
    view, catalog = request.selection.view, request.selection.catalog
    figures = layout.drawing.figures
    yield plan.draw_wide(context, catalog, request.items, request.chosen)
    yield plan.draw_bands(context, layout.plain)
    yield plan.draw_areas(context, layout.plain)
    yield draw_areas_and_bands(layout.context, figures, view.focus)
    yield lines(layout, context)
    yield draw_rings(layout.context, figures, view.focus)
    if request.centre:
        yield draw_ring(layout.context, request.centre)
    near = context.viewport.rect
    yield Group("points").add(*layout.drawing.draw_spots(layout.spots_in(near)))
    if request.centre:
        yield draw_mark(layout.context, request.centre)


def lines(layout: WindowLayout, context: DrawingContext) -> Group:
    """Roads, railways and courses; dashes go on from window to window."""
    group, near = Group("lines"), context.viewport.rect.polygon()
    for members, line in layout.lines:
        if line.intersects(near):
            group.add(shared_line(layout, members, line, near))
    for item in layout.plain:
        group.add(*plan.exits(context, item))
    focus = layout.request.selection.view.focus
    for item in layout.plain:
        if item.id == focus and item.line != "band":
            whole = plan.item_line(layout.context, item)
            group.add(shared_line(layout, [item], whole, near))
    return group


def shared_line(
    layout: WindowLayout, members: list[PictureItem], line: BaseGeometry, near: BaseGeometry
) -> Group:
    group = Group(members[0].name)
    for paint, part in paints(layout.context, members):
        seen = shapely.MultiLineString(list(pieces(part(line), near, sum(paint.dash))))
        group.add(path_of(seen, paint))
    return group


def pieces(line: BaseGeometry, near: BaseGeometry, period: float) -> Iterable[LineString]:
    """What of lines is near, each beginning at a multiple of what its dashes repeat after."""
    for part in simple(line):
        seen = shapely.intersection(part, near)
        if seen.is_empty or not isinstance(part, LineString):
            continue
        ends = shapely.line_locate_point(part, shapely.points(shapely.get_coordinates(seen)))
        start = ends.min() // period * period if period else ends.min()
        piece = substring(part, start, ends.max())
        if isinstance(piece, LineString) and piece.length:
            yield piece
