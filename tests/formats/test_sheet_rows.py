"""Rows of a workbook that are written as they are read: what stands in them, and how little."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from app.catalog.catalog import Catalog
from app.domain.text.characters import FORBIDDEN, is_printable_record
from app.formats.tabular import sheet_rows, xlsx
from app.formats.tabular.sheet_rows import form_of, link_targets, row_texts, with_rows
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


def test_rows_of_one_kind_are_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def counted(kinds: Any, starts: Any) -> Any:
        made.append(kinds)
        return form_of(kinds, starts)

    monkeypatch.setattr(sheet_rows, "form_of", counted)
    lines = [["a", 1, None, DAY], ["b", 2, None, DAY], ["c", None, "%s", MOMENT]] * 50
    assert len(list(row_texts(lines, 4, {3: 1}))) == 150
    assert len(made) == 2


def test_a_row_is_written_the_same_whichever_way(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        [one, other, text, number]
        for one in (*VALUES, "%d", "100 %", DAY, MOMENT, "　")
        for other in ("plain", None, "长" * 40_000)
        for text, number in (("县", 1.0), ("\0", -2))
    ]
    quick = list(row_texts(lines, 4, {1: 3}))
    monkeypatch.setattr(sheet_rows, "form_of", lambda *_: None)
    assert list(row_texts(lines, 4, {1: 3})) == quick


def test_forms_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "FORMS_MOST", 2)
    lines = [[1, "a"], ["a", 1], [1.0, "a"], [1, "a"]]
    read = book_with(lines, (), [])
    assert [[cell.value for cell in row] for row in read.iter_rows(min_row=2)] == lines
