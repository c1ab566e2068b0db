"""Rows that flow into columns beside or under the map: how legend and list share their room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.picture.scene.scene import Group, Node
from app.picture.scene.viewport import Rect

Draw = Callable[[float, float, float], Sequence[Node]]
"""x, y (top), width → what the row looks like."""

COLUMN_GAP = 26.0
WIDTH_MOST = 330.0
"""Of a column: farther apart, a count would not be read with its name."""


@dataclass(frozen=True, slots=True)
class PanelRow:
    name: str
    height: float
    draw: Draw
    group: str = ""
    """The part of the panel it belongs to."""
    head: bool = False
    """A heading never stands last in a column."""
    least: float = 0.0
    """The width it needs at least; 0: the whole column."""
    key: bool = False
    """Whether it explains what is drawn."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    row: PanelRow
    column: int
    y: float


def flow(rows: Sequence[PanelRow], columns: int, height: float) -> list[PlacedRow] | None:
    """Rows from the top of the first column on; None when they do not fit."""
    placed: list[PlacedRow] = []
    column, y = 0, 0.0
    for number, row in enumerate(rows):
        need = row.height
        if row.head and number + 1 < len(rows):
            need += rows[number + 1].height
        if y + need > height and y > 0:
            column, y = column + 1, 0.0
        if column >= columns or need > height:
            return None
        if row.name or y > 0:
            placed.append(PlacedRow(row, column, y))
            y += row.height
    return placed


def least_height(rows: Sequence[PanelRow], columns: int, most: float) -> float | None:
    """The smallest height in which the rows fit, so that columns end together."""
    total = sum(row.height for row in rows)
    height = max(total / columns, max((row.height for row in rows), default=0))
    while height <= most:
        if flow(rows, columns, height) is not None:
            return height
        height += 8
    return most if flow(rows, columns, most) is not None else None


def column_width(width: float, columns: int) -> float:
    """How wide each of so many columns is."""
    return (width - COLUMN_GAP * (columns - 1)) / columns


def draw_rows(
    placed: Sequence[PlacedRow], rect: Rect, columns: int, most: float = WIDTH_MOST
) -> list[Group]:
    """The rows, gathered into a named group for each part of the panel."""
    width = min(column_width(rect.width, columns), most)
    groups: dict[str, Group] = {}
    for one in placed:
        x = rect.x + one.column * (width + COLUMN_GAP)
        group = groups.setdefault(one.row.group, Group(one.row.group))
        nodes = one.row.draw(x, rect.y + one.y, width)
        group.add(Group(one.row.name, list(nodes)) if len(nodes) > 1 else None)
        group.add(*(nodes if len(nodes) == 1 else []))
    return list(groups.values())


def paired(rows: Sequence[PanelRow], column: float) -> list[PanelRow]:
    """Rows of one part and one height that need no more than half a column share a line."""
    pairs: list[PanelRow] = []
    half = column_width(column, 2)
    alone: int | None = None
    for row in rows:
        narrow = 0 < row.least <= half
        if row.head or not row.name:
            alone = None
        if narrow and alone is not None and row.height == pairs[alone].height:
            pairs[alone] = beside(pairs[alone], row)
            alone = None
            continue
        alone = len(pairs) if narrow else alone
        pairs.append(row)
    return pairs


def beside(left: PanelRow, right: PanelRow) -> PanelRow:
    """Two rows on one line."""

    def draw(x: float, y: float, width: float) -> list[Node]:
        half = column_width(width, 2)
        return [
            Group(row.name, list(row.draw(at, y, half)))
            for row, at in ((left, x), (right, x + half + COLUMN_GAP))
        ]

    return replace(left, name=f"{left.name} · {right.name}", draw=draw, least=0.0)


def first_rows(rows: Sequence[PanelRow], most: int | None) -> list[PanelRow]:
    """The first so many rows, without a heading or air that nothing follows."""
    kept = list(rows[:most])
    while kept and most is not None and (kept[-1].head or not kept[-1].name):
        kept.pop()
    return kept


def space(height: float) -> PanelRow:
    """Air; dropped at the top of a column."""
    return PanelRow("", height, lambda x, y, width: [])
