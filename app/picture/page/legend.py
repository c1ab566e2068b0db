"""The legend: only what is on this map, how well it is placed, and what is not on it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.build.diagram import KINDS
from app.domain.certainty import WITHIN_M
from app.domain.models import STATUSES, Category
from app.domain.text.distances import distance_words
from app.domain.text.languages import title_in, word_in
from app.picture.diagram.keys import key
from app.picture.items import PictureItem
from app.picture.map.points import Spot
from app.picture.page.legend_keys import (
    SWATCHES,
    cluster_swatch,
    glyph_swatch,
    line_swatch,
    status_swatch,
)
from app.picture.page.map_elements import wrapped
from app.picture.page.panel import PanelRow, space
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Node
from app.picture.scene.shapes import symbol

SIZE, SMALL, HEAD = 15.0, 14.0, 17.0
CLOSE = 1.2
"""Of the further lines of one row."""
COLUMN = 272.0
"""What a column of the panel would like to have."""
LEADING, TIGHT_LEADING, MANY = 25.0, 21.5, 10
"""Of a row; the tighter where the map shows many layers."""
KEY_LEADING = 19.5
SWATCH, COUNT_ROOM, LINE_KEY = 34.0, 34.0, 32.0
"""Room to the left and right of the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendContent:
    """What a map shows, for its legend to explain."""

    items: Sequence[PictureItem]
    clusters: Sequence[Spot]
    beyond: int
    """Items whose place lies outside the map."""
    status_title: str
    """What a status is called in this pack."""
    categories: bool = True
    """Whether the glyphs of categories are explained; not where that leaves no room for a list."""
    by_status: bool = False
    """Whether colours say the status: shape and glyph go on saying the layer."""

    def tinted(self, context: DrawingContext, item: PictureItem) -> PictureItem:
        """As a key that is of no status has it."""
        grey = context.colours["ink-2"]
        return replace(item, colour=grey, tint=grey) if self.by_status else item


def legend_rows(
    context: DrawingContext, shown: LegendContent, *, families: bool = False,
    column: float = COLUMN, brief: bool = False,
) -> list[PanelRow]:  # fmt: skip
    """Heading, layers (or families) with counts, kinds of truth, what is not on the map; `brief`
    leaves out the heading and says the last in one line.
    """
    name = context.phrase("legend")
    rows = [heading(context, name, context.phrase("count", n=len(shown.items)))][brief:]
    rows += (family_rows if families else layer_rows)(context, shown, column)
    rows += diagram_rows(context, shown, column)
    rows += status_rows(context, shown, column)
    rows += certainty_rows(context, shown, column)
    rows += undrawn_rows(context, shown, column, brief=brief)
    return [replace(row, group=name) for row in rows]


def layer_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """A row for each layer, in the order of the plan."""
    rows = []
    counts = Counter(item.layer.id for item in shown.items)
    samples = {item.layer.id: item for item in reversed(shown.items)}
    leading = LEADING if len(samples) <= MANY else TIGHT_LEADING
    for id, item in sorted(samples.items(), key=lambda pair: order_of(shown.items, pair[0])):
        key = shown.tinted(context, item)
        rows.append(layer_row(context, key, counts[id], leading, column))
    with_categories = shown.categories and len(samples) == 1
    return rows + category_rows(context, shown, column) if with_categories else rows


def category_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """The categories of the only layer: of what stands at places if glyphs tell them apart, of
    lines if their form does, the plain ones last.
    """
    items = [item for item in shown.items if not item.diagram]
    categories = shown.items[0].layer.categories
    keys = partial(category_keys, context, shown, column)
    return [
        *keys(
            [item for item in items if item.points], categories, swatch=glyph_swatch, own="symbol"
        ),
        *keys(
            [item for item in items if item.parts("LineString")],
            sorted(categories, key=lambda one: not one.line), swatch=line_swatch, own="line",
        ),
    ]  # fmt: skip


def category_keys(
    context: DrawingContext, shown: LegendContent, column: float, items: Sequence[PictureItem],
    categories: Iterable[Category], *, swatch: Callable[..., Sequence[Node]], own: str,
) -> list[PanelRow]:  # fmt: skip
    """A row for each of the categories of items, if any of them has such a thing of its `own`."""
    counts = Counter(item.category for item in items)
    samples = {item.category: item for item in reversed(items)}
    known = [category for category in categories if counts[category.id]]
    if not any(getattr(one, own) for one in known):
        return []
    rows = [
        swatch_row(
            context, title_in(one, context.lang),
            partial(swatch, of=shown.tinted(context, samples[one.id])),
            column, count=counts[one.id],
        )
        for one in known
    ]  # fmt: skip
    return [*rows, space(4)]


def family_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """A row for each family, where there is no room for its layers."""
    counts = Counter(item.family.id for item in shown.items)
    samples = {item.family.id: item for item in reversed(shown.items)}
    plain = [as_family(shown.tinted(context, item)) for item in samples.values()]
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
    return replace(item, layer=layer, symbol="")


def order_of(items: Sequence[PictureItem], layer: str) -> int:
    return next(i for i, item in enumerate(items) if item.layer.id == layer)


def heading(context: DrawingContext, text: str, at_end: str = "") -> PanelRow:
    """A bold line with a number at its end."""

    def draw(x: float, y: float, width: float) -> list[Node]:
        nodes: list[Node] = [context.text(x, y + HEAD, text, HEAD, "ink", bold=True)]
        if at_end:
            nodes.append(context.text(x + width, y + HEAD, at_end, SMALL, "ink-3", anchor="end"))
        return nodes

    return PanelRow(text, 30, draw, head=True)


def layer_row(
    context: DrawingContext, sample: PictureItem, count: int, leading: float, column: float
) -> PanelRow:
    """Symbol, title in as many lines as it needs, and count of a layer."""
    layer = sample.layer
    title = title_in(layer, context.lang)
    placed = replace(
        sample,
        certainty="pin",
        status="existing",
        name=title,
        link="",
        symbol=layer.symbol,
        colour=sample.tint,
    )
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

    height = leading + (len(lines) - 1) * SIZE * CLOSE
    room = SWATCH + COUNT_ROOM
    return PanelRow(title, height, draw, least=least(context, lines, SIZE, room), key=True)


def least(context: DrawingContext, lines: Sequence[str], size: float, room: float) -> float:
    """The width of a row whose words, in one line, have some room beside them."""
    return room + context.width(lines[0], size) if len(lines) == 1 else 0.0


def under_each_other(
    context: DrawingContext, lines: Sequence[str], x: float, y: float, *, size: float, most: float,
    colour: str = "ink", link: str = "", bold: bool = False,
) -> list[Node]:  # fmt: skip
    """Lines of a text, the first at y; a page narrower than was reckoned with cuts them."""
    return [
        context.text(
            x, y + number * size * CLOSE, line, size, colour, most=most, link=link, bold=bold
        )
        for number, line in enumerate(lines)
    ]


def diagram_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """What the plan's own diagram is drawn with."""
    in_diagram = [item for item in shown.items if item.diagram]
    entries = {
        (item.name if item.diagram in BY_ITEM else item.diagram): item for item in in_diagram
    }
    rows = [
        swatch_row(
            context,
            words_of_key(context, item),
            partial(key_swatch, kind=item.diagram, colour=shown.tinted(context, item).colour),
            column,
        )
        for item in sorted(entries.values(), key=lambda one: KINDS.index(one.diagram))
    ]
    return [space(10), *rows] if rows else []


BY_ITEM = ("route", "base")
"""Kinds of which each item has a key of its own."""


def words_of_key(context: DrawingContext, item: PictureItem) -> str:
    """What a key of the plan's diagram is called."""
    kind = item.diagram
    return item.numbered_name if kind in BY_ITEM else context.phrase(f"diagram.{kind}")


def key_swatch(
    context: DrawingContext, x: float, y: float, *, kind: str, colour: str
) -> Sequence[Node]:
    return [key(context, kind, colour, x + 13, y)]


def status_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """What a symbol's fill and a line's form say, and of how many."""
    counts = Counter(item.status for item in shown.items if item.certainty != "none")
    lines = any(item.parts("LineString") and not item.diagram for item in shown.items)
    rows = [
        swatch_row(
            context, word_in(STATUSES[status], context.lang),
            partial(
                status_swatch, line=lines,
                of=replace(
                    shown.items[0], status=status,
                    colour=context.colours[f"status-{status}" if shown.by_status else "ink-2"],
                ),
            ),
            column, count=counts[status], inset=SWATCH + LINE_KEY if lines else SWATCH,
        )
        for status in STATUSES
        if counts[status]
    ]  # fmt: skip
    return [space(5), small_head(context, shown.status_title), *rows] if rows else []


def certainty_rows(context: DrawingContext, shown: LegendContent, column: float) -> list[PanelRow]:
    """How far off things may be, and of how many; what else is to be known of the drawing."""
    counts = certainty_counts(shown)
    rows = [
        swatch_row(
            context, context.phrase(key, radius=within(key, context.lang)), draw, column,
            count=counts[key],
        )
        for key, draw in SWATCHES.items()
        if counts[key]
    ]  # fmt: skip
    if shown.clusters:
        key = "numbers" if shown.clusters[0].numbers else "cluster"
        spot = shown.clusters[0]
        rows.append(
            swatch_row(context, context.phrase(key), partial(cluster_swatch, spot=spot), column)
        )
    return [space(5), small_head(context, context.phrase("certainty")), *rows] if rows else []


def within(certainty: str, lang: str) -> str:
    """How far off that is at most, in words."""
    return distance_words(WITHIN_M.get(certainty, WITHIN_M["disc"]), lang)


def certainty_counts(shown: LegendContent) -> Counter[str]:
    """Of what is drawn at a place or in a county."""
    plain = (item for item in shown.items if not item.diagram and item.certainty != "none")
    return Counter(
        item.certainty for item in plain if item.certainty != "wide" or item.scope == "county"
    )


def small_head(context: DrawingContext, text: str) -> PanelRow:
    def draw(x: float, y: float, width: float) -> list[Node]:
        return [context.text(x, y + SMALL, text, SMALL, "ink-2", bold=True, most=width)]

    return PanelRow(text, KEY_LEADING, draw, head=True)


def swatch_row(
    context: DrawingContext,
    text: str,
    swatch: Callable[[DrawingContext, float, float], Sequence[Node]],
    column: float,
    *,
    count: int = 0,
    inset: float = SWATCH,
) -> PanelRow:
    room = inset + (COUNT_ROOM if count else 0)
    lines = wrapped(context, text, SMALL, column - room)

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + KEY_LEADING / 2 + SIZE * 0.32
        words = under_each_other(
            context, lines, x + inset, line, size=SMALL, most=width - room, colour="ink-2"
        )
        if count:
            end = context.text(x + width, line, str(count), SMALL, "ink-3", anchor="end")
            words.append(end)
        return [*swatch(context, x, y + KEY_LEADING / 2), *words]

    height = KEY_LEADING + (len(lines) - 1) * SMALL * CLOSE
    return PanelRow(text, height, draw, least=least(context, lines, SMALL, room), key=True)


def undrawn_rows(
    context: DrawingContext, shown: LegendContent, column: float, *, brief: bool
) -> list[PanelRow]:
    """What a reader would otherwise look for in vain, with honest counts."""
    city = sum(item.scope == "city" and item.certainty == "wide" for item in shown.items)
    none = sum(item.certainty == "none" for item in shown.items)
    counts = {"city": city, "none": none, "outside": shown.beyond}
    if brief:
        counts = {"undrawn": sum(counts.values())}
    rows = [note_row(context, context.phrase(key, n=n), column) for key, n in counts.items() if n]
    return [space(8), *rows] if rows else []


def note_row(context: DrawingContext, text: str, column: float) -> PanelRow:
    lines = wrapped(context, text, SMALL, column)

    def draw(x: float, y: float, width: float) -> list[Node]:
        return under_each_other(context, lines, x, y + 15, size=SMALL, most=width, colour="ink-3")

    height = 21 + (len(lines) - 1) * SMALL * CLOSE
    return PanelRow(text, height, draw, least=least(context, lines, SMALL, 0))
