"""What the plan draws as areas and lines: zones, belts, roads, whole counties."""

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from app.catalog.catalog import Catalog
from app.domain.text.languages import title_in
from app.picture.items import PictureItem
from app.picture.map.parallel_lines import parallel_offset
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, polyline
from app.picture.scene.shapes import arrow, hatch, path_of, shown, shown_parts, slim

LINE, CASING, BAND = 3.2, 6.4, 11.0
THIN = 2.0
"""A schematic line that has no band of its own, since it stands beside another."""
DASH = (9.0, 6.0)
TIES, TIE_DASH, MIDDLE = 7.0, (1.5, 6.5), 1.1
"""A railway has ties, a motorway two strokes."""
ZONE_DASH = (7.0, 5.0)
EXIT_SIZE = 11.0


def draw_wide(
    context: DrawingContext, catalog: Catalog, items: Sequence[PictureItem], chosen: Sequence[str]
) -> Group:
    """Counties that hold items known only by county: a hatch, in the layer's colour if it is one.

    Where counties are chosen, the others stay as they are.
    """
    group = Group(context.phrase("wide"))
    for county in catalog.info.counties:
        held = [item for item in items if item.certainty == "wide" and county.code in item.counties]
        own = [item for item in held if item.scope == "county"]
        if not own or (chosen and county.code not in chosen):
            continue
        colours = {item.colour for item in own}
        colour = colours.pop() if len(colours) == 1 else context.colours["map-ink-2"]
        area = shown(context, catalog.county_land[county.code])
        name = title_in(county, context.lang, "name")
        tint = path_of(area, Paint(colour, 0.06), name)
        lines = path_of(hatch(area), Paint(stroke=colour, width=0.9, opacity=0.42), name)
        group.add(tint, lines)
    return group


def draw_areas(context: DrawingContext, items: Iterable[PictureItem]) -> Group:
    """Zones: a tint with a dashed edge, since a zone only shows about where."""
    group = Group(context.phrase("lines"))
    for item in items:
        for part in shown_parts(context, item, "Polygon"):
            paint = Paint(item.colour, 0.16, item.colour, 2.0, 0.95, ZONE_DASH)
            own = Group(item.name, title=item.words, link=item.link)
            group.add(own.add(path_of(part, paint, item.name, item.link)))
    return group


def draw_lines(context: DrawingContext, items: Iterable[PictureItem]) -> Group:
    """Roads, railways, belts; a schematic one is a dashed line in a wide band."""
    group = Group(context.phrase("route"))
    for item in items:
        line = item_line(context, item)
        if line.is_empty:
            continue
        own = Group(item.name, title=item.words, link=item.link)
        *under, top = paints(context, item)
        own.add(*(path_of(line, paint, "", item.link) for paint in under))
        own.add(path_of(line, top, item.name, item.link))
        group.add(own.add(*exits(context, item)))
    return group


def item_line(context: DrawingContext, item: PictureItem) -> BaseGeometry:
    """All lines of an item on the page, as one geometry; a wide band stays within the map."""
    return context.cached("line", item.id, lambda: merged_line(context, item))


def merged_line(context: DrawingContext, item: PictureItem) -> BaseGeometry:
    edge = context.viewport.rect.inset(BAND / 2).polygon()
    parts = [shapely.intersection(line, edge) for line in lines_shown(context, item)]
    return shapely.line_merge(shapely.union_all(parts)) if parts else LineString()


def lines_shown(context: DrawingContext, item: PictureItem) -> list[BaseGeometry]:
    """Lines as they stand on the page: on their course, or beside others that share it."""
    offset = context.offsets.get(item.id, 0.0)
    if not offset:
        return shown_parts(context, item, "LineString")
    moved = (
        parallel_offset(context.viewport.placed(part), offset) for part in item.parts("LineString")
    )
    rect = context.viewport.rect.polygon()
    return [slim(shapely.intersection(line, rect), context.vertices_most) for line in moved]


def paints(context: DrawingContext, item: PictureItem) -> list[Paint]:
    """From the bottom up; wide bands side by side would be one blot."""
    if item.certainty == "schematic":
        if item.id in context.offsets:
            return [Paint(stroke=item.colour, width=THIN, dash=DASH)]
        return [
            Paint(stroke=item.colour, width=BAND, opacity=0.2, butt=True),
            Paint(stroke=item.colour, width=LINE, dash=DASH),
        ]
    ties = [Paint(stroke=item.colour, width=TIES, dash=TIE_DASH, butt=True)]
    middle = [Paint(stroke=context.colours["home-land"], width=MIDDLE, butt=True)]
    return [
        Paint(stroke=context.colours["home-land"], width=CASING, opacity=0.9, butt=True),
        *(ties if item.line == "rail" else ()),
        Paint(stroke=item.colour, width=LINE, butt=True),
        *(middle if item.line == "motorway" else ()),
    ]


def exits(context: DrawingContext, item: PictureItem) -> Iterable[Path]:
    """An arrow where a line leaves for a place outside."""
    rect = context.viewport.rect.inset(EXIT_SIZE)
    for exit in item.exits:
        x, y = context.viewport.place(exit["lng"], exit["lat"])
        if rect.x <= x <= rect.right and rect.y <= y <= rect.bottom:
            to = title_in(exit, context.lang, "to")
            paint = Paint(item.colour, 1, context.colours["home-land"], 1.2)
            yield arrow(
                x, y, bearing=exit["bearing"], size=EXIT_SIZE, paint=paint,
                name=context.phrase("to", place=to),
            )  # fmt: skip


def circles(context: DrawingContext, spots: Iterable[tuple[PictureItem, float, float]]) -> Group:
    """Where an estimated place can be: its circle, less the sea and other counties."""
    group = Group(context.phrase("estimated"))
    rect = context.viewport.rect.polygon()
    rings = {}
    for number, (item, x, y) in enumerate(spots):
        radius = item.uncertainty_m * context.viewport.units_per_metre
        if item.area is not None:
            rings[item.id] = item, context.viewport.placed(item.area).boundary
        else:
            rings[f"{item.id} {number}"] = item, shapely.Point(x, y).buffer(radius, 24).boundary
    for item, ring in rings.values():
        paint = Paint(stroke=item.colour, width=1.3, opacity=0.75, dash=(5, 4))
        group.add(path_of(shapely.intersection(ring, rect), paint, item.name))
    return group


def leader(x: float, y: float, to_x: float, to_y: float, colour: str) -> Path:
    """A thin line from where a thing is to where there is room to show it."""
    return Path(polyline([(x, y), (to_x, to_y)]), Paint(stroke=colour, width=1.0, opacity=0.9))
