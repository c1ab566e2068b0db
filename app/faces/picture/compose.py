"""From a view to a scene: the first of three ways that has room for all it must show.

named    every item has its name on the map
listed   every item has a number on the map and its name in a list
counted  items close together are one disc with their count
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.faces.picture.draft import LOWER, UPPER, Draft, Task
from app.faces.picture.finish import finished, foot_height
from app.faces.picture.frame import Rect
from app.faces.picture.items import Item
from app.faces.picture.layout import Layout, lay_out
from app.faces.picture.legend import Shown, legend_rows
from app.faces.picture.listing import Listing, list_rows, number_items, widest
from app.faces.picture.panel import Placed, Row, flow
from app.faces.picture.points import Spot, clustered, spots_of, spread
from app.faces.picture.scene import Scene
from app.faces.picture.sheet import Sheet

NAMED_MOST = 26
NAMED_SIZE = 14.0
LIST_SIZES = (15.0, 14.0, 13.0, 12.0)
COLUMN = 272.0
COLUMN_LEAST, COLUMN_MOST = 180.0, 300.0
LOOSE, TIGHT = 34.0, 27.0
"""Distance below which points join in a counted and in a listed picture."""
SPARE = 80.0
"""What the last way may overdraw of the air under its legend."""

MakeSpots = Callable[[Sheet], list[Spot]]
MakeRows = Callable[[Sheet, list[Spot]], list[Row]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A page that has room for its panel, and the spots on the map it leaves."""

    layout: Layout
    sheet: Sheet
    spots: list[Spot]
    rows: Sequence[Placed]


def compose(task: Task) -> Scene:
    """The scene of a view."""
    return next(scene for way in WAYS for scene in way(task))


def planned(
    task: Task, column: float, make_spots: MakeSpots, make_rows: MakeRows, spare: float = 0
) -> Plan | None:
    """A page for what is to be shown, or None where there is no room.

    The rows decide how large the map is, the map which points join and how rows are numbered, but
    not how many rows there are: so they are counted on a rough map first.
    """
    rough = task.sheet(Rect(0, 0, task.page.width, task.page.height))
    rows = make_rows(rough, make_spots(rough))
    layout = lay_out(task.page, rows, foot_height(task, rough), column, qr=task.qr, spare=spare)
    if layout is None:
        return None
    sheet = task.sheet(layout.map)
    spots = make_spots(sheet)
    placed = flow(make_rows(sheet, spots), layout.columns, layout.panel.height + spare)
    return None if placed is None else Plan(layout, sheet, spots, placed)


def named(task: Task) -> Iterator[Scene]:
    """Few items: names on the map, symbols moved apart where they hide each other."""
    if len(task.items) > NAMED_MOST:
        return
    listing = Listing([], [], task.wide, {})

    def rows(sheet: Sheet, spots: list[Spot]) -> list[Row]:
        legend = legend_rows(sheet, shown(task, sheet, spots, circles=True))
        return legend + list_rows(sheet, listing, NAMED_SIZE, wide=True)

    def spots(sheet: Sheet) -> list[Spot]:
        return spread(spots_of(sheet, task.items), sheet.frame.rect)

    plan = planned(task, COLUMN, spots, rows)
    if plan is None:
        return
    draft = Draft(task, plan.sheet)
    draft.draw_spots(plan.spots, circled=True)
    if draft.name_spots(plan.spots) or draft.name_paths({}):
        return
    draft.name_counties()
    draft.name_ground((*UPPER, *LOWER))
    yield finished(task, draft, plan.layout, plan.rows)


def listed(task: Task) -> Iterator[Scene]:
    """More items: numbers on the map, names in a list as large as the page bears."""
    for wide in (True, False):
        for size in LIST_SIZES:
            yield from listed_at(task, size, wide)


def listed_at(task: Task, size: float, wide: bool) -> Iterator[Scene]:
    """A list in one size of type, with or without the items known only by county."""

    def listing(sheet: Sheet, spots: list[Spot]) -> Listing:
        return number_items(spots, visible_paths(task, sheet), task.wide)

    def rows(sheet: Sheet, spots: list[Spot]) -> list[Row]:
        numbered = listing(sheet, spots)
        legend = legend_rows(sheet, shown(task, sheet, spots, circles=False))
        return legend + list_rows(sheet, numbered, size, wide)

    def spots(sheet: Sheet) -> list[Spot]:
        return clustered(spots_of(sheet, task.items), TIGHT)

    rough = task.sheet(Rect(0, 0, task.page.width, task.page.height))
    names = listing(rough, [])
    column = min(max(widest(rough, names, size), COLUMN_LEAST), COLUMN_MOST)
    plan = planned(task, column, spots, rows)
    if plan is not None:
        draft = Draft(task, plan.sheet)
        draft.draw_spots(plan.spots, circled=False)
        draft.name_paths(listing(plan.sheet, plan.spots).numbers)
        draft.name_counties()
        draft.name_ground(UPPER)
        yield finished(task, draft, plan.layout, plan.rows)


def counted(task: Task) -> Iterator[Scene]:
    """Many items: discs with counts; names for single ones where there is room."""

    def rows(sheet: Sheet, spots: list[Spot]) -> list[Row]:
        return legend_rows(sheet, shown(task, sheet, spots, circles=False))

    def spots(sheet: Sheet) -> list[Spot]:
        return clustered(spots_of(sheet, task.items), LOOSE)

    for spare in (0.0, SPARE, 10_000.0):
        plan = planned(task, COLUMN, spots, rows, spare)
        if plan is not None:
            draft = Draft(task, plan.sheet)
            draft.draw_spots(plan.spots, circled=False)
            draft.name_counties()
            draft.name_spots(plan.spots)
            draft.name_paths({})
            draft.name_ground(UPPER)
            yield finished(task, draft, plan.layout, plan.rows)
            return


WAYS = (named, listed, counted)


def shown(task: Task, sheet: Sheet, spots: Sequence[Spot], *, circles: bool) -> Shown:
    """What a legend has to explain."""
    on_map = {item.id for spot in spots for item in spot.items}
    on_map |= {item.id for item in visible_paths(task, sheet)}
    beyond = sum(item.geometry is not None and item.id not in on_map for item in task.items)
    groups = [spot for spot in spots if len(spot.items) > 1]
    return Shown(task.items, groups, circles, beyond)


def visible_paths(task: Task, sheet: Sheet) -> list[Item]:
    """Lines and zones of which something is on the map."""
    return [
        item
        for item in task.paths
        if any(
            not sheet.frame.shown(part).is_empty for part in item.parts("LineString", "Polygon")
        )
    ]
