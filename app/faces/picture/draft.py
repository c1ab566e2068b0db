"""A picture being made: the map drawn layer by layer, then its names."""

from collections.abc import Mapping, Sequence

from app.faces.picture import names, plan
from app.faces.picture.diagram import rings_of
from app.faces.picture.frame import Rect
from app.faces.picture.furniture import north_arrow, scale_bar
from app.faces.picture.ground import draw_ground
from app.faces.picture.items import Item
from app.faces.picture.labels import Room
from app.faces.picture.near import draw_mark, draw_ring, name_mark
from app.faces.picture.points import Spot, draw_spot
from app.faces.picture.scene import Group, Paint, Path, circle, rectangle
from app.faces.picture.sheet import Sheet
from app.faces.picture.sketch import draw_ground_figures, draw_rings
from app.faces.picture.sketch_names import figure_names
from app.faces.picture.task import Task, visible_paths

UPPER = ("sea", "island", "town", "bay", "neighbour")
LOWER = ("township",)


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
        self.figures = task.figures(sheet)
        focus = task.selection.view.focus
        self.group.add(plan.draw_areas(sheet, task.plain))
        self.group.add(draw_ground_figures(sheet, self.figures, focus))
        self.group.add(plan.draw_lines(sheet, task.plain))
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
        self._draw_rings()
        if self.task.centre:
            self.group.add(draw_ring(self.sheet, self.task.centre))
        group = Group("points")
        for spot in spots:
            group.add(*self._leaders(spot))
        for spot in spots:
            group.add(self._focus(spot), draw_spot(self.sheet, spot, self._name(spot)))
            self.room.take(spot.box.inset(1))
        self.group.add(group)
        self._mark_centre()

    def _mark_centre(self) -> None:
        """What the view is near to, above all symbols; its name comes before theirs."""
        centre = self.task.centre
        if centre:
            self.group.add(draw_mark(self.sheet, self.room, centre))
            self.labels.add(name_mark(self.sheet, self.room, centre))

    def _draw_rings(self) -> None:
        """The diagram's rings, which no name may cover."""
        self.group.add(draw_rings(self.sheet, self.figures, self.task.selection.view.focus))
        for (x, y), radius in rings_of(self.figures):
            self.room.take(Rect(x - radius, y - radius, 2 * radius, 2 * radius))

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

    def name_diagram(self) -> list[Item]:
        group, nameless = figure_names(self.sheet, self.room, self.figures)
        self.labels.add(group)
        return nameless

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
        group = names.county_names(
            self.sheet, self.room, task.ground,
            pack=task.selection.pack, chosen=chosen, wide=counts,
        )  # fmt: skip
        self.labels.add(group)

    def name_ground(self, kinds: Sequence[str]) -> None:
        self.labels.add(names.ground_names(self.sheet, self.task.ground, self.room, kinds))

    def finished(self) -> Group:
        """Shapes, names, scale and arrow, and the frame around them."""
        rect = self.sheet.frame.rect
        paint = Paint(stroke=self.sheet.colours["rule"], width=2)
        edge = Path(rectangle(rect.x, rect.y, rect.width, rect.height), paint, "frame")
        return self.group.add(self.labels, self._furniture, edge)
