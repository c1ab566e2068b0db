"""An Excel workbook: the items with typed columns, what they are, and what each column means."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from app.domain.doubts import DOUBT_COLUMNS, DOUBTS, doubts_of
from app.domain.schema import PLACE as PLACES
from app.domain.table_schema import GEOMETRY
from app.domain.text.languages import word_in
from app.formats.tabular.card import item_url
from app.formats.tabular.sheet_layout import fold, folded, print_well
from app.formats.tabular.sheet_rows import link_targets, row_texts, with_rows
from app.formats.tabular.side_by_side import (
    compared_counties,
    compared_features,
    compared_names,
    table,
)
from app.formats.tabular.table import Column, columns, columns_of, heading, row_maker, rows
from app.formats.tabular.workbook_signature import Signature, dated_parts, sign
from app.formats.zips import Body, unzipped, zip_pieces
from app.selection.about import About, about_selection, label_in
from app.selection.selection import Selection

SHEETS = ("xlsx.items", "xlsx.about", "xlsx.fields")
FIELD_HEADINGS = (
    "xlsx.column", "xlsx.code", "xlsx.type", "xlsx.unit", "xlsx.chinese", "xlsx.english",
)  # fmt: skip
PLACE = (
    GEOMETRY,
    *(one for one in PLACES if one.id in ("lng", "lat")),
)
"""A workbook has no geometry: only a single point gets coordinates, never an area's centre."""

NARROW, WIDE = 9, 48
MEASURED = 2000
"""Rows that columns are made wide enough for."""
LINKS_MOST = 65_530
"""Excel calls a sheet with more links broken: where there are more items, none is linked."""
HEAD = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="33475B")
LINK = Font(color="1660B5", underline="single")
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
MOMENTS: dict[str, Any] = {"date": date(2026, 1, 1), "datetime": datetime(2026, 1, 1)}
"""The types of columns of times: any of them has the number format of all."""
FIGURES = ("integer", "number")
PARTS = "xl/worksheets/sheet{}.xml", "xl/worksheets/_rels/sheet{}.xml.rels"
"""A sheet, counted from 1, and what its links lead to."""
WriteOnlySheet = Any
"""A sheet of a workbook that is written row by row; openpyxl's stubs know too little of it."""


def render(selection: Selection) -> bytes:
    return b"".join(pieces(selection))


def pieces(selection: Selection) -> Iterator[bytes]:
    """Three sheets: the items, what was filtered and whose it is, the columns.

    The library makes all but the rows of the items; these are written when the file is packed, as
    they are read, so that neither they nor their cells ever stand in memory.
    """
    book = Workbook(write_only=True)
    facts = about_selection(selection)
    below = filled(book, selection, facts)
    if selection.compared:
        fill_comparison(book, selection)
    return saved(book, selection, facts, below)


def render_comparison(selection: Selection) -> bytes:
    """The same of what is compared, whose sheet comes first."""
    book = Workbook(write_only=True)
    facts = about_selection(selection)
    fill_comparison(book, selection)
    return b"".join(saved(book, selection, facts, filled(book, selection, facts)))


def filled(book: Workbook, selection: Selection, about: About) -> Iterator[str]:
    """Make the sheets; the rows that belong below the head of the items."""
    items, facts, fields = (book.create_sheet(title) for title in sheet_titles(selection))
    shown = (*columns_of(selection), *DOUBT_COLUMNS, *PLACE)
    below = fill_items(items, selection, shown)
    fill_about(facts, selection, about)
    fill_fields(fields, selection, shown)
    return below


def fill_items(
    sheet: WriteOnlySheet, selection: Selection, shown: Sequence[Column]
) -> Iterator[str]:
    """A header that stays in sight and filters; the rows that belong below it, one per item."""
    headings = [heading(column, selection.lang) for column in shown]
    lines = item_lines(selection, shown)
    first = list(islice(lines, MEASURED))
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(shown))}{len(selection.features) + 1}"
    set_widths(sheet, [headings, *first])
    measured = first if len(selection.features) <= MEASURED else []
    languages = selection.catalog.info.languages
    fold(sheet, list(folded(shown, selection.lang, languages, measured)))
    print_well(sheet, columns="B:B")
    sheet.append(head(sheet, headings))
    styles = {
        number: WriteOnlyCell(sheet, MOMENTS[column.type]).style_id
        for number, column in enumerate(shown)
        if column.type in MOMENTS
    }
    if is_linked(selection):
        styles[0] = styled(sheet, "", font=LINK).style_id
    return row_texts(chain(first, lines), len(shown), styles)


def item_lines(selection: Selection, shown: Sequence[Column]) -> Iterator[list[Any]]:
    """The cells of each item."""
    own = shown[: -len(DOUBT_COLUMNS) - len(PLACE)]
    times = [number for number, column in enumerate(own) if column.type in MOMENTS]
    row, yes = row_maker(selection, own), word_in("xlsx.yes", selection.lang)
    for feature in selection.features:
        cells = row(feature)
        for number in times:
            cells[number] = typed(cells[number], own[number])
        own_doubts = doubts_of(feature["properties"])
        cells += [yes if id in own_doubts else None for id in DOUBTS]
        cells += place(feature["geometry"])
        yield cells


def is_linked(selection: Selection) -> bool:
    """Whether each item is."""
    return bool(selection.url) and 0 < len(selection.features) <= LINKS_MOST


def links_of(selection: Selection) -> list[str]:
    """The address of each item, or none at all."""
    if not is_linked(selection):
        return []
    return [item_url(selection, feature["id"]) for feature in selection.features]


def fill_about(sheet: WriteOnlySheet, selection: Selection, facts: About) -> None:
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 100
    print_well(sheet, fits=True)
    for name, text in facts.lines(selection.lang):
        value: Any = facts.count if name == label_in("count", selection.lang) else text
        sheet.append([styled(sheet, name, font=BOLD), styled(sheet, value, alignment=WRAPPED)])
    words = [word_in(f"xlsx.{one}", selection.lang) for one in ("folded", "unfold")]
    sheet.append([styled(sheet, words[0], font=BOLD), styled(sheet, words[1], alignment=WRAPPED)])


def fill_fields(sheet: WriteOnlySheet, selection: Selection, shown: Sequence[Column]) -> None:
    headings = [word_in(words, selection.lang) for words in FIELD_HEADINGS]
    lines = [
        (heading(one, selection.lang), one.id, one.type, one.unit, one.title, one.title_en)
        for one in shown
    ]
    sheet.freeze_panes = "A2"
    set_widths(sheet, [headings, *lines])
    print_well(sheet, fits=True)
    sheet.append(head(sheet, headings))
    for line in lines:
        sheet.append([cell(sheet, value) for value in line])


def fill_comparison(book: Workbook, selection: Selection) -> None:
    """A column for each compared, a row for each thing known of any, in words, in figures."""
    sheet = book.create_sheet(word_in("xlsx.comparison", selection.lang))
    _, *lines = table(selection)
    headings = [word_in(FIELD_HEADINGS[0], selection.lang), *compared_names(selection)]
    sheet.freeze_panes = "B2"
    set_widths(sheet, [headings, *lines])
    print_well(sheet, fits=True)
    sheet.append(head(sheet, headings))
    for label, *texts in lines:
        wrapped = [styled(sheet, text, alignment=WRAPPED) for text in texts]
        sheet.append([styled(sheet, label, font=BOLD), *wrapped])
    for label, *numbers in compared_numbers(selection):
        sheet.append([styled(sheet, label, font=BOLD), *numbers])


def compared_numbers(selection: Selection) -> Iterator[list[Any]]:
    """What is known of any item in figures, to be reckoned with; of counties the lines say it."""
    if compared_counties(selection):
        return
    items = compared_features(selection)
    shown = columns(selection.catalog, [one["properties"]["layer"] for one in items])
    across = zip(*rows(replace(selection, features=items), shown), strict=True)
    for column, cells in zip(shown, across, strict=True):
        if column.type in FIGURES and any(value is not None for value in cells):
            yield [heading(column, selection.lang), *cells]


def head(sheet: WriteOnlySheet, titles: Sequence[str]) -> list[Any]:
    return [styled(sheet, title, font=HEAD, fill=HEAD_FILL) for title in titles]


def cell(sheet: WriteOnlySheet, value: Any) -> Any:
    """What to append for a value; a text stays a text, even one that begins like a formula.

    A plain value is written quicker than a cell that holds it.
    """
    if not isinstance(value, str):
        return value
    if not value:
        return None  # an empty text would be counted as a cell that is filled in
    if not value.startswith(("=", "#")):
        return value
    found = WriteOnlyCell(sheet, value)
    found.data_type = "s"
    return found


def styled(sheet: WriteOnlySheet, value: Any, **styles: Any) -> Any:
    """A cell that looks like something."""
    plain = cell(sheet, value)
    styled_cell = plain if isinstance(plain, Cell) else WriteOnlyCell(sheet, plain)
    for name, style in styles.items():
        setattr(styled_cell, name, style)
    return styled_cell


def typed(value: Any, column: Column) -> Any:
    """A time as Excel knows it; unknown stays unknown."""
    if value is None:
        return None
    parse = date if column.type == "date" else datetime
    return parse.fromisoformat(str(value).removesuffix("Z"))


def place(geometry: dict[str, Any] | None) -> tuple[str | None, float | None, float | None]:
    """Geometry type, lng, lat."""
    if geometry is None:
        return None, None, None
    if geometry["type"] == "Point":
        lng, lat = geometry["coordinates"][:2]
        return "Point", float(lng), float(lat)
    return str(geometry["type"]), None, None


def set_widths(sheet: WriteOnlySheet, lines: Sequence[Sequence[Any]]) -> None:
    """As wide as the longest cell, within reason; a Chinese character counts twice."""
    for number, values in enumerate(zip(*lines, strict=True), start=1):
        longest = widest(dict.fromkeys(str(value) for value in values if value is not None))
        width = min(WIDE, max(NARROW, longest + 2))
        sheet.column_dimensions[get_column_letter(number)].width = width


def widest(texts: Iterable[str]) -> int:
    """The breadth of the broadest, as far as it matters."""
    longest = 0
    for text in texts:
        if longest >= WIDE:
            break
        if 2 * len(text) > longest:
            longest = max(longest, breadth(text))
    return longest


def breadth(text: str) -> int:
    """Up to where no column is wider: a character takes one at least."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text[:WIDE])


def sheet_titles(selection: Selection) -> list[str]:
    return [word_in(words, selection.lang) for words in SHEETS]


def saved(
    book: Workbook, selection: Selection, facts: About, below: Iterator[str]
) -> Iterator[bytes]:
    """The bytes of the workbook, signed and dated with the data."""
    sign(book, Signature(facts.title, facts.publisher, facts.subject, facts.citation,
                         facts.language, facts.day))  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    made, links = dict(unzipped(out.getvalue())), links_of(selection)
    number = book.sheetnames.index(sheet_titles(selection)[0]) + 1
    items, targets = (part.format(number) for part in PARTS)
    streamed: dict[str, Body] = {items: with_rows(made[items], below, links)}
    if links:
        streamed[targets] = link_targets(links)
    parts = {**dated_parts(made, facts.publisher, facts.day), **streamed}
    return zip_pieces(parts.items(), facts.day)
