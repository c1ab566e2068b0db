"""Pack → workbook: every cell text, drop-downs for closed lists, a comment on every column."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.errors import PackError
from app.domain.schema import Property
from app.domain.text.languages import tag_of, title_in
from app.editing.workbook.sheets import (
    ABOUT,
    LISTS,
    VERSION_LABEL,
    WorksheetSpec,
    entry,
    fingerprint,
    sheets_of,
)
from app.editing.workbook.version import write_version
from app.formats.tabular.workbook_signature import Signature, dated, sign
from app.formats.zips import unzipped
from app.pack.pack import Pack
from app.pack.storage.files import replaced_file
from app.selection.about import NO_DATE
from app.words import translator

WIDTHS = {
    "id": 24, "name": 28, "name_en": 34, "summary": 60, "summary_en": 60, "facts": 44,
    "facts_en": 44, "plan_term": 24, "plan_refs": 34, "places": 26, "place_note": 40,
    "place_note_en": 40, "related": 30, "note": 40, "note_en": 40, "evidence": 50,
}  # fmt: skip
WIDTH = 15
SPARE_ROWS = 500
"""Rows below the table for which the drop-downs already work."""

HEAD = PatternFill("solid", fgColor="17324D")
HEAD_FONT = Font(bold=True, color="F3F6F8")
HEAD_HEIGHT = 34


class ClosedList(NamedTuple):
    """Where a closed list stands on the sheet of lists."""

    property: Property
    address: str


def export_workbook(pack: Pack, path: Path, *, over: bool = False) -> int:
    """Write the workbook; the number of rows in it. Raises PackError when the file exists."""
    if path.suffix.lower() != ".xlsx":
        raise PackError(str(path), "a file name that ends in .xlsx")
    if path.exists() and not over:
        raise PackError(str(path), "a file that does not exist yet, or --force to replace it")
    sheets = sheets_of(pack)
    with replaced_file(path) as half:
        half.write_bytes(saved(book_of(pack, sheets), pack))
        pack.check_unchanged()
    return sum(len(sheet.rows) for sheet in sheets)


def saved(book: Workbook, pack: Pack) -> bytes:
    """The bytes of the workbook: signed and dated with the pack, the same for the same tables."""
    info, out = pack.info, io.BytesIO()
    day = info.updated or NO_DATE
    sign(book, Signature(info.title, info.title, info.plan, "", tag_of(info.languages[0]), day))
    book.save(out)
    return dated(dict(unzipped(out.getvalue())), info.title, day)


def book_of(pack: Pack, sheets: list[WorksheetSpec]) -> Workbook:
    book = Workbook()
    about = book.active
    assert isinstance(about, Worksheet)
    write_about(about, pack, sheets)
    lists = book.create_sheet(LISTS)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        write_sheet(page, sheet, pack.info.first)
        for column, closed in write_lists(lists, sheet):
            page.add_data_validation(drop_down(column, closed, len(sheet.rows), pack.info.first))
        target = f"{quote_sheetname(sheet.title)}!$A$1"
        book.defined_names[sheet.name] = DefinedName(sheet.name, attr_text=target)
    book.move_sheet(lists, len(sheets))
    lists.sheet_state = "hidden"
    write_version(book, fingerprint(sheets))
    return book


def write_about(page: Worksheet, pack: Pack, sheets: list[WorksheetSpec]) -> None:
    page.title = ABOUT
    info, t = pack.info, translator(pack.info.first)
    rows = [
        (info.title, info.title_en), (info.plan, ""), ("", ""),
        *((line, "") for line in t("book.lesson").splitlines()), ("", ""),
        (t("book.date"), info.updated), (VERSION_LABEL, fingerprint(sheets)), ("", ""),
        (t("book.sheet"), t("book.file")), *((sheet.title, sheet.file) for sheet in sheets),
    ]  # fmt: skip
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            put_text(page, number, column, text)
    page["A1"].font = Font(bold=True, size=16)
    page.column_dimensions["A"].width = 24
    page.column_dimensions["B"].width = 34
    page.sheet_view.showGridLines = False


def write_sheet(page: Worksheet, sheet: WorksheetSpec, lang: str) -> None:
    """The header with its comments, then the rows as text."""
    for column, property in enumerate(sheet.properties, start=1):
        unit = f"（{property.unit}）" if property.unit else ""
        put_text(page, 1, column, f"{property.title}{unit}\n{property.id}")
        head = page.cell(1, column)
        head.font, head.fill = HEAD_FONT, HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.comment = comment_of(property, lang)
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = WIDTHS.get(property.id, WIDTH)
        page.column_dimensions[letter].number_format = "@"
        for row, cells in enumerate(sheet.rows, start=2):
            put_text(page, row, column, shown(property, cells[property.id]))
    page.row_dimensions[1].height = HEAD_HEIGHT
    page.freeze_panes = "C2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.properties))}{len(sheet.rows) + 1}"


def put_text(page: Worksheet, row: int, column: int, text: str) -> None:
    """A cell that is text whatever it looks like: `007`, `=1+1`, `2025-12-31`."""
    if text == "":
        return
    cell = page.cell(row, column, text)
    cell.data_type = "s"
    cell.number_format = "@"


def shown(property: Property, text: str) -> str:
    """A cell of the table as the sheet shows it: closed lists with their words."""
    for choice in property.choices:
        if choice[0] == text:
            return entry(choice)
    return text


def comment_of(property: Property, lang: str) -> Comment:
    """What the column means, in the words of the schema."""
    title, about = title_in(property, lang), title_in(property, lang, "description")
    t = translator(lang)
    key = "book.type.unit" if property.unit else "book.type"
    unit = title_in(property, lang, "unit")
    lines = [f"{title} {property.id}", about]
    lines.append(t(key, type=t(f"book.type.{property.type}"), unit=unit))
    lines += [entry(choice) for choice in property.choices]
    text = "\n".join(line for line in lines if line)
    return Comment(text, "planmap", width=320, height=40 + 20 * text.count("\n"))


def write_lists(lists: Worksheet, sheet: WorksheetSpec) -> Iterator[tuple[int, ClosedList]]:
    """Write each closed list of a sheet to the sheet of lists; yield its column and address."""
    for column, property in enumerate(sheet.properties, start=1):
        if not property.choices:
            continue
        free = lists.max_column + 1 if lists["A1"].value else 1
        put_text(lists, 1, free, f"{sheet.id} {property.id}")
        for row, choice in enumerate(property.choices, start=2):
            put_text(lists, row, free, entry(choice))
        letter = get_column_letter(free)
        last = len(property.choices) + 1
        address = f"{quote_sheetname(LISTS)}!${letter}$2:${letter}${last}"
        yield column, ClosedList(property, address)


def drop_down(column: int, closed: ClosedList, rows: int, lang: str) -> DataValidation:
    """The list a cell offers; anything else is refused while typing."""
    letter = get_column_letter(column)
    validation = DataValidation(type="list", formula1=closed.address, allow_blank=True)
    validation.showErrorMessage = True
    validation.errorTitle = title_in(closed.property, lang)
    validation.error = translator(lang)("book.choose")
    validation.add(f"{letter}2:{letter}{rows + 1 + SPARE_ROWS}")
    return validation
