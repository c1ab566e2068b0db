"""CSV tables that Excel, WPS and git all open, read with the row number of every record."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from app.domain.errors import PackError
from app.domain.models import CONTACT, RowPosition
from app.domain.text.characters import is_printable, printable
from app.domain.text.cleaning import clean, is_clean
from app.domain.text.languages import is_translation
from app.pack.reading import not_utf8

SEPARATOR = "|"
SAVE_AS = "in Excel save it as CSV UTF-8"
OPTIONAL = ("origin", "origin_en", *CONTACT)
"""Columns that a table need not have: it has them where one of its rows does."""
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
"""Plain digits: Python would read `1_200` and full-width digits too, and nobody else."""


class Record(NamedTuple):
    """A row's place and its cells by column, stripped of surrounding space."""

    row: RowPosition
    cells: dict[str, str]


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[Record]:
    """Yield the records of a table that must have exactly these columns, in any order.

    One in English (`name_en`) may be missing, which is as if it were empty; one in a further
    language (`name_pt`) may stand beside it.

    What cannot be printed is left out of a cell; the rule book names it. What cannot be seen,
    such as a zero-width space, is left out too.
    Raises PackError when the file is missing, not UTF-8, or has other columns.
    """
    name = path.name if path.parent.name != "items" else f"items/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise PackError(name, "the file is missing") from None
    except UnicodeDecodeError as error:
        raise not_utf8(name, path.read_bytes(), error, SAVE_AS) from None
    # Not splitlines: for Python a form feed within a cell ends a line, for a table it does not.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    tidy = tidier(text)
    header, last = [], 0
    try:
        header = [tidy(cell) for cell in next(reader, [])]
        check_header(name, header, columns)
        absent = dict.fromkeys((column for column in columns if column not in header), "")
        for cells in reader:
            if not any(cells):
                continue
            row = RowPosition(name, last := reader.line_num)
            if len(cells) != len(header):
                raise PackError(name, f"{len(header)} cells, not {len(cells)}", row=row.number)
            yield Record(row, {**dict(zip(header, map(tidy, cells), strict=True)), **absent})
    except csv.Error as error:
        why = f"{error}; a quote opened in row {last + 1} or below is not closed"
        raise PackError(name, f"readable CSV ({why})", row=reader.line_num) from None


def only_once(records: Iterable[Record], *columns: str) -> Iterator[Record]:
    """The records. Raises PackError at one that has in these columns what another has: which of
    the two is meant nobody knows.
    """
    rows: dict[tuple[str, ...], int] = {}
    for record in records:
        key = tuple(record.cells[column] for column in columns)
        first = rows.setdefault(key, record.row.number)
        if first != record.row.number:
            raise PackError(
                record.row.file, f"every {', '.join(columns)} only once; it is in row {first} too",
                row=record.row.number, column=columns[-1], value=" ".join(filter(None, key)),
            )  # fmt: skip
        yield record


def tidier(text: str) -> Callable[[str], str]:
    """What tidies each cell of a table: of most tables nothing but the space around it."""
    if is_printable(text) and is_clean(text):
        return str.strip
    return lambda cell: clean(printable(cell))


def check_header(name: str, header: list[str], columns: tuple[str, ...]) -> None:
    """A missing, unknown or doubled column is an error, never silently ignored."""
    translated = {column.removesuffix("_en") for column in columns if column.endswith("_en")}
    for column in columns:
        if (column.endswith("_en") or column in OPTIONAL) and column not in header:
            continue
        if header.count(column) != 1:
            fault = "twice" if column in header else "missing"
            named = f"column {column!r} is {fault}; columns stand apart by commas"
            raise PackError(name, named, row=1, value=",".join(header)[:80])
    for column in header:
        if header.count(column) != 1 or not (
            column in columns or is_translation(column, translated)
        ):
            raise PackError(name, "no such column is known", row=1, column=column)


def split_list(cell: str) -> tuple[str, ...]:
    """`a|b` → ("a", "b"); an empty cell is an empty list."""
    return tuple(part.strip() for part in cell.split(SEPARATOR)) if cell else ()


def write_table(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    """The canonical text of a table: LF, quotes only where needed, no byte-order mark."""
    out = io.StringIO()
    held = [
        column
        for column in columns
        if column not in OPTIONAL or any(row.get(column) for row in rows)
    ]
    writer = csv.DictWriter(out, held, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
