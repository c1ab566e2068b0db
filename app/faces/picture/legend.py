"""The legend: only what is on this map, how well it is placed, and what is not on it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from shapely.geometry import box

from app.faces.picture.diagram_keys import key
from app.faces.picture.items import Item
from app.faces.picture.kinds import KINDS
from app.faces.picture.panel import Row, space
from app.faces.picture.plan import DASH, ZONE_DASH
from app.faces.picture.points import Spot, disc
from app.faces.picture.scene import (
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
from app.faces.picture.shapes import hatch, steps_of, symbol
from app.faces.picture.sheet import Sheet
from app.plan.languages import title_in

SIZE, HEAD = 15.0, 17.0
LEADING, TIGHT_LEADING, MANY = 25.0, 21.5, 10
"""Of a row; the tighter where the map shows many layers."""
SWATCH = 34.0
"""Room to the left of the words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a map shows, for its legend to explain."""

    items: Sequence[Item]
    clusters: Sequence[Spot]
    circles: bool
    beyond: int
    """Items whose place lies outside the map."""


def legend_rows(sheet: Sheet, shown: Shown, *, families: bool = False) -> list[Row]:
    """Heading, layers (or families) with counts, kinds of truth, what is not on the map."""
    name = sheet.say("legend")
    rows = [heading(sheet, name, sheet.say("count", n=len(shown.items)))]
    rows += family_rows(sheet, shown) if families else layer_rows(sheet, shown)
    rows += diagram_rows(sheet, shown)
    rows += truth_rows(sheet, shown)
    rows += undrawn_rows(sheet, shown)
    return [replace(row, group=name) for row in rows]


def layer_rows(sheet: Sheet, shown: Shown) -> list[Row]:
    """A row for each layer, in the order of the plan."""
    rows = []
    counts = Counter(item.layer.id for item in shown.items)
    samples = {item.layer.id: item for item in reversed(shown.items)}
    leading = LEADING if len(samples) <= MANY else TIGHT_LEADING
    for id, item in sorted(samples.items(), key=lambda pair: order_of(shown.items, pair[0])):
        rows.append(layer_row(sheet, item, counts[id], leading))
    return rows


def family_rows(sheet: Sheet, shown: Shown) -> list[Row]:
    """A row for each family, where there is no room for its layers."""
    counts = Counter(item.family.id for item in shown.items)
    samples = {item.family.id: item for item in reversed(shown.items)}
    plain = [as_family(item) for item in samples.values()]
    plain.sort(key=lambda item: order_of(shown.items, item.layer.id))
    return [layer_row(sheet, item, counts[item.family.id], TIGHT_LEADING) for item in plain]


def as_family(item: Item) -> Item:
    """An item that looks like nothing but its family: no glyph, the family's titles."""
    family = item.family
    layer = replace(
        item.layer, symbol="", title=family.title, title_en=family.title_en,
        translations=family.translations,
    )  # fmt: skip
    return replace(item, layer=layer)


def order_of(items: Sequence[Item], layer: str) -> int:
    return next(i for i, item in enumerate(items) if item.layer.id == layer)


def heading(sheet: Sheet, text: str, aside: str = "") -> Row:
    """A bold line with a number at its end."""

    def draw(x: float, y: float, width: float) -> list[Node]:
        found: list[Node] = [sheet.text(x, y + HEAD, text, HEAD, "ink", bold=True)]
        if aside:
            found.append(sheet.text(x + width, y + HEAD, aside, 13.5, "ink-3", anchor="end"))
        return found

    return Row(text, 30, draw, head=True)


def layer_row(sheet: Sheet, sample: Item, count: int, leading: float) -> Row:
    """Symbol, title and count of a layer."""
    layer = sample.layer
    title = title_in(layer, sheet.lang)
    placed = replace(sample, truth="placed", name=title, link="")

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + leading / 2 + SIZE * 0.36
        return [
            symbol(sheet, placed, x + 12, y + leading / 2, 21),
            sheet.text(x + SWATCH, line, title, SIZE, "ink", most=width - SWATCH - 34),
            sheet.text(x + width, line, str(count), SIZE, "ink-3", anchor="end"),
        ]

    return Row(title, leading, draw)


def diagram_rows(sheet: Sheet, shown: Shown) -> list[Row]:
    """What the plan's own diagram is drawn with."""
    colours = {item.diagram: item.colour for item in shown.items}
    rows = [
        swatch_row(
            sheet,
            sheet.say(f"diagram.{kind}"),
            partial(key_swatch, kind=kind, colour=colours[kind]),
        )
        for kind in KINDS
        if kind in colours
    ]
    return [space(10), *rows] if rows else []


def key_swatch(sheet: Sheet, x: float, y: float, *, kind: str, colour: str) -> Sequence[Node]:
    return key(kind, colour, x + 13, y)


def truth_rows(sheet: Sheet, shown: Shown) -> list[Row]:
    """How to read the difference between known, estimated, schematic and county-wide."""
    kinds = kinds_of(shown)
    rows = [
        swatch_row(sheet, sheet.say(key), draw) for key, draw in SWATCHES.items() if key in kinds
    ]
    if shown.clusters:
        key = "numbers" if shown.clusters[0].numbers else "cluster"
        spot = shown.clusters[0]
        rows.append(
            swatch_row(sheet, sheet.say(key), lambda s, x, y: cluster_swatch(s, spot, x, y))
        )
    return [space(10), *rows] if rows else []


def kinds_of(shown: Shown) -> set[str]:
    found = set()
    for item in shown.items:
        if item.diagram:
            continue
        if item.points and item.truth == "placed":
            found.add("placed")
        if item.points and item.truth == "estimated":
            found.add("estimated" if shown.circles else "estimated-bare")
        if item.parts("LineString"):
            found.add("schematic" if item.truth == "schematic" else "route")
        if item.parts("Polygon"):
            found.add("zone")
        if item.truth == "wide" and item.scope == "county":
            found.add("wide")
    return found


def swatch_row(
    sheet: Sheet, text: str, swatch: Callable[[Sheet, float, float], Sequence[Node]]
) -> Row:
    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + LEADING / 2 + SIZE * 0.32
        words = sheet.text(x + SWATCH, line, text, SIZE - 1.5, "ink-2", most=width - SWATCH)
        return [*swatch(sheet, x, y + LEADING / 2), words]

    return Row(text, LEADING - 1, draw)


def placed_swatch(sheet: Sheet, x: float, y: float) -> Sequence[Node]:
    return [Path(circle(x + 12, y, 7.5), Paint(sheet.colours["ink-2"]))]


def ring_swatch(sheet: Sheet, x: float, y: float) -> Sequence[Node]:
    ink = sheet.colours["ink-2"]
    return [
        Path(circle(x + 12, y, 11), Paint(stroke=ink, width=1.2, opacity=0.8, dash=(4, 3))),
        Path(circle(x + 12, y, 5.5), Paint(sheet.colours["paper"], 1, ink, 2)),
    ]


def hollow_swatch(sheet: Sheet, x: float, y: float) -> Sequence[Node]:
    return ring_swatch(sheet, x, y)[1:]


def line_swatch(sheet: Sheet, x: float, y: float) -> Sequence[Node]:
    return [Path(polyline([(x, y), (x + 25, y)]), Paint(stroke=sheet.colours["ink-2"], width=3.2))]


def band_swatch(sheet: Sheet, x: float, y: float) -> Sequence[Node]:
    ink = sheet.colours["ink-2"]
    line = polyline([(x, y), (x + 25, y)])
    return [
        Path(line, Paint(stroke=ink, width=10, opacity=0.2)),
        Path(line, Paint(stroke=ink, width=3, dash=(DASH[0] * 0.7, DASH[1] * 0.7))),
    ]


def zone_swatch(sheet: Sheet, x: float, y: float) -> Sequence[Node]:
    ink = sheet.colours["ink-2"]
    return [Path(rectangle(x, y - 8, 25, 16, 4), Paint(ink, 0.16, ink, 1.8, 1, ZONE_DASH))]


def wide_swatch(sheet: Sheet, x: float, y: float) -> Sequence[Node]:
    ink = sheet.colours["map-ink-2"]
    lines = steps_of(hatch(box(x, y - 8, x + 25, y + 8), 6))
    return [
        Path(rectangle(x, y - 8, 25, 16), Paint(ink, 0.08, ink, 0.8, 0.6)),
        Path(lines, Paint(stroke=ink, width=0.9, opacity=0.6)),
    ]


def cluster_swatch(sheet: Sheet, spot: Spot, x: float, y: float) -> Sequence[Node]:
    small = Spot(spot.items, 0, 0, [], spot.numbers)
    drawn = disc(sheet, small, sheet.say("cluster"))
    return [shrunk(drawn, x + 12, y, 23 / small.size)]


def shrunk(node: Node, x: float, y: float, scale: float) -> Node:
    """A small copy of something drawn about the origin."""
    if isinstance(node, Group):
        return Group(node.name, [shrunk(child, x, y, scale) for child in node.children])
    if isinstance(node, Text):
        return replace(node, x=x + node.x * scale, y=y + node.y * scale, size=node.size * scale)
    paint = replace(node.paint, width=node.paint.width * scale)
    return replace(node, steps=moved(node.steps, x, y, scale), paint=paint)


SWATCHES: dict[str, Callable[[Sheet, float, float], Sequence[Node]]] = {
    "placed": placed_swatch,
    "estimated": ring_swatch,
    "estimated-bare": hollow_swatch,
    "route": line_swatch,
    "schematic": band_swatch,
    "zone": zone_swatch,
    "wide": wide_swatch,
}


def undrawn_rows(sheet: Sheet, shown: Shown) -> list[Row]:
    """What a reader would otherwise look for in vain, with honest counts."""
    city = sum(item.scope == "city" and item.truth == "wide" for item in shown.items)
    none = sum(item.truth == "none" for item in shown.items)
    counts = {"city": city, "none": none, "outside": shown.beyond}
    rows = [note_row(sheet, sheet.say(key, n=n)) for key, n in counts.items() if n]
    return [space(8), *rows] if rows else []


def note_row(sheet: Sheet, text: str) -> Row:
    def draw(x: float, y: float, width: float) -> list[Node]:
        return [sheet.text(x, y + 15, text, 13, "ink-3", most=width)]

    return Row(text, 20, draw)
