"""What is to be drawn, of what, on which page: the features of a view as a picture needs them."""

from dataclasses import dataclass
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from app.faces.face import Selection
from app.faces.picture.beside import courses_of, shifts, slots_of
from app.faces.picture.diagram import Figure, cores_in, figures
from app.faces.picture.frame import Box, Rect, box_around, fitted
from app.faces.picture.ground import Ground, ground_of
from app.faces.picture.items import Item, read_items
from app.faces.picture.kit import Kit
from app.faces.picture.near import Centre, centre_of
from app.faces.picture.options import Page
from app.faces.picture.palette import Palette
from app.faces.picture.shapes import shown_parts
from app.faces.picture.sheet import Sheet
from app.faces.picture.sketch import is_shown
from app.plan.features import load_features
from app.store.store import CITY

MAP_MARGIN = 26.0


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

    @property
    def ground(self) -> Ground:
        return ground_of(self.selection.pack)

    @property
    def chosen(self) -> list[str]:
        """The counties of the view."""
        known = {county.code for county in self.selection.pack.info.counties}
        return [code for code in self.selection.view.county if code in known]

    @property
    def plain(self) -> list[Item]:
        """Items that are no part of the plan's diagram."""
        return [item for item in self.items if not item.diagram]

    @property
    def diagram(self) -> list[Item]:
        """Items drawn as the plan's diagram of its structure draws them."""
        return [item for item in self.items if item.diagram]

    @cached_property
    def cores(self) -> list[BaseGeometry]:
        """Where the diagram's axes come from, in the view or not."""
        if not any(item.diagram == "axis" for item in self.items):
            return []
        known = cores_in(load_features(self.selection.pack))
        return list({**known, **cores_in(self.selection.features)}.values())

    @cached_property
    def centre(self) -> Centre | None:
        """What the view is near to."""
        return centre_of(self.selection)

    def figures(self, sheet: Sheet) -> list[Figure]:
        """The diagram as it stands on a sheet."""

        def made() -> list[Figure]:
            found = figures(sheet.frame, self.diagram, self.cores)
            return [figure for figure in found if is_shown(sheet, figure)]

        return sheet.cached("figures", "", made)

    @property
    def paths(self) -> list[Item]:
        """Lines and zones."""
        return [item for item in self.plain if item.parts("LineString", "Polygon")]

    @cached_property
    def slots(self) -> dict[str, int]:
        """Which lines stand beside the course they share with others."""
        return slots_of(courses_of(self.plain))

    @property
    def wide(self) -> list[Item]:
        return [item for item in self.items if item.truth == "wide"]

    def sheet(self, rect: Rect) -> Sheet:
        """The sheet whose map fills a rectangle; one for all ways to lay out the page."""
        if rect not in self._sheets:
            frame = fitted(self.area, rect, MAP_MARGIN)
            self._sheets[rect] = Sheet(
                self.kit, self.colours, self.selection.lang, frame, self.vertices_most,
                shifts(self.slots, frame.zoom),
            )  # fmt: skip
        return self._sheets[rect]

    @cached_property
    def _sheets(self) -> dict[Rect, Sheet]:
        return {}

    @cached_property
    def area(self) -> Box:
        """What the map shows: the view's box, what it is near to, its counties, or all of them."""
        if self.selection.view.bbox:
            return self.selection.view.bbox
        if self.centre:
            return self.centre.box
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
        if any(
            not part.is_empty
            for kind in ("LineString", "Polygon")
            for part in shown_parts(sheet, item, kind)
        )
    ]
