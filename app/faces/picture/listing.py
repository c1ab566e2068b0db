"""The list beside the map: every numbered item, and those shown as whole counties."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.faces.picture.items import Item
from app.faces.picture.legend import heading
from app.faces.picture.panel import Row, space
from app.faces.picture.points import Spot
from app.faces.picture.scene import Group, Node, Paint, Path, moved
from app.faces.picture.sheet import Sheet

LEADING = 1.42


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: items in the order of their numbers, then those without a place."""

    points: Sequence[Item]
    lines: Sequence[Item]
    wide: Sequence[Item]
    numbers: dict[str, int]


def number_items(spots: Sequence[Spot], lines: Sequence[Item], wide: Sequence[Item]) -> Listing:
    """Number spots from north to south, so that a cluster's items follow each other."""
    numbers: dict[str, int] = {}
    points: list[Item] = []
    for spot in sorted(spots, key=lambda spot: (round(spot.y / 24), spot.x)):
        for item in spot.items:
            if item.id not in numbers:
                numbers[item.id] = len(numbers) + 1
                points.append(item)
        spot.numbers = sorted(numbers[item.id] for item in spot.items)
    for item in lines:
        numbers.setdefault(item.id, len(numbers) + 1)
    only_lines = [item for item in lines if item not in points]
    return Listing(points, only_lines, wide, numbers)


def list_rows(sheet: Sheet, listing: Listing, size: float, wide: bool) -> list[Row]:
    """Sections with a row for each item; those known by county only as a count if asked."""
    rows = section(sheet, "points", listing.points, listing.numbers, size)
    rows += section(sheet, "lines", listing.lines, listing.numbers, size)
    if wide:
        rows += section(sheet, "wide-list", listing.wide, {}, size)
    elif listing.wide:
        rows += [space(8), heading(sheet, sheet.say("wide-list"), count_of(sheet, listing.wide))]
    return [replace(row, group=sheet.say("items")) for row in rows]


def section(
    sheet: Sheet, key: str, items: Sequence[Item], numbers: dict[str, int], size: float
) -> list[Row]:
    if not items:
        return []
    rows = [item_row(sheet, item, numbers.get(item.id), size) for item in items]
    return [space(8), heading(sheet, sheet.say(key), count_of(sheet, items)), *rows]


def count_of(sheet: Sheet, items: Sequence[Item]) -> str:
    return sheet.say("count", n=len(items))


def item_row(sheet: Sheet, item: Item, number: int | None, size: float) -> Row:
    """Number, the family's shape in the layer's colour, name."""
    inset = size * (3.1 if number is not None else 1.35)

    def draw(x: float, y: float, width: float) -> list[Node]:
        line = y + size * 1.06
        mark_x = x + inset - size * 0.75
        found: list[Node] = [mark(sheet, item, mark_x, line - size * 0.36, size * 0.9)]
        if number is not None:
            end = x + inset - size * 1.4
            found.append(sheet.text(end, line, str(number), size, "ink-3", anchor="end"))
        name = sheet.text(
            x + inset, line, item.name, size, "ink", most=width - inset, name=item.name,
            link=item.link,
        )  # fmt: skip
        return [*found, name]

    return Row(item.name, size * LEADING, draw)


def mark(sheet: Sheet, item: Item, x: float, y: float, size: float) -> Group:
    """The bare shape: solid for a known place, hollow for any other."""
    outline = sheet.kit.symbols.shape(item.family.shape).outline
    if item.truth == "placed":
        return Group("", [Path(moved(outline, x, y, size), Paint(item.colour))])
    paint = Paint(sheet.colours["paper"], 1, item.colour, size * 0.16)
    return Group("", [Path(moved(outline, x, y, size * 0.86), paint)])


def widest(sheet: Sheet, listing: Listing, size: float) -> float:
    """The width in which nine of ten names need no cut."""
    names = [item.name for item in (*listing.points, *listing.lines, *listing.wide)]
    widths = sorted(sheet.width(name, size) for name in names)
    return size * 3.1 + (widths[int(len(widths) * 0.9)] if widths else 0) + 4
