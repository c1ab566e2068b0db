"""What is to be drawn, of what, on which page: the features of a view as a picture needs them."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.build.diagram import drawings_of, kind_of
from app.picture.diagram.drawing import is_shown
from app.picture.diagram.structure_diagram import DiagramFigure, figures
from app.picture.items import PictureItem, read_items
from app.picture.map.base_map import Basemap, ground_of
from app.picture.map.proximity import Centre, centre_of
from app.picture.scene.assets import DrawingAssets
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.palette import Palette
from app.picture.scene.shapes import shown_parts
from app.picture.scene.viewport import Box, Rect, box_around, fit_viewport
from app.selection.picture_options import PagePixels
from app.selection.selection import Selection
from app.store.base import CITY

MAP_MARGIN, SLIDE_MARGIN = 26.0, 15.0
"""Around what a map shows; half a symbol at least."""
SLIDE_TEXT = 14.0
"""Points of the smallest name on a slide."""


@dataclass(frozen=True)
class PictureRequest:
    """What is to be drawn, of what, on which page."""

    selection: Selection
    assets: DrawingAssets
    page: PagePixels
    qr: bool = False
    vertices_most: int = 5000
    slide: bool = False
    """Whether it is read from the back row; a unit is a point then."""

    @property
    def theme(self) -> str:
        return self.selection.view.theme or "light"

    @property
    def colours(self) -> Palette:
        return self.assets.palettes[self.theme]

    @cached_property
    def items(self) -> list[PictureItem]:
        items = read_items(self.selection, self.theme)
        items = [self.as_drawn(item) if item.diagram else item for item in items]
        if self.by_status:
            return [replace(item, colour=self.colours[f"status-{item.status}"]) for item in items]
        return items

    @property
    def by_status(self) -> bool:
        """Whether colours say the status."""
        return self.selection.view.colour == "status"

    def as_drawn(self, item: PictureItem) -> PictureItem:
        """In the hue of its role, with the number of its badges."""
        drawing = self.drawings.get(item.id)
        if drawing is None:
            return item
        number, hue = str(drawing.get("number", "")), self.colours[f"role-{drawing['role']}"]
        return replace(item, colour=hue, number=number)

    @property
    def status_title(self) -> str:
        return self.selection.catalog.info.status_in(self.selection.lang)

    @property
    def base_map(self) -> Basemap:
        return ground_of(self.selection.catalog)

    @property
    def chosen(self) -> list[str]:
        """The counties of the view."""
        known = self.selection.catalog.info.county_codes
        return [code for code in self.selection.view.county if code in known]

    @property
    def plain(self) -> list[PictureItem]:
        """Items that are no part of the plan's diagram."""
        return [item for item in self.items if not item.diagram]

    @property
    def diagram(self) -> list[PictureItem]:
        """Items drawn as the plan's diagram of its structure draws them."""
        return [item for item in self.items if item.diagram]

    @cached_property
    def drawings(self) -> dict[str, dict[str, Any]]:
        """How the diagram is drawn; what only this view holds is drawn beside what is known."""
        catalog, features = self.selection.catalog, self.selection.features
        if all(feature["id"] in catalog.drawings for feature in features if kind_of(feature)):
            return catalog.drawings
        known = {one["id"]: one for one in (*catalog.features, *features)}
        return drawings_of(known.values(), catalog.county_land, catalog.positions)

    @cached_property
    def centre(self) -> Centre | None:
        """What the view is near to."""
        return centre_of(self.selection)

    def figures(self, context: DrawingContext) -> list[DiagramFigure]:
        """The diagram as it stands on a sheet."""

        def made() -> list[DiagramFigure]:
            all_figures = figures(context.viewport, self.diagram, self.drawings)
            return [figure for figure in all_figures if is_shown(context, figure)]

        return context.cached("figures", "", made)

    @property
    def paths(self) -> list[PictureItem]:
        """Lines and zones."""
        return [item for item in self.plain if item.parts("LineString", "Polygon")]

    @property
    def wide(self) -> list[PictureItem]:
        return [item for item in self.items if item.certainty == "wide"]

    def context(self, rect: Rect) -> DrawingContext:
        """The sheet whose map fills a rectangle; one for all ways to lay out the page."""
        if rect not in self._sheets:
            viewport = fit_viewport(self.area, rect, SLIDE_MARGIN if self.slide else MAP_MARGIN)
            self._sheets[rect] = DrawingContext(
                self.assets, self.colours, self.selection.lang, viewport, self.vertices_most,
                SLIDE_TEXT if self.slide else 0.0,
            )  # fmt: skip
        return self._sheets[rect]

    @cached_property
    def _sheets(self) -> dict[Rect, DrawingContext]:
        return {}

    @cached_property
    def area(self) -> Box:
        """What the map shows: the view's box, what it is near to, its counties, or all of them."""
        if self.selection.view.bbox:
            return self.selection.view.bbox
        if self.centre:
            return self.centre.box
        land = self.selection.catalog.county_land
        codes = self.chosen or list(land)
        return box_around(land[code] for code in codes) or self.selection.catalog.info.frame

    def wide_counts(self) -> dict[str, int]:
        """County → how many items are known only by it."""
        counts: dict[str, int] = {}
        for item in self.wide:
            if item.scope != CITY:
                for code in set(item.counties) & set(self.chosen or item.counties):
                    counts[code] = counts.get(code, 0) + 1
        return counts


def visible_paths(request: PictureRequest, context: DrawingContext) -> list[PictureItem]:
    """Lines and zones of which something is on the map."""
    return [
        item
        for item in request.paths
        if any(
            not part.is_empty
            for kind in ("LineString", "Polygon")
            for part in shown_parts(context, item, kind)
        )
    ]
