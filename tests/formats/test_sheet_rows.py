"""Rows of a workbook that are written as they are read: what stands in them, and how little."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from app.catalog.catalog import Catalog
from app.domain.text.characters import FORBIDDEN, is_printable_record
from app.formats.tabular import xlsx
from app.formats.tabular.sheet_rows import link_targets, row_texts, with_rows
from app.formats.zips import unzipped, zipped
from app.selection.selection import Selection
from app.view.view import View

VALUES = [
    "plain", "=1+1", "#N/A", "<a & b>", "two\nlines", " edges ", "a\rb", "𠮷", 7, 1.5, True, False,
    None, "", "end",
]  # fmt: skip
DAY, MOMENT = date(2025, 12, 31), datetime(2025, 12, 31, 6, 30)


def book_with(lines: list[list[Any]], timed: tuple[int, ...], links: list[str]) -> Any:
    """A sheet with a head and these rows, read back."""
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet: Any = book.create_sheet("one")
    time = WriteOnlyCell(sheet, MOMENT).style_id
    sheet.append(["head"])
    book.save(out)
    parts: dict[str, Any] = dict(unzipped(out.getvalue()))
    rows = row_texts(lines, len(lines[0]), dict.fromkeys(timed, time))
    items, targets = (part.format(1) for part in xlsx.PARTS)
    parts[items] = with_rows(parts[items], rows, links)
    parts[targets] = link_targets(links)
    return load_workbook(io.BytesIO(zipped(parts.items(), "2026-01-01"))).worksheets[0]


def test_a_value_stays_what_it_is() -> None:
    sheet = book_with([VALUES], (), [])
    read = [cell.value for cell in sheet[2]]
    assert read == [one if one != "" else None for one in VALUES]
    assert [cell.data_type for cell in sheet[2]][:3] == ["s", "s", "s"]
    assert [type(cell.value) for cell in sheet[2]][8:12] == [int, float, bool, bool]


def test_a_time_is_one() -> None:
    sheet = book_with([[DAY, MOMENT]], (0, 1), [])
    assert [cell.value for cell in sheet[2]] == [datetime(2025, 12, 31), MOMENT]


def test_the_first_cell_of_each_row_is_linked() -> None:
    links = ['http://a/?focus=x&y="1"', "http://a/?focus=县"]
    sheet = book_with([["x"], ["y"]], (), links)
    assert [sheet[f"A{row}"].hyperlink.target for row in (2, 3)] == links


def test_a_text_is_as_long_as_a_cell() -> None:
    assert len(book_with([["长" * 40_000]], (), [])["A2"].value) == 32_767


def test_cells_that_are_made_do_not_grow_with_the_items(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(*given: Any) -> Any:
        made.append(given)
        return WriteOnlyCell(*given)

    monkeypatch.setattr(xlsx, "WriteOnlyCell", counted)
    found = []
    for items in (10, 200):
        made.clear()
        selection = Selection(
            catalog=catalog, version="v", view=View(), features=catalog.features[:items],
            lang="zh", url="http://testserver/",
        )  # fmt: skip
        xlsx.render(selection)
        found.append(len(made))
    assert found[0] == found[1]


def test_a_record_with_any_forbidden_character_is_noticed() -> None:
    for code in (*range(0x3000), *range(0xD7F0, 0x10000), 0x1F600, 0x1FFFE, 0x10FFFF):
        text = f"a{chr(code)}b"
        assert not (is_printable_record({"x": [text]}) and FORBIDDEN.search(text)), hex(code)
    assert is_printable_record({"x": ["\n\t\r 县 “"], "y": 1.5, "z": None})
