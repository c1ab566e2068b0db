"""A pack in any one or several languages is served whole: every page, every format."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from app.build.build import build, stale, write
from app.editing.new_pack import new_pack
from app.editing.workbook import export_workbook, import_workbook
from app.formats import FORMATS
from app.main import create_app
from app.pack.pack import Pack
from app.rules import check
from app.rules.word_catalogues import catalogue_is_there
from app.settings import Settings

PORTUGUESE = Path(__file__).parents[2] / "packs" / "pt"
COLLECTION = "/api/collections/sample-sites"
PAGES = (
    "/", "/embed", "/data", "/data/sources", "/data/corrections", "/api?f=html",
    "/api/conformance?f=html", "/api/collections?f=html", f"{COLLECTION}?f=html",
    f"{COLLECTION}/items?f=html", f"{COLLECTION}/items/sample-works?f=html",
    f"{COLLECTION}/queryables?f=html", f"{COLLECTION}/sortables?f=html",
    f"{COLLECTION}/schema?f=html", "/api/collections/plan?f=html",
    "/api/collections/places/items?f=html", "/api/collections/boundaries/items?f=html",
)  # fmt: skip
DOCUMENTS = (
    "/pack.json", "/index.json", "/search.json", "/places.json", "/api", "/openapi.json",
    "/api/quality", "/api/collections", COLLECTION, f"{COLLECTION}/items",
    f"{COLLECTION}/schema", f"{COLLECTION}/queryables", "/qr.svg", "/healthz",
)  # fmt: skip
EXTS = [file_format.ext for file_format in FORMATS]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Portuguese and English."""
    with TestClient(create_app(Settings(pack=PORTUGUESE))) as opened:
        yield opened


def alone(folder: Path) -> Path:
    """The same pack without a word of English: no column, no key, no file."""
    shutil.copytree(PORTUGUESE / "geodata", folder / "geodata")
    for path in folder.rglob("*.csv"):
        rows = openable(path)
        kept = [n for n, name in enumerate(rows[0]) if not name.endswith("_en") and name != "en"]
        path.write_text(written([[row[n] for n in kept] for row in rows]), encoding="utf-8")
    for path in folder.rglob("*.toml"):
        text = re.sub(r"^\w+_en = .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        text = re.sub(r', \w+_en = "[^"]*"', "", text)
        path.write_text(text.replace('["pt", "en"]', '["pt"]'), encoding="utf-8")
    write(build(Pack(folder)))
    return folder


def openable(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def written(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Portuguese alone."""
    folder = alone(tmp_path_factory.mktemp("single") / "city")
    with TestClient(create_app(Settings(pack=folder))) as opened:
        yield opened


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("lang", "tag"), [("", "pt"), ("pt", "pt"), ("en", "en")])
def test_every_page_says_its_language(client: TestClient, path: str, lang: str, tag: str) -> None:
    mark = "&" if "?" in path else "?"
    answer = client.get(f"{path}{mark}lang={lang}" if lang else path)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-language"] == tag
    assert f'<html lang="{tag}"' in answer.text
    assert "Mapa do Plano" in answer.text or tag == "en"
    assert "Sample City Plan Map" in answer.text or tag == "pt"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_pack_in_one_language(single: TestClient, path: str) -> None:
    answer = single.get(path)
    assert (answer.status_code, answer.headers["content-language"]) == (200, "pt"), answer.text
    assert '<html lang="pt"' in answer.text
    assert "Mapa do Plano" in answer.text
    assert "Sample City" not in answer.text


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_document(client: TestClient, single: TestClient, path: str) -> None:
    for one in (client, single):
        answer = one.get(path)
        assert answer.status_code == 200, answer.text[:300]


@pytest.mark.parametrize("ext", EXTS)
def test_every_format_in_every_language(client: TestClient, single: TestClient, ext: str) -> None:
    view = "county=990001&near=30&place=Vila Exemplo&term=Amostras&status=planned"
    for one, lang, tag in ((client, "", "pt"), (client, "en", "en"), (single, "pt", "pt")):
        for query in ("", view):
            answer = one.get(f"/view.{ext}?{query}&lang={lang}")
            assert answer.status_code == 200, answer.text[:300]
            assert answer.headers["content-language"] == tag


def test_a_problem_is_told_in_the_language_of_the_pack(
    client: TestClient, single: TestClient
) -> None:
    for one in (client, single):
        for path in ("/nowhere", "/view.svg?layer=nosuch", "/view.csv?county=1", "/data?lang=xx"):
            answer = one.get(path, headers={"accept": "text/html"})
            assert answer.status_code in (400, 404)
            assert '<html lang="pt"' in answer.text
            assert answer.headers["content-language"] == "pt"


def test_a_table_and_a_picture_speak_the_packs_words(client: TestClient) -> None:
    drawn = client.get("/view.svg").text
    assert 'lang="pt"' in drawn
    assert "Fábrica Exemplo" in drawn
    assert not re.search(r"[\u4e00-\u9fff]", drawn)
    table = client.get("/view.csv").content.decode("utf-8-sig")
    assert "sample-sites,Locais de exemplo,works,Obras" in table
    assert '"Capítulo 1, Secção 1, Quadro 1-1"' in table
    english = client.get("/view.csv?lang=en").content.decode("utf-8-sig")
    assert '"Chapter 1, Section 1, Box 1-1"' in english
    book = openpyxl.load_workbook(io.BytesIO(client.get("/view.xlsx").content))
    assert book.sheetnames == ["Items", "About", "Fields"]
    assert book["Items"]["A1"].value == "Id"


def test_products_words_are_english_where_a_language_has_none(client: TestClient) -> None:
    """Never Chinese: who reads Portuguese reads English rather."""
    statuses = {one["id"]: one for one in client.get("/pack.json").json()["statuses"]}
    assert statuses["planned"]["title_pt"] == "Planned"
    for path in ("/data", f"{COLLECTION}/queryables?f=html", f"{COLLECTION}/schema", "/view.kml"):
        text = client.get(path).text
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"样例[^\"<]*", "", text)), path


def test_more_languages_than_two_say_what_they_have(tmp_path: Path) -> None:
    """Columns and keys with a language beside the plain ones; what is missing is the first's."""
    new_pack(tmp_path / "city", ["pt", "en", "zh"])
    with TestClient(create_app(Settings(pack=tmp_path / "city"))) as client:
        feature = client.get(f"{COLLECTION}/items/sample-works").json()
        assert feature["properties"]["name_zh"] == "示例工厂"
        assert feature["properties"]["location_zh"].startswith("标在")
        table = client.get("/view.csv?lang=zh").content.decode("utf-8-sig")
        assert "样例项目" in table
        assert "第1章" in table
        assert "name_zh" in table.splitlines()[0]
        assert "示例工厂" in client.get("/view.svg?lang=zh").text
        assert [one["id"] for one in client.get(f"{COLLECTION}/items").json()["features"]]
        assert "name_zh" in client.get(f"{COLLECTION}/queryables").json()["properties"]
        assert "示例市以外" in client.get("/data?lang=zh").text
        found = client.get("/view.geojson", params={"q": "示例工厂"}).json()
        assert [one["id"] for one in found["features"]] == ["sample-works"]


@pytest.mark.parametrize("languages", [["pt"], ["en"], ["pt", "en"], ["en", "zh"], ["zh", "pt"]])
def test_a_new_pack_in_any_languages_keeps_the_rules_and_comes_back_from_its_workbook(
    tmp_path: Path, languages: list[str]
) -> None:
    new_pack(tmp_path / "city", languages)
    pack = Pack(tmp_path / "city")
    assert pack.info.languages == tuple(languages)
    assert check(pack) == []
    assert stale(build(pack)) == []
    export_workbook(pack, tmp_path / "city.xlsx")
    taken = import_workbook(pack, tmp_path / "city.xlsx")
    assert (taken.changes, taken.problems) == ((), ())


def test_the_committed_pack_is_whole() -> None:
    pack = Pack(PORTUGUESE)
    assert check(pack) == []
    assert stale(build(pack)) == []


def test_a_language_without_words_is_a_finding() -> None:
    (found,) = catalogue_is_there(Pack(PORTUGUESE))
    assert found.value == "pt"
    assert "words/pt.json" in str(found)
