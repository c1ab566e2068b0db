"""The names of the base map and of the plan's items, in order of importance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from shapely import shortest_line, union_all
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from app.catalog.catalog import Catalog
from app.domain.text.languages import own_text
from app.picture.items import PictureItem
from app.picture.map.area_labels import Area, Form, put_in_area
from app.picture.map.base_map import Basemap, name_of
from app.picture.map.labels import (
    LEADING,
    FreeRoom,
    Style,
    label_forms,
    place_label,
    positions_along,
    positions_around,
    positions_beside,
    positions_led,
)
from app.picture.map.paths import item_line
from app.picture.map.points import Spot
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, Text, circle, polyline, rectangle
from app.picture.scene.shapes import shown, shown_parts
from app.picture.scene.viewport import Rect

COUNTY = Style(19, "map-ink", bold=True)
COUNTY_OUT = Style(15, "map-ink-2")
ITEM, ITEM_SMALL = 15.5, 13.0
"""Sizes of an item's name: where all have one, and where there are too many."""
base_style = partial(Style, air=5.0)
BASE_NAMES = {
    "sea": base_style(21, "sea-ink", slant=True, halo="sea"),
    "bay": base_style(13, "sea-ink", slant=True, halo="sea"),
    "neighbour": base_style(13, "map-ink-2"),
    "island": base_style(12.5, "map-ink"),
    "town": base_style(13, "map-ink"),
    "township": base_style(11, "map-ink-2"),
    "mountain": base_style(10.5, "map-ink-2", slant=True),
    "lake": base_style(10.5, "sea-ink", slant=True),
    "stream": base_style(10.5, "sea-ink", slant=True),
    "port": base_style(10.5, "sea-ink"),
    "station": base_style(10.5, "map-ink-2"),
    "fort": base_style(10.5, "map-ink-2"),
    "village": base_style(10, "map-ink-2"),
    "interchange": base_style(9.5, "map-ink-2"),
    "road-number": base_style(9.5, "map-ink"),
}
MARKED = {"mountain": "triangle", "port": "square", "station": "square", "fort": "square",
          "village": "circle", "interchange": "circle"}  # fmt: skip
"""Kinds whose place is marked, the name beside it."""
MARK = 2.6
ZOOM_SLACK = 0.4
"""A printed map bears a little more names than a screen's at the same scale."""


NUMBER, TUCKED = Style(13.5, "ink", bold=True), 2.0
"""Of a symbol that a list explains; how much nearer to it than a name it stands."""
BADGE = Style(12.5, "map-ink")
SMALL = 0.75
"""The size of a county's name that has no room otherwise."""


def county_names(
    context: DrawingContext, room: FreeRoom, base_map: Basemap, *, catalog: Catalog,
    chosen: set[str], wide: Mapping[str, int],
) -> Group:  # fmt: skip
    """Each county's name within the county or beside it, the chosen ones first and larger.

    Under the name: how many items are known only by county.
    """
    group = Group("counties")
    areas = {p["code"]: shown(context, geometry) for p, geometry in base_map.features("counties")}
    records = {county.code: county for county in catalog.info.counties}
    features = sorted(
        base_map.features("counties"), key=lambda one: bool(chosen) and one[0]["code"] not in chosen
    )
    for properties, geometry in features:
        code = properties["code"]
        others = union_all([other for key, other in areas.items() if key != code])
        style = COUNTY_OUT if chosen and code not in chosen else COUNTY
        middle = geometry.representative_point()
        at = context.viewport.place(*properties.get("label", (middle.x, middle.y)))
        name = name_of(properties, context.lang)
        short = own_text(records.get(code), context.lang, "short", catalog.info.languages[0])
        badge = context.phrase("wide-badge", n=wide[code]) if wide.get(code) else ""
        forms = county_forms(name, short or name, badge, style)
        group.add(put_in_area(context, room, forms, Area(areas[code], others, at)))
    return group


def county_forms(name: str, short: str, badge: str, style: Style) -> list[Form]:
    """A county's name, best first: with its badge, plain, small; whole or short."""
    small = replace(style, size=style.size * SMALL)
    texts = list(dict.fromkeys((name, short)))
    badged = [[(text, style), (badge, BADGE)] for text in texts if badge]
    return [*badged, *([(text, style)] for text in texts), [(short, small)]]


BESIDE = (110.0, 70.0)
"""A town so near to the name of its county, across and down, is not named again."""


def is_said_beside(counties: Sequence[Text], name: str, x: float, y: float) -> bool:
    """Whether a county's longer name that begins with a town's stands beside it."""
    return any(
        county.string.startswith(name)
        and abs(county.x - x) < BESIDE[0]
        and abs(county.y - y) < BESIDE[1]
        for county in counties
    )


def base_names(
    context: DrawingContext, base_map: Basemap, room: FreeRoom, kinds: Iterable[str],
    counties: Sequence[Text] = (),
) -> Group:  # fmt: skip
    """Seas, neighbours and towns, as far as the scale bears them and there is room."""
    group = Group("names")
    order = list(kinds)
    zoom = context.viewport.zoom
    known = [*base_map.features("labels"), *base_map.names]
    labels = [
        one for one in known
        if one[0]["kind"] in order and one[0].get("minzoom", 0) <= zoom + ZOOM_SLACK
        and zoom <= one[0].get("maxzoom", zoom)
    ]  # fmt: skip
    labels.sort(key=lambda one: order.index(one[0]["kind"]))
    for properties, geometry in labels:
        kind = properties["kind"]
        style = BASE_NAMES[kind]
        x, y = context.viewport.place(*geometry.coords[0][:2])
        if not context.viewport.rect.has((x, y)):
            continue
        name = name_of(properties, context.lang)
        if is_said_beside(counties, name, x, y):
            continue
        places = (
            positions_around(x, y, MARK, style.size)
            if kind in MARKED
            else [(x, y - style.size / 2, "middle")]
            if kind == "road-number"
            else positions_beside(x, y, style.size, style.size * 0.6)
        )
        apart = [at for at in places if not is_said_beside(counties, name, at[0], at[1])]
        label = place_label(context, room, [[(name, style)]], apart)
        if label and kind in MARKED:
            group.add(mark(context, kind, x, y, style.colour))
        group.add(label)
    return group


def mark(context: DrawingContext, kind: str, x: float, y: float, colour: str) -> Path:
    """A small mark where a place is."""
    ink, form = context.colours[colour], MARKED[kind]
    if form == "triangle":
        corners = [(x, y - MARK * 1.3), (x + MARK * 1.2, y + MARK), (x - MARK * 1.2, y + MARK)]
        return Path(polyline(corners, closed=True), Paint(ink))
    if form == "square":
        return Path(rectangle(x - MARK * 0.8, y - MARK * 0.8, MARK * 1.6, MARK * 1.6), Paint(ink))
    return Path(circle(x, y, MARK * 0.8), Paint(context.colours["home-land"], 1, ink, 0.9))


def spot_names(
    context: DrawingContext, room: FreeRoom, spots: Sequence[Spot], size: float, *,
    most: int | None = None, led: bool = False,
) -> tuple[Group, list[PictureItem]]:  # fmt: skip
    """The names of single spots, and the items whose name found no room; `led` asks for names that
    stand farther off, with a line, where there is none beside a symbol.
    """
    group, style = Group("places"), Style(size, "ink", bold=True)
    left = [spot for spot in spots if not name_spot(context, room, group, spot, style, most=most)]
    if led:
        left = [
            spot for spot in left
            if not name_spot(context, room, group, spot, style, most=most, led=True)
        ]  # fmt: skip
    return group, [spot.items[0] for spot in left]


def name_spot(
    context: DrawingContext, room: FreeRoom, group: Group, spot: Spot, style: Style, *,
    most: int | None, led: bool = False,
) -> bool:  # fmt: skip
    """Puts the name of a spot into a group that holds so many at most, if there is room for it."""
    if most is not None and len(group.children) >= most:
        return False
    item, where = spot.items[0], (spot.x, spot.y, spot.size / 2, style.size * LEADING)
    places = (positions_led if led else positions_around)(*where)
    lead = partial(leader_to, context, room, spot) if led else None
    forms = label_forms(context, item.name, style)
    label = place_label(context, room, forms, places, item.link, lead=lead)
    group.add(label)
    return label is not None


def leader_to(context: DrawingContext, room: FreeRoom, spot: Spot, box: Rect) -> Path | None:
    """From a symbol's edge to its name, or None where it would cross anything else."""
    line = shortest_line(Point(spot.x, spot.y).buffer(spot.size / 2), box.polygon())
    own = spot.box.inset(1)
    if any(other != own and line.intersects(other.polygon()) for other in room.taken):
        return None
    return Path(polyline(line.coords), Paint(stroke=context.colours["map-ink"], width=1.5))


def spot_number(context: DrawingContext, room: FreeRoom, spot: Spot) -> Group | None:
    """The number of a single spot beside its symbol."""
    item, text = spot.items[0], str(spot.numbers[0])
    places = positions_around(spot.x, spot.y, spot.size / 2 - TUCKED, NUMBER.size * LEADING)
    return place_label(context, room, [[(text, NUMBER)]], places, item.link)


def path_names(
    context: DrawingContext,
    room: FreeRoom,
    items: Sequence[PictureItem],
    numbers: Mapping[str, int],
    size: float,
) -> tuple[Group, list[PictureItem]]:
    """The names (or numbers) of lines and zones, and the items for which there was no room."""
    group, nameless = Group("lines"), []
    zones = {item.id: zone_of(context, item) for item in items}
    for item in items:
        style = Style(size, item.colour, bold=True)
        text = str(numbers[item.id]) if item.id in numbers else item.name
        forms = list(label_forms(context, text, style))
        line = item_line(context, item)
        if line.is_empty:
            zone = zones[item.id]
            others = union_all([other for key, other in zones.items() if key != item.id])
            middle = zone.representative_point()
            area = Area(zone, others, (middle.x, middle.y) if not zone.is_empty else (0, 0))
            label = put_in_area(context, room, forms, area, item.link)
        else:
            label = place_label(
                context, room, forms, positions_along(line, ITEM * LEADING), item.link
            )
        group.add(label)
        if label is None:
            nameless.append(item)
    return group, nameless


def zone_of(context: DrawingContext, item: PictureItem) -> BaseGeometry:
    """The zones of an item as they stand on the page."""
    return union_all(shown_parts(context, item, "Polygon"))
