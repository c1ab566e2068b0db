"""What stands where on all windows of one scale: laid out once, whatever part is asked for."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cached_property
from weakref import WeakKeyDictionary

import shapely
from shapely.geometry.base import BaseGeometry

from app.catalog.catalog import Catalog
from app.picture.items import PictureItem
from app.picture.map import paths as plan
from app.picture.map.declutter import cluster
from app.picture.map.labels import FreeRoom
from app.picture.map.map_drawing import LOWER, UPPER, MapDrawing
from app.picture.map.names import ITEM_SMALL
from app.picture.map.points import PIN, Spot
from app.picture.page.legend_forms import LOOSE
from app.picture.request import PictureRequest
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Node, Text, box_of
from app.picture.scene.viewport import Rect
from app.picture.window.free_grid import FreeGrid
from app.picture.window.window_viewport import WindowViewport, window_viewport
from app.selection.map_window import MapWindow
from app.selection.selection import Selection

ALL_VERTICES = 10**7
"""Nothing is thinned beyond what the scale hides: each window is a small part of it."""
MAX_LAYOUTS = 12
REACH = 6.0
"""How far from a line who asks about it may be."""


class WindowDrawing(MapDrawing):
    """A map without scale, arrow and frame."""

    def _add_elements(self) -> None:
        self.room: FreeRoom = FreeGrid(self.context.viewport.rect)

    def wide_counts(self) -> dict[str, int]:
        """Nothing on the ground alone."""
        return super().wide_counts() if self.spots or self.request.items else {}


class WindowLayout:
    """Symbols, names and lines of a view at one scale, in the plane of that scale."""

    def __init__(self, request: PictureRequest, window: MapWindow) -> None:
        self.request = request
        self.items = request.items if window.plan else []
        shapes = [item.geometry for item in self.items if item.geometry is not None]
        frame = request.selection.catalog.info.frame
        self.viewport: WindowViewport = window_viewport(window, frame, shapes)
        self.context = context_of(request, self.viewport)
        self.spots = cluster(request, self.context, LOOSE) if window.plan else []
        self.drawing = WindowDrawing(request, self.context, self.spots)
        self.labels = list(self._named(window))

    def _named(self, window: MapWindow) -> Iterator[tuple[Rect, Node]]:
        """Every name with its box, the most important first."""
        drawing = self.drawing
        if window.plan:
            drawing.name_diagram()
        if window.ground:
            drawing.name_counties()
        if window.plan:
            drawing.name_spots(ITEM_SMALL)
            drawing.name_paths({}, ITEM_SMALL)
            drawing.count_lines()
        if window.ground:
            drawing.name_base_map((*UPPER, *LOWER))
        for label in labels_in(drawing.labels):
            yield box_of_label(self.context, label), label

    @cached_property
    def plain(self) -> list[PictureItem]:
        return self.request.plain if self.items else []

    @cached_property
    def lines(self) -> list[plan.SharedLine]:
        return plan.shared_lines(self.context, self.plain)

    def spots_in(self, rect: Rect) -> list[Spot]:
        """Those of which something may be seen."""
        return [spot for spot in self.spots if rect.meets(box_of_spot(spot))]

    def at(self, x: float, y: float) -> list[str]:
        """Ids of what is drawn at a place: symbols, lines, areas, then what is known by county."""
        here = shapely.Point(x, y)
        near = Rect(x - REACH, y - REACH, 2 * REACH, 2 * REACH)
        ids = [one.id for spot in self.spots if spot.box.has((x, y)) for one in spot.items]
        ids += [
            member.id for members, line in self.lines
            if line.dwithin(here, REACH) for member in members
        ]  # fmt: skip
        places = context_of(self.request, self.viewport.part(near.inset(-REACH)))
        for item in (*self.request.diagram, *self.plain) if self.items else ():
            parts = [places.viewport.shown(part, 0) for part in item.parts("Polygon", "LineString")]
            if any(part.dwithin(here, REACH) for part in parts if not part.is_empty):
                ids.append(item.id)
        return list(dict.fromkeys([*ids, *self._county_wide(here)]))

    def _county_wide(self, here: BaseGeometry) -> Iterable[str]:
        """Of a county that is hatched."""
        chosen = self.request.chosen
        for code, land in self.request.selection.catalog.county_land.items():
            if (not chosen or code in chosen) and self.viewport.placed(land).contains(here):
                yield from (
                    item.id for item in self.items
                    if item.certainty == "wide" and item.scope == "county"
                    and code in item.counties
                )  # fmt: skip


LAYOUTS: WeakKeyDictionary[Catalog, OrderedDict[tuple[str, ...], WindowLayout]] = (
    WeakKeyDictionary()
)
"""The last ones of each state of a pack."""


def is_laid_out(selection: Selection) -> bool:
    """Whether a window needs no features any more: all that is drawn of them is known."""
    window = selection.window
    return window is not None and key_of(selection, window) in LAYOUTS.get(selection.catalog, ())


def key_of(selection: Selection, window: MapWindow) -> tuple[str, ...]:
    """The same for all windows of one plane."""
    plane = window_viewport(window, selection.catalog.info.frame, ())
    return (
        selection.view.query_string(), selection.lang, selection.url, plane.authority,
        repr(plane.scales), str(window.ground), str(window.plan),
    )  # fmt: skip


def layout_of(request: PictureRequest, window: MapWindow) -> WindowLayout:
    """The layout of a view at the scale of a window."""
    selection = request.selection
    held = LAYOUTS.setdefault(selection.catalog, OrderedDict())
    key = key_of(selection, window)
    layout = held.pop(key, None) or WindowLayout(request, window)
    while len(held) >= MAX_LAYOUTS:
        held.popitem(last=False)
    held[key] = layout
    return layout


def context_of(request: PictureRequest, viewport: WindowViewport) -> DrawingContext:
    return DrawingContext(
        request.assets, request.colours, request.selection.lang, viewport, ALL_VERTICES
    )


def box_of_spot(spot: Spot) -> Rect:
    """What a symbol takes with its halo and its stem."""
    places = [*spot.at, (spot.x, spot.y)] if len(spot.items) == 1 else [(spot.x, spot.y)]
    xs, ys = zip(*places, strict=True)
    box = Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return box.inset(-max(spot.size, PIN))


def labels_in(node: Node) -> Iterator[Node]:
    """Names, each with what belongs to it, and marks."""
    if isinstance(node, Group) and not any(isinstance(child, Text) for child in node.children):
        for child in node.children:
            yield from labels_in(child)
    else:
        yield node


def box_of_label(context: DrawingContext, label: Node) -> Rect:
    """The room of a name with its leader, or of a mark."""
    parts = list(parts_of(context, label))
    left, top = min(part.x for part in parts), min(part.y for part in parts)
    right, bottom = max(part.right for part in parts), max(part.bottom for part in parts)
    return Rect(left, top, right - left, bottom - top)


def parts_of(context: DrawingContext, node: Node) -> Iterator[Rect]:
    """The boxes of all texts and shapes; a text's, however it is turned or anchored."""
    if isinstance(node, Group):
        for child in node.children:
            yield from parts_of(context, child)
    elif isinstance(node, Text):
        reach = context.width(node.string, node.size, node.bold) + node.size
        yield Rect(node.x - reach, node.y - reach, 2 * reach, 2 * reach)
    else:
        left, top, right, bottom = box_of(node.steps)
        yield Rect(left, top, right - left, bottom - top)
