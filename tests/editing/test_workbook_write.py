"""The workbook as Excel sees it: sheets, headers, drop-downs, comments, text that stays text."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.errors import PackError
from app.domain.models import METHODS
from app.editing.workbook import export_workbook
from app.editing.workbook.sheets import sheets_of
from app.pack.pack import Pack
from app.settings import ROOT
from tests.edit_pack import change, repeat


@pytest.fixture
def book(tiny: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    assert export_workbook(Pack(tiny), path) == 16
    return path


def test_there_is_a_sheet_per_layer_one_of_places_and_one_that_explains(book: Path) -> None:
    opened = load_workbook(book)
    assert opened.sheetnames == ["说明", "场地", "线路", "地名", "列表", "planmap"]
    assert opened["列表"].sheet_state == "hidden"
    assert opened["planmap"].sheet_state == "veryHidden"
    assert opened.defined_names["planmap.sites"].attr_text == "'场地'!$A$1"


def test_a_column_is_headed_by_title_unit_and_id_and_explained_in_a_comment(book: Path) -> None:
    page = load_workbook(book)["场地"]
    heads = {str(cell.value).split()[-1]: cell for cell in page[1]}
    assert heads["area_ha"].value == "面积（ha）\narea_ha"
    comment = heads["status"].comment
    assert comment is not None
    assert "planned 规划新建" in comment.text
    assert all(cell.comment for cell in page[1])


def test_the_header_is_frozen_and_filtered(book: Path) -> None:
    page = load_workbook(book)["场地"]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == "A1:AE8"


def test_closed_lists_are_drop_downs_for_old_and_new_rows(book: Path) -> None:
    opened = load_workbook(book)
    page, lists = opened["线路"], opened["列表"]
    offered = {}
    for rule in page.data_validations.dataValidation:
        assert rule.type == "list"
        address = str(rule.formula1).split("!")[1].replace("$", "")
        offered[page[f"{str(rule.sqref)[0]}1"].value.split()[-1]] = [
            cell.value for (cell,) in lists[address]
        ]
        assert int(str(rule.sqref).split(":")[1][1:]) > page.max_row
    assert set(offered) == {"category", "status", "scope", "county_basis", "method"}
    assert offered["category"] == ["road 公路"]
    assert offered["scope"] == ["city 全市", "outside 市外"]
    assert len(offered["method"]) == len(METHODS)


def test_text_stays_text_whatever_it_looks_like(tiny: Path, tmp_path: Path) -> None:
    change(tiny, "sites", "site-mill", plan_term="=1+1", facts="007", facts_en="2025-12-31")
    export_workbook(Pack(tiny), tmp_path / "plan.xlsx")
    page = load_workbook(tmp_path / "plan.xlsx")["场地"]
    cells = {cell.value: cell for cell in page[2]}
    for text in ("=1+1", "007", "2025-12-31"):
        assert cells[text].data_type == "s"
        assert cells[text].number_format == "@"


def test_a_sheet_has_a_title_excel_accepts(tiny: Path, tmp_path: Path) -> None:
    layers = tiny / "geodata" / "layers.toml"
    text = (
        layers.read_text(encoding="utf-8").replace('"场地"', '"a/b:c"').replace('"线路"', '"地名"')
    )
    layers.write_text(text, encoding="utf-8")
    titles = [sheet.title for sheet in sheets_of(Pack(tiny))]
    assert titles == ["a·b·c", "地名", "地名 2"]


def test_a_file_that_exists_is_not_written_over_unasked(tiny: Path, book: Path) -> None:
    with pytest.raises(PackError, match="does not exist yet"):
        export_workbook(Pack(tiny), book)
    repeat(tiny, "ways", "way-out", id="way-new")
    assert export_workbook(Pack(tiny), book, over=True) == 17


def test_another_ending_is_refused(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"ends in \.xlsx"):
        export_workbook(Pack(tiny), tmp_path / "plan.xls")


def test_a_workbook_explains_itself_in_the_first_language_of_its_pack(tmp_path: Path) -> None:
    pack = Pack(ROOT / "tests" / "packs" / "pt")
    file = tmp_path / "plan.xlsx"
    export_workbook(pack, file)
    book = load_workbook(file)
    about = "\n".join(str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True))
    assert "Entries of a list are parted by |" in about
    notes = [cell.comment.text for cell in book.worksheets[1][1] if cell.comment]
    assert any("Type: text" in note for note in notes)
