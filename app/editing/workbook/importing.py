"""Workbook → pack: the changes, the findings against them, and the revision to apply."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from app.editing.revision import Revision, revise
from app.editing.workbook.diff import Change, changes, merged
from app.editing.workbook.mend import mended
from app.editing.workbook.read import Contents, SheetProblem, SheetReading, read_workbook
from app.editing.workbook.sheets import WorksheetSpec, fingerprint, sheets_of
from app.pack.pack import Pack
from app.pack.tables.csv_tables import write_table
from app.rules import Finding


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The answer to a workbook; `revision` is there when nothing stands against it."""

    changes: tuple[Change, ...]
    problems: tuple[SheetProblem, ...]
    revision: Revision | None
    notes: tuple[SheetProblem, ...]
    """What is in the workbook and not taken over; it stands against nothing."""
    outdated: bool
    """The tables have changed since the workbook was made: what others did would be undone."""


def import_workbook(pack: Pack, path: Path) -> ImportResult:
    """Read a workbook and judge it. Nothing is written. Raises PackError if it is no workbook.

    All that stands against it is told at once: what the sheets hold that no table can, and what
    the rule book says of the rest.
    """
    sheets = sheets_of(pack)
    contents = read_workbook(path, sheets)
    outdated = contents.version != fingerprint(sheets)
    return checked_changes(pack, sheets, contents, outdated)


def checked_changes(
    pack: Pack, sheets: list[WorksheetSpec], contents: Contents, outdated: bool
) -> ImportResult:
    """The changes, and what stands against them; with cells nobody can read, no changes."""
    known = [sheet for sheet in sheets if sheet.id in contents.readings]
    readings = {sheet.file: mended(sheet, contents.readings[sheet.id]) for sheet in known}
    tables = {sheet.file: merged(sheet, readings[sheet.file].lines) for sheet in known}
    touched = [sheet for sheet in known if tables[sheet.file] != list(sheet.rows)]
    texts = {sheet.file: write_table(sheet.columns, tables[sheet.file]) for sheet in touched}
    revision = revise(pack, texts)
    problems = list(contents.problems)
    said_of = {(problem.sheet, problem.cell) for problem in problems}
    keys = {sheet.file: sheet.key for sheet in known}
    for finding in revision.findings:
        if finding.file not in keys or finding.row is None:
            problems.append(elsewhere(finding))
            continue
        text = texts.get(finding.file) or (pack.data / finding.file).read_text("utf-8-sig")
        key = key_at(text, finding.row, keys[finding.file])
        problem = finding_in_sheet(finding, readings[finding.file], key)
        if (problem.sheet, problem.cell) not in said_of:
            problems.append(problem)
    changed: list[Change] = []
    for sheet in known if not contents.problems else ():
        changed += changes(sheet, tables[sheet.file])
    return ImportResult(
        tuple(changed), tuple(problems), None if problems else revision, tuple(contents.notes),
        outdated,
    )  # fmt: skip


def finding_in_sheet(finding: Finding, reading: SheetReading, key: str) -> SheetProblem:
    """A finding about a row of a table, as the sheet and cell where a person can mend it."""
    cell = reading.cell(finding.column, reading.rows.get(key, 1))
    return SheetProblem(
        reading.title, cell, finding.value, f"{finding.column}: {finding_text(finding)}"
    )


def elsewhere(finding: Finding) -> SheetProblem:
    """A finding about something that is in no sheet."""
    cell = f"{finding.row or ''} {finding.column}".strip()
    return SheetProblem(finding.file, cell, finding.value, finding_text(finding))


def finding_text(finding: Finding) -> str:
    return f"{finding.expected} [{finding.rule}]"


def key_at(text: str, row: int, key: str) -> str:
    """The key of the record that ends on a line of a table; empty for the header."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    return next((cells[key] for cells in reader if reader.line_num == row), "")
