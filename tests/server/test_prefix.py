"""Below a prefix, whether the proxy takes it off or keeps it; asked with curl."""

import subprocess
from collections.abc import Iterator

import pytest

from tests.server.wire import Served, served

PREFIX = "/map"


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("prefix"), base_path=PREFIX) as running:
        yield running


def curl(url: str, *options: str) -> str:
    asked = ["curl", "-sS", "--max-time", "60", *options, url]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("path", [
    "/", "/api", "/api?f=html", "/data", "/static/js/entries/main.js", "/view.csv", "/pack.json",
    "/robots.txt",
])  # fmt: skip
def test_both_kinds_of_proxy_get_the_same_answer(below: Served, path: str) -> None:
    taken_off, kept = (curl(f"{below.url}{prefix}{path}") for prefix in ("", PREFIX))
    assert taken_off == kept
    assert f"127.0.0.1:{below.port}{PREFIX}{PREFIX}" not in kept
    if path in ("/api", "/robots.txt"):
        assert f"{below.url}{PREFIX}/" in kept


def test_the_prefix_alone_leads_to_the_map(below: Served) -> None:
    found = curl(f"{below.url}{PREFIX}", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}")
    assert found == f"307 {below.url}{PREFIX}/"


def test_a_path_that_only_begins_alike_is_not_below_it(below: Served) -> None:
    status = curl(f"{below.url}/mapping", "-o", "/dev/null", "-w", "%{http_code}")
    assert status == "404"
