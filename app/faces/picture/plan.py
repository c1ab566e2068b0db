"""What the plan draws as areas and lines: zones, belts, roads, whole counties."""

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from app.faces.picture.beside import moved_aside
from app.faces.picture.items import Item
from app.faces.picture.scene import Group, Paint, Path, polyline
from app.faces.picture.shapes import arrow, hatch, path_of, shown, shown_parts, slim
from app.faces.picture.sheet import Sheet
from app.plan.languages import title_in
from app.plan.pack import Pack

LINE, CASING, BAND = 3.2, 6.4, 11.0
THIN = 2.0
"""A schematic line that has no band of its own, since it stands beside another."""
DASH = (9.0, 6.0)
TIES, TIE_DASH, MIDDLE = 7.0, (1.5, 6.5), 1.1
"""A railway has ties, a motorway two strokes."""
ZONE_DASH = (7.0, 5.0)
EXIT_SIZE = 11.0


def draw_wide(sheet: Sheet, pack: Pack, items: Sequence[Item], chosen: Sequence[str]) -> Group:
    """Counties that hold items known only by county: a hatch, in the layer's colour if it is one.

    Where counties are chosen, the others stay as they are.
    """
    group = Group(sheet.say("wide"))
    for county in pack.info.counties:
        held = [item for item in items if item.truth == "wide" and county.code in item.counties]
        own = [item for item in held if item.scope == "county"]
        if not own or (chosen and county.code not in chosen):
            continue
        colours = {item.colour for item in own}
        colour = colours.pop() if len(colours) == 1 else sheet.colours["map-ink-2"]
        area = shown(sheet, pack.county_land[county.code])
        name = title_in(county, sheet.lang, "name")
        tint = path_of(area, Paint(colour, 0.06), name)
        lines = path_of(hatch(area), Paint(stroke=colour, width=0.9, opacity=0.42), name)
        group.add(tint, lines)
    return group


def draw_areas(sheet: Sheet, items: Iterable[Item]) -> Group:
    """Zones: a tint with a dashed edge, since a zone only shows about where."""
    group = Group(sheet.say("lines"))
    for item in items:
        for part in shown_parts(sheet, item, "Polygon"):
            paint = Paint(item.colour, 0.16, item.colour, 2.0, 0.95, ZONE_DASH)
            own = Group(item.name, title=item.words, link=item.link)
            group.add(own.add(path_of(part, paint, item.name, item.link)))
    return group


def draw_lines(sheet: Sheet, items: Iterable[Item]) -> Group:
    """Roads, railways, belts; a schematic one is a dashed line in a wide band."""
    group = Group(sheet.say("route"))
    for item in items:
        line = item_line(sheet, item)
        if line.is_empty:
            continue
        own = Group(item.name, title=item.words, link=item.link)
        *under, top = paints(sheet, item)
        own.add(*(path_of(line, paint, "", item.link) for paint in under))
        own.add(path_of(line, top, item.name, item.link))
        group.add(own.add(*exits(sheet, item)))
    return group


def item_line(sheet: Sheet, item: Item) -> BaseGeometry:
    """All lines of an item on the page, as one geometry; a wide band stays within the map."""
    return sheet.cached("line", item.id, lambda: merged_line(sheet, item))


def merged_line(sheet: Sheet, item: Item) -> BaseGeometry:
    edge = sheet.frame.rect.inset(BAND / 2).polygon()
    parts = [shapely.intersection(line, edge) for line in lines_shown(sheet, item)]
    return shapely.line_merge(shapely.union_all(parts)) if parts else LineString()


def lines_shown(sheet: Sheet, item: Item) -> list[BaseGeometry]:
    """Lines as they stand on the page: on their course, or beside others that share it."""
    aside = sheet.aside.get(item.id, 0.0)
    if not aside:
        return shown_parts(sheet, item, "LineString")
    moved = (moved_aside(sheet.frame.placed(part), aside) for part in item.parts("LineString"))
    rect = sheet.frame.rect.polygon()
    return [slim(shapely.intersection(line, rect), sheet.vertices_most) for line in moved]


def paints(sheet: Sheet, item: Item) -> list[Paint]:
    """From the bottom up; wide bands side by side would be one blot."""
    if item.truth == "schematic":
        if item.id in sheet.aside:
            return [Paint(stroke=item.colour, width=THIN, dash=DASH)]
        return [
            Paint(stroke=item.colour, width=BAND, opacity=0.2, butt=True),
            Paint(stroke=item.colour, width=LINE, dash=DASH),
        ]
    ties = [Paint(stroke=item.colour, width=TIES, dash=TIE_DASH, butt=True)]
    middle = [Paint(stroke=sheet.colours["home-land"], width=MIDDLE, butt=True)]
    return [
        Paint(stroke=sheet.colours["home-land"], width=CASING, opacity=0.9, butt=True),
        *(ties if item.line == "rail" else ()),
        Paint(stroke=item.colour, width=LINE, butt=True),
        *(middle if item.line == "motorway" else ()),
    ]


def exits(sheet: Sheet, item: Item) -> Iterable[Path]:
    """An arrow where a line leaves for a place outside."""
    rect = sheet.frame.rect.inset(EXIT_SIZE)
    for exit in item.exits:
        x, y = sheet.frame.place(exit["lng"], exit["lat"])
        if rect.x <= x <= rect.right and rect.y <= y <= rect.bottom:
            to = title_in(exit, sheet.lang, "to")
            paint = Paint(item.colour, 1, sheet.colours["home-land"], 1.2)
            yield arrow(
                x, y, bearing=exit["bearing"], size=EXIT_SIZE, paint=paint,
                name=sheet.say("to", place=to),
            )  # fmt: skip


def circles(sheet: Sheet, spots: Iterable[tuple[Item, float, float]]) -> Group:
    """Where an estimated place can be: its circle, less the sea and other counties."""
    group = Group(sheet.say("estimated"))
    rect = sheet.frame.rect.polygon()
    rings = {}
    for number, (item, x, y) in enumerate(spots):
        radius = item.uncertainty_m * sheet.frame.units_per_metre
        if item.area is not None:
            rings[item.id] = item, sheet.frame.placed(item.area).boundary
        else:
            rings[f"{item.id} {number}"] = item, shapely.Point(x, y).buffer(radius, 24).boundary
    for item, ring in rings.values():
        paint = Paint(stroke=item.colour, width=1.3, opacity=0.75, dash=(5, 4))
        group.add(path_of(shapely.intersection(ring, rect), paint, item.name))
    return group


def leader(x: float, y: float, to_x: float, to_y: float, colour: str) -> Path:
    """A thin line from where a thing is to where there is room to show it."""
    return Path(polyline([(x, y), (to_x, to_y)]), Paint(stroke=colour, width=1.0, opacity=0.9))
