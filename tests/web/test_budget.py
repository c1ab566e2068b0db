"""How much the first view costs over the wire: everything it asks for, as a browser gets it."""

import re

import pytest
from fastapi.testclient import TestClient

UNTIL_THE_MAP = 180_000
"""Bytes until the map can be used, heads of answers among them."""
REQUESTS = 20
SCRIPTS_AND_STYLES = 120_000
ASSET = re.compile(r'(?:href|src)="((?:static|vendor|built)/[^"]+|[a-z/]+\.json)"')
LATER = ("index.json",)


def asked(client: TestClient, path: str) -> list[str]:
    """What the page at a path asks for, itself first."""
    page = client.get(path).text
    return [path, *dict.fromkeys(f"/{one}" for one in ASSET.findall(page))]


def size(client: TestClient, path: str, encoding: str = "br", head: bool = True) -> int:
    """Bytes of an answer as sent to a browser."""
    with client.stream("GET", path, headers={"Accept-Encoding": encoding}) as answer:
        assert answer.status_code == 200, path
        lines = sum(len(name) + len(text) + 4 for name, text in answer.headers.raw)
        return len(b"".join(answer.iter_raw())) + (lines if head else 0)


def test_the_first_map_costs_few_requests_and_bytes(client: TestClient) -> None:
    paths = asked(client, "/")
    assert {"/start.json", "/pack.json", "/words/zh.json", "/base.json"} < set(paths)
    assert not {f"/{one}" for one in LATER} & set(paths)
    assert len(paths) <= REQUESTS
    assert sum(size(client, path) for path in paths) <= UNTIL_THE_MAP


def test_scripts_and_styles_stay_small_for_old_proxies_too(client: TestClient) -> None:
    paths = [path for path in asked(client, "/") if path.endswith((".js", ".css"))]
    assert any(path.endswith("/leaflet.js") for path in paths)
    assert any(path.endswith("/map.map.js") for path in paths)
    assert sum(size(client, path, "gzip", head=False) for path in paths) <= SCRIPTS_AND_STYLES


@pytest.mark.parametrize("path", ["/?layer=water", "/?focus=park-dongdaihe"])
def test_a_view_that_chooses_asks_for_the_index_at_once(client: TestClient, path: str) -> None:
    assert "/index.json" in asked(client, path)
