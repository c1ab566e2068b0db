"""The app under a path prefix, behind a proxy that takes the prefix off."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.startup import OWN_PATHS
from tests.conftest import TINY

PREFIX = "/maps/tiny"


@pytest.fixture(scope="module")
def prefixed() -> Iterator[TestClient]:
    """A client that sees the app as `planmap serve` runs it with PLANMAP_BASE_PATH."""
    with TestClient(create_app(Settings(pack=TINY)), root_path=PREFIX) as client:
        yield client


def test_links_keep_the_prefix(prefixed: TestClient) -> None:
    links = prefixed.get(f"{PREFIX}/api").json()["links"]
    assert all(link["href"].startswith(f"http://testserver{PREFIX}/") for link in links)


def test_links_of_the_prefix_answer(prefixed: TestClient) -> None:
    for link in prefixed.get(f"{PREFIX}/api").json()["links"]:
        assert prefixed.get(link["href"]).status_code == 200, link


def test_the_page_asks_for_nothing_by_an_absolute_path(prefixed: TestClient) -> None:
    page = prefixed.get(f"{PREFIX}/").text
    assert 'href="/' not in page
    assert 'src="/' not in page


def test_a_prefix_may_be_in_chinese() -> None:
    with TestClient(create_app(Settings(pack=TINY)), root_path="/规划") as client:
        for link in client.get("/规划/api").json()["links"]:
            assert link["href"].startswith("http://testserver/%E8%A7%84%E5%88%92/"), link
        assert 'href="./static/' in client.get("/规划/api?f=html").text


def paths_of(routes: Iterable[Any]) -> Iterator[str]:
    for route in routes:
        if hasattr(route, "path"):
            yield route.path
        else:
            yield from paths_of(route.original_router.routes)


def test_no_prefix_is_one_of_the_service_s_own_paths() -> None:
    paths = paths_of(create_app(Settings(pack=TINY)).routes)
    folders = {first for path in paths if (first := path.split("/")[1]) and "." not in first}
    assert folders - {"healthz", "metrics", "oembed", "readyz"} == set(OWN_PATHS)
