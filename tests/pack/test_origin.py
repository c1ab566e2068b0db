"""An item that the plan does not name says where it comes from, and is not quoted as the plan's."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.build.build import build, write
from app.editing.gis import import_features as take_gis
from app.editing.revision import apply
from app.editing.workbook import export_workbook
from app.editing.workbook import import_workbook as take_workbook
from app.main import create_app
from app.pack.pack import Pack
from app.pack.tables.csv_tables import write_table
from app.rules import check
from app.settings import Settings
from tests.edit_pack import change, read
from tests.editing.gis.test_gis import EAST, frame, request
from tests.editing.gis.test_gis import write as write_gis
from tests.editing.test_workbook_import import after, put, said

ELSEWHERE = {"plan_refs": "", "plan_term": ""}


def with_origin(tiny: Path, **cells: str) -> None:
    """The tiny city's first site as an item from elsewhere; its table gets the columns."""
    path = tiny / "geodata" / "items" / "sites.csv"
    rows = [{**row, "origin": "", "origin_en": ""} for row in read(path)]
    rows[0].update(cells)
    path.write_text(write_table(tuple(rows[0]), rows), encoding="utf-8")


def rules(tiny: Path) -> set[str]:
    return {finding.rule for finding in check(Pack(tiny))} - {"build_is_current"}


def built(tiny: Path) -> None:
    write(build(Pack(tiny)))


@pytest.mark.parametrize(
    ("origin", "english", "words"),
    [("report", "", ("县区上报", "Reported by the county")),
     ("小城国土空间规划", "Spatial Plan of the Tiny City",
      ("小城国土空间规划", "Spatial Plan of the Tiny City"))],
)  # fmt: skip
def test_every_format_says_where_an_item_comes_from(
    origin: str, english: str, words: tuple[str, str], tiny: Path
) -> None:
    with_origin(tiny, **ELSEWHERE, origin=origin, origin_en=english)
    built(tiny)
    assert check(Pack(tiny)) == []
    with TestClient(create_app(Settings(pack=tiny))) as client:
        found = client.get("/api/collections/sites/items/site-mill").json()["properties"]
        assert (found["origin"], found["origin_en"]) == words
        assert found["plan"] is None
        other = client.get("/api/collections/sites/items/site-all").json()["properties"]
        assert other["origin"] is None
        assert words[0] in client.get("/view.csv?layer=sites").text
        assert words[0] in client.get("/view.kml?layer=sites").text
        assert words[1] in client.get("/view.kml?layer=sites&lang=en").text
        assert "origin" in client.get("/api/collections/sites/schema").json()["properties"]


def test_only_an_item_of_the_plan_needs_a_reference(tiny: Path) -> None:
    change(tiny, "sites", "site-mill", **ELSEWHERE)
    built(tiny)
    assert rules(tiny) >= {"plan_reference_exists", "text_is_there_in_both_languages"}
    with_origin(tiny, **ELSEWHERE, origin="report")
    built(tiny)
    assert rules(tiny) == set()


def test_a_document_is_named_in_both_languages_of_the_pack(tiny: Path) -> None:
    with_origin(tiny, **ELSEWHERE, origin="小城国土空间规划")
    built(tiny)
    assert rules(tiny) == {"text_is_there_in_both_languages"}


def test_a_table_has_the_columns_only_where_a_row_fills_them(tiny: Path) -> None:
    taken = after(tiny, put("场地", 2, note="待核。", note_en="To be confirmed."))
    assert taken.revision is not None
    apply(taken.revision)
    assert "origin" not in read(tiny / "geodata/items/sites.csv")[0]
    taken = after(tiny, put("场地", 2, origin="report", plan_refs=None, plan_term=None))
    assert said(taken) == []
    assert taken.revision is not None
    apply(taken.revision)
    assert read(tiny / "geodata/items/sites.csv")[0]["origin"] == "report"
    export_workbook(Pack(tiny), tiny.parent / "again.xlsx")
    assert take_workbook(Pack(tiny), tiny.parent / "again.xlsx").changes == ()


def test_an_imported_shape_is_not_quoted_as_the_plans_words(tiny: Path, tmp_path: Path) -> None:
    path = write_gis(tmp_path, ".gpkg", frame([EAST]))
    given = {"status": "existing", "category": "zone", "origin": "report"}
    found = take_gis(Pack(tiny), request(path, given=given))
    assert [str(one) for one in (*found.faults, *found.findings)] == []
    assert (found.rows[0]["plan_term"], found.rows[0]["plan_refs"]) == ("", "")


def test_english_is_compulsory_only_where_the_pack_speaks_it(tiny: Path) -> None:
    info = tiny / "geodata" / "plan.toml"
    empty = {"name_en": "", "summary_en": "", "note": "待核。", "note_en": "", "facts_en": ""}
    change(tiny, "sites", "site-mill", **empty)
    built(tiny)
    assert "text_is_there_in_both_languages" in rules(tiny)
    text = info.read_text(encoding="utf-8").replace('["zh", "en"]', '["zh"]')
    info.write_text(text, encoding="utf-8")
    built(tiny)
    assert rules(tiny) == set()
