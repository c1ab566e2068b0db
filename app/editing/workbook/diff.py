"""What a workbook would change: row by row, cell by cell, and the tables that come of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.editing.cell_values import is_same_value
from app.editing.workbook.read import SheetLine
from app.editing.workbook.sheets import Cells, WorksheetSpec

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is not as it was."""

    sheet: str
    kind: str
    key: str
    name: str
    cells: tuple[tuple[str, str, str], ...] = ()
    """Column, from, to; for a changed row only."""

    def lines(self) -> Iterator[str]:
        """As a person reads it."""
        name = f" {self.name}" if self.name and self.name != self.key else ""
        yield f"{self.sheet} {self.kind} {self.key}{name}"
        for column, old, new in self.cells:
            yield f"    {column}: {old!r} → {new!r}"


def merged(sheet: WorksheetSpec, lines: Iterable[SheetLine]) -> list[Cells]:
    """The rows as they would be: old ones in their old order, a new one after its neighbour.

    Sorting a sheet says nothing about the plan, so it moves no row. A cell that still says the
    same keeps the bytes it had.
    """
    old = {row[sheet.key]: row for row in sheet.rows}
    now = {line.cells[sheet.key]: line.cells for line in lines}
    order = [key for key in old if key in now]
    before = ""
    for key in now:
        if key not in old:
            order.insert(order.index(before) + 1 if before else 0, key)
        before = key
    return [kept(sheet, old.get(key), now[key]) for key in order]


def kept(sheet: WorksheetSpec, old: Cells | None, new: Cells) -> Cells:
    """The new cells in the file's order, with the old text where nothing changed."""
    return {
        property.id: old[property.id]
        if old and is_same_value(old[property.id], new[property.id], property)
        else new[property.id]
        for property in sheet.properties
    }


def changes(sheet: WorksheetSpec, rows: Iterable[Cells]) -> Iterator[Change]:
    """How rows differ from the sheet's own: removed first, then in their order.

    A row that is gone and a new one of its name are one row with another key.
    """
    old = {row[sheet.key]: row for row in sheet.rows}
    now = {row[sheet.key]: row for row in rows}
    gone = [row for key, row in old.items() if key not in now]
    by_name = {row["name"]: row for row in gone}
    before = {key: old.get(key) or by_name.pop(row["name"], None) for key, row in now.items()}
    still_there = {row[sheet.key] for row in before.values() if row}
    for row in gone:
        if row[sheet.key] not in still_there:
            yield Change(sheet.title, REMOVED, row[sheet.key], row["name"])
    for key, row in now.items():
        was = before[key]
        if was is None:
            yield Change(sheet.title, ADDED, key, row["name"])
        elif row != was:
            cells = tuple((id, was[id], row[id]) for id in row if row[id] != was[id])
            yield Change(sheet.title, CHANGED, was[sheet.key], row["name"], cells)
