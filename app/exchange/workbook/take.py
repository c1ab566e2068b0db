"""Workbook → pack: what would change, what stands against it, and the revision to apply."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.exchange.revision import Revision, revise
from app.exchange.workbook.diff import Change, changes, merged
from app.exchange.workbook.read import Contents, Problem, read_workbook
from app.exchange.workbook.sheets import Cells, Sheet, fingerprint, sheets_of
from app.plan.pack import Pack
from app.plan.rules import Finding
from app.plan.tables import write_table


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to a workbook; `revision` is there when nothing stands against it."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    revision: Revision | None
    outdated: bool
    """The tables have changed since the workbook was made: what others did would be undone."""


def take(pack: Pack, path: Path) -> Taken:
    """Read a workbook and judge it. Nothing is written. Raises PackError if it is no workbook."""
    sheets = sheets_of(pack)
    contents = read_workbook(path, sheets)
    outdated = bool(contents.version) and contents.version != fingerprint(sheets)
    if contents.problems:
        return Taken((), tuple(contents.problems), None, outdated)
    tables = {sheet.id: merged(sheet, contents.readings[sheet.id].lines) for sheet in sheets}
    found = tuple(change for sheet in sheets for change in changes(sheet, tables[sheet.id]))
    touched = [sheet for sheet in sheets if tables[sheet.id] != list(sheet.rows)]
    revision = revise(pack, {s.file: write_table(s.columns, tables[s.id]) for s in touched})
    problems = tuple(
        problem_of(finding, sheets, tables, contents) for finding in revision.findings
    )
    return Taken(found, problems, None if problems else revision, outdated)


def problem_of(
    finding: Finding, sheets: list[Sheet], tables: Mapping[str, list[Cells]], contents: Contents
) -> Problem:
    """A finding about a table, as the sheet and cell where a person can mend it."""
    sheet = next((sheet for sheet in sheets if sheet.file == finding.file), None)
    if sheet is None or finding.row is None:
        cell = f"{finding.row or ''} {finding.column}".strip()
        return Problem(finding.file, cell, finding.value, said(finding))
    reading = contents.readings[sheet.id]
    key = tables[sheet.id][finding.row - 2][sheet.key]
    number = next(line.number for line in reading.lines if line.cells[sheet.key] == key)
    cell = reading.cell(finding.column, number)
    return Problem(reading.title, cell, finding.value, f"{finding.column}: {said(finding)}")


def said(finding: Finding) -> str:
    return f"{finding.expected} [{finding.rule}]"
