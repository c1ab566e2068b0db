"""A status is shown as the word of the plan and its year, in every format."""

import io
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from app.catalog.catalog import Catalog
from app.pack.built import built_from
from app.pack.pack import Pack
from app.selection.view_words import view_words
from app.view.view import View
from tests.pack.test_pack import edited

ZH, EN = "规划所述（2021）", "As the plan of 2021 says"
BRIDGE = "bridge-haixiang"


def text_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/pack.json", "/data?lang=zh", "/api/quality", "/api/collections/plan/schema?lang=zh",
        "/api/collections/transport/queryables?lang=zh", "/view.csv?layer=agri-layout&lang=zh",
        f"/view.kml?focus={BRIDGE}&layer=transport&lang=zh",
        "/view.html?layer=agri-layout&lang=zh", "/api/collections/transport/items?f=html&lang=zh",
    ],
)  # fmt: skip
def test_every_format_says_whose_word_a_status_is(client: TestClient, path: str) -> None:
    assert ZH in text_of(client, path)
    if "lang=zh" in path:
        assert EN in text_of(client, path.replace("lang=zh", "lang=en"))


def test_a_workbook_says_it_in_its_columns(client: TestClient) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(client.get("/view.xlsx?layer=agri-layout&lang=zh").content)
    )
    assert ZH in [cell.value for cell in book.worksheets[0][1]]


def test_a_picture_of_one_status_says_it(catalog: Catalog) -> None:
    view = View(status=("building", "planned"))
    assert view_words(catalog, view, "zh") == f"{ZH}：在建、规划新建"
    assert view_words(catalog, view, "en") == f"{EN}: Under construction, Planned"


def test_the_schema_says_that_it_is_not_todays_state(client: TestClient) -> None:
    schema = client.get("/api/collections/plan/schema?lang=en").json()["properties"]["status"]
    assert schema["title"] == EN
    assert "not the state of the works today" in schema["description"]


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "军事与边防事项"), ("en", "military and border matters")]
)
def test_what_is_left_out_is_said_where_items_are_counted(
    client: TestClient, lang: str, words: str
) -> None:
    assert words in text_of(client, f"/data?lang={lang}")
    assert words in text_of(client, "/api/quality")


def test_a_pack_that_says_nothing_has_a_plain_status(tiny: Path, tiny_client: TestClient) -> None:
    assert Pack(tiny).info.status_titles == ("状态", "Status")
    assert view_words(Catalog(Pack(tiny)), View(status=("planned",)), "zh") == "规划新建"
    assert tiny_client.get("/pack.json").json()["status_title"] == "状态"


def test_the_words_are_the_packs_and_no_build_depends_on_them(tiny: Path) -> None:
    before = built_from(Pack(tiny))
    pack = edited(
        tiny, "plan.toml", "updated = 2030-01-31",
        'updated = 2030-01-31\nstatus_title = "规划所述（2030）"\nstatus_title_en = "2030 plan"',
    )  # fmt: skip
    assert pack.info.status_titles == ("规划所述（2030）", "2030 plan")
    assert built_from(pack) == before
