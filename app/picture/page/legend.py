"""The legend: only what is on this map, how well it is placed, and what is not on it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from shapely.geometry import box

from app.build.diagram import KINDS
from app.domain.text.languages import title_in
from app.picture.diagram.keys import key
from app.picture.items import PictureItem
from app.picture.map.paths import DASH, ZONE_DASH
from app.picture.map.points import Spot, disc
from app.picture.page.map_elements import wrapped
from app.picture.page.panel import PanelRow, space
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import (
    Group,
    Node,
    Paint,
    Path,
    Text,
    circle,
    moved,
    polyline,
    rectangle,
)
from app.picture.scene.shapes import hatch, steps_of, symbol

SIZE, SMALL, HEAD = 15.0, 14.0, 17.0
CLOSE = 1.2
"""Of the further lines of one row."""
COLUMN = 272.0
"""What a column of the panel would like to have."""
LEADING, TIGHT_LEADING, MANY = 25.0, 21.5, 10
"""Of a row; the tighter where the map shows many layers."""
SWATCH, COUNT_ROOM = 34.0, 34.0
"""Room to the left and right of the words."""


@dataclass(frozen=True, slots=True)
class LegendContent:
    """What a map shows, for its legend to explain."""

    items: Sequence[PictureItem]
    clusters: Sequence[Spot]
    circles: bool
    beyond: int
    """Items whose place lies outside the map."""


def legend_rows(
    context: DrawingContext, shown: LegendContent, *, families: bool = False, column: float = COLUMN
) -> list[PanelRow]:
    """Heading, layers (or families) with counts, kinds of truth, what is not on the map."""
    name = context.phrase("legend")
    rows = [heading(context, name, context.phrase("count", n=len(shown.items)))]
    rows += (family_rows if families else layer_rows)(context, shown, column)
    rows += diagram_rows(context, shown, column)
    rows += certainty_rows(context, shown, column)
    rows += undrawn_rows(context, shown, column)
    return [replace(row, group=name) for row in rows]


def layer_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """A row for each layer, in the order of the plan."""
    rows = []
    counts = Counter(item.layer.id for item in shown.items)
    samples = {item.layer.id: item for item in reversed(shown.items)}
    leading = LEADING if len(samples) <= MANY else TIGHT_LEADING
    for id, item in sorted(samples.items(), key=lambda pair: order_of(shown.items, pair[0])):
        rows.append(layer_row(context, item, counts[id], leading, column))
    return rows


def family_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """A row for each family, where there is no room for its layers."""
    counts = Counter(item.family.id for item in shown.items)
    samples = {item.family.id: item for item in reversed(shown.items)}
    plain = [as_family(item) for item in samples.values()]
    plain.sort(key=lambda item: order_of(shown.items, item.layer.id))
    return [
        layer_row(context, item, counts[item.family.id], TIGHT_LEADING, column) for item in plain
    ]


def as_family(item: PictureItem) -> PictureItem:
    """An item that looks like nothing but its family: no glyph, the family's titles."""
    family = item.family
    layer = replace(
        item.layer, symbol="", title=family.title, title_en=family.title_en,
        translations=family.translations,
    )  # fmt: skip
    return replace(item, layer=layer)


def order_of(items: Sequence[PictureItem], layer: str) -> int:
    return next(i for i, item in enumerate(items) if item.layer.id == layer)


def heading(context: DrawingContext, text: str, at_end: str = "") -> PanelRow:
    """A bold line with a number at its end."""

    def draw(x: float, y: float, width: float) -> list[Node]:
        found: list[Node] = [context.text(x, y + HEAD, text, HEAD, "ink", bold=True)]
        if at_end:
            found.append(context.text(x + width, y + HEAD, at_end, SMALL, "ink-3", anchor="end"))
        return found

    return PanelRow(text, 30, draw, head=True)


def layer_row(
    context: DrawingContext, sample: PictureItem, count: int, leading: float, column: float
) -> PanelRow:
    """Symbol, title in as many lines as it needs, and count of a layer."""
    layer = sample.layer
    title = title_in(layer, context.lang)
    placed = replace(sample, certainty="placed", name=title, link="")
    lines = wrapped(context, title, SIZE, column - SWATCH - COUNT_ROOM)

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + leading / 2 + SIZE * 0.36
        return [
            symbol(context, placed, x + 12, y + leading / 2, 21),
            *under_each_other(
                context, lines, x + SWATCH, line, size=SIZE, most=width - SWATCH - COUNT_ROOM
            ),
            context.text(x + width, line, str(count), SIZE, "ink-3", anchor="end"),
        ]

    return PanelRow(title, leading + (len(lines) - 1) * SIZE * CLOSE, draw)


def under_each_other(
    context: DrawingContext, lines: Sequence[str], x: float, y: float, *, size: float, most: float,
    colour: str = "ink",
) -> list[Node]:  # fmt: skip
    """Lines of a text, the first at y; a page narrower than was reckoned with cuts them."""
    return [
        context.text(x, y + number * size * CLOSE, line, size, colour, most=most)
        for number, line in enumerate(lines)
    ]


def diagram_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """What the plan's own diagram is drawn with."""
    colours = {item.diagram: item.colour for item in shown.items}
    rows = [
        swatch_row(
            context,
            context.phrase(f"diagram.{kind}"),
            partial(key_swatch, kind=kind, colour=colours[kind]),
            column,
        )
        for kind in KINDS
        if kind in colours
    ]
    return [space(10), *rows] if rows else []


def key_swatch(
    context: DrawingContext, x: float, y: float, *, kind: str, colour: str
) -> Sequence[Node]:
    return key(kind, colour, x + 13, y)


def certainty_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """How to read the difference between known, estimated, schematic and county-wide."""
    kinds = kinds_of(shown)
    rows = [
        swatch_row(context, context.phrase(key), draw, column)
        for key, draw in SWATCHES.items()
        if key in kinds
    ]
    if shown.clusters:
        key = "numbers" if shown.clusters[0].numbers else "cluster"
        spot = shown.clusters[0]
        rows.append(
            swatch_row(context, context.phrase(key), partial(cluster_swatch, spot=spot), column)
        )
    return [space(10), *rows] if rows else []


def kinds_of(shown: LegendContent) -> set[str]:
    found = set()
    for item in shown.items:
        if item.diagram:
            continue
        if item.points and item.certainty == "placed":
            found.add("placed")
        if item.points and item.certainty == "estimated":
            found.add("estimated" if shown.circles else "estimated-bare")
        if item.parts("LineString"):
            found.add("schematic" if item.certainty == "schematic" else "route")
        if item.parts("Polygon"):
            found.add("zone")
        if item.certainty == "wide" and item.scope == "county":
            found.add("wide")
    return found


def swatch_row(
    context: DrawingContext,
    text: str,
    swatch: Callable[[DrawingContext, float, float], Sequence[Node]],
    column: float,
) -> PanelRow:
    lines = wrapped(context, text, SMALL, column - SWATCH)

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + LEADING / 2 + SIZE * 0.32
        words = under_each_other(
            context, lines, x + SWATCH, line, size=SMALL, most=width - SWATCH, colour="ink-2"
        )
        return [*swatch(context, x, y + LEADING / 2), *words]

    return PanelRow(text, LEADING - 1 + (len(lines) - 1) * SMALL * CLOSE, draw)


def placed_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    return [Path(circle(x + 12, y, 7.5), Paint(context.colours["ink-2"]))]


def ring_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    ink = context.colours["ink-2"]
    return [
        Path(circle(x + 12, y, 11), Paint(stroke=ink, width=1.2, opacity=0.8, dash=(4, 3))),
        Path(circle(x + 12, y, 5.5), Paint(context.colours["paper"], 1, ink, 2)),
    ]


def hollow_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    return ring_swatch(context, x, y)[1:]


def line_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    return [
        Path(polyline([(x, y), (x + 25, y)]), Paint(stroke=context.colours["ink-2"], width=3.2))
    ]


def band_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    ink = context.colours["ink-2"]
    line = polyline([(x, y), (x + 25, y)])
    return [
        Path(line, Paint(stroke=ink, width=10, opacity=0.2)),
        Path(line, Paint(stroke=ink, width=3, dash=(DASH[0] * 0.7, DASH[1] * 0.7))),
    ]


def zone_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    ink = context.colours["ink-2"]
    return [Path(rectangle(x, y - 8, 25, 16, 4), Paint(ink, 0.16, ink, 1.8, 1, ZONE_DASH))]


def wide_swatch(context: DrawingContext, x: float, y: float) -> Sequence[Node]:
    ink = context.colours["map-ink-2"]
    lines = steps_of(hatch(box(x, y - 8, x + 25, y + 8), 6))
    return [
        Path(rectangle(x, y - 8, 25, 16), Paint(ink, 0.08, ink, 0.8, 0.6)),
        Path(lines, Paint(stroke=ink, width=0.9, opacity=0.6)),
    ]


def cluster_swatch(context: DrawingContext, x: float, y: float, *, spot: Spot) -> Sequence[Node]:
    small = Spot(spot.items, 0, 0, [], spot.numbers)
    drawn = disc(context, small, context.phrase("cluster"))
    return [shrunk(drawn, x + 12, y, (31 if context.text_least else 23) / small.size)]


def shrunk(node: Node, x: float, y: float, scale: float) -> Node:
    """A small copy of something drawn about the origin."""
    if isinstance(node, Group):
        return Group(node.name, [shrunk(child, x, y, scale) for child in node.children])
    if isinstance(node, Text):
        return replace(node, x=x + node.x * scale, y=y + node.y * scale, size=node.size * scale)
    paint = replace(node.paint, width=node.paint.width * scale)
    return replace(node, steps=moved(node.steps, x, y, scale), paint=paint)


SWATCHES: dict[str, Callable[[DrawingContext, float, float], Sequence[Node]]] = {
    "placed": placed_swatch,
    "estimated": ring_swatch,
    "estimated-bare": hollow_swatch,
    "route": line_swatch,
    "schematic": band_swatch,
    "zone": zone_swatch,
    "wide": wide_swatch,
}


def undrawn_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """What a reader would otherwise look for in vain, with honest counts."""
    city = sum(item.scope == "city" and item.certainty == "wide" for item in shown.items)
    none = sum(item.certainty == "none" for item in shown.items)
    counts = {"city": city, "none": none, "outside": shown.beyond}
    rows = [note_row(context, context.phrase(key, n=n), column) for key, n in counts.items() if n]
    return [space(8), *rows] if rows else []


def note_row(context: DrawingContext, text: str, column: float) -> PanelRow:
    lines = wrapped(context, text, SMALL, column)

    def draw(x: float, y: float, width: float) -> list[Node]:
        return under_each_other(context, lines, x, y + 15, size=SMALL, most=width, colour="ink-3")

    return PanelRow(text, 21 + (len(lines) - 1) * SMALL * CLOSE, draw)
