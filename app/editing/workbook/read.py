"""Workbook → rows of text, with the address of every cell and a problem for each one that cannot
be used.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import column_index_from_string, get_column_letter

from app.domain.errors import PackError
from app.domain.text.cleaning import clean
from app.editing.workbook.cells import value_of
from app.editing.workbook.package import SAVE_AGAIN, Book, RawCell, RawSheet, address, read_package
from app.editing.workbook.sheets import ABOUT, LISTS, Cells, WorksheetSpec
from app.editing.workbook.version import VERSION_SHEET, versions_of
from app.pack.tables.csv_tables import OPTIONAL

AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
Rows = dict[int, dict[int, RawCell]]


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """Something that keeps a workbook from being taken: sheet, cell, value, expectation."""

    sheet: str
    cell: str
    value: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        value = f" {self.value!r}" if self.value else ""
        return f"{where}{value}: {self.expected}"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row of a sheet; a cell that holds no plain value is empty and named in `unread`."""

    number: int
    cells: Cells
    unread: frozenset[str] = frozenset()


@dataclass(slots=True)
class SheetReading:
    """What a sheet holds now."""

    title: str
    letters: dict[str, str] = field(default_factory=dict)
    """Column → letter."""
    lines: list[SheetLine] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    """Key → row number."""
    whole: bool = True
    """Whether its columns could be told apart, so that its rows were read."""

    def cell(self, column: str, number: int) -> str:
        return f"{self.letters.get(column, 'A')}{number}"


@dataclass(slots=True)
class Contents:
    """The whole workbook, by the sheets' ids, and the version of the tables it was made from."""

    readings: dict[str, SheetReading] = field(default_factory=dict)
    problems: list[SheetProblem] = field(default_factory=list)
    notes: list[SheetProblem] = field(default_factory=list)
    """What is not taken over, and need not keep the rest from being taken."""
    version: str = ""


def read_workbook(path: Path, sheets: list[WorksheetSpec]) -> Contents:
    """Read every sheet. Raises PackError when the file is no workbook at all."""
    book = read_package(path)
    contents = Contents(version=version_of(path, book))
    titles = titles_of(book, sheets)
    for sheet in sheets:
        if sheet.id in titles:
            page = book.sheets[titles[sheet.id]]
            contents.readings[sheet.id] = SheetReader(book, page, sheet, contents).read()
        else:
            expected = f"the sheet of {sheet.file}; it is missing or renamed"
            contents.problems.append(SheetProblem(sheet.title, "", "", expected))
    contents.problems += unknown_sheets(book, set(titles.values()), sheets)
    return contents


def version_of(path: Path, book: Book) -> str:
    """The version of the tables it was made from. Raises PackError where that is lost.

    Without it nobody can tell whether the workbook would undo what others did since.
    """
    versions = versions_of(book)
    if len(versions) == 1:
        return versions.pop()
    what = "several versions of the tables" if versions else "no version of the tables"
    like = "" if versions else ", like one that was downloaded from the map"
    raise PackError(
        str(path), f"a workbook made by planmap export-xlsx; this one names {what} it was made "
        f"from{like}: export a new one and carry the changes over",
    )  # fmt: skip


def titles_of(book: Book, sheets: list[WorksheetSpec]) -> dict[str, str]:
    """Sheet id → title now: by the defined name that Excel keeps on renaming, else by title."""
    titles = {}
    for sheet in sheets:
        target = book.names.get(sheet.name, "").rpartition("!")[0].strip("'").replace("''", "'")
        for title in (target, sheet.title):
            if title in book.sheets:
                titles[sheet.id] = title
                break
    return titles


def unknown_sheets(
    book: Book, known: set[str], sheets: list[WorksheetSpec]
) -> Iterator[SheetProblem]:
    """Sheets that belong to no table and are not empty: perhaps a renamed one."""
    for title, page in book.sheets.items():
        if title in known or title in (ABOUT, LISTS, VERSION_SHEET):
            continue
        if page.damage or any(page.rows.values()):
            titles = "、".join(sheet.title for sheet in sheets)
            yield SheetProblem(title, "", "", f"no such sheet is known; known: {titles}")


class SheetReader:
    """Reads one sheet; what is wrong goes to the workbook's problems, in the order it is met."""

    def __init__(
        self, book: Book, page: RawSheet, sheet: WorksheetSpec, contents: Contents
    ) -> None:
        self.book, self.page, self.sheet, self.contents = book, page, sheet, contents
        self.reading = SheetReading(page.title)
        self.columns: dict[str, int] = {}
        """Column of the table → column of the sheet, from 1."""

    def read(self) -> SheetReading:
        """The rows of a sheet whose columns are all there, in any order."""
        if self.page.damage:
            self.problem("", "", f"a sheet that can be read ({self.page.damage}); {SAVE_AGAIN}")
            self.reading.whole = False
            return self.reading
        before = len(self.contents.problems)
        self.read_header(self.page.rows.get(1, {}))
        self.reading.whole = len(self.contents.problems) == before
        if self.reading.whole:
            rows = {number: row for number, row in sorted(self.page.rows.items()) if number > 1}
            self.look_for_merged(rows)
            for number, row in rows.items():
                self.read_row(number, row)
            self.look_for_comments()
        return self.reading

    def problem(self, cell: str, value: str, expected: str) -> None:
        self.contents.problems.append(SheetProblem(self.page.title, cell, value, expected))

    def read_header(self, row: dict[int, RawCell]) -> None:
        """Find each column by the id in the last line of its head; every one must be there once."""
        for position, cell in sorted(row.items()):
            words = clean(cell.text).split()
            if not words:
                continue
            letter = get_column_letter(position)
            if words[-1] not in self.sheet.columns:
                known = ", ".join(self.sheet.columns)
                self.problem(f"{letter}1", words[-1], f"one of the columns {known}")
            elif words[-1] in self.reading.letters:
                self.problem(f"{letter}1", words[-1], "each column only once")
            self.reading.letters.setdefault(words[-1], letter)
            self.columns.setdefault(words[-1], position)
        for column in self.sheet.columns:
            spare = column in OPTIONAL and not any(row[column] for row in self.sheet.rows)
            if column not in self.reading.letters and not spare:
                self.problem("1:1", "", f"a column {column!r}; it is missing")

    def read_row(self, number: int, row: dict[int, RawCell]) -> None:
        """One row; an empty one is skipped, what no table can hold is a problem."""
        cells, unread = {}, set()
        for property in self.sheet.properties:
            value = value_of(
                row.get(self.columns.get(property.id, 0)), property, since_1904=self.book.since_1904
            )
            place = self.reading.cell(property.id, number)
            if value.expected:
                self.problem(place, value.shown, value.expected)
                unread.add(property.id)
            if value.note:
                self.contents.notes.append(SheetProblem(self.page.title, place, "", value.note))
            cells[property.id] = value.text
        self.look_beside(number, row)
        if any(cells.values()) or unread:
            if self.sheet.key not in unread:
                for problem in key_problems(
                    number, cells[self.sheet.key], self.sheet, self.reading
                ):
                    self.contents.problems.append(problem)
            self.reading.lines.append(SheetLine(number, cells, frozenset(unread)))

    def look_beside(self, number: int, row: dict[int, RawCell]) -> None:
        """A value under no heading belongs to no column, and would be lost."""
        for position, cell in sorted(row.items()):
            if position not in self.columns.values() and clean(cell.text):
                expected = "a heading above it; this column has none, so the value has no place"
                self.problem(address(position, number), cell.text[:80], expected)

    def look_for_merged(self, rows: Rows) -> None:
        """Merged cells hold one value and look like many."""
        for area in self.page.merged:
            match = AREA.fullmatch(area)
            if not match:
                continue
            left, right = column_index_from_string(match[1]), column_index_from_string(match[3])
            top, bottom = int(match[2]), int(match[4])
            if any(top <= row <= bottom and any(left <= column <= right for column in cells)
                   for row, cells in rows.items()):  # fmt: skip
                value = self.page.rows.get(top, {}).get(left)
                self.problem(
                    area, value.text[:80] if value else "",
                    "cells that are not merged: only the first of them holds the value",
                )  # fmt: skip

    def look_for_comments(self) -> None:
        """What somebody wrote beside a cell is for a reader, and is not taken over."""
        for place, text in self.page.comments.items():
            if place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "1":
                note = f"the comment {clean(text)[:80]!r} is not taken over"
                self.contents.notes.append(SheetProblem(self.page.title, place, "", note))


def key_problems(
    number: int, key: str, sheet: WorksheetSpec, reading: SheetReading
) -> Iterator[SheetProblem]:
    """A row is known by its key: it must be there, and nowhere else."""
    place = reading.cell(sheet.key, number)
    if not key:
        yield SheetProblem(
            reading.title, place, "", f"a text in column {sheet.key}, which names the row"
        )
    elif key in reading.rows:
        yield SheetProblem(reading.title, place, key, f"not the same as in row {reading.rows[key]}")
    reading.rows.setdefault(key, number)
