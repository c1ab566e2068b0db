"""The map of a picture: what stands where is measured first, and drawn once it fits."""

from collections.abc import Mapping, Sequence

from app.faces.picture import names, plan
from app.faces.picture.diagram import rings_of
from app.faces.picture.frame import Rect
from app.faces.picture.furniture import north_arrow, scale_bar
from app.faces.picture.items import Item
from app.faces.picture.labels import Room
from app.faces.picture.near import draw_mark, draw_ring, mark_box, name_mark
from app.faces.picture.points import Spot, draw_spot
from app.faces.picture.scene import Group, Paint, Path, circle, rectangle
from app.faces.picture.sheet import Sheet
from app.faces.picture.sketch import draw_ground_figures, draw_rings
from app.faces.picture.sketch_names import figure_names
from app.faces.picture.task import Task, visible_paths

UPPER = ("sea", "island", "town", "bay", "neighbour")
LOWER = ("township",)


class Draft:
    """The map of a task on a sheet: symbols take their room, then names where there is some.

    Nothing is drawn before `finished`: a map on which a name has no room costs no drawing.
    """

    def __init__(
        self, task: Task, sheet: Sheet, spots: Sequence[Spot] = (), *, circled: bool = False
    ) -> None:
        self.task, self.sheet, self.spots, self.circled = task, sheet, spots, circled
        self.labels = Group("labels")
        self.room = Room(sheet.frame.rect.inset(4))
        self._furniture = Group("furniture")
        self.figures = task.figures(sheet)
        self._reserve()

    def _reserve(self) -> None:
        """What no name may cover: scale and arrow, rings, symbols, the mark of the centre."""
        rect = self.sheet.frame.rect
        for group, box in (
            scale_bar(self.sheet, rect.right - 20, rect.bottom - 16),
            north_arrow(self.sheet, rect.right - 26, rect.y + 28),
        ):
            self._furniture.add(group)
            self.room.take(box)
        for (x, y), radius in rings_of(self.figures):
            self.room.take(Rect(x - radius, y - radius, 2 * radius, 2 * radius))
        for spot in self.spots:
            self.room.take(spot.box.inset(1))
        centre = self.task.centre
        if centre:  # its name comes before those of the symbols
            self.room.take(*mark_box(self.sheet, centre))
            self.labels.add(name_mark(self.sheet, self.room, centre))

    def name_diagram(self) -> list[Item]:
        group, nameless = figure_names(self.sheet, self.room, self.figures)
        self.labels.add(group)
        return nameless

    def name_spots(self, size: float = names.ITEM) -> list[Item]:
        singles = [spot for spot in self.spots if len(spot.items) == 1]
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
        """Shapes from the bottom up, names, scale and arrow, and the frame around them."""
        rect = self.sheet.frame.rect
        paint = Paint(stroke=self.sheet.colours["rule"], width=2)
        edge = Path(rectangle(rect.x, rect.y, rect.width, rect.height), paint, "frame")
        group = Group("map").add(*self._ground(), *self._symbols())
        return group.add(self.labels, self._furniture, edge)

    def _ground(self) -> list[Group]:
        """The base map, whole counties, areas and lines."""
        task, sheet = self.task, self.sheet
        return [
            task.ground.drawing(sheet, task.chosen),
            plan.draw_wide(sheet, task.selection.pack, task.items, task.chosen),
            plan.draw_areas(sheet, task.plain),
            draw_ground_figures(sheet, self.figures, task.selection.view.focus),
            plan.draw_lines(sheet, task.plain),
        ]

    def _symbols(self) -> list[Group]:
        """Circles under all symbols, leaders to displaced ones, then the symbols."""
        sheet, centre = self.sheet, self.task.centre
        singles = [(spot.items[0], *spot.at[0]) for spot in self.spots if len(spot.items) == 1]
        estimates = [one for one in singles if one[0].truth == "estimated"]
        found = [plan.circles(sheet, estimates)] if self.circled else []
        found.append(draw_rings(sheet, self.figures, self.task.selection.view.focus))
        found += [draw_ring(sheet, centre)] if centre else []
        points = Group("points")
        for spot in self.spots:
            points.add(*self._leaders(spot))
        for spot in self.spots:
            points.add(self._focus(spot), draw_spot(sheet, spot, name_of(spot)))
        found.append(points)
        return found + ([draw_mark(sheet, centre)] if centre else [])

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


def name_of(spot: Spot) -> str:
    return "、".join(item.name for item in spot.items[:3]) + ("…" if len(spot.items) > 3 else "")
