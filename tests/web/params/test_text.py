"""A query is text that a file can hold, or it is refused; no page breaks at what the data holds."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from app.build.build import build, write
from app.domain.text.characters import code_of, forbidden_in
from app.main import create_app
from app.pack.pack import Pack
from app.settings import Settings
from app.view.view import PAGE_PARAMETERS, VIEW_PARAMETERS
from tests.formats.test_characters import BAD, SURROGATES

WRITABLE = [one for one in BAD if one not in SURROGATES]
FACES = ("geojson", "xlsx", "kml", "svg", "pdf", "pptx", "png", "html", "csv", "gpkg", "shp.zip")
PLACES = [
    "/view.geojson", "/", "/embed", "/county/100001", "/qr.svg", "/data", "/oembed", "/api",
    "/api/collections/sites/items", "/api/docs", "/pack.json", "/static/css/page.css",
]  # fmt: skip
PAGES = [
    "/api/collections/sites/items?f=html", "/api/collections/sites/items?f=jsonfg",
    "/api/collections/sites/items/site-mill?f=html", "/api/collections?f=html&lang=en",
    "/data", "/index.json", "/search.json", "/oembed?url=http://testserver/?layer=sites",
]  # fmt: skip


@pytest.mark.parametrize("name", [*VIEW_PARAMETERS, *PAGE_PARAMETERS, "size", "unknown"])
def test_a_parameter_with_a_forbidden_character_is_refused_by_name(
    tiny_client: TestClient, name: str
) -> None:
    for character in WRITABLE:
        answer = tiny_client.get(f"/view.kml?{name}=a{quote(character)}b")
        assert answer.status_code == 400
        assert answer.json()["parameter"] == name
        assert code_of(character) in answer.json()["detail"]
        assert not forbidden_in(json.dumps(answer.json(), ensure_ascii=False))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("sent", "told"),
    [("%FF", "%FF"), ("%C3", "%C3"), ("%ED%A0%80", "U+D800"), ("%ED%BF%BF", "U+DFFF"),
     ("%F4%90%80%80", "%F4"), ("%EF%BF%BE", "U+FFFE"), ("%00", "U+0000")],
)  # fmt: skip
def test_bytes_that_are_no_text_are_refused_everywhere(
    tiny_client: TestClient, place: str, sent: str, told: str
) -> None:
    answer = tiny_client.get(f"{place}?title=a{sent}b", follow_redirects=False)
    assert answer.status_code == 400
    assert (answer.json()["parameter"], told in answer.json()["detail"]) == ("title", True)
    named = tiny_client.get(f"{place}?{sent}=1", follow_redirects=False)
    assert named.status_code == 400


@pytest.mark.parametrize("sent", ["%25FF", "%25ED%25A0%2580", "%25EF%25BF%25BE", "%2507"])
def test_an_address_within_the_address_is_read_as_strictly(
    tiny_client: TestClient, sent: str
) -> None:
    answer = tiny_client.get(f"/oembed?url=http://testserver/?title=a{sent}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "title"


def test_a_reader_is_told_on_a_page_which_character_it_was(tiny_client: TestClient) -> None:
    answer = tiny_client.get("/?title=a%EF%BF%BEb&lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "without U+FFFE" in answer.text
    assert not forbidden_in(answer.text)


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\ufffe", "�"], ids=code_of)
def test_a_pack_whose_texts_hold_it_is_served_without_it(tiny: Path, character: str) -> None:
    """What stands in the tables and the declarations of a pack nobody has checked."""
    rows = tiny / "geodata" / "items" / "sites.csv"
    rows.write_text(
        rows.read_text("utf-8").replace("东镇纺织厂", f"东镇{character}纺织厂"), "utf-8"
    )
    plan = tiny / "geodata" / "layers.toml"
    escape = f'title_en = "\\u{ord(character):04x}'
    plan.write_text(plan.read_text("utf-8").replace('title_en = "', escape), "utf-8")
    write(build(Pack(tiny)))
    kept = character if character == "\ufffd" else ""
    with TestClient(create_app(Settings(pack=tiny, cache=tiny / "cache"))) as client:
        for path in (*(f"/view.{ext}" for ext in FACES), *PAGES):
            answer = client.get(path)
            assert answer.status_code == 200, path
            if "html" in path or "json" in path:
                assert forbidden_in(answer.text) == ""
        found = client.get("/api/collections/sites/items/site-mill").json()
    assert found["properties"]["name"] == f"东镇{kept}纺织厂"
