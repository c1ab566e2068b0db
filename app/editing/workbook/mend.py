"""A worksheet with errors, repaired as far as the rules need to check the rest of it.

What no table can hold (a formula, a row without a key or with another row's) is a problem already.
For the rule book a formula stands for what the cell held before, and a row whose key is lost for
the row of the table it most looks like; what the book says of such a cell is void.
"""

from dataclasses import replace

from app.editing.workbook.read import SheetLine, SheetReading
from app.editing.workbook.sheets import Cells, WorksheetSpec

ALIKE = 0.5
"""Share of a row's filled cells that must still say the same for it to be that row."""


def mended(sheet: WorksheetSpec, reading: SheetReading) -> SheetReading:
    """The reading with a key of its own for every row, and no cell left unread."""
    if not reading.whole:
        lines = [SheetLine(0, row) for row in sheet.rows]
        return replace(reading, lines=lines, rows={})
    old = {row[sheet.key]: row for row in sheet.rows}
    owners = owners_of(sheet, reading, old)
    lost = {key: row for key, row in old.items() if key not in reading.rows}
    lines, rows = [], {}
    for line in reading.lines:
        key = line.cells[sheet.key]
        if owners.get(key) is not line:
            key = most_alike(line, sheet, lost) or f"{key or sheet.id}-{line.number}"
            lost.pop(key, None)
        before = old.get(key, {})
        kept = {id: before.get(id, "") for id in line.unread}
        lines.append(replace(line, cells={**line.cells, **kept, sheet.key: key}))
        rows[key] = line.number
    return replace(reading, lines=lines, rows=rows)


def owners_of(
    sheet: WorksheetSpec, reading: SheetReading, old: dict[str, Cells]
) -> dict[str, SheetLine]:
    """Key → the row that has it; of several the one most like the row of the table."""
    claims: dict[str, list[SheetLine]] = {}
    for line in reading.lines:
        claims.setdefault(line.cells[sheet.key], []).append(line)
    claims.pop("", None)
    return {
        key: max(lines, key=lambda line: likeness(line, sheet, old[key]))
        if key in old
        else lines[0]
        for key, lines in claims.items()
    }


def most_alike(line: SheetLine, sheet: WorksheetSpec, lost: dict[str, Cells]) -> str:
    """The key of the lost row that a line still mostly says; empty when there is none."""
    best = max(lost, key=lambda key: likeness(line, sheet, lost[key]), default="")
    return best if best and likeness(line, sheet, lost[best]) > ALIKE else ""


def likeness(line: SheetLine, sheet: WorksheetSpec, row: Cells) -> float:
    """The share of filled cells, keys aside, that two rows have alike."""
    filled = [id for id in row if id != sheet.key and (row[id] or line.cells[id])]
    return sum(row[id] == line.cells[id] for id in filled) / max(len(filled), 1)
