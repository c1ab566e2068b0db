"""What the plan draws as areas and lines: zones, belts, roads, whole counties."""

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from app.catalog.catalog import Catalog
from app.domain.text.languages import title_in
from app.picture.items import PictureItem, simple
from app.picture.map.bundles import Position, bundles_of
from app.picture.map.line_looks import BAND, paints
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, polyline, rectangle
from app.picture.scene.shapes import arrow, hatch, path_of, shown, shown_parts, slim
from app.picture.scene.viewport import Rect

WIDE_BAND = 24.0
ZONE_EDGE = 5.0
EXIT_SIZE = 11.0
PILL, PILL_FROM = 11.0, 48.0
"""Size of a count on a line, and how long that line is at least."""


def draw_wide(
    context: DrawingContext, catalog: Catalog, items: Sequence[PictureItem], chosen: Sequence[str]
) -> Group:
    """Counties that hold items known only by county: a hatch, in the layer's colour if it is one.

    Where counties are chosen, the others stay as they are.
    """
    group = Group(context.phrase("wide"))
    for county in catalog.info.counties:
        held = [
            item
            for item in items
            if item.certainty == "wide" and not item.diagram and county.code in item.counties
        ]
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
    """Zones: a tint with a soft edge, since a zone only shows about where."""
    group = Group(context.phrase("lines"))
    inside = context.viewport.rect.inset(ZONE_EDGE / 2).polygon()
    for item in items:
        for part in shown_parts(context, item, "Polygon"):
            edge = shapely.intersection(part.boundary, inside)
            own = Group(item.name, title=item.words, link=item.link)
            own.add(
                path_of(part, Paint(item.colour, 0.14), item.name, item.link),
                path_of(edge, Paint(stroke=item.colour, width=ZONE_EDGE, opacity=0.3)),
            )
            group.add(own)
    return group


def draw_bands(context: DrawingContext, items: Iterable[PictureItem]) -> Group:
    """Belts and corridors: pale and wide, beneath everything else.

    Their areas are cut at the map's edge: a wide stroke that ends there would lie over it.
    """
    group = Group(context.phrase("route"))
    rect = context.viewport.rect
    for item in items:
        if item.line == "band":
            course = shapely.union_all(
                [context.viewport.placed(line) for line in item.parts("LineString")]
            )
            near = shapely.intersection(course, rect.inset(-WIDE_BAND).polygon())
            area = shapely.buffer(shapely.simplify(near, 0.4), WIDE_BAND / 2)
            inside = slim(shapely.intersection(area, rect.polygon()), context.vertices_most)
            own = Group(item.name, title=item.words, link=item.link)
            group.add(own.add(path_of(inside, Paint(item.colour, 0.13), item.name, item.link)))
    return group


SharedLine = tuple[list[PictureItem], BaseGeometry]
"""Items, and on the page what all of them run over."""


def shared_lines(context: DrawingContext, items: Iterable[PictureItem]) -> list[SharedLine]:
    """The lines of a map as they are seen: what follows one course is one line."""

    def made() -> list[SharedLine]:
        by_id = {item.id: item for item in items if item.line != "band"}
        pieces = [
            ([by_id[id] for id in ids], on_page(context, [shapely.MultiLineString(parts)]))
            for ids, parts in bundles_of(courses_of(by_id.values()))
        ]
        return [(members, line) for members, line in pieces if not line.is_empty]

    return context.cached("shared_lines", "", made)


def draw_lines(context: DrawingContext, items: Sequence[PictureItem], focus: str = "") -> Group:
    """Roads, railways and courses; the focused item whole, above what it shares its course with."""
    group = Group(context.phrase("route"))
    for members, line in shared_lines(context, items):
        group.add(draw_shared(context, members, line))
    for item in items:
        if item.id == focus and item.line != "band" and not item_line(context, item).is_empty:
            group.add(draw_shared(context, [item], item_line(context, item)))
        group.add(*exits(context, item))
    return group


def count_pills(
    context: DrawingContext, items: Sequence[PictureItem]
) -> Iterable[tuple[Group, Rect]]:
    """How many run together, at the middle of where they do; and the room that takes."""
    for members, line in shared_lines(context, items):
        longest = max(simple(line), key=lambda part: part.length)
        if len(members) < 2 or longest.length < PILL_FROM:
            continue
        text, middle = f"×{len(members)}", longest.interpolate(0.5, normalized=True)
        size = max(PILL, context.text_least)
        width, height = context.width(text, size, bold=True) + 9, size * 1.4
        box = Rect(middle.x - width / 2, middle.y - height / 2, width, height)
        name = context.phrase("shared", n=len(members), name=members[0].name)
        edge = Paint(context.colours["paper"], 1, context.colours["ink-3"], 0.8)
        group = Group(name, title="\n".join(item.words for item in members))
        group.add(
            Path(rectangle(box.x, box.y, box.width, box.height, height / 2), edge, name),
            context.text(middle.x, middle.y + size * 0.36, text, size, bold=True, anchor="middle"),
        )
        yield group, box


def courses_of(items: Iterable[PictureItem]) -> list[tuple[str, list[list[Position]]]]:
    """The positions of every item that is a line."""
    courses = []
    for item in items:
        lines = [[tuple(one) for one in part.coords] for part in item.parts("LineString")]
        if lines:
            courses.append((item.id, lines))
    return courses


def draw_shared(
    context: DrawingContext, members: Sequence[PictureItem], line: BaseGeometry
) -> Group:
    """What some lines share, as one line with their names."""
    first, several = members[0], len(members) > 1
    name = context.phrase("shared", n=len(members), name=first.name) if several else first.name
    own = Group(name, title="\n".join(item.words for item in members), link=first.link)
    *under, (paint, part) = paints(context, members)
    own.add(*(path_of(part(line), paint, "", first.link) for paint, part in under))
    return own.add(path_of(part(line), paint, name, first.link))


def item_line(context: DrawingContext, item: PictureItem) -> BaseGeometry:
    """All lines of an item on the page, as one geometry; a wide band stays within the map."""
    return context.cached("line", item.id, lambda: on_page(context, item.parts("LineString")))


def on_page(context: DrawingContext, parts: Sequence[BaseGeometry]) -> BaseGeometry:
    edge = context.viewport.rect.inset(BAND / 2).polygon()
    inside = [shapely.intersection(shown(context, line), edge) for line in parts]
    return shapely.line_merge(shapely.union_all(inside)) if inside else LineString()


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
    group = Group(context.phrase("certainty"))
    rect = context.viewport.rect.polygon()
    rings = {}
    for number, (item, x, y) in enumerate(spots):
        radius = item.uncertainty_m * context.viewport.units_per_metre
        if item.area is not None:
            rings[item.id] = item, context.viewport.placed(item.area).boundary
        else:
            rings[f"{item.id} {number}"] = item, shapely.Point(x, y).buffer(radius, 24).boundary
    for item, ring in rings.values():
        paint = Paint(stroke=item.colour, width=1.3, opacity=0.6)
        group.add(path_of(shapely.intersection(ring, rect), paint, item.name))
    return group


def leader(x: float, y: float, to_x: float, to_y: float, colour: str) -> Path:
    """A thin line from where a thing is to where there is room to show it."""
    return Path(polyline([(x, y), (to_x, to_y)]), Paint(stroke=colour, width=1.0, opacity=0.9))
