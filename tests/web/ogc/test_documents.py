"""Every document: its shape, its links, its page, its formats."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator, meta

from app.main import create_app
from app.settings import Settings
from app.web.api.conformance import CONFORMANCE
from tests.conftest import TINY
from tests.web.ogc import shapes

PARK = "/api/collections/industrial-parks"
GRID = "/api/tileMatrixSets/WebMercatorQuad"
DOCUMENTS = {
    "/api": shapes.LANDING,
    "/api/conformance": shapes.CONFORMANCE,
    "/api/collections": shapes.COLLECTIONS,
    PARK: shapes.COLLECTION,
    "/api/collections/boundaries": shapes.COLLECTION,
    f"{PARK}/items": shapes.ITEMS,
    f"{PARK}/items?f=jsonfg": shapes.JSONFG,
    f"{PARK}/items/park-dongdaihe": shapes.FEATURE,
    "/api/collections/plan/items?limit=1000": shapes.ITEMS,
    "/api/collections/places/items?limit=1000": shapes.ITEMS,
    "/api/collections/boundaries/items": shapes.ITEMS,
    "/api/functions": shapes.FUNCTIONS,
    "/api/tileMatrixSets": shapes.GRIDS,
    GRID: shapes.GRID,
    "/api/tiles": shapes.TILESETS,
    "/api/tiles/WebMercatorQuad": shapes.TILESET,
    "/api/tiles/WebMercatorQuad?f=tilejson": shapes.TILEJSON,
    f"{PARK}/tiles": shapes.TILESETS,
    f"{PARK}/tiles/WebMercatorQuad": shapes.TILESET,
    f"{PARK}/tiles/WebMercatorQuad?f=tilejson": shapes.TILEJSON,
}
PAGES = ("/api", "/api/conformance", "/api/collections", PARK, f"{PARK}/items",
         f"{PARK}/items/park-dongdaihe", f"{PARK}/schema", f"{PARK}/queryables",
         f"{PARK}/sortables", "/api/collections/places/items",
         "/api/collections/boundaries/items/211421")  # fmt: skip


def get(client: TestClient, path: str, **params: str) -> dict[str, Any]:
    answer = client.get(path, params=params or None)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_has_the_shape_ogc_asks_for(client: TestClient, path: str) -> None:
    Draft202012Validator(DOCUMENTS[path]).validate(get(client, path))


@pytest.mark.parametrize("name", ["schema", "queryables", "sortables"])
@pytest.mark.parametrize("collection", ["plan", "industrial-parks", "places", "boundaries"])
def test_a_schema_is_valid_json_schema(client: TestClient, collection: str, name: str) -> None:
    answer = client.get(f"/api/collections/{collection}/{name}")
    assert answer.headers["content-type"] == "application/schema+json"
    schema = answer.json()
    meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f"/api/collections/{collection}/{name}")
    assert schema["type"] == "object"
    roles = [one.get("x-ogc-role") for one in schema["properties"].values()]
    assert ("primary-geometry" in roles) == (name != "sortables")


@pytest.mark.parametrize("collection", ["plan", "plan-lines", "energy", "places", "boundaries"])
def test_features_are_what_their_schema_says(client: TestClient, collection: str) -> None:
    """Every property is there; what is empty is null, and all else of the one type named."""
    schema = get(client, f"/api/collections/{collection}/schema")
    items = get(client, f"/api/collections/{collection}/items", limit="1000")
    own = {**schema, "properties": {**schema["properties"]}}
    own["properties"].pop("geometry")
    assert all(isinstance(one["type"], str) for one in own["properties"].values())
    checker = Draft202012Validator(own)
    for feature in items["features"]:
        assert feature["properties"].keys() == own["properties"].keys(), feature["id"]
        assert "" not in feature["properties"].values(), feature["id"]
        known = {name: one for name, one in feature["properties"].items() if one is not None}
        checker.validate(known)


LINKED = [path for path in DOCUMENTS if "tilejson" not in path and path != GRID]


@pytest.mark.parametrize("path", [*LINKED, *(f"{path}?f=html" for path in PAGES)])
def test_every_link_of_a_document_answers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    if "html" in answer.headers["content-type"]:
        links = [link for link in found_links(answer.text) if "/static/" not in link]
        links = [str(answer.url.join(link)) for link in links]
    else:
        links = [link["href"] for link in every_link(answer.json()) if not link.get("templated")]
    assert links
    for link in sorted(set(links))[:20]:
        assert client.get(link).status_code in (200, 204), link


def every_link(body: Any) -> list[dict[str, Any]]:
    """The links of a document, its first few parts included."""
    if isinstance(body, list):
        return [link for one in body[:3] for link in every_link(one)]
    if not isinstance(body, dict):
        return []
    nested = [link for key in ("collections", "tilesets") for link in every_link(body.get(key))]
    return [*body.get("links", []), *nested]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "data-items") and value and not value.startswith("#"):
                self.found.append(value)


def found_links(text: str) -> list[str]:
    reader = Links()
    reader.feed(text)
    return reader.found


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_is_in_its_language_and_asks_no_other_host(
    client: TestClient, path: str, lang: str
) -> None:
    answer = client.get(path, params={"f": "html", "lang": lang})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in answer.text
    outside = [link for link in found_links(answer.text) if "//" in link]
    assert all(link.startswith("http://testserver/") for link in outside)
    assert not re.search(r"<script>|\son[a-z]+=", answer.text)


def test_numbers_have_their_unit_on_a_page(client: TestClient) -> None:
    place = get(client, "/api/collections/places/items?limit=1")["features"][0]
    radius = f">{place['properties']['uncertainty_m']:.0f} m</td>"
    path = f"/api/collections/places/items/{place['id']}"
    assert radius in client.get(path, params={"f": "html"}).text


def test_a_page_escapes_what_the_data_says(tiny_client: TestClient) -> None:
    answer = tiny_client.get("/api/collections/plan/items", params={"f": "html", "q": "<b>x"})
    assert answer.status_code == 200
    assert "<b>x" not in answer.text


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/json;q=0.5, text/html;q=0.4", "application/json"),
        ("application/*", "application/json"),
        ("text/html;q=x", "text/html; charset=utf-8"),
        (", ,", "application/json"),
    ],
)
def test_accept_decides_where_f_says_nothing(client: TestClient, accept: str, type: str) -> None:
    answer = client.get("/api/collections", headers={"Accept": accept})
    if accept == ", ,":
        assert answer.status_code == 406
    else:
        assert answer.headers["content-type"] == type
    assert "Accept" in answer.headers["vary"] or answer.status_code == 406


def test_what_nobody_offers_is_406(client: TestClient) -> None:
    answer = client.get("/api/collections", headers={"Accept": "image/tiff"})
    assert answer.status_code == 406
    assert "application/json" in answer.json()["allowed"]


@pytest.mark.parametrize("path", [*PAGES[:6], "/api/openapi.json", "/openapi.json", "/api/docs"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "etag", "content-length"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("path", [*DOCUMENTS, "/api/openapi.json"])
def test_a_current_copy_is_304(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_no_conformance_class_is_named_twice(client: TestClient) -> None:
    found = get(client, "/api/conformance")["conformsTo"]
    assert len(found) == len(set(found)) == len(CONFORMANCE)


def test_nothing_invites_to_edit(client: TestClient) -> None:
    """QGIS turns editing on where items answer to POST."""
    answer = client.options(f"{PARK}/items")
    assert "POST" not in answer.headers.get("allow", "")
    assert client.post(f"{PARK}/items").status_code == 405


def test_the_landing_page_has_no_slash_too_many(client: TestClient) -> None:
    assert client.get("/api/").status_code == 200
    assert get(client, "/api/")["title"] == get(client, "/api")["title"]


@pytest.mark.parametrize(
    "path", ["/api/collections", *(f"/api/tiles/WebMercatorQuad{one}" for one in ("", "/0/0/0"))]
)
def test_what_is_said_of_all_makes_no_feature_of_the_places(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large pack there are as many places as items, and few ask for them."""
    app = create_app(Settings(pack=TINY))
    made: list[Any] = []
    monkeypatch.setattr("app.catalog.collections.place_feature", made.append)
    with TestClient(app) as client:
        assert client.get(path).status_code == 200
    assert not made
