"""Which names and which proxies are believed, and how often one client may ask."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.network import HostNames, believed_hosts, origin_of
from app.settings import Settings
from app.web.middleware.rate import Buckets
from tests.server.wire import TINY, Served, metric, served

PAGES = ("/", "/api", "/api/collections", "/openapi.json", "/view.kml", "/oembed?url=x", "/data",
         "/county/nowhere", "/nothing", "/robots.txt", "/view.geojson", "/qr.svg")  # fmt: skip
EVIL = "evil.example"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """As it is without any setting."""
    with served(tmp_path_factory.mktemp("hosts")) as running:
        yield running


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service for a public name, behind a proxy at 127.0.0.2."""
    with served(
        tmp_path_factory.mktemp("public"), host="0.0.0.0", hosts="maps.example, *.maps.example",
        trusted_proxies="127.0.0.2,10.0.0.0/8", requests_per_second=0.2, requests_burst=20,
    ) as running:  # fmt: skip
        yield running


def ask(running: Served, path: str, host: str, *headers: str, source: str = "127.0.0.1") -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *headers, "Connection: close", "", ""]
    (found,) = running.send("\r\n".join(lines).encode(), source)
    return b"%d " % found.status + found.headers.get("location", "").encode() + found.body


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST:99", "a.localhost", "[::1]"])
def test_loopback_is_believed_by_default(service: Served, host: str) -> None:
    assert ask(service, "/healthz", host).startswith(b"200")


@pytest.mark.parametrize("path", PAGES)
def test_an_unlisted_name_is_421_and_in_no_link(service: Served, path: str) -> None:
    found = ask(service, path, EVIL)
    assert found.startswith(b"421")
    assert b"PLANMAP_HOSTS" in found
    assert b"//" + EVIL.encode() not in found


@pytest.mark.parametrize(
    "host", ["localhost.evil.example", "evil-localhost", "127.0.0.1.evil.example", "8.8.8.8", "a"]
)
def test_what_only_looks_like_a_listed_name_is_421(service: Served, host: str) -> None:
    assert ask(service, "/healthz", host).startswith(b"421")


def test_the_names_of_the_setting(public: Served) -> None:
    for host in ("maps.example", "MAPS.example:8443", "a.maps.example"):
        assert ask(public, "/healthz", host, source="127.0.0.2").startswith(b"200")
    for host in ("localhost", "xmaps.example", "maps.example.org"):
        assert ask(public, "/healthz", host, source="127.0.0.2").startswith(b"421")
    assert b"http://maps.example/api" in ask(public, "/api", "maps.example", source="127.0.0.2")


def test_the_address_a_connection_comes_in_on_needs_no_list(public: Served) -> None:
    own = f"127.0.0.1:{public.port}"
    assert ask(public, "/healthz", own, source="127.0.0.2").startswith(b"200")


def test_a_trusted_proxy_says_scheme_and_host(public: Served) -> None:
    said = ("X-Forwarded-Proto: https", "X-Forwarded-Host: a.maps.example")
    found = ask(public, "/api", "upstream", *said, source="127.0.0.2")
    assert b'"https://a.maps.example/api' in found


def test_a_host_that_a_trusted_proxy_says_is_checked_too(public: Served) -> None:
    found = ask(public, "/api", "maps.example", f"X-Forwarded-Host: {EVIL}", source="127.0.0.2")
    assert found.startswith(b"421")


def test_nobody_else_is_believed(public: Served) -> None:
    said = ("X-Forwarded-Proto: https", f"X-Forwarded-Host: {EVIL}", "X-Forwarded-Prefix: /x",
            f"Forwarded: host={EVIL};proto=https", f"X-Host: {EVIL}",
            f"X-Original-URL: /{EVIL}")  # fmt: skip
    found = ask(public, "/api", "maps.example", *said, source="127.0.0.3")
    assert found.startswith(b"200")
    assert EVIL.encode() not in found
    assert b"https://maps" not in found


def test_without_a_setting_a_proxy_on_this_machine_is_believed(service: Served) -> None:
    found = ask(service, "/api", "localhost", "X-Forwarded-Proto: https")
    assert b'"https://localhost/api' in found


def statuses(running: Served, times: int, forwarded: str, source: str) -> list[int]:
    said = (f"X-Forwarded-For: {forwarded}",) if forwarded else ()
    return [
        int(ask(running, "/healthz", "maps.example", *said, source=source)[:3])
        for _ in range(times)
    ]


def test_a_client_who_asks_too_often_is_429(public: Served) -> None:
    assert 429 in statuses(public, 30, "", "127.0.0.11")
    lines = "GET /healthz HTTP/1.1\r\nHost: maps.example\r\nConnection: close\r\n\r\n"
    (found,) = public.send(lines.encode(), "127.0.0.11")
    assert found.status == 429
    assert 1 <= int(found.headers["retry-after"]) <= 5
    assert json.loads(found.body)["request_id"]
    assert statuses(public, 1, "", "127.0.0.12") == [200]


def test_behind_a_trusted_proxy_the_limit_is_of_its_clients(public: Served) -> None:
    assert 429 in statuses(public, 30, "203.0.113.5", "127.0.0.2")
    assert statuses(public, 1, "203.0.113.6", "127.0.0.2") == [200]
    assert statuses(public, 1, "1.2.3.4, 203.0.113.5, 10.1.1.1", "127.0.0.2") == [429]
    assert statuses(public, 25, "", "127.0.0.2") == [200] * 25


def test_an_untrusted_peer_cannot_be_many_clients(public: Served) -> None:
    found = [statuses(public, 1, f"203.0.113.{n}", "127.0.0.13")[0] for n in range(30)]
    assert 429 in found
    assert statuses(public, 1, "203.0.113.77", "127.0.0.2") == [200]


def test_an_ipv6_client_has_one_network(public: Served) -> None:
    found = [statuses(public, 1, f"2001:db8::{n:x}", "127.0.0.2")[0] for n in range(1, 31)]
    assert 429 in found
    assert statuses(public, 1, "2001:db8:0:1::1", "127.0.0.2") == [200]
    assert metric(public, "planmap_requests_limited_total") > 0


def test_loopback_as_a_trusted_proxy_has_no_limit_of_its_own(service: Served) -> None:
    assert metric(service, "planmap_requests_limited_total") == 0


def test_a_bucket_fills_again() -> None:
    now = 0.0
    buckets = Buckets(2, 3, lambda: now)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.take("b") == 0
    now = 0.5
    assert buckets.take("a") == 0
    assert buckets.take("a") == 0.5
    now = 100.0
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]


@pytest.mark.parametrize(
    ("listed", "host", "believed"),
    [
        ("example.org", "example.org:8000", True),
        ("example.org:8000", "example.org:8000", True),
        ("example.org:8000", "example.org", False),
        ("*.example.org", "a.b.example.org", True),
        ("*.example.org", "example.org", False),
        ("*", "anything", True),
        ("葫芦.example", "xn--6fr505f.example", True),
        ("::1", "[::1]:8000", True),
        ("[::1]", "[::1]", True),
        ("10.0.0.0/8", "10.9.9.9:80", True),
        ("10.0.0.0/8", "11.0.0.1", False),
    ],
)
def test_a_list_of_names(listed: str, host: str, believed: bool) -> None:
    if listed.startswith("葫"):
        host = listed.encode("idna").decode("ascii")
    assert (host in HostNames([listed])) is believed


@pytest.mark.parametrize(
    ("host", "name"), [("127.0.0.1", "127.0.0.1"), ("maps.example", "maps.example")]
)
def test_what_is_listened_on_is_believed(host: str, name: str) -> None:
    assert name in HostNames(believed_hosts((), host))
    assert believed_hosts(("a.example",), host) == ("a.example",)


def test_an_address_of_ipv6_stands_in_brackets() -> None:
    assert origin_of("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert origin_of("::1", 8000) == "http://[::1]:8000"


def test_lists_are_written_with_commas_or_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANMAP_HOSTS", "a.example, b.example c.example")
    monkeypatch.setenv("PLANMAP_TRUSTED_PROXIES", "")
    monkeypatch.setenv("PLANMAP_BASE_MAPS", '["osm", "amap"]')
    settings = Settings()
    assert settings.hosts == ("a.example", "b.example", "c.example")
    assert settings.trusted_proxies == ()
    assert settings.base_maps == ("osm", "amap")


@pytest.mark.parametrize("wrong", ["a b/", "http://a.example", "10.0.0.0/99", "a..b", "*a.example"])
def test_a_list_with_something_else_in_it_is_refused_at_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="hosts"):
        Settings(hosts=(wrong,))
    with pytest.raises(ValueError, match="trusted_proxies"):
        Settings(trusted_proxies=(wrong,))


def test_the_page_needs_no_more_than_a_burst() -> None:
    """Thirty people of one office open the page at once: nobody waits."""
    with TestClient(create_app(Settings(pack=TINY)), client=("203.0.113.9", 1)) as client:
        assert {client.get("/pack.json").status_code for _ in range(300)} == {200}
    assert Settings().requests_burst >= 20 * 80
