"""Files of many items are left to a worker, by the API and by a view, and are the same files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.render.slot import WorkerSlot
from app.settings import Settings
from app.web import exports
from app.web.api import writers

FILES = [
    "/api/collections/plan/items?f=csv&filter=status='planned'",
    "/api/collections/plan-lines/items?f=gpkg&crs=http://www.opengis.net/def/crs/EPSG/0/4490",
    "/api/collections/transport/items?f=fgb&bbox=120,40,121,41",
    "/api/collections/boundaries/items?f=gpkg",
    "/view.csv?layer=transport",
    "/view.jsonfg?layer=transport",
    "/view.geojson?county=211421&lang=en",
    "/view.geojsonseq?layer=energy",
]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(cache=tmp_path))) as opened:
        yield opened


@pytest.mark.parametrize("path", FILES)
def test_a_file_of_many_items_is_made_by_a_worker(
    client: TestClient, served: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = client.get(path)
    monkeypatch.setattr(exports, "MANY", 1)
    monkeypatch.setattr(writers, "MANY", 1)
    pool = served.app.state.render  # type: ignore[attr-defined]
    monkeypatch.setattr(pool, "make_here", None)
    many = served.get(path)
    assert (few.status_code, many.status_code) == (200, 200)
    assert many.content == few.content
    for name in ("content-type", "content-disposition", "ogc-numbermatched", "content-crs", "link"):
        assert many.headers.get(name) == few.headers.get(name)
    assert list(pool.cache.folder.glob("*.entry"))
    same = served.get(path, headers={"If-None-Match": many.headers["etag"]})
    assert same.status_code == 304


def test_files_of_other_items_have_other_names(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "MANY", 1)
    items = "/api/collections/plan/items?f=csv&filter=status='{}'"
    planned, existing = (served.get(items.format(one)) for one in ("planned", "existing"))
    assert planned.headers["etag"] != existing.headers["etag"]
    assert planned.content != existing.content


def test_what_no_file_has_a_choice_of_is_refused_before(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "MANY", 1)
    refused = served.get("/api/collections/plan/items?f=gpkg&properties=id")
    assert refused.status_code == 400


def test_an_offline_page_of_too_many_items_is_refused_at_once(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PAGE_ITEMS_MOST", 10)
    monkeypatch.setattr(WorkerSlot, "run", None)
    refused = served.get("/view.html?layer=transport")
    assert refused.status_code == 400
    assert "at most 10 items; choose layer, county or status" in refused.json()["detail"]
