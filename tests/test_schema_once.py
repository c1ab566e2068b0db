"""A property is declared in one place: a column added to a layer is everywhere it is looked for."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from app.build.build import build, write
from app.editing.workbook import export_workbook
from app.main import create_app
from app.pack.pack import Pack
from app.settings import Settings
from tests.edit_pack import read
from tests.edit_pack import write as write_rows

ITEM = "site-mill"
FIELD = (
    '    { id = "depth_m", type = "number", title = "井深", '
    'title_en = "Depth of the well", unit = "m" },'
)
AFTER = 'unit = "ha" },'


@pytest.fixture
def deepened(tiny: Path) -> Path:
    """The tiny city with one more column: declared in layers.toml, filled in the table."""
    layers = tiny / "geodata" / "layers.toml"
    layers.write_text(layers.read_text("utf-8").replace(AFTER, f"{AFTER}\n{FIELD}"), "utf-8")
    table = tiny / "geodata" / "items" / "sites.csv"
    rows = [{**row, "depth_m": "7.5" if row["id"] == ITEM else ""} for row in read(table)]
    write_rows(table, rows)
    pack = Pack(tiny)
    write(build(pack), pack.version)
    return tiny


@pytest.fixture
def served(deepened: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(pack=deepened, cache=deepened / "cache"))) as client:
        yield client


def test_files_of_data_have_it(served: TestClient) -> None:
    text = served.get("/view.csv?layer=sites").text.lstrip("\ufeff")
    row = next(one for one in csv.DictReader(io.StringIO(text)) if one["id"] == ITEM)
    assert row["depth_m"] == "7.5"
    items, _, fields = openpyxl.load_workbook(
        io.BytesIO(served.get("/view.xlsx?layer=sites").content)
    ).worksheets
    head = [cell.value for cell in items[1]]
    assert "井深 (m)" in head
    assert {row[head.index("井深 (m)")].value for row in items.iter_rows(min_row=2)} == {7.5, None}
    assert ["井深 (m)", "depth_m", "number", "m", "井深", "Depth of the well"] in [
        [cell.value for cell in row] for row in fields.iter_rows()
    ]
    feature = served.get(f"/api/collections/sites/items/{ITEM}").json()
    assert feature["properties"]["depth_m"] == 7.5


def test_the_workbook_that_is_edited_has_it(deepened: Path, tmp_path: Path) -> None:
    export_workbook(Pack(deepened), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    heads = [cell.value for sheet in book for row in sheet.iter_rows(max_row=2) for cell in row]
    assert any("depth_m" in str(head) and "井深" in str(head) for head in heads)


def test_the_card_and_the_table_have_it(served: TestClient) -> None:
    kml = served.get("/view.kml?layer=sites&lang=en").text
    assert "Depth of the well" in kml
    assert "7.5 m" in kml
    assert "井深" in served.get("/view.html?layer=sites").text
    page = served.get("/pack.json").json()  # what the page's card, table and comparison read
    (sites,) = [one for one in page["layers"] if one["id"] == "sites"]
    field = sites["fields"][-1]
    assert (field["id"], field["type"], field["unit"]) == ("depth_m", "number", "m")
    assert (field["title"], field["title_en"]) == ("井深", "Depth of the well")


def test_schemas_queryables_and_the_description_of_the_api_have_it(served: TestClient) -> None:
    for name in ("schema", "queryables", "sortables"):
        found = served.get(f"/api/collections/sites/{name}?f=json").json()["properties"]["depth_m"]
        assert (found["type"], found["title"]) == ("number", "井深")
    assert "depth_m" in json.dumps(served.get("/openapi.json").json())
    some = served.get("/api/collections/sites/items?filter=depth_m>7&limit=1").json()
    assert some["numberMatched"] == 1
    assert served.get("/api/collections/sites/items?depth_m=7.5").json()["numberMatched"] == 1
