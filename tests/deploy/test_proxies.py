"""The service behind the proxies that are shipped: what one client sends reaches no other."""

import contextlib
import json
import subprocess
from pathlib import Path

import pytest

from app.settings import ROOT, Settings
from tests.deploy.conftest import DEPLOY, NAME, program
from tests.server.test_smuggling import CHUNKS, FRAMES
from tests.server.wire import Answer, Served, metric

HOST = f"Host: {NAME}\r\n".encode()
CLOSE = b"Connection: close\r\n\r\n"
QUIET = 0.3
"""Seconds after which a proxy is taken to have no more to say: what it said is not looked at."""
REDIRECT = b"GET /?county=x HTTP/1.1\r\nHost: evil.example\r\n\r\n"


@pytest.fixture(params=["nginx", "caddy"], scope="module")
def proxy(request: pytest.FixtureRequest) -> Served:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Served)
    return found


def ask(proxy: Served, path: str, *headers: str, host: str = NAME) -> Answer:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *headers, "Connection: close", "", ""]
    (found,) = proxy.send("\r\n".join(lines).encode())
    return found


def others_are_well(proxy: Served) -> None:
    """Others who use the same connections to the service get what they ask for."""
    for _ in range(8):
        found = ask(proxy, "/healthz")
        assert found.status == 200
        assert json.loads(found.body)["status"] == "ok"


def test_a_page_and_its_data_come_through(proxy: Served) -> None:
    assert b"<title>" in ask(proxy, "/").body
    found = ask(proxy, "/index.json", "Accept-Encoding: br")
    assert found.headers["content-encoding"] == "br"
    assert ask(proxy, "/index.json", f"If-None-Match: {found.headers['etag']}").status in (200, 304)


def test_links_carry_the_name_and_not_the_upstream(proxy: Served, service: Served) -> None:
    body = ask(proxy, "/api").body
    assert f'"http://{NAME}'.encode() in body
    assert str(service.port).encode() not in body


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Forwarded-For", "Forwarded", "X-Host"])
def test_what_a_client_says_of_itself_is_not_passed_on(proxy: Served, header: str) -> None:
    found = ask(proxy, "/api", f"{header}: evil.example")
    assert found.status == 200
    assert b"evil.example" not in found.body


def test_another_name_is_not_served(proxy: Served) -> None:
    with contextlib.suppress(ValueError):  # no answer at all
        found = ask(proxy, "/api", host="evil.example")
        assert b"conformance" not in found.body


def test_counters_are_not_for_everybody() -> None:
    for file in ("nginx.conf", "Caddyfile"):
        assert "/metrics" in (DEPLOY / file).read_text() or "metrics|" in (DEPLOY / file).read_text(
            encoding="utf-8"
        )


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_no_frame_smuggles(proxy: Served, frame: bytes) -> None:
    body = b"0\r\n\r\n" + REDIRECT
    proxy.send(b"POST /healthz HTTP/1.1\r\n" + HOST + frame + b"\r\n\r\n" + body, quiet=QUIET)
    others_are_well(proxy)


@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS)
def test_no_chunks_smuggle(proxy: Served, chunks: bytes) -> None:
    head = b"POST /healthz HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    proxy.send(head + chunks + REDIRECT, quiet=QUIET)
    others_are_well(proxy)


@pytest.mark.parametrize("method", [b"POST", b"GET", b"HEAD", b"PUT"])
def test_no_body_smuggles(proxy: Served, method: bytes) -> None:
    letters = "GET /县 HTTP/1.1\r\nX: ".encode() + b"\xe5" * 60 + b"\r\n\r\n"
    for body in (REDIRECT * 5, letters + REDIRECT):
        head = b"%s /healthz HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n"
        proxy.send(head % (method, HOST, len(body)) + body, quiet=QUIET)
        others_are_well(proxy)


def test_an_upgrade_does_not_open_a_tunnel(proxy: Served) -> None:
    head = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    found = proxy.send(head + REDIRECT, quiet=QUIET)
    assert found[0].status in (200, 400)
    others_are_well(proxy)


def test_a_raw_address_is_told_how_to_be_encoded(nginx: Served) -> None:
    (found,) = nginx.send("GET /?county=东县 HTTP/1.1\r\n".encode() + HOST + CLOSE)
    assert found.status == 400
    assert "%E4%B8%9C%E5%8E%BF" in json.loads(found.body)["detail"]


def test_a_body_is_read_whole_before_the_service_hears_of_it(
    nginx: Served, service: Served
) -> None:
    before = metric(service, 'planmap_requests_total{class="pages",method="POST",status="405"}')
    with nginx.connect() as made:
        made.sendall(b"POST /slow HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nhalf")
        assert ask(nginx, "/healthz").status == 200  # so nginx has read the half before
        lines = service.get("/metrics", f"Host: {NAME}").body.decode()
    assert 'class="pages",method="POST"' not in lines
    assert before == 0


def test_the_id_of_a_request_is_the_proxys(proxy: Served) -> None:
    found = ask(proxy, "/nothing", "X-Request-ID: of-the-client")
    assert found.headers["x-request-id"] != "of-the-client"
    assert json.loads(found.body)["request_id"] == found.headers["x-request-id"]


def test_the_caddyfile_is_valid_as_it_is_shipped() -> None:
    done = subprocess.run(
        [program("caddy"), "adapt", "--config", str(DEPLOY / "Caddyfile"), "--adapter",
         "caddyfile"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_proxy_keeps_connections_shorter_than_the_service() -> None:
    keep = Settings().keep_alive_seconds
    assert "keepalive_timeout 60s" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "keepalive 60s" in (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert keep > 60


def test_the_docs_name_every_setting() -> None:
    """In the operator's guide or the user's."""
    texts = "".join(
        Path(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("deploy.md", "guide.md")
    )
    for name in Settings.model_fields:
        assert f"PLANMAP_{name.upper()}" in texts, name
