"""Kept versions: a report's map stays on the data it was made from."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse

from app.build.build import build, write
from app.main import create_app
from app.pack.pack import Pack
from app.pack.snapshots import save_snapshot
from app.settings import Settings
from app.web.versions import Versions
from tests.edit_pack import change


@pytest.fixture
def moved_on(tiny: Path, tmp_path: Path) -> Iterator[tuple[TestClient, str]]:
    """A service whose data has changed since a version was kept, and that version."""
    versions = tmp_path / "versions"
    old = save_snapshot(Pack(tiny), versions).name
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


def test_a_kept_version_says_itself_which_methods_it_takes(
    moved_on: tuple[TestClient, str],
) -> None:
    client, old = moved_on
    takes = {path: client.options(f"/v/{old}/{path}").headers["allow"] for path in ("deck.pdf", "")}
    assert takes == {"deck.pdf": "GET, HEAD, POST, OPTIONS", "": "GET, HEAD, OPTIONS"}
    assert client.options("/v/000000000000/").status_code == 404


def test_a_version_nobody_kept_is_not_found(moved_on: tuple[TestClient, str]) -> None:
    client, _ = moved_on
    answer = client.get("/v/000000000000/healthz")
    assert answer.status_code == 404
    assert "000000000000" in answer.json()["detail"]
    assert client.get("/v/../pyproject.toml/x").status_code == 404


def test_keeping_twice_keeps_once(tiny: Path, tmp_path: Path) -> None:
    first = save_snapshot(Pack(tiny), tmp_path)
    assert save_snapshot(Pack(tiny), tmp_path) == first
    assert first.name == Pack(tiny).version
    assert len(list(tmp_path.iterdir())) == 2  # the kept version and the pack's own copy


def test_few_versions_are_held_and_the_one_longest_unused_goes(tmp_path: Path) -> None:
    names = [f"{number:012x}" for number in range(4)]
    for name in names:
        (tmp_path / name).mkdir()
    made: list[tuple[str, bool]] = []

    def make(pack: Path) -> PlainTextResponse:
        made.append((pack.name, threading.current_thread() is threading.main_thread()))
        return PlainTextResponse(pack.name)

    versions = Versions(tmp_path, make, most=2)

    async def ask(*wanted: int) -> None:
        await asyncio.gather(*(versions.app_of(names[one]) for one in wanted))

    asyncio.run(ask(0, 0, 0))
    assert made == [(names[0], False)]  # once for all who ask, off the event loop
    for wanted in (1, 0, 2, 0, 1):
        asyncio.run(ask(wanted))
    assert [names.index(name) for name, _ in made] == [0, 1, 2, 1]
    assert len(versions) == 2


def test_versions_share_one_pool_and_one_cache(moved_on: tuple[TestClient, str]) -> None:
    client, old = moved_on
    assert client.get(f"/v/{old}/healthz").status_code == 200
    app: Any = client.app
    (versions,) = (one.app for one in app.routes if getattr(one, "path", "") == "/v")
    kept = asyncio.run(versions.app_of(old))
    for shared in ("render", "encoded"):
        assert getattr(kept.state, shared) is getattr(app.state, shared)
