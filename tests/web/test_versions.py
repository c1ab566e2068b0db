"""Kept versions: a report's map stays on the data it was made from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.plan.build import build, write
from app.plan.features import data_version
from app.plan.keep import keep_version
from app.plan.pack import Pack
from app.settings import Settings
from tests.plan.edit import change


@pytest.fixture
def moved_on(tiny: Path, tmp_path: Path) -> Iterator[tuple[TestClient, str]]:
    """A service whose data has changed since a version was kept, and that version."""
    versions = tmp_path / "versions"
    old = keep_version(Pack(tiny), versions).name
    change(tiny, "sites", "site-mill", name="东镇新厂")
    write(build(Pack(tiny)))
    with TestClient(create_app(Settings(pack=tiny, versions=versions))) as client:
        yield client, old


def name_of_mill(client: TestClient, prefix: str = "") -> str:
    body = client.get(f"{prefix}/api/collections/sites/items/site-mill").json()
    return str(body["properties"]["name"])


def test_the_kept_version_is_served_beside_the_new_one(
    moved_on: tuple[TestClient, str],
) -> None:
    client, old = moved_on
    assert name_of_mill(client) == "东镇新厂"
    assert name_of_mill(client, f"/v/{old}") == "东镇纺织厂"
    assert client.get(f"/v/{old}/healthz").json()["version"] == old


def test_an_embed_of_a_kept_version_goes_there(moved_on: tuple[TestClient, str]) -> None:
    client, old = moved_on
    answer = client.get(f"/embed?version={old}&county=900001", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"].endswith(f"/v/{old}/embed?version={old}&county=900001")
    assert client.get(answer.headers["location"]).status_code == 200


def test_links_of_a_kept_version_stay_in_it(moved_on: tuple[TestClient, str]) -> None:
    client, old = moved_on
    links = client.get(f"/v/{old}/api").json()["links"]
    assert all(f"/v/{old}/" in link["href"] for link in links)


def test_a_version_nobody_kept_is_not_found(moved_on: tuple[TestClient, str]) -> None:
    client, _ = moved_on
    answer = client.get("/v/000000000000/healthz")
    assert answer.status_code == 404
    assert "000000000000" in answer.json()["detail"]
    assert client.get("/v/../pyproject.toml/x").status_code == 404


def test_keeping_twice_keeps_once(tiny: Path, tmp_path: Path) -> None:
    first = keep_version(Pack(tiny), tmp_path)
    assert keep_version(Pack(tiny), tmp_path) == first
    assert first.name == data_version(Pack(tiny))
    assert len(list(tmp_path.iterdir())) == 2  # the kept version and the pack's own copy
