"""From a view to a scene: the first of three ways that has room for all it must show.

named    every item has its name on the map
listed   every item has a number on the map and its name in a list
counted  items close together are one disc with their count
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from app.faces.picture.arrange import apart, together
from app.faces.picture.draft import LOWER, UPPER, Draft
from app.faces.picture.finish import finished, foot_height
from app.faces.picture.frame import Rect
from app.faces.picture.layout import Layout, lay_out
from app.faces.picture.legend import Shown, legend_rows
from app.faces.picture.listing import Listing, detail_rows, list_rows, number_items, widest
from app.faces.picture.names import ITEM, ITEM_SMALL
from app.faces.picture.panel import Placed, Row, flow
from app.faces.picture.points import Spot
from app.faces.picture.scene import Scene
from app.faces.picture.sheet import Sheet
from app.faces.picture.task import Task, visible_paths

NAMED_MOST = 26
PATHS_NAMED = 16
"""Lines and zones that have a name on a picture of very many."""
DETAIL_LINES = (3, 1, 0)
LIST_SIZES = (15.0, 14.0, 13.0, 12.0, 11.5)
FILLED = 0.4
"""Of the last column: a list that fills less of it had better be smaller."""
COLUMN = 272.0
COLUMN_LEAST, COLUMN_MOST = 180.0, 300.0
LEGEND_ROWS_MOST = 18
LOOSE, TIGHT = 34.0, 27.0
"""Distance below which points join in a counted and in a listed picture."""

Make = Callable[[Sheet], tuple[list[Spot], list[Row]]]
"""Sheet → the spots on its map and the rows beside it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A page that has room for its panel, and the spots on the map it leaves."""

    layout: Layout
    sheet: Sheet
    spots: list[Spot]
    rows: Sequence[Placed]

    def filled(self) -> float:
        """How much of the last column has rows in it; all of it where there is only one."""
        last = [
            one.y + one.row.height for one in self.rows if one.column == self.layout.columns - 1
        ]
        if self.layout.columns == 1:
            return 1.0
        return max(last, default=0.0) / self.layout.panel.height


def compose(task: Task) -> Scene:
    """The scene of a view."""
    return next(scene for way in WAYS for scene in way(task))


def planned(task: Task, column: float, first: Sequence[Row], make: Make) -> Plan | None:
    """A page for what is to be shown, or None where there is no room.

    The rows decide how large the map is, the map which points join and how rows are numbered, but
    not how many rows there are: so `first` are the rows of a rough map, to be counted.
    """
    sheet = rough(task)
    layout = lay_out(task.page, first, foot_height(task, sheet), column, qr=task.qr)
    if layout is None:
        return None
    sheet = task.sheet(layout.map)
    spots, rows = make(sheet)
    placed = flow(rows, layout.columns, layout.panel.height)
    return None if placed is None else Plan(layout, sheet, spots, placed)


def rough(task: Task) -> Sheet:
    """A sheet whose map fills the page."""
    return task.sheet(Rect(0, 0, task.page.width, task.page.height))


def named(task: Task) -> Iterator[Scene]:
    """Few items: names on the map, symbols moved apart where they hide each other."""
    if len(task.items) > NAMED_MOST:
        return
    for lines in DETAIL_LINES:
        for size in (ITEM, ITEM_SMALL):
            yield from named_at(task, size, lines)


def named_at(task: Task, size: float, lines: int) -> Iterator[Scene]:
    """Names in one size of type, with a list that says a little of each item, or none."""

    def make(sheet: Sheet) -> tuple[list[Spot], list[Row]]:
        spots = apart(task, sheet)
        legend = legend_rows(sheet, shown(task, sheet, spots, circles=True))
        return spots, legend + (detail_rows(sheet, task.items, COLUMN, lines) if lines else [])

    plan = planned(task, COLUMN, make(rough(task))[1], make)
    if plan is None:
        return
    draft = Draft(task, plan.sheet, plan.spots, circled=True)
    if draft.name_diagram() and not lines:
        return
    if draft.name_spots(size) or draft.name_paths({}, size):
        return
    draft.name_counties()
    draft.name_ground((*UPPER, *LOWER))
    yield finished(task, draft, plan.layout, plan.rows)


def listed(task: Task) -> Iterator[Scene]:
    """More items: numbers on the map, names in a list as large as the page bears."""
    sheet = rough(task)
    spots = together(task, sheet, TIGHT)
    listing = listing_of(task, sheet, spots)
    legend = legend_rows(sheet, shown(task, sheet, spots, circles=False))

    def plan_at(size: float, wide: bool) -> Plan | None:
        column = min(max(widest(sheet, listing, size), COLUMN_LEAST), COLUMN_MOST)
        rows = legend + list_rows(sheet, listing, size, column, wide=wide)
        return planned(task, column, rows, listed_at(task, size, column, wide))

    if plan_at(LIST_SIZES[-1], False) is None:
        return
    for filled in (FILLED, 0.0):
        for wide in (True, False):
            for size in LIST_SIZES:
                plan = plan_at(size, wide)
                if plan is not None and plan.filled() >= filled:
                    yield listed_scene(task, plan)


def listed_at(task: Task, size: float, column: float, wide: bool) -> Make:
    """What is shown with a list in one size of type."""

    def make(sheet: Sheet) -> tuple[list[Spot], list[Row]]:
        spots = together(task, sheet, TIGHT)
        listing = listing_of(task, sheet, spots)
        legend = legend_rows(sheet, shown(task, sheet, spots, circles=False))
        return spots, legend + list_rows(sheet, listing, size, column, wide=wide)

    return make


def listing_of(task: Task, sheet: Sheet, spots: Sequence[Spot]) -> Listing:
    """What the list beside a map holds."""
    diagram = [figure.item for figure in task.figures(sheet)]
    return number_items(spots, visible_paths(task, sheet), task.wide, diagram)


def listed_scene(task: Task, plan: Plan) -> Scene:
    """The map of a list that fits."""
    listing = listing_of(task, plan.sheet, plan.spots)
    draft = Draft(task, plan.sheet, plan.spots)
    draft.name_diagram()
    draft.name_paths(listing.numbers)
    draft.name_counties()
    draft.name_ground(UPPER)
    return finished(task, draft, plan.layout, plan.rows)


def counted(task: Task) -> Iterator[Scene]:
    """Many items: discs with counts; names for single ones where there is room."""
    plan = next(plan for make in legends(task) if (plan := counted_plan(task, make)))
    draft = Draft(task, plan.sheet, plan.spots)
    draft.name_diagram()
    draft.name_counties()
    draft.name_spots(ITEM_SMALL)
    draft.name_paths({}, ITEM_SMALL, PATHS_NAMED)
    draft.name_ground(UPPER)
    yield finished(task, draft, plan.layout, plan.rows)


def counted_plan(task: Task, make: Make) -> Plan | None:
    return planned(task, COLUMN, make(rough(task))[1], make)


def legends(task: Task) -> Iterator[Make]:
    """By layers, by families, then with ever fewer rows: the smallest page has room for one."""
    yield partial(counted_rows, task, families=False, most=None)
    yield partial(counted_rows, task, families=True, most=None)
    for most in range(LEGEND_ROWS_MOST, -1, -1):
        yield partial(counted_rows, task, families=True, most=most)


def counted_rows(
    task: Task, sheet: Sheet, *, families: bool, most: int | None
) -> tuple[list[Spot], list[Row]]:
    """The clusters on a map, and the first rows of its legend."""
    spots = together(task, sheet, LOOSE)
    seen = shown(task, sheet, spots, circles=False)
    return spots, legend_rows(sheet, seen, families=families)[:most]


WAYS = (named, listed, counted)


def shown(task: Task, sheet: Sheet, spots: Sequence[Spot], *, circles: bool) -> Shown:
    """What a legend has to explain."""
    on_map = {item.id for spot in spots for item in spot.items}
    on_map |= {item.id for item in visible_paths(task, sheet)}
    on_map |= {figure.item.id for figure in task.figures(sheet)}
    beyond = sum(item.geometry is not None and item.id not in on_map for item in task.items)
    groups = [spot for spot in spots if len(spot.items) > 1]
    return Shown(task.items, groups, circles, beyond)
