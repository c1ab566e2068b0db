"""What a view is near to: a mark with its name, a ring around it, the part of the map both need.

As on the page: static/js/core/proximity.js (`centreOf`), static/js/map/focus.js,
static/js/map/viewport.js.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape

from app.domain.models import Position
from app.domain.planes import latitude, mercator
from app.domain.text.languages import title_in
from app.picture.diagram.drawing import round_parts
from app.picture.items import simple
from app.picture.map.labels import LEADING, FreeRoom, LabelPosition, Style, place_label
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, circle
from app.picture.scene.viewport import METRES_PER_DEGREE, Box, Rect
from app.selection.selection import Selection

PLACE_KM = 5.0
"""What is shown around a place with nothing asked of its neighbours."""
DASH = (3.2, 3.8)
MARK, EDGE = 7.0, 4.0
"""Radius of the mark, width of its line."""
NAME = Style(15.0, "ink", bold=True)
GAP = 6.0


@dataclass(frozen=True, slots=True)
class Centre:
    """Where nearness is reckoned from."""

    name: str
    position: Position
    km: float
    """How far neighbours may be; 0 where none were asked for."""
    marked: bool
    """Whether it needs a mark of its own: an item of the view has its symbol."""

    @property
    def box(self) -> Box:
        """The part of the earth that the ring takes."""
        lng, lat = self.position
        reach = degrees(self.km or PLACE_KM, lat)
        middle = mercator(lat)
        return lng - reach, latitude(middle - reach), lng + reach, latitude(middle + reach)


def degrees(km: float, lat: float) -> float:
    """How many degrees of longitude so many km are at a latitude."""
    return km * 1000 / (METRES_PER_DEGREE * max(math.cos(math.radians(lat)), 0.01))


def centre_of(selection: Selection) -> Centre | None:
    """The view's place, else the focused item that neighbours are asked of and that is a point."""
    view, lang = selection.view, selection.lang
    if view.place:
        name = title_in(view.place, lang, "name")
        return Centre(name, view.place.position, view.near or 0.0, marked=True)
    if not view.near:
        return None
    shown = feature_by_id(selection.features, view.focus)
    feature = shown or feature_by_id(selection.catalog.features, view.focus)
    position = point_of(feature) if feature else None
    if feature is None or position is None:
        return None
    p = feature["properties"]
    return Centre(title_in(p, lang, "name"), position, view.near, marked=shown is None)


def feature_by_id(features: Any, id: str) -> Mapping[str, Any] | None:
    return next((feature for feature in features if feature["id"] == id), None)


def point_of(feature: Mapping[str, Any]) -> Position | None:
    """The first point of a feature."""
    geometry = shape(feature["geometry"]) if feature["geometry"] else None
    points = [part for part in simple(geometry) if part.geom_type == "Point"]
    return (points[0].coords[0][0], points[0].coords[0][1]) if points else None


def draw_ring(context: DrawingContext, centre: Centre) -> Group:
    """The ring within which neighbours lie, cut at the map's edge."""
    words = context.phrase("near", km=f"{centre.km:g}", place=centre.name)
    group = Group(words, title=words)
    if centre.km:
        radius = degrees(centre.km, centre.position[1]) * context.viewport.scale
        paint = Paint(stroke=context.colours["ink-2"], width=1.3, dash=DASH, butt=True)
        group.add(
            *round_parts(
                context.viewport.rect, context.viewport.place(*centre.position), radius, paint
            )
        )
    return group


def mark_box(context: DrawingContext, centre: Centre) -> list[Rect]:
    """The room of the mark, which no name may cover; nothing where it has none."""
    x, y = context.viewport.place(*centre.position)
    if not centre.marked or not context.viewport.rect.inset(MARK + EDGE).has((x, y)):
        return []
    half = MARK + EDGE / 2
    return [Rect(x - half, y - half, 2 * half, 2 * half)]


def draw_mark(context: DrawingContext, centre: Centre) -> Group:
    """A small ringed mark."""
    group = Group(centre.name, title=centre.name)
    paint = Paint(context.colours["paper"], 1, context.colours["ink"], EDGE)
    for _ in mark_box(context, centre):
        x, y = context.viewport.place(*centre.position)
        group.add(Path(circle(x, y, MARK), paint, centre.name))
    return group


def name_mark(context: DrawingContext, room: FreeRoom, centre: Centre) -> Group | None:
    """The name above the mark, else where there is room."""
    x, y = context.viewport.place(*centre.position)
    if not centre.marked or not context.viewport.rect.has((x, y)):
        return None
    return place_label(context, room, [[(centre.name, NAME)]], list(places(x, y)))


def places(x: float, y: float) -> Iterator[LabelPosition]:
    """Above, below, beside, then farther off."""
    height, reach = NAME.size * LEADING, MARK + GAP
    for more in (0, 14, 28, 42):
        yield x, y - reach - more - height, "middle"
        yield x, y + reach + more, "middle"
        yield x + reach + more, y - height / 2, "start"
        yield x - reach - more, y - height / 2, "end"
