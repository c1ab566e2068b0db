"""Workbooks as other programs and hurried people leave them: each fault is named by its cell."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import reduce
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from app.domain.errors import PackError
from app.editing.workbook import export_workbook, import_workbook
from app.pack.pack import Pack
from tests.edit_pack import change
from tests.editing.cell_bytes import files
from tests.editing.test_workbook_import import Edit, after, put, said

INLINE = re.compile(
    rb'(<c r="[A-Z]+[0-9]+"[^>]*) t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL
)
TEXTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def as_excel_saves(path: Path) -> None:
    """Every text once, in a part of its own, and cells that refer to it by its index."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts: dict[bytes, int] = {}

    def shared(found: re.Match[bytes]) -> bytes:
        index = texts.setdefault(found[3], len(texts))
        return found[1] + b' t="s"' + found[2] + b"><v>%d</v></c>" % index

    for name, data in list(parts.items()):
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = INLINE.sub(shared, data)
    items = b"".join(b"<si>" + text + b"</si>" for text in texts)
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["xl/sharedStrings.xml"] = (
        b'<sst %s count="%d" uniqueCount="%d">%s</sst>' % (space, len(texts), len(texts), items)
    )  # fmt: skip
    link = f'<Relationship Id="rIdTexts" Type="{TEXTS}" Target="sharedStrings.xml"/>'.encode()
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def rewritten(path: Path, part: str, rewrite: Callable[[bytes], bytes | None]) -> None:
    """Change one part of a workbook's archive, or leave it out."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    made = rewrite(parts.pop(part))
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        if made is not None:
            archive.writestr(part, made)


def damaged(tiny: Path, part: str, rewrite: Callable[[bytes], bytes | None]) -> list[str]:
    """What stands against an exported workbook with one part changed; nothing is written."""
    path = tiny.parent / "plan.xlsx"
    export_workbook(Pack(tiny), path, over=True)
    as_excel_saves(path)
    rewritten(path, part, rewrite)
    before = files(tiny)
    try:
        taken = import_workbook(Pack(tiny), path)
        messages = said(taken)
        assert bool(messages) == (taken.revision is None)
    except PackError as error:
        messages = [str(error)]
    assert files(tiny) == before
    return messages


def test_texts_kept_apart_are_read_back(tiny: Path) -> None:
    assert damaged(tiny, "xl/sharedStrings.xml", lambda data: data) == []


SHEET = "xl/worksheets/sheet2.xml"


def test_a_sheet_cut_off_is_named_and_the_others_are_judged(tiny: Path) -> None:
    path = tiny.parent / "plan.xlsx"

    def edit(book: Workbook) -> None:
        put("线路", 2, status="done")(book)

    after(tiny, edit)
    rewritten(path, SHEET, lambda data: data[: len(data) // 2])
    messages = said(import_workbook(Pack(tiny), path))
    assert messages[0].startswith("场地: a sheet that can be read (xl/worksheets/sheet2.xml: ")
    assert any(line.startswith("线路!F2 'done'") for line in messages)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml"])
def test_a_part_cut_off_that_all_sheets_need_is_one_line(part: str, tiny: Path) -> None:
    (messages,) = damaged(tiny, part, lambda data: data[: len(data) // 2])
    assert "workbook" in messages


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_missing_part_is_named(part: str, tiny: Path) -> None:
    assert damaged(tiny, part, lambda _: None)


@pytest.mark.parametrize("index", ["-1", "99999", "1.0", "x"])
def test_an_index_that_leads_to_no_text_is_named_by_its_cell(index: str, tiny: Path) -> None:
    def shift(data: bytes) -> bytes:
        found = re.search(rb'(<c r="B2"[^>]*t="s"[^>]*><v>)(\d+)(</v>)', data)
        assert found
        return data.replace(found.group(), found[1] + index.encode() + found[3])

    messages = damaged(tiny, SHEET, shift)
    assert messages[0].startswith(f"场地!B2: name: a text; it refers to text {index} of ")


def test_a_lost_text_that_shifts_all_others_is_noticed(tiny: Path) -> None:
    (messages,) = damaged(
        tiny, "xl/sharedStrings.xml", lambda data: re.sub(rb"<si>.*?</si>", b"", data, count=1)
    )
    assert "a text may stand in another's cell" in messages


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"<dataValidation ", b'<dataValidation errorStyle="" ', 1),
        lambda data: data.replace(b'type="list"', b'type="no such"'),
        lambda data: data.replace(b"<sheetPr>", b'<sheetPr codeName="" x="y">'),
        lambda data: data.replace(b'state="frozen"', b'state=""'),
    ],
)
def test_attributes_that_say_nothing_of_the_cells_are_passed_over(
    spoil: Callable[[bytes], bytes], tiny: Path
) -> None:
    assert damaged(tiny, SHEET, spoil) == []


def test_damaged_styles_matter_only_where_a_number_needs_its_format(tiny: Path) -> None:
    assert damaged(tiny, "xl/styles.xml", lambda data: data[:300]) == []
    path = tiny.parent / "plan.xlsx"
    after(tiny, put("场地", 2, area_ha=12.5))
    rewritten(path, "xl/styles.xml", lambda data: data[:300])
    assert said(import_workbook(Pack(tiny), path))[0].startswith(
        "场地!X2: area_ha: a number 12.5 with a"
    )


STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


def test_the_strict_dialect_is_read(tiny: Path) -> None:
    path = tiny.parent / "plan.xlsx"
    export_workbook(Pack(tiny), path)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            strict = reduce(lambda made, pair: made.replace(*pair), STRICT, data)
            archive.writestr(name, strict)
    taken = import_workbook(Pack(tiny), path)
    assert (said(taken), taken.changes, taken.outdated) == ([], (), False)


def test_what_is_no_xlsx_is_told_apart(tiny: Path, tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0" + bytes(600)
    ods = tmp_path / "ods.xlsx"
    with ZipFile(ods, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    for content, words in (
        (ole, "an .xls of old Excel"),
        (ole + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"", "empty"),
        (b"<html><table></table></html>", "a web page"),
        (ods.read_bytes(), "an .ods"),
    ):
        path = tmp_path / "a.xlsx"
        path.write_bytes(content)
        with pytest.raises(PackError, match=words):
            import_workbook(Pack(tiny), path)


# The version


def without(*places: str) -> Edit:
    def edit(book: Workbook) -> None:
        for title in ("说明", "planmap"):
            if title in places:
                book.remove(book[title])
        if "name" in places:
            del book.defined_names["planmap.version"]
        if "property" in places:
            del book.custom_doc_props["planmap.version"]  # type: ignore[attr-defined]

    return edit


ALL = ("说明", "planmap", "name", "property")


@pytest.mark.parametrize("kept", ALL)
def test_one_place_of_the_version_is_enough_to_see_that_others_changed_the_tables(
    kept: str, tiny: Path
) -> None:
    assert not after(tiny, without(*set(ALL) - {kept})).outdated
    change(tiny, "sites", "site-mill", note="新。", note_en="New.")
    assert import_workbook(Pack(tiny), tiny.parent / "plan.xlsx").outdated


def test_a_workbook_without_any_version_is_refused(tiny: Path) -> None:
    with pytest.raises(
        PackError,
        match="made from, like one that was downloaded from the map: export a new",
    ):
        after(tiny, without(*ALL))


def test_a_workbook_put_together_from_two_is_refused(tiny: Path) -> None:
    def edit(book: Workbook) -> None:
        book["planmap"]["B1"] = "0123456789ab"

    with pytest.raises(PackError, match="several versions"):
        after(tiny, edit)


# Cells


def formatted(sheet: str, column: str, row: int, value: object, code: str) -> Edit:
    def edit(book: Workbook) -> None:
        put(sheet, row, **{column: value})(book)
        page = book[sheet]
        cell = next(c for c in page[row] if c.value == value)
        cell.number_format = code

    return edit


SHARE = formatted("场地", "facts", 2, 0.35, "0%")
TURNED: dict[str, tuple[Edit, str]] = {
    "a date": (put("场地", 2, facts=datetime(2030, 3, 4)), "between; Excel made a date"),
    "a day": (put("场地", 2, name=date(2030, 3, 4)), "name: a text; Excel made a date"),
    "a time": (put("场地", 2, plan_term=time(3, 4)), "plan_term: a text; Excel made a time"),
    "a percentage": (SHARE, "facts: 35% was shown, 0.35 is kept"),
    "a share": (formatted("场地", "area_ha", 2, 0.35, "0.0%"), "area_ha: 35% was shown"),
    "a yes": (put("场地", 2, name=True), "name: a text; Excel made a yes or no of it"),
    "a fraction": (formatted("场地", "name", 2, 0.5, "# ?/?"), "name: Excel made a fraction"),
    "a long number": (put("场地", 2, plan_term=211421199001011234), "Excel keeps 15 digits"),
    "a bad day": (formatted("场地", "name", 2, 99999999, "yyyy-mm-dd"), "a day that there is"),
    "an error": (put("场地", 2, area_ha="#REF!"), "area_ha: a number, not an error"),
    "an underscore": (put("场地", 2, area_ha="1_200"), "area_ha: a number"),
    "full-width digits": (put("场地", 2, area_ha="１２"), "area_ha: a number"),
    "a control character": (put("场地", 2, name="东镇_x000B_厂"), "name: text without U+000B"),
    "a place's number": (put("地名", 2, lng="１０.3"), "lng: a number in plain digits"),
}


@pytest.mark.parametrize("name", list(TURNED))
def test_what_excel_made_of_a_cell_is_named(name: str, tiny: Path) -> None:
    edit, expected = TURNED[name]
    before = files(tiny)
    messages = said(after(tiny, edit))
    assert [line for line in messages if expected in line], messages
    assert all(re.match(r"(场地|地名)!\w+2", line) for line in messages)
    assert files(tiny) == before


def test_characters_nobody_sees_change_nothing_and_are_told(tiny: Path) -> None:
    taken = after(tiny, put("场地", 2, id="\ufeffsite-mill\u200b", name="东镇\u200b纺织厂\u00a0"))
    assert (said(taken), taken.changes) == ([], ())
    assert [f"{note.sheet}!{note.cell}" for note in taken.notes] == ["场地!A2", "场地!B2"]
    second = after(tiny, put("地名", 3, name="东镇\u200b"))
    assert said(second)[0].startswith("地名!A3 '东镇': not the same as in row 2")


def test_merged_cells_are_named(tiny: Path) -> None:
    taken = after(tiny, lambda book: book["场地"].merge_cells("F2:F4"))
    assert said(taken)[0].startswith("场地!F2:F4")
    assert "not merged" in said(taken)[0]
    assert said(after(tiny, lambda book: book["场地"].merge_cells("A100:C100"))) == []


def test_a_value_under_no_heading_is_named(tiny: Path) -> None:
    def edit(book: Workbook) -> None:
        book["场地"]["AZ3"] = "电话 13800000000"

    assert said(after(tiny, edit))[0].startswith("场地!AZ3 '电话 13800000000': a heading above it")


def test_a_comment_is_not_taken_over_and_it_is_said(tiny: Path) -> None:
    def edit(book: Workbook) -> None:
        book["场地"]["B3"].comment = Comment("请核实", "王")

    taken = after(tiny, edit)
    assert said(taken) == []
    assert [str(note) for note in taken.notes] == [
        "场地!B3: the comment '请核实' is not taken over"
    ]


def test_headings_with_spaces_and_marks_are_still_known(tiny: Path) -> None:
    taken = after(tiny, put("场地", 1, name="名称 \u200b\nname\u00a0 "))
    assert (said(taken), taken.changes) == ([], ())
    messages = said(after(tiny, put("场地", 1, note="名称\nname")))
    assert any("each column only once" in line for line in messages)


def test_hidden_rows_and_columns_are_read_like_all_others(tiny: Path) -> None:
    def edit(book: Workbook) -> None:
        put("场地", 2, status="building")(book)
        book["场地"].row_dimensions[2].hidden = True
        book["场地"].column_dimensions["F"].hidden = True

    (one,) = after(tiny, edit).changes
    assert one.key == "site-mill"


def test_a_day_as_a_bare_number_is_explained(tiny: Path) -> None:
    layers = tiny / "geodata" / "layers.toml"
    text = layers.read_text(encoding="utf-8").replace('type = "list"', 'type = "date"', 1)
    layers.write_text(text, encoding="utf-8")
    table = tiny / "geodata" / "items" / "sites.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("织造", "2030-01-02"), "utf-8")
    messages = said(after(tiny, put("场地", 2, industries=47849)))
    assert "this number is perhaps 2031-01-01" in messages[0]
