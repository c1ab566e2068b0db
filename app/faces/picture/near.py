"""What a view is near to: a mark with its name, a ring around it, the part of the map both need.

As on the page: static/js/near.js (`centreOf`), static/js/map/focus.js, static/js/map/travel.js.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape

from app.faces.face import Selection
from app.faces.picture.frame import METRES_PER_DEGREE, Box, Rect, latitude, mercator
from app.faces.picture.items import simple
from app.faces.picture.labels import LEADING, Place, Room, Style, put
from app.faces.picture.scene import Group, Paint, Path, circle
from app.faces.picture.sheet import Sheet
from app.faces.picture.sketch import round_parts
from app.plan.features import load_features
from app.plan.languages import title_in
from app.plan.models import Position

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
    """The view's place, else the item in hand that neighbours are asked of and that is a point."""
    view, lang = selection.view, selection.lang
    if view.place:
        name = title_in(view.place, lang, "name")
        return Centre(name, view.place.position, view.near or 0.0, marked=True)
    if not view.near:
        return None
    shown = find(selection.features, view.focus)
    feature = shown or find(load_features(selection.pack), view.focus)
    position = point_of(feature) if feature else None
    if feature is None or position is None:
        return None
    p = feature["properties"]
    return Centre(title_in(p, lang, "name"), position, view.near, marked=shown is None)


def find(features: Any, id: str) -> Mapping[str, Any] | None:
    return next((feature for feature in features if feature["id"] == id), None)


def point_of(feature: Mapping[str, Any]) -> Position | None:
    """The first point of a feature."""
    geometry = shape(feature["geometry"]) if feature["geometry"] else None
    points = [part for part in simple(geometry) if part.geom_type == "Point"]
    return (points[0].coords[0][0], points[0].coords[0][1]) if points else None


def draw_ring(sheet: Sheet, centre: Centre) -> Group:
    """The ring within which neighbours lie, cut at the map's edge."""
    words = sheet.say("near", km=f"{centre.km:g}", place=centre.name)
    group = Group(words, title=words)
    if centre.km:
        radius = degrees(centre.km, centre.position[1]) * sheet.frame.scale
        paint = Paint(stroke=sheet.colours["ink-2"], width=1.3, dash=DASH)
        group.add(
            *round_parts(sheet.frame.rect, sheet.frame.place(*centre.position), radius, paint)
        )
    return group


def mark_box(sheet: Sheet, centre: Centre) -> list[Rect]:
    """The room of the mark, which no name may cover; nothing where it has none."""
    x, y = sheet.frame.place(*centre.position)
    if not centre.marked or not sheet.frame.rect.inset(MARK + EDGE).has((x, y)):
        return []
    half = MARK + EDGE / 2
    return [Rect(x - half, y - half, 2 * half, 2 * half)]


def draw_mark(sheet: Sheet, centre: Centre) -> Group:
    """A small ringed mark."""
    group = Group(centre.name, title=centre.name)
    paint = Paint(sheet.colours["paper"], 1, sheet.colours["ink"], EDGE)
    for _ in mark_box(sheet, centre):
        x, y = sheet.frame.place(*centre.position)
        group.add(Path(circle(x, y, MARK), paint, centre.name))
    return group


def name_mark(sheet: Sheet, room: Room, centre: Centre) -> Group | None:
    """The name above the mark, else where there is room."""
    x, y = sheet.frame.place(*centre.position)
    if not centre.marked or not sheet.frame.rect.has((x, y)):
        return None
    return put(sheet, room, [[(centre.name, NAME)]], list(places(x, y)))


def places(x: float, y: float) -> Iterator[Place]:
    """Above, below, beside, then farther off."""
    height, reach = NAME.size * LEADING, MARK + GAP
    for more in (0, 14, 28, 42):
        yield x, y - reach - more - height, "middle"
        yield x, y + reach + more, "middle"
        yield x + reach + more, y - height / 2, "start"
        yield x - reach - more, y - height / 2, "end"
