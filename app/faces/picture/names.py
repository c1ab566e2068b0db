"""The names of the base map and of the plan's items, in order of importance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from shapely import union_all
from shapely.geometry.base import BaseGeometry

from app.faces.picture.area_labels import Area, Form, put_in_area
from app.faces.picture.ground import Ground, name_of
from app.faces.picture.items import Item
from app.faces.picture.labels import Room, Style, along, around, beside, forms_of, put
from app.faces.picture.plan import item_line
from app.faces.picture.points import Spot
from app.faces.picture.scene import Group
from app.faces.picture.shapes import shown, shown_parts
from app.faces.picture.sheet import Sheet
from app.plan.languages import own_text
from app.plan.pack import Pack

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
SMALL = 0.75
"""The size of a county's name that has no room otherwise."""


def county_names(
    sheet: Sheet, room: Room, ground: Ground, *, pack: Pack, chosen: set[str],
    wide: Mapping[str, int],
) -> Group:  # fmt: skip
    """Each county's name within the county or beside it, the chosen ones first and larger.

    Under the name: how many items are known only by county.
    """
    group = Group("counties")
    areas = {p["code"]: shown(sheet, geometry) for p, geometry in ground.features("counties")}
    records = {county.code: county for county in pack.info.counties}
    features = sorted(
        ground.features("counties"), key=lambda one: bool(chosen) and one[0]["code"] not in chosen
    )
    for properties, geometry in features:
        code = properties["code"]
        others = union_all([other for key, other in areas.items() if key != code])
        style = COUNTY_OUT if chosen and code not in chosen else COUNTY
        middle = geometry.representative_point()
        at = sheet.frame.place(*properties.get("label", (middle.x, middle.y)))
        name = name_of(properties, sheet.lang)
        short = own_text(records.get(code), sheet.lang, "short", pack.info.languages[0])
        badge = sheet.say("wide-badge", n=wide[code]) if wide.get(code) else ""
        forms = county_forms(name, short or name, badge, style)
        group.add(put_in_area(sheet, room, forms, Area(areas[code], others, at)))
    return group


def county_forms(name: str, short: str, badge: str, style: Style) -> list[Form]:
    """A county's name, best first: with its badge, plain, small; whole or short."""
    small = replace(style, size=style.size * SMALL)
    texts = list(dict.fromkeys((name, short)))
    badged = [[(text, style), (badge, BADGE)] for text in texts if badge]
    return [*badged, *([(text, style)] for text in texts), [(short, small)]]


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
    zones = {item.id: zone_of(sheet, item) for item in items}
    for item in items:
        style = Style(size, item.colour, bold=True)
        text = str(numbers[item.id]) if item.id in numbers else item.name
        forms = list(forms_of(sheet, text, style))
        line = item_line(sheet, item)
        if line.is_empty:
            zone = zones[item.id]
            others = union_all([other for key, other in zones.items() if key != item.id])
            middle = zone.representative_point()
            area = Area(zone, others, (middle.x, middle.y) if not zone.is_empty else (0, 0))
            label = put_in_area(sheet, room, forms, area, item.link)
        else:
            label = put(sheet, room, forms, along(line, ITEM * 1.22), item.link)
        group.add(label)
        if label is None:
            nameless.append(item)
    return group, nameless


def zone_of(sheet: Sheet, item: Item) -> BaseGeometry:
    """The zones of an item as they stand on the page."""
    return union_all(shown_parts(sheet, item, "Polygon"))
