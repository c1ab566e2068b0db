"""A picture being made: what is wanted, and the map drawn layer by layer with its names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.faces.face import Selection
from app.faces.picture import names, plan
from app.faces.picture.frame import Box, Rect, box_around, fitted
from app.faces.picture.furniture import north_arrow, scale_bar
from app.faces.picture.ground import Ground, draw_ground
from app.faces.picture.items import Item, read_items
from app.faces.picture.kit import Kit
from app.faces.picture.labels import Room
from app.faces.picture.options import Page
from app.faces.picture.palette import Palette
from app.faces.picture.points import Spot, draw_spot
from app.faces.picture.scene import Group, Paint, Path, circle, rectangle
from app.faces.picture.sheet import Sheet
from app.store.store import CITY

MAP_MARGIN = 26.0
UPPER = ("sea", "island", "town", "bay", "neighbour")
LOWER = ("township",)


@dataclass(frozen=True)
class Task:
    """What is to be drawn, of what, on which page."""

    selection: Selection
    kit: Kit
    page: Page
    qr: bool = False
    vertices_most: int = 5000

    @property
    def theme(self) -> str:
        return self.selection.view.theme or "light"

    @property
    def colours(self) -> Palette:
        return self.kit.palettes[self.theme]

    @cached_property
    def items(self) -> list[Item]:
        return read_items(self.selection, self.theme)

    @cached_property
    def ground(self) -> Ground:
        return Ground(self.selection.pack)

    @property
    def chosen(self) -> list[str]:
        """The counties of the view."""
        known = {county.code for county in self.selection.pack.info.counties}
        return [code for code in self.selection.view.county if code in known]

    @property
    def paths(self) -> list[Item]:
        """Lines and zones."""
        return [item for item in self.items if item.parts("LineString", "Polygon")]

    @property
    def wide(self) -> list[Item]:
        return [item for item in self.items if item.truth == "wide"]

    def sheet(self, rect: Rect) -> Sheet:
        """The sheet whose map fills a rectangle."""
        frame = fitted(self.area(), rect, MAP_MARGIN)
        return Sheet(self.kit, self.colours, self.selection.lang, frame, self.vertices_most)

    def area(self) -> Box:
        """What the map shows: the view's box, else its counties, else all counties."""
        if self.selection.view.bbox:
            return self.selection.view.bbox
        land = self.selection.pack.county_land
        codes = self.chosen or list(land)
        return box_around(land[code] for code in codes) or self.selection.pack.info.frame

    def wide_counts(self) -> dict[str, int]:
        """County → how many items are known only by it."""
        counts: dict[str, int] = {}
        for item in self.wide:
            if item.scope != CITY:
                for code in set(item.counties) & set(self.chosen or item.counties):
                    counts[code] = counts.get(code, 0) + 1
        return counts


def visible_paths(task: Task, sheet: Sheet) -> list[Item]:
    """Lines and zones of which something is on the map."""
    return [
        item
        for item in task.paths
        if any(not sheet.frame.shown(part).is_empty for part in item.parts("LineString", "Polygon"))
    ]


class Draft:
    """The map of a task on a sheet: shapes from the bottom up, then names where there is room."""

    def __init__(self, task: Task, sheet: Sheet) -> None:
        self.task, self.sheet = task, sheet
        self.group = Group("map")
        self.labels = Group("labels")
        self.room = Room(sheet.frame.rect.inset(4))
        self._furniture = Group("furniture")
        self.group.add(draw_ground(sheet, task.ground, task.chosen))
        self.group.add(plan.draw_wide(sheet, task.selection.pack, task.items, task.chosen))
        self.group.add(plan.draw_areas(sheet, task.items), plan.draw_lines(sheet, task.items))
        self._reserve()

    def _reserve(self) -> None:
        rect = self.sheet.frame.rect
        for group, box in (
            scale_bar(self.sheet, rect.right - 20, rect.bottom - 16),
            north_arrow(self.sheet, rect.right - 26, rect.y + 28),
        ):
            self._furniture.add(group)
            self.room.take(box)

    def draw_spots(self, spots: Sequence[Spot], circled: bool) -> None:
        """Circles under all symbols, leaders to displaced ones, then the symbols."""
        singles = [(spot.items[0], *spot.at[0]) for spot in spots if len(spot.items) == 1]
        if circled:
            estimates = [one for one in singles if one[0].truth == "estimated"]
            self.group.add(plan.circles(self.sheet, estimates))
        group = Group("points")
        for spot in spots:
            group.add(*self._leaders(spot))
        for spot in spots:
            group.add(self._focus(spot), draw_spot(self.sheet, spot, self._name(spot)))
            self.room.take(spot.box.inset(1))
        self.group.add(group)

    def _name(self, spot: Spot) -> str:
        return "、".join(item.name for item in spot.items[:3]) + (
            "…" if len(spot.items) > 3 else ""
        )

    def _leaders(self, spot: Spot) -> list[Path]:
        if len(spot.at) != 1:
            return []
        x, y = spot.at[0]
        if abs(x - spot.x) + abs(y - spot.y) < spot.size * 0.4:
            return []
        colour = spot.items[0].colour
        return [
            plan.leader(x, y, spot.x, spot.y, colour),
            Path(circle(x, y, 2.6), Paint(colour), spot.items[0].name),
        ]

    def _focus(self, spot: Spot) -> Path | None:
        """A ring around the item in hand."""
        if self.task.selection.view.focus not in {item.id for item in spot.items}:
            return None
        paint = Paint(stroke=self.sheet.colours["accent"], width=3)
        return Path(circle(spot.x, spot.y, spot.size * 0.72), paint)

    def name_spots(self, spots: Sequence[Spot], size: float = names.ITEM) -> list[Item]:
        singles = [spot for spot in spots if len(spot.items) == 1]
        group, nameless = names.spot_names(self.sheet, self.room, singles, size)
        self.labels.add(group)
        return nameless

    def name_paths(
        self, numbers: Mapping[str, int], size: float = names.ITEM, most: int | None = None
    ) -> list[Item]:
        shown = visible_paths(self.task, self.sheet)[:most]
        group, nameless = names.path_names(self.sheet, self.room, shown, numbers, size)
        self.labels.add(group)
        return nameless

    def name_counties(self) -> None:
        task = self.task
        chosen = set(task.chosen)
        counts = task.wide_counts()
        group = names.county_names(self.sheet, task.ground, self.room, chosen, counts)
        self.labels.add(group)

    def name_ground(self, kinds: Sequence[str]) -> None:
        self.labels.add(names.ground_names(self.sheet, self.task.ground, self.room, kinds))

    def finished(self) -> Group:
        """Shapes, names, scale and arrow, and the frame around them."""
        rect = self.sheet.frame.rect
        paint = Paint(stroke=self.sheet.colours["rule"], width=2)
        edge = Path(rectangle(rect.x, rect.y, rect.width, rect.height), paint, "frame")
        return self.group.add(self.labels, self._furniture, edge)
