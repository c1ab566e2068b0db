"""The names of the base map and of the plan's items, in order of importance."""

from collections.abc import Iterable, Mapping, Sequence

from shapely import union_all
from shapely.geometry.base import BaseGeometry

from app.faces.picture.ground import Ground, name_of
from app.faces.picture.items import Item
from app.faces.picture.labels import Room, Style, along, around, beside, forms_of, put, within
from app.faces.picture.plan import item_line
from app.faces.picture.points import Spot
from app.faces.picture.scene import Group
from app.faces.picture.shapes import shown
from app.faces.picture.sheet import Sheet

COUNTY = Style(19, "map-ink", bold=True)
COUNTY_OUT = Style(15, "map-ink-2")
ITEM, ITEM_SMALL = 15.5, 13.0
"""Sizes of an item's name: where all have one, and where there are too many."""
GROUND = {
    "sea": Style(21, "sea-ink"),
    "bay": Style(13, "sea-ink"),
    "neighbour": Style(13, "map-ink-2"),
    "island": Style(12.5, "map-ink"),
    "town": Style(13, "map-ink"),
    "township": Style(11, "map-ink-2"),
}
ZOOM_SLACK = 0.4
"""A printed map bears a little more names than a screen's at the same scale."""


BADGE = Style(12.5, "map-ink")
NAME_STEP = 16.0


def county_names(
    sheet: Sheet, ground: Ground, room: Room, chosen: set[str], wide: Mapping[str, int]
) -> Group:
    """Each county's name near its middle, the chosen ones first and larger.

    Under the name: how many items are known only by county.
    """
    group = Group("counties")
    areas = {p["code"]: shown(sheet, geometry) for p, geometry in ground.features("counties")}
    features = sorted(
        ground.features("counties"), key=lambda one: bool(chosen) and one[0]["code"] not in chosen
    )
    for properties, geometry in features:
        area = areas[properties["code"]]
        if area.is_empty:
            continue
        others = union_all([other for other in areas.values() if other is not area])
        style = COUNTY_OUT if chosen and properties["code"] not in chosen else COUNTY
        middle = geometry.representative_point()
        at = sheet.frame.place(*properties.get("label", (middle.x, middle.y)))
        lines = [(name_of(properties, sheet.lang), style)]
        if wide.get(properties["code"]):
            lines.append((sheet.say("wide-badge", n=wide[properties["code"]]), BADGE))
        places = list(within(area, others, at, style.size, NAME_STEP))
        group.add(put(sheet, room, [lines, lines[:1]], places))
    return group


def ground_names(sheet: Sheet, ground: Ground, room: Room, kinds: Iterable[str]) -> Group:
    """Seas, neighbours and towns, as far as the scale bears them and there is room."""
    group = Group("names")
    order = list(kinds)
    labels = [one for one in ground.features("labels") if one[0]["kind"] in order]
    labels.sort(key=lambda one: order.index(one[0]["kind"]))
    for properties, geometry in labels:
        if properties.get("minzoom", 0) > sheet.frame.zoom + ZOOM_SLACK:
            continue
        style = GROUND[properties["kind"]]
        x, y = sheet.frame.place(*geometry.coords[0][:2])
        name = name_of(properties, sheet.lang)
        group.add(put(sheet, room, [[(name, style)]], beside(x, y, style.size, style.size * 0.6)))
    return group


def spot_names(
    sheet: Sheet, room: Room, spots: Sequence[Spot], size: float
) -> tuple[Group, list[Item]]:
    """The names of single spots, and the items whose name found no room."""
    group, nameless = Group("places"), []
    style = Style(size, "ink", bold=True)
    for spot in spots:
        item = spot.items[0]
        places = around(spot.x, spot.y, spot.size / 2, size * 1.22)
        label = put(sheet, room, forms_of(sheet, item.name, style), places, item.link)
        group.add(label)
        if label is None:
            nameless.append(item)
    return group, nameless


def path_names(
    sheet: Sheet, room: Room, items: Sequence[Item], numbers: Mapping[str, int], size: float
) -> tuple[Group, list[Item]]:
    """The names (or numbers) of lines and zones, and the items for which there was no room."""
    group, nameless = Group("lines"), []
    for item in items:
        style = Style(size, item.colour, bold=True)
        text = str(numbers[item.id]) if item.id in numbers else item.name
        label = put(sheet, room, forms_of(sheet, text, style), places_of(sheet, item), item.link)
        group.add(label)
        if label is None:
            nameless.append(item)
    return group, nameless


def places_of(sheet: Sheet, item: Item) -> Iterable[tuple[float, float, str]]:
    """Along a line, or about the middle of a zone."""
    line = item_line(sheet, item)
    if not line.is_empty:
        yield from along(line, ITEM * 1.22)
    areas: list[BaseGeometry] = [shown(sheet, part) for part in item.parts("Polygon")]
    for area in sorted((a for a in areas if not a.is_empty), key=lambda a: -a.area)[:1]:
        middle = area.representative_point()
        yield from beside(middle.x, middle.y, ITEM, 22)
