"""How much the first view costs over the wire: everything it asks for, as a browser gets it."""

import re
from posixpath import join, normpath

import pytest
from fastapi.testclient import TestClient

FIRST_LOAD = 300_000
SCRIPTS_AND_STYLES = 120_000
IMPORT = re.compile(r'^(?:import|export)\s[^;]*?"([^"]+)"|\bawait import\("([^"]+)"\)', re.M)
STYLE_IMPORT = re.compile(r'@import url\("([^"]+)"\)')
ASSET = re.compile(r'(?:href|src)="((?:static|vendor)/[^"]+)"')
MAPPED = {"leaflet": "/vendor/leaflet/leaflet.js"}


def size(client: TestClient, path: str) -> int:
    """Bytes of a body as sent to a browser."""
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200, path
        return len(b"".join(answer.iter_raw()))


def target(path: str, name: str) -> str | None:
    """What an import names: a mapped package, or a path from the importing file."""
    if not name.startswith("."):
        return MAPPED.get(name)
    return normpath(join(path, "..", name))


def reached(client: TestClient, first: list[str], eager: bool) -> set[str]:
    """The scripts and styles reached from some; with `eager`, not those loaded on use."""
    seen: set[str] = set()
    todo = list(first)
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        text = client.get(path).text
        names = [
            s or ("" if eager and "map/map.js" not in d else d) for s, d in IMPORT.findall(text)
        ]
        if path.endswith(".css"):
            names = [f"./{name}" for name in STYLE_IMPORT.findall(text)]
        todo += [found for name in names if name and (found := target(path, name))]
    return seen


@pytest.fixture(scope="module")
def assets(client: TestClient) -> set[str]:
    page = client.get("/").text
    return reached(client, [f"/{path}" for path in ASSET.findall(page)], eager=True)


def test_scripts_and_styles_stay_small(client: TestClient, assets: set[str]) -> None:
    assert "/static/js/map/map.js" in assets
    assert "/vendor/leaflet/leaflet.js" in assets
    assert sum(size(client, path) for path in assets) <= SCRIPTS_AND_STYLES


def test_the_first_view_with_all_layers_stays_small(client: TestClient, assets: set[str]) -> None:
    base = client.get("/pack.json").json()["base"]
    data = ["/", "/pack.json", "/index.json", "/words/zh.json"]
    data += [f"/base/{name}.geojson" for name in base]
    assert sum(size(client, path) for path in [*assets, *data]) <= FIRST_LOAD
