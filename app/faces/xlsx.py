"""An Excel workbook: the items with typed columns, what they are, and what each column means."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import shapely
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.faces.about import about, date_of
from app.faces.card import item_url
from app.faces.face import Face, Selection
from app.faces.frame import geometries
from app.faces.table import Column, columns, rows
from app.faces.zips import unzipped, zipped

SHEETS = {"zh": ("项目", "说明", "字段"), "en": ("Items", "About", "Fields")}
FIELD_HEADINGS = {
    "zh": ("列名", "代码", "类型", "单位", "中文", "English"),
    "en": ("Column", "Code", "Type", "Unit", "中文", "English"),
}
PLACE = (
    Column("geometry", "text", "几何类型", "Geometry type"),
    Column("lng", "number", "经度", "Longitude", "°"),
    Column("lat", "number", "纬度", "Latitude", "°"),
)
"""A workbook has no geometry: only a single point gets coordinates, never an area's centre."""

NARROW, WIDE = 9, 48
HEAD = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="33475B")
LINK = Font(color="1660B5", underline="single")
MODIFIED = re.compile(rb"(<(?:\w+:)?modified\b[^>]*>)[^<]*")


def render(selection: Selection) -> bytes:
    """Three sheets: the items, what was filtered and whose it is, the columns."""
    book = Workbook()
    items, facts, fields = (
        book.active or book.create_sheet(),
        book.create_sheet(),
        book.create_sheet(),
    )
    for sheet, title in zip((items, facts, fields), sheet_titles(selection), strict=True):
        sheet.title = title
    wanted = (*columns(selection.pack, selection.view.layer), *PLACE)
    fill_items(items, selection, wanted)
    fill_about(facts, selection)
    fill_fields(fields, selection, wanted)
    return saved(book, selection)


def fill_items(sheet: Worksheet, selection: Selection, wanted: Sequence[Column]) -> None:
    """A row per item under a header that stays in sight and filters."""
    head(sheet, [column.heading(selection.lang) for column in wanted])
    lines = rows(selection, wanted[: -len(PLACE)])
    for cells, shape, feature in zip(lines, geometries(selection), selection.features, strict=True):
        values = [
            typed(value, column)
            for value, column in zip([*cells, *place(shape)], wanted, strict=True)
        ]
        append(sheet, values)
        if link := item_url(selection, feature["id"]):
            first = sheet.cell(sheet.max_row, 1)
            first.hyperlink, first.font = link, LINK
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    set_widths(sheet)


def fill_about(sheet: Worksheet, selection: Selection) -> None:
    for line in about(selection).lines(selection.lang):
        append(sheet, line)
    for row in sheet.iter_rows():
        row[0].font = Font(bold=True)
        row[1].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 100


def fill_fields(sheet: Worksheet, selection: Selection, wanted: Sequence[Column]) -> None:
    head(sheet, FIELD_HEADINGS[language(selection)])
    for one in wanted:
        names = (one.heading(selection.lang), one.id, one.type, one.unit, one.title, one.title_en)
        append(sheet, names)
    sheet.freeze_panes = "A2"
    set_widths(sheet)


def head(sheet: Worksheet, titles: Sequence[str]) -> None:
    append(sheet, titles)
    for cell in sheet[1]:
        cell.font, cell.fill = HEAD, HEAD_FILL


def append(sheet: Worksheet, values: Sequence[Any]) -> None:
    """A row of values; a text stays a text, even one that begins like a formula."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for number, value in enumerate(values, start=1):
        if value is None:
            continue
        cell = sheet.cell(row, number)
        assert isinstance(cell, Cell)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
        else:
            cell.value = value


def typed(value: Any, column: Column) -> Any:
    """Dates as dates; numbers are numbers already."""
    if value is None or column.type not in ("date", "datetime"):
        return value
    parse = date if column.type == "date" else datetime
    return parse.fromisoformat(str(value).removesuffix("Z"))


def place(shape: Any) -> tuple[str | None, float | None, float | None]:
    """Geometry type, lng, lat."""
    if shape is None:
        return None, None, None
    if isinstance(shape, shapely.Point):
        return shape.geom_type, shape.x, shape.y
    return str(shape.geom_type), None, None


def set_widths(sheet: Worksheet) -> None:
    """As wide as the longest cell, within reason; a Chinese character counts twice."""
    for number, cells in enumerate(sheet.iter_cols(values_only=True), start=1):
        longest = max((breadth(str(cell)) for cell in cells if cell is not None), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(
            WIDE, max(NARROW, longest + 2)
        )


def breadth(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def language(selection: Selection) -> str:
    return selection.lang if selection.lang in SHEETS else "en"


def sheet_titles(selection: Selection) -> tuple[str, str, str]:
    return SHEETS[language(selection)]


def saved(book: Workbook, selection: Selection) -> bytes:
    """The bytes of the workbook, dated with the data: openpyxl would write the clock."""
    day, facts = date_of(selection), about(selection)
    book.properties.title = facts.title
    book.properties.creator = selection.title
    book.properties.description = facts.citation
    book.properties.created = datetime.fromisoformat(day)
    out = io.BytesIO()
    book.save(out)
    stamp = rb"\g<1>" + f"{day}T00:00:00Z".encode()
    return zipped(
        (
            (name, MODIFIED.sub(stamp, body) if name == "docProps/core.xml" else body)
            for name, body in unzipped(out.getvalue())
        ),
        day,
    )


FACE = Face(
    ext="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    title="Excel 工作簿",
    title_en="Excel workbook",
    render=render,
)
