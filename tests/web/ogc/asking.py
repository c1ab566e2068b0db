"""Asking for items, as the tests of items do."""

from typing import Any

from fastapi.testclient import TestClient

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
PLAN, PARKS, PLACES = (
    f"/api/collections/{id}/items" for id in ("plan", "industrial-parks", "places")
)
ALL = "10000"
HYPHENED = {name.replace("-", "_"): name for name in ("bbox-crs", "filter-crs", "filter-lang")}


def get(client: TestClient, path: str, **params: str) -> dict[str, Any]:
    answer = client.get(path, params={HYPHENED.get(name, name): params[name] for name in params})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def ids(client: TestClient, path: str = PLAN, **params: str) -> list[str]:
    return [one["id"] for one in get(client, path, limit=ALL, **params)["features"]]
