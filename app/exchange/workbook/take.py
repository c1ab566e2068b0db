"""Workbook → pack: what would change, what stands against it, and the revision to apply."""

import csv
from dataclasses import dataclass
from pathlib import Path

from app.exchange.revision import Revision, revise
from app.exchange.workbook.diff import Change, changes, merged
from app.exchange.workbook.read import Contents, Problem, Reading, read_workbook
from app.exchange.workbook.sheets import Sheet, fingerprint, sheets_of
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
    return judged(pack, sheets, contents, outdated)


def judged(pack: Pack, sheets: list[Sheet], contents: Contents, outdated: bool) -> Taken:
    """The changes, and what the rule book says of them."""
    tables = {sheet.id: merged(sheet, contents.readings[sheet.id].lines) for sheet in sheets}
    found = tuple(change for sheet in sheets for change in changes(sheet, tables[sheet.id]))
    touched = [sheet for sheet in sheets if tables[sheet.id] != list(sheet.rows)]
    texts = {sheet.file: write_table(sheet.columns, tables[sheet.id]) for sheet in touched}
    revision = revise(pack, texts)
    problems = []
    for finding in revision.findings:
        sheet = next((one for one in sheets if one.file == finding.file), None)
        if sheet is None or finding.row is None:
            problems.append(elsewhere(finding))
        else:
            text = texts.get(sheet.file) or (pack.data / sheet.file).read_text("utf-8-sig")
            key = key_at(text, finding.row, sheet.key)
            problems.append(in_sheet(finding, contents.readings[sheet.id], key))
    return Taken(found, tuple(problems), None if problems else revision, outdated)


def in_sheet(finding: Finding, reading: Reading, key: str) -> Problem:
    """A finding about a row of a table, as the sheet and cell where a person can mend it."""
    cell = reading.cell(finding.column, reading.rows.get(key, 1))
    return Problem(reading.title, cell, finding.value, f"{finding.column}: {said(finding)}")


def elsewhere(finding: Finding) -> Problem:
    """A finding about something that is in no sheet."""
    cell = f"{finding.row or ''} {finding.column}".strip()
    return Problem(finding.file, cell, finding.value, said(finding))


def said(finding: Finding) -> str:
    return f"{finding.expected} [{finding.rule}]"


def key_at(text: str, row: int, key: str) -> str:
    """The key of the record that ends on a line of a table; empty for the header."""
    reader = csv.DictReader(text.splitlines(keepends=True))
    return next((cells[key] for cells in reader if reader.line_num == row), "")
