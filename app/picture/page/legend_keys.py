"""What the keys of a legend look like: a fill, a form, how far off a place may be."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from shapely.geometry import LineString, box

from app.picture.items import PictureItem
from app.picture.map.line_looks import paints
from app.picture.map.points import Spot, disc
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import (
    Group,
    Node,
    Paint,
    Path,
    Point,
    Text,
    circle,
    moved,
    polyline,
    rectangle,
)
from app.picture.scene.shapes import HALO_OPACITY, hatch, path_of, steps_of, symbol


def status_swatch(
    context: DrawingContext, x: float, y: float, *, line: bool, of: PictureItem
) -> Sequence[Node]:
    """A shape with the fill, and beside it a line in the form of the status of an item."""
    layer = replace(of.layer, symbol="")
    sample = replace(of, layer=layer, symbol="", certainty="pin", line="", name="", link="")
    nodes: list[Node] = [symbol(context, sample, x + 12, y, 17)]
    if line:
        nodes += strokes(context, sample, [(x + 28, y), (x + 58, y)])
    return nodes


def strokes(context: DrawingContext, sample: PictureItem, ends: Sequence[Point]) -> list[Path]:
    """A line as of an item, without what is around it."""
    course = LineString(ends)
    paths = (path_of(part(course), paint) for paint, part in paints(context, [sample])[1:])
    return [path for path in paths if path]


def glyph_swatch(context: DrawingContext, x: float, y: float, *, of: PictureItem) -> Sequence[Node]:
    """The symbol of an item's category, as of something that stands."""
    sample = replace(of, status="existing", certainty="pin", name="", link="")
    return [symbol(context, sample, x + 12, y, 19)]


def line_swatch(context: DrawingContext, x: float, y: float, *, of: PictureItem) -> Sequence[Node]:
    """A line of an item's category, as of something that stands."""
    ends = [(x - 2, y), (x + 26, y)]
    if of.line == "band":
        return [Path(polyline(ends), Paint(stroke=of.colour, width=11, opacity=0.22))]
    return strokes(context, replace(of, status="existing", certainty="pin"), ends)


def pin_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    ink = context.colours["ink-2"]
    stem = polyline([(x + 12, y), (x + 12, y + 10)])
    return [Path(stem, Paint(stroke=ink, width=1.6)), Path(circle(x + 12, y - 4, 6), Paint(ink))]


def disc_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    return [Path(circle(x + 12, y, 6.5), Paint(context.colours["ink-2"]))]


def circle_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    ink = context.colours["ink-2"]
    return [
        Path(circle(x + 12, y, 11), Paint(ink, HALO_OPACITY, ink, 1.1, 0.7)),
        Path(circle(x + 12, y, 5.5), Paint(ink)),
    ]


def band_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    ink = context.colours["ink-2"]
    line = polyline([(x, y), (x + 25, y)])
    return [
        Path(line, Paint(stroke=ink, width=11, opacity=0.22)),
        Path(line, Paint(stroke=ink, width=2.4)),
    ]


def wide_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    ink = context.colours["map-ink-2"]
    lines = steps_of(hatch(box(x, y - 8, x + 25, y + 8), 6))
    return [
        Path(rectangle(x, y - 8, 25, 16), Paint(ink, 0.08, ink, 0.8, 0.6)),
        Path(lines, Paint(stroke=ink, width=0.9, opacity=0.6)),
    ]


def cluster_swatch(context: DrawingContext, x: float, y: float, *, spot: Spot) -> Sequence[Node]:
    small = Spot(spot.items, 0, 0, [], spot.numbers)
    disc_group = disc(context, small, context.phrase("cluster"))
    return [shrunk(disc_group, x + 12, y, (31 if context.text_least else 23) / small.size)]


def shrunk(node: Node, x: float, y: float, scale: float) -> Node:
    """A small copy of something drawn about the origin."""
    if isinstance(node, Group):
        return Group(node.name, [shrunk(child, x, y, scale) for child in node.children])
    if isinstance(node, Text):
        return replace(node, x=x + node.x * scale, y=y + node.y * scale, size=node.size * scale)
    paint = replace(node.paint, width=node.paint.width * scale)
    return replace(node, steps=moved(node.steps, x, y, scale), paint=paint)


SWATCHES: dict[str, Callable[[DrawingContext, float, float], Sequence[Node]]] = {
    "pin": pin_swatch,
    "disc": disc_swatch,
    "circle": circle_swatch,
    "schematic": band_swatch,
    "wide": wide_swatch,
}
