"""Workbook → rows of text, with the place of every cell, and whatever cannot be used named."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from app.exchange.values import text_of
from app.exchange.workbook.sheets import ABOUT, LISTS, VERSION_LABEL, Cells, Sheet
from app.plan.errors import PackError
from app.plan.schema import Property

FORMULA, ERROR = "f", "e"
"""openpyxl's data types of cells that hold no plain value."""

WANTED = {
    "integer": "a whole number",
    "number": "a number",
    "date": "a date like 2025-12-31",
    "datetime": "a date and time",
    "list": "a list with | between",
}


@dataclass(frozen=True, slots=True)
class Problem:
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
class Line:
    """One row of a sheet; a cell that holds no plain value is empty and named in `unread`."""

    number: int
    cells: Cells
    unread: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """What a sheet holds now."""

    title: str
    letters: dict[str, str] = field(default_factory=dict)
    """Column → letter."""
    lines: list[Line] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    """Key → row number."""
    whole: bool = True
    """Whether its columns could be told apart, so that its rows were read."""

    def cell(self, column: str, number: int) -> str:
        return f"{self.letters.get(column, 'A')}{number}"


@dataclass(slots=True)
class Contents:
    """The whole workbook, by the sheets' ids, and the version of the tables it was made from."""

    readings: dict[str, Reading] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    version: str = ""


def read_workbook(path: Path, sheets: list[Sheet]) -> Contents:
    """Read every sheet. Raises PackError when the file is no workbook at all."""
    book = opened(path)
    try:
        contents = Contents(version=version_of(book))
        titles = titles_of(book, sheets)
        for sheet in sheets:
            if sheet.id in titles:
                page = book[titles[sheet.id]]
                contents.readings[sheet.id] = read_sheet(page, sheet, contents.problems)
            else:
                expected = f"the sheet of {sheet.file}; it is missing or renamed"
                contents.problems.append(Problem(sheet.title, "", "", expected))
        contents.problems += strangers(book, set(titles.values()), sheets)
        return contents
    finally:
        book.close()


def opened(path: Path) -> Workbook:
    """The workbook, read as a stream: an empty sheet may say it has a million rows."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl drops of styles is not read here
            return load_workbook(path, read_only=True)
    except FileNotFoundError:
        raise PackError(str(path), "the file is missing") from None
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise PackError(str(path), f"an .xlsx workbook that can be read ({error})") from None


def titles_of(book: Workbook, sheets: list[Sheet]) -> dict[str, str]:
    """Sheet id → title now: by the defined name that Excel keeps on renaming, else by title."""
    found = {}
    for sheet in sheets:
        named = book.defined_names.get(sheet.name)
        target = named.attr_text.rpartition("!")[0].strip("'") if named and named.attr_text else ""
        for title in (target.replace("''", "'"), sheet.title):
            if title in book.sheetnames:
                found[sheet.id] = title
                break
    return found


def strangers(book: Workbook, known: set[str], sheets: list[Sheet]) -> Iterator[Problem]:
    """Sheets that belong to no table and are not empty: perhaps a renamed one."""
    for title in book.sheetnames:
        if title in known or title in (ABOUT, LISTS):
            continue
        page = book[title]
        if any(value is not None for row in page.iter_rows(values_only=True) for value in row):
            titles = "、".join(sheet.title for sheet in sheets)
            yield Problem(title, "", "", f"no such sheet is known; known: {titles}")


def read_sheet(page: Any, sheet: Sheet, problems: list[Problem]) -> Reading:
    """The rows of a sheet whose columns are all there, in any order."""
    page.reset_dimensions()  # some writers give a wrong size, and rows would be lost
    rows = page.iter_rows()
    reading = Reading(page.title)
    faults = list(read_header(next(rows, ()), sheet, reading))
    problems += faults
    reading.whole = not faults
    if reading.whole:
        for number, row in enumerate(rows, start=2):
            problems += read_row(number, row, sheet, reading)
    return reading


def read_header(row: Iterable[Any], sheet: Sheet, reading: Reading) -> Iterator[Problem]:
    """Find each column by the id in the last line of its head; every one must be there once."""
    for position, cell in enumerate(row, start=1):
        words = str(cell.value or "").split()
        if not words:
            continue
        letter = get_column_letter(position)
        if words[-1] not in sheet.columns:
            known = ", ".join(sheet.columns)
            yield Problem(reading.title, f"{letter}1", words[-1], f"one of the columns {known}")
        elif words[-1] in reading.letters:
            yield Problem(reading.title, f"{letter}1", words[-1], "each column only once")
        reading.letters.setdefault(words[-1], letter)
    for column in sheet.columns:
        if column not in reading.letters:
            yield Problem(reading.title, "1:1", "", f"a column {column!r}; it is missing")


def read_row(number: int, row: tuple[Any, ...], sheet: Sheet, reading: Reading) -> list[Problem]:
    """One row; an empty one is skipped, a formula or a key used before is a problem."""
    at = {get_column_letter(position): cell for position, cell in enumerate(row, start=1)}
    problems, cells, unread = [], {}, set()
    for property in sheet.properties:
        cell = at.get(reading.letters[property.id])
        value = None if cell is None else cell.value
        if value is not None and cell is not None and cell.data_type in (FORMULA, ERROR):
            place = reading.cell(property.id, number)
            expected = f"{property.id}: {wanted(property)}, not a formula"
            problems.append(Problem(reading.title, place, str(value), expected))
            unread.add(property.id)
            value = None
        cells[property.id] = text_of(value, property)
    if any(cells.values()):
        if sheet.key not in unread:
            problems += key_problems(number, cells[sheet.key], sheet, reading)
        reading.lines.append(Line(number, cells, frozenset(unread)))
    return problems


def wanted(property: Property) -> str:
    """What a cell may hold, in a few words."""
    if property.choices:
        return f"one of {', '.join(choice[0] for choice in property.choices if choice[0])}"
    return WANTED.get(property.type, "a text")


def key_problems(number: int, key: str, sheet: Sheet, reading: Reading) -> Iterator[Problem]:
    """A row is known by its key: it must be there, and nowhere else."""
    place = reading.cell(sheet.key, number)
    if not key:
        yield Problem(
            reading.title, place, "", f"a text in column {sheet.key}, which names the row"
        )
    elif key in reading.rows:
        yield Problem(reading.title, place, key, f"not the same as in row {reading.rows[key]}")
    reading.rows.setdefault(key, number)


def version_of(book: Workbook) -> str:
    """The version of the tables the workbook was made from; empty when nobody says."""
    if ABOUT not in book.sheetnames:
        return ""
    for row in book[ABOUT].iter_rows(values_only=True):
        if row and row[0] == VERSION_LABEL and len(row) > 1:
            return str(row[1])
    return ""
