"""The map of a picture: what stands where is measured first, and drawn once it fits."""

from collections.abc import Iterator, Mapping, Sequence

from app.picture.diagram.drawing import draw_areas_and_bands, draw_rings
from app.picture.diagram.names import figure_names
from app.picture.diagram.structure_diagram import rings_of
from app.picture.items import PictureItem
from app.picture.map import names
from app.picture.map import paths as plan
from app.picture.map.labels import FreeRoom
from app.picture.map.notes import draw_names, draw_note
from app.picture.map.points import Spot, draw_spot
from app.picture.map.proximity import draw_mark, draw_ring, mark_box, name_mark
from app.picture.page.map_elements import north_arrow, scale_bar
from app.picture.request import PictureRequest, visible_paths
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Node, Paint, Path, Text, circle, rectangle, texts_in
from app.picture.scene.viewport import Rect

UPPER = ("sea", "island", "town", "bay", "neighbour")
LOWER = ("township", "road-number", "mountain", "lake", "stream", "port", "station", "fort",
         "village", "interchange")  # fmt: skip


class MapDrawing:
    """The map of a task on a sheet: symbols take their room, then names where there is some.

    Nothing is drawn before `finished`: a map on which a name has no room costs no drawing.
    """

    def __init__(
        self,
        request: PictureRequest,
        context: DrawingContext,
        spots: Sequence[Spot] = (),
        *,
        circled: bool = False,
    ) -> None:
        self.request, self.context, self.spots, self.circled = request, context, spots, circled
        self.labels = Group("labels")
        self._counties: list[Text] = []
        self.room = FreeRoom(context.viewport.rect.inset(4))
        self._map_elements = Group("furniture")
        self._notes = Group(context.phrase("notes"))
        self.moved = {name.id for name in request.selection.view.names}
        self.figures = request.figures(context)
        self._rings = [Rect(x - r, y - r, 2 * r, 2 * r) for (x, y), r in rings_of(self.figures)]
        self._add_elements()
        self._reserve()

    def _add_elements(self) -> None:
        """Scale and arrow, each in the first of its corners where it covers no symbol."""
        rect, context = self.context.viewport.rect, self.context
        bar = scale_bar(context, rect.right - 20, rect.bottom - 16)
        far = rect.x + 20 + bar[1].width - 24
        for places in (
            [bar, scale_bar(context, far, rect.bottom - 16)],
            [north_arrow(context, x, rect.y + 28) for x in (rect.right - 26, rect.x + 26)],
        ):
            group, box = min(places, key=self._covered)
            self._map_elements.add(group)
            self.room.reserve(box)

    def _covered(self, place: tuple[Group, Rect]) -> int:
        """How many symbols and rings a scale or an arrow would lie on."""
        symbols = (spot.box for spot in self.spots)
        return sum(place[1].meets(box) for box in (*symbols, *self._rings))

    def _reserve(self) -> None:
        """What no name may cover: rings, symbols, the mark of the centre."""
        self.room.reserve(*self._rings)
        for spot in self.spots:
            self.room.reserve(spot.box.inset(1))
        self._reserve_notes()
        centre = self.request.centre
        if centre:  # its name comes before those of the symbols
            self.room.reserve(*mark_box(self.context, centre))
            self.labels.add(name_mark(self.context, self.room, centre))

    def _reserve_notes(self) -> None:
        """What a presenter has put somewhere stands there, whatever else would."""
        view, items = self.request.selection.view, self.request.items
        for note in view.notes:
            group, boxes = draw_note(self.context, note)
            self._notes.add(group)
            self.room.reserve(*boxes)
        group, boxes = draw_names(self.context, view.names, {item.id: item for item in items})
        self.labels.add(group)
        self.room.reserve(*boxes)

    @property
    def named(self) -> int:
        """How many names stand on the map."""
        return sum(isinstance(one, Group) for one in self._labels())

    def _labels(self) -> Iterator[Node]:
        for group in self.labels.children:
            yield from group.children if isinstance(group, Group) else ()

    def name_diagram(self) -> list[PictureItem]:
        figures = [figure for figure in self.figures if figure.item.id not in self.moved]
        group, nameless = figure_names(self.context, self.room, figures)
        self.labels.add(group)
        return nameless

    def name_spots(
        self, size: float = names.ITEM, most: int | None = None, *, led: bool = False
    ) -> list[PictureItem]:
        singles = [
            spot for spot in self.spots
            if len(spot.items) == 1 and spot.items[0].id not in self.moved
        ]  # fmt: skip
        group, nameless = names.spot_names(
            self.context, self.room, singles, size, most=most, led=led
        )
        self.labels.add(group)
        return nameless

    def number_spots(self) -> None:
        """The number of a symbol beside it; within it, in place of its glyph, where no room is."""
        for spot in self.spots:
            if len(spot.items) == 1 and spot.numbers:
                label = names.spot_number(self.context, self.room, spot)
                self.labels.add(label)
                spot.numbers = [] if label else spot.numbers

    def name_paths(
        self, numbers: Mapping[str, int], size: float = names.ITEM, most: int | None = None
    ) -> list[PictureItem]:
        visible = visible_paths(self.request, self.context)
        shown = [item for item in visible if item.id not in self.moved][:most]
        group, nameless = names.path_names(self.context, self.room, shown, numbers, size)
        self.labels.add(group)
        return nameless

    def name_counties(self) -> None:
        request = self.request
        chosen = set(request.chosen)
        counts = self.wide_counts()
        group = names.county_names(
            self.context, self.room, request.base_map,
            catalog=request.selection.catalog, chosen=chosen, wide=counts,
        )  # fmt: skip
        self.labels.add(group)
        self._counties = list(texts_in(group))

    def wide_counts(self) -> dict[str, int]:
        return self.request.wide_counts()

    def name_base_map(self, kinds: Sequence[str]) -> None:
        base_map = self.request.base_map
        self.labels.add(names.base_names(self.context, base_map, self.room, kinds, self._counties))

    def finished(self) -> Group:
        """Shapes from the bottom up, names, scale and arrow, and the frame around them."""
        rect = self.context.viewport.rect
        self.count_lines()
        paint = Paint(stroke=self.context.colours["rule"], width=2)
        edge = Path(rectangle(rect.x, rect.y, rect.width, rect.height), paint, "frame")
        group = Group("map").add(*self._ground(), *self._symbols())
        return group.add(self.labels, self._notes, self._map_elements, edge)

    def count_lines(self) -> None:
        """How many lines run together, where names have left room."""
        for group, box in plan.count_pills(self.context, self.request.plain):
            if self.room.free(box):
                self.room.reserve(box)
                self.labels.add(group)

    def _ground(self) -> list[Group]:
        """The base map, whole counties, areas and lines."""
        request, context = self.request, self.context
        return [
            request.base_map.drawing(context, request.chosen),
            plan.draw_wide(context, request.selection.catalog, request.items, request.chosen),
            plan.draw_bands(context, request.plain),
            plan.draw_areas(context, request.plain),
            draw_areas_and_bands(context, self.figures, request.selection.view.focus),
            plan.draw_lines(context, request.plain, request.selection.view.focus),
        ]

    def _symbols(self) -> list[Group]:
        """Circles under all symbols, leaders to displaced ones, then the symbols."""
        context, centre = self.context, self.request.centre
        singles = [(spot.items[0], *spot.at[0]) for spot in self.spots if len(spot.items) == 1]
        estimates = [one for one in singles if one[0].certainty == "circle"]
        groups = [plan.circles(context, estimates)] if self.circled else []
        groups.append(draw_rings(context, self.figures, self.request.selection.view.focus))
        groups += [draw_ring(context, centre)] if centre else []
        points = Group("points").add(*self.draw_spots(self.spots))
        groups.append(points)
        return groups + ([draw_mark(context, centre)] if centre else [])

    def draw_spots(self, spots: Sequence[Spot]) -> Iterator[Node | None]:
        """Leaders beneath all symbols."""
        for spot in spots:
            yield from self._leaders(spot)
        for spot in spots:
            yield self._focus(spot)
            yield draw_spot(self.context, spot, name_of(spot))

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
        """A ring around the focused item."""
        if self.request.selection.view.focus not in {item.id for item in spot.items}:
            return None
        paint = Paint(stroke=self.context.colours["accent"], width=3)
        return Path(circle(spot.x, spot.y, spot.size * 0.72), paint)


def name_of(spot: Spot) -> str:
    return "、".join(item.name for item in spot.items[:3]) + ("…" if len(spot.items) > 3 else "")
