"""From a view to a scene: labelled, numbered or clustered, whichever first has room for
everything.

named    every item has its name on the map
listed   every item has a number on the map and its name in a list
counted  items close together are one disc with their count
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.picture.map.declutter import APART_MOST, declutter, few_apart
from app.picture.map.map_drawing import LOWER, UPPER, MapDrawing
from app.picture.map.names import ITEM, ITEM_SMALL
from app.picture.map.points import Spot
from app.picture.page.finish import finished_page, foot_height
from app.picture.page.item_list import ItemList, detail_rows, list_rows, number_items, widest
from app.picture.page.layout import PageLayout, lay_out
from app.picture.page.legend import COLUMN, legend_rows
from app.picture.page.legend_forms import (
    SLIDE_COLUMN,
    legend_content,
    legend_forms,
    slide_column,
)
from app.picture.page.panel import PanelRow, PlacedRow, flow
from app.picture.request import SLIDE_TEXT, PictureRequest, visible_paths
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Scene
from app.picture.scene.viewport import Rect

NAMED_MOST = 26
SLIDE_NAMES = 12
"""More names than these nobody reads while somebody speaks."""
PATHS_NAMED = 16
"""Lines and zones that have a name on a picture of very many."""
DETAIL_LINES = (3, 1, 0)
LIST_SIZES = (15.0, 14.0, 13.0, 12.0, 11.5)
FILLED = 0.4
"""Of the last column: a list that fills less of it had better be smaller."""
COLUMN_LEAST, COLUMN_MOST = 180.0, 300.0
TIGHT = 27.0
"""Distance below which points join in a listed picture."""

Make = Callable[[DrawingContext], tuple[list[Spot], list[PanelRow]]]
"""Sheet → the spots on its map and the rows beside it."""


@dataclass(frozen=True, slots=True)
class FittedPage:
    """A page that has room for its panel, and the spots on the map it leaves."""

    layout: PageLayout
    context: DrawingContext
    spots: list[Spot]
    rows: Sequence[PlacedRow]

    def filled(self) -> float:
        """How much of the last column has rows in it; all of it where there is only one."""
        last = [
            row.y + row.row.height for row in self.rows if row.column == self.layout.columns - 1
        ]
        if self.layout.columns == 1:
            return 1.0
        return max(last, default=0.0) / self.layout.panel.height


def compose(request: PictureRequest) -> Scene:
    """The scene of a view."""
    ways = SLIDE_WAYS if request.slide else LAYOUTS
    return next(scene for way in ways for scene in way(request))


def slide_named(request: PictureRequest) -> Iterator[Scene]:
    """A slide of few items: all names on the map, in type that is read from the back row."""
    if len(request.items) <= SLIDE_NAMES:
        for size in (ITEM, SLIDE_TEXT):
            yield from labelled_layout_at(request, size, 0)


def slide_apart(request: PictureRequest) -> Iterator[Scene]:
    """A slide of some more: none hides another, and as many names as are read."""
    if len(request.items) <= APART_MOST:
        yield from labelled_layout_at(request, SLIDE_TEXT, 0, most=SLIDE_NAMES)


def fitted_page(
    request: PictureRequest, column: float, first: Sequence[PanelRow], make: Make
) -> FittedPage | None:
    """A page for what is to be shown, or None where there is no room.

    The rows decide how large the map is, the map which points join and how rows are numbered, but
    not how many rows there are: so `first` are the rows of a rough map, to be counted.
    """
    context = full_page_context(request)
    layout = lay_out(request.page, first, foot_height(request, context), column, qr=request.qr)
    if layout is None:
        return None
    context = request.context(layout.map)
    spots, rows = make(context)
    placed = flow(rows, layout.columns, layout.panel.height)
    return None if placed is None else FittedPage(layout, context, spots, placed)


def full_page_context(request: PictureRequest) -> DrawingContext:
    """A sheet whose map fills the page."""
    return request.context(Rect(0, 0, request.page.width, request.page.height))


def labelled_layout(request: PictureRequest) -> Iterator[Scene]:
    """Few items: names on the map, symbols moved apart where they hide each other."""
    if len(request.items) > NAMED_MOST:
        return
    for lines in DETAIL_LINES:
        for size in (ITEM, ITEM_SMALL):
            yield from labelled_layout_at(request, size, lines)


def labelled_layout_at(
    request: PictureRequest, size: float, lines: int, most: int | None = None
) -> Iterator[Scene]:
    """Names in one size of type, with a list that says a little of each item, or none; all of
    them, or at `most` so many.
    """
    column = SLIDE_COLUMN if request.slide else COLUMN

    def make(context: DrawingContext) -> tuple[list[Spot], list[PanelRow]]:
        spots = declutter(request, context)
        legend = legend_rows(context, legend_content(request, context, spots), column=column)
        return spots, legend + (detail_rows(context, request.items, column, lines) if lines else [])

    first = make(full_page_context(request))[1]
    if request.slide:
        column = slide_column(first)
    plan = fitted_page(request, column, first, make)
    if plan is None:
        return
    drawing = MapDrawing(request, plan.context, plan.spots, circled=True)
    if most is not None:
        name_some(drawing, size, most)
    elif not name_all(drawing, size, in_list=lines > 0):
        return
    drawing.name_counties()
    drawing.name_base_map((*UPPER, *LOWER))
    yield finished_page(request, drawing, plan.layout, plan.rows)


def name_all(drawing: MapDrawing, size: float, *, in_list: bool) -> bool:
    """Whether every name has room; of the diagram some may stand in a list only."""
    if drawing.name_diagram() and not in_list:
        return False
    return not (drawing.name_spots(size, led=True) or drawing.name_paths({}, size))


def name_some(drawing: MapDrawing, size: float, most: int) -> None:
    """The first names that have room."""
    drawing.name_diagram()
    drawing.name_spots(size, max(0, most - drawing.named), led=True)
    drawing.name_paths({}, size, max(0, most - drawing.named))


def numbered_layout(request: PictureRequest, *, categories: bool = True) -> Iterator[Scene]:
    """More items: numbers on the map, names in a list as large as the page bears."""
    if not categories and len({item.layer.id for item in request.items}) > 1:
        return  # the legend has none of them anyway
    context = full_page_context(request)
    spots = few_apart(request, context, TIGHT)
    listing = listing_of(request, context, spots)
    seen = replace(legend_content(request, context, spots), categories=categories)

    def plan_at(size: float, wide: bool) -> FittedPage | None:
        column = min(max(widest(context, listing, size), COLUMN_LEAST), COLUMN_MOST)
        legend = legend_rows(context, seen, column=column)
        rows = legend + list_rows(context, listing, size, column, wide=wide)
        make = numbered_layout_at(request, size, column, wide=wide, categories=categories)
        return fitted_page(request, column, rows, make)

    if plan_at(LIST_SIZES[-1], False) is None:
        return
    for filled in (FILLED, 0.0):
        for wide in (True, False):
            for size in LIST_SIZES:
                plan = plan_at(size, wide)
                if plan is not None and plan.filled() >= filled:
                    yield numbered_scene(request, plan)


def numbered_layout_at(
    request: PictureRequest, size: float, column: float, *, wide: bool, categories: bool
) -> Make:
    """What is shown with a list in one size of type."""

    def make(context: DrawingContext) -> tuple[list[Spot], list[PanelRow]]:
        spots = few_apart(request, context, TIGHT)
        listing = listing_of(request, context, spots)
        seen = replace(legend_content(request, context, spots), categories=categories)
        legend = legend_rows(context, seen, column=column)
        return spots, legend + list_rows(context, listing, size, column, wide=wide)

    return make


def listing_of(request: PictureRequest, context: DrawingContext, spots: Sequence[Spot]) -> ItemList:
    """What the list beside a map holds."""
    diagram = [figure.item for figure in request.figures(context)]
    return number_items(spots, visible_paths(request, context), request.wide, diagram)


def numbered_scene(request: PictureRequest, plan: FittedPage) -> Scene:
    """The map of a list that fits."""
    listing = listing_of(request, plan.context, plan.spots)
    drawing = MapDrawing(request, plan.context, plan.spots)
    drawing.name_diagram()
    drawing.number_spots()
    drawing.name_paths(listing.numbers)
    drawing.name_counties()
    drawing.name_base_map(UPPER)
    return finished_page(request, drawing, plan.layout, plan.rows)


def cluster_layout(request: PictureRequest) -> Iterator[Scene]:
    """Many items: discs with counts; names for single ones where there is room."""
    forms = ((form, partial(form.rows, request)) for form in legend_forms(request))
    rough = full_page_context(request)
    plans = (fitted_page(request, form.column, make(rough)[1], make) for form, make in forms)
    plan = next(plan for plan in plans if plan)
    drawing = MapDrawing(request, plan.context, plan.spots)
    drawing.name_diagram()
    drawing.name_counties()
    size, most = (ITEM, SLIDE_NAMES // 2) if request.slide else (ITEM_SMALL, PATHS_NAMED)
    drawing.name_spots(size, most if request.slide else None)
    drawing.name_paths({}, size, most)
    drawing.name_base_map(UPPER)
    yield finished_page(request, drawing, plan.layout, plan.rows)


LAYOUTS = (
    labelled_layout, numbered_layout, partial(numbered_layout, categories=False), cluster_layout,
)  # fmt: skip
SLIDE_WAYS = (slide_named, slide_apart, cluster_layout)
"""What does not stand on a slide's map stands on a slide of its own (slides.py)."""
