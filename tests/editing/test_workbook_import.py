"""A workbook comes back: what changed is shown, what is wrong is named, nothing else is touched."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.build.build import build, stale
from app.domain.errors import PackError
from app.editing.revision import apply
from app.editing.workbook import ImportResult, export_workbook, import_workbook
from app.pack.pack import Pack
from app.rules import check
from tests.edit_pack import change, read
from tests.editing.cell_bytes import files

Edit = Callable[[Workbook], None]


def after(tiny: Path, edit: Edit) -> ImportResult:
    """What a workbook of the tiny city says after somebody edited it."""
    path = tiny.parent / "plan.xlsx"
    export_workbook(Pack(tiny), path, over=True)
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return import_workbook(Pack(tiny), path)


def letter(page: Worksheet, column: str) -> str:
    return next(c.column_letter for c in page[1] if str(c.value).split()[-1:] == [column])


def put(sheet: str, row: int, /, **cells: object) -> Edit:
    def edit(book: Workbook) -> None:
        for column, value in cells.items():
            book[sheet][f"{letter(book[sheet], column)}{row}"].value = value

    return edit


def row_of(page: Worksheet, key: str) -> int:
    return next(cell.row for cell in page["A"] if cell.value == key)


def said(taken: ImportResult) -> list[str]:
    return [str(problem) for problem in taken.problems]


def test_without_an_edit_not_a_byte_changes(tiny: Path) -> None:
    before = files(tiny)
    taken = after(tiny, lambda book: None)
    assert taken.changes == ()
    assert taken.revision is not None
    assert apply(taken.revision) == []
    assert files(tiny) == before


def test_the_real_plan_comes_back_as_it_went(pack: Pack, tmp_path: Path) -> None:
    export_workbook(pack, tmp_path / "plan.xlsx")
    taken = import_workbook(pack, tmp_path / "plan.xlsx")
    assert (taken.changes, taken.problems, taken.outdated) == ((), (), False)
    assert taken.revision is not None
    assert taken.revision.files == {}


def test_a_changed_cell_is_shown_from_and_to_then_written_and_built(tiny: Path) -> None:
    before = files(tiny)
    taken = after(tiny, put("场地", 2, status="在建", area_ha=13))
    (change,) = taken.changes
    assert list(change.lines()) == [
        "场地 changed site-mill 东镇纺织厂",
        "    status: 'existing' → 'building'",
        "    area_ha: '12.5' → '13'",
    ]
    assert files(tiny) == before
    assert taken.revision is not None
    written = apply(taken.revision)
    assert {path.name for path in written} == {"sites.csv", "projects.geojson"}
    assert check(Pack(tiny)) == []
    assert stale(build(Pack(tiny))) == []
    assert read(tiny / "geodata/items/sites.csv")[0]["area_ha"] == "13"


def test_only_the_changed_line_of_the_table_changes(tiny: Path) -> None:
    path = tiny / "geodata" / "items" / "sites.csv"
    before = path.read_text(encoding="utf-8").splitlines()
    taken = after(tiny, put("场地", 2, note="待核。", note_en="To be confirmed."))
    assert taken.revision is not None
    apply(taken.revision)
    now = path.read_text(encoding="utf-8").splitlines()
    assert [i for i, (a, b) in enumerate(zip(before, now, strict=True)) if a != b] == [1]


def test_a_new_row_stands_after_its_neighbour(tiny: Path) -> None:
    def add(book: Workbook) -> None:
        page = book["线路"]
        page.insert_rows(3)
        for cell, old in zip(page[3], page[2], strict=True):
            cell.value = old.value
        words = {"id": "way-ring", "name": "环路", "name_en": "Ring", "related": None,
                 "summary": "绕城的一圈。", "summary_en": "A ring around the city."}  # fmt: skip
        put("线路", 3, **words)(book)

    taken = after(tiny, add)
    assert [next(change.lines()) for change in taken.changes] == ["线路 added way-ring 环路"]
    assert taken.revision is not None
    apply(taken.revision)
    ids = [row["id"] for row in read(tiny / "geodata/items/ways.csv")]
    assert ids == ["way-avenue", "way-ring", "way-part", "way-out"]


def test_a_removed_id_is_shown_and_refused_until_it_is_explained(tiny: Path) -> None:
    def drop(book: Workbook) -> None:
        book["场地"].delete_rows(row_of(book["场地"], "site-lost"))

    taken = after(tiny, drop)
    assert [next(change.lines()) for change in taken.changes] == ["场地 removed site-lost 不知何处"]
    assert taken.revision is None
    assert "explained in geodata/CORRECTIONS.md" in said(taken)[0]
    (tiny / "geodata" / "CORRECTIONS.md").write_text("- `site-lost`: merged\n", encoding="utf-8")
    taken = after(tiny, drop)
    assert taken.revision is not None
    apply(taken.revision)
    assert "site-lost" not in (tiny / "projects.geojson").read_text(encoding="utf-8")


def test_a_row_whose_id_was_mistyped_is_shown_as_one(tiny: Path) -> None:
    taken = after(tiny, put("场地", 2, id="site-mil"))
    (change,) = taken.changes
    assert list(change.lines()) == [
        "场地 changed site-mill 东镇纺织厂",
        "    id: 'site-mill' → 'site-mil'",
    ]
    assert taken.revision is None


def test_a_moved_place_moves_what_stands_on_it(tiny: Path) -> None:
    taken = after(tiny, put("地名", 2, lng="10.31", lat="50.11"))
    assert taken.revision is not None
    apply(taken.revision)
    mill = next(f for f in Pack(tiny).items if f.id == "site-mill")
    assert Pack(tiny).gazetteer.get(mill.places[0]).at == (10.31, 50.11)  # type: ignore[union-attr]
    assert '"coordinates": [10.31, 50.11]' in (tiny / "projects.geojson").read_text("utf-8")


def test_what_excel_and_wps_do_to_cells_is_no_change(tiny: Path) -> None:
    def spoil(book: Workbook) -> None:
        places = book["地名"]
        for row in places.iter_rows(min_row=2):
            for cell in row:
                if str(cell.value or "").replace(".", "", 1).isdigit():
                    cell.value, cell.number_format = float(str(cell.value)), "General"
        page = book["场地"]
        put("场地", 2, area_ha=12.50, summary="  东镇的一家纺织厂。　", status="existing")(book)
        pair = row_of(page, "site-pair")
        put("场地", pair, counties="东县 ｜ 西县 ", places="东镇 | 西镇")(book)
        for row in range(20, 40):
            page[f"A{row}"].number_format = "0.00"
            page[f"B{row}"].value = "   "
        page.move_range("A1:A8", cols=30)
        page.delete_cols(1)

    taken = after(tiny, spoil)
    assert said(taken) == []
    assert taken.changes == ()


def test_a_date_becomes_the_text_a_table_holds(tiny: Path) -> None:
    layers = tiny / "geodata" / "layers.toml"
    text = layers.read_text(encoding="utf-8").replace(
        'id = "industries", type = "list"', 'id = "opened", type = "date"', 1
    )
    layers.write_text(text, encoding="utf-8")
    table = tiny / "geodata" / "items" / "sites.csv"
    rows = table.read_text(encoding="utf-8").replace("industries", "opened", 1)
    table.write_text(rows.replace("织造", "2030-01-02"), encoding="utf-8")
    assert after(tiny, put("场地", 2, opened=datetime(2030, 1, 2))).changes == ()
    (change,) = after(tiny, put("场地", 2, opened=datetime(2031, 5, 6))).changes
    assert change.cells == (("opened", "2030-01-02", "2031-05-06"),)


def test_sorting_a_sheet_says_nothing(tiny: Path) -> None:
    def turn(book: Workbook) -> None:
        page = book["线路"]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                page.cell(number, column).value = value

    assert after(tiny, turn).changes == ()


def test_a_sheet_renamed_in_excel_is_still_known(tiny: Path) -> None:
    def rename(book: Workbook) -> None:
        book["场地"].title = "项目 2030"
        book.defined_names["planmap.sites"].attr_text = "'项目 2030'!$A$1"

    assert said(after(tiny, rename)) == []


BROKEN: dict[str, tuple[Edit, str]] = {
    "a sheet renamed without its mark": (
        lambda book: setattr(book["场地"], "title", "别的"),
        "场地: the sheet of items/sites.csv; it is missing or renamed",
    ),
    "a sheet deleted": (
        lambda book: book.remove(book["地名"]),
        "地名: the sheet of gazetteer.csv; it is missing or renamed",
    ),
    "a sheet of somebody's own": (
        lambda book: book.create_sheet("草稿").append(["x"]),
        "草稿: no such sheet is known; known: 场地、线路、地名",
    ),
    "a column deleted": (
        lambda book: book["线路"].delete_cols(2),
        "线路!1:1: a column 'name'; it is missing",
    ),
    "a column renamed": (
        put("线路", 1, name="名字"),
        "线路!B1 '名字': one of the columns id, name, name_en",
    ),
    "a formula": (
        put("场地", 2, area_ha="=SUM(1,2)"),
        "场地!X2 '=SUM(1,2)': area_ha: a number, not a",
    ),
    "the same id twice": (
        put("场地", 3, id="site-mill"),
        "场地!A3 'site-mill': not the same as in row 2",
    ),
    "a row without its id": (put("场地", 3, id=None), "场地!A3: a text in column id"),
    "an unknown status": (
        put("场地", 2, status="done"),
        "场地!F2 'done': status: one of existing, building, planned",
    ),
    "an unknown county": (
        put("场地", 2, counties="南县"),
        "场地!H2 '南县': counties: one of 东县, 西县, several with | between; for the whole city "
        "or outside leave it empty and set scope to city or outside [county_is_known]",
    ),
    "a number that is none": (
        put("场地", 2, area_ha="十二"),
        "场地!X2 '十二': area_ha: a number [cell_can_be_read]",
    ),
    "a place nobody knows": (
        put("场地", 2, places="天边"),
        "场地!P2 '天边': places: a name or alias in gazetteer.csv [place_can_be_located]",
    ),
    "a longitude off the earth": (
        put("地名", 3, lng=200),
        "地名!F3 '200': lng: degrees between -180 and 180 [cell_can_be_read]",
    ),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_what_is_wrong_is_named_by_sheet_and_cell_and_nothing_is_written(
    name: str, tiny: Path
) -> None:
    edit, expected = BROKEN[name]
    before = files(tiny)
    taken = after(tiny, edit)
    assert taken.revision is None
    assert any(problem.startswith(expected) for problem in said(taken)), said(taken)
    assert files(tiny) == before


def cells_of(taken: ImportResult) -> list[str]:
    return [f"{problem.sheet}!{problem.cell}" for problem in taken.problems]


def test_four_mistakes_in_one_row_are_told_at_once(tiny: Path) -> None:
    wrong = {"status": "done", "counties": "999999", "places": "天边", "area_ha": "abc"}
    taken = after(tiny, put("场地", 2, **wrong))
    assert cells_of(taken) == ["场地!H2", "场地!X2", "场地!F2", "场地!P2"]
    assert all(value in " ".join(said(taken)) for value in wrong.values())


def test_what_no_table_can_hold_hides_no_rule(tiny: Path) -> None:
    """A formula and a second row with an id, and beside them two slips that rules find."""

    def edit(book: Workbook) -> None:
        put("场地", 2, area_ha="=1+1")(book)
        put("场地", 3, id="site-mill")(book)
        put("场地", 4, status="done")(book)
        put("线路", 2, counties="南县")(book)
        put("地名", 3, lng=200, county="南县")(book)

    taken = after(tiny, edit)
    assert cells_of(taken) == [
        "场地!X2", "场地!A3", "线路!H2", "地名!F3", "地名!E3", "场地!F4",
    ]  # fmt: skip
    assert taken.revision is None
    assert taken.changes == ()


def test_a_slip_in_the_row_of_a_slip_is_told_too(tiny: Path) -> None:
    def edit(book: Workbook) -> None:
        put("场地", 2, id=None, status="done")(book)
        put("场地", 3, id="=A2", category="other")(book)
        put("场地", 4, id="site-all", area_ha="x")(book)

    messages = cells_of(after(tiny, edit))
    assert sorted(messages) == sorted(
        ["场地!A2", "场地!A3", "场地!A5", "场地!F2", "场地!E3", "场地!X4"]
    )


def test_a_copied_row_that_kept_its_id_is_judged_as_a_row_of_its_own(tiny: Path) -> None:
    def edit(book: Workbook) -> None:
        page = book["场地"]
        last = page.max_row + 1
        for column, cell in enumerate(page[2], start=1):
            page.cell(last, column).value = cell.value
        put("场地", last, name="另一处", summary="另一句。", summary_en="Another.", status="done",
            related=None)(book)  # fmt: skip

    taken = after(tiny, edit)
    messages = [messages.split("!")[1] for messages in cells_of(taken)]
    row = messages[0][1:]
    assert messages == [f"A{row}", f"F{row}"]


def test_a_sheet_without_a_column_hides_nothing_in_the_others(tiny: Path) -> None:
    def edit(book: Workbook) -> None:
        book["线路"].delete_cols(2)
        put("场地", 2, status="done")(book)

    assert cells_of(after(tiny, edit)) == ["线路!1:1", "场地!F2"]


def test_a_finding_points_at_the_row_even_when_the_sheet_is_sorted_otherwise(tiny: Path) -> None:
    def edit(book: Workbook) -> None:
        page = book["场地"]
        last = [cell.value for cell in page[8]]
        page.delete_rows(8)
        page.insert_rows(2)
        for column, value in enumerate(last, start=1):
            page.cell(2, column).value = value
        put("场地", 2, status="done")(book)

    assert said(after(tiny, edit))[0].startswith("场地!F2 'done'")


def test_a_workbook_made_before_others_changed_the_tables_says_so(tiny: Path) -> None:
    path = tiny.parent / "plan.xlsx"
    export_workbook(Pack(tiny), path)
    assert not import_workbook(Pack(tiny), path).outdated
    change(tiny, "sites", "site-mill", note="新。", note_en="New.")
    taken = import_workbook(Pack(tiny), path)
    assert taken.outdated
    assert [list(one.lines())[1] for one in taken.changes] == ["    note: '新。' → ''"]


def test_what_is_no_workbook_is_said_so(tiny: Path, tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"id,name\n"), ("b.xls", b"\xd0\xcf\x11\xe0")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(PackError, match=r"an \.xlsx workbook"):
            import_workbook(Pack(tiny), tmp_path / name)
    with pytest.raises(PackError, match="the file is missing"):
        import_workbook(Pack(tiny), tmp_path / "none.xlsx")
