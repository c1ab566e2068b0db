"""Answers that are ready, on the wire: in order, each request its own, past none of the limits."""

import random
from collections.abc import Iterator

import pytest

from app.server.known_heads import LONGEST, MOST, KnownHeads, ReadHead
from tests.server.test_watched import log_lines
from tests.server.wire import Answer, Served, metric, served

ITEM = "/api/collections/plan/items/site-mill"
SCRIPT = "/static/js/core/state.js"
CLIENT = "127.0.0.2"
"""No trusted proxy."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("ready"), access_log="json") as running:
        for path in (ITEM, SCRIPT, "/api"):
            for _ in range(3):
                running.get(path)
        yield running


def request(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


def last(path: str = "/healthz") -> bytes:
    return request(path, "Connection: close")


def hits(service: Served) -> float:
    text = service.get("/metrics").body.decode()
    return float(text.partition('planmap_cache_hits_total{cache="ready"} ')[2].split()[0])


def test_many_that_come_together_are_answered_in_order(service: Served) -> None:
    """Ready and not, in any mixture; the tag says which answer it is."""
    chosen = random.Random(11)
    kinds = (ITEM, SCRIPT, "/api", "/nothing", "/healthz")
    alone = {path: service.send(last(path))[0] for path in kinds}
    for _ in range(20):
        paths = chosen.choices(kinds, k=30)
        found = service.send(b"".join(map(request, paths)) + last())
        assert [(one.status, one.headers.get("etag")) for one in found[:-1]] == [
            (alone[path].status, alone[path].headers.get("etag")) for path in paths
        ]


def test_head_and_get_do_not_take_each_others_bodies(service: Served) -> None:
    (alone,) = service.send(last(ITEM))
    with service.connect() as made:
        head = request(ITEM, method="HEAD")
        made.sendall(head + request(ITEM) + head + last())
        received = b""
        while piece := made.recv(65536):
            received += piece
    assert received.count(alone.body) == 1
    assert received.count(b"content-length: %d\r\n" % len(alone.body)) == 3


def test_what_follows_the_last_request_is_not_answered(service: Served) -> None:
    before = hits(service)
    found = service.send(last(ITEM) + request(ITEM) * 3)
    assert [one.status for one in found] == [200]
    assert found[0].headers["connection"] == "close"
    assert hits(service) == before + 1


def test_a_bad_request_among_ready_ones_ends_the_connection(service: Served) -> None:
    found = service.send(request(ITEM) * 2 + b"GET / HTTP/1.1\r\n\r\n" + request(ITEM))
    assert [one.status for one in found] == [200, 200, 400]


def test_a_body_after_a_ready_one_is_no_request(service: Served) -> None:
    inner = request(ITEM)
    posted = request("/x", f"Content-Length: {len(inner)}", method="POST") + inner
    found = service.send(request(ITEM) + posted + request(ITEM))
    assert [one.status for one in found] == [200, 404]


def test_thousands_that_come_together_do_not_go_too_deep(service: Served) -> None:
    found = service.send(request(SCRIPT) * 1500 + last())
    assert {one.status for one in found} == {200}
    assert len(found) == 1501


def test_it_is_named_dated_counted_and_logged(service: Served) -> None:
    counted, before = metric(service, "planmap_requests_total"), hits(service)
    found = service.get(ITEM, "X-Request-ID: ready-1", "User-Agent: somebody")
    assert hits(service) == before + 1
    assert metric(service, "planmap_requests_total") >= counted + 2
    assert found.headers["x-request-id"] == "ready-1"
    assert found.headers["date"].endswith(" GMT")
    (line,) = log_lines(service, "ready-1")
    assert (line["status"], line["bytes"], line["agent"]) == (200, len(found.body), "somebody")
    assert service.get(ITEM).headers["x-request-id"] != service.get(ITEM).headers["x-request-id"]


def test_a_name_that_is_not_ours_is_not_answered(service: Served) -> None:
    raw = request(ITEM).replace(b"localhost", b"evil.example")
    found = service.send(raw * 2 + last())
    assert [one.status for one in found] == [421, 421, 200]


def test_a_proxy_that_is_trusted_changes_the_links_and_nobody_else_does(service: Served) -> None:
    forged = ("X-Forwarded-Proto: https", "X-Forwarded-Host: localhost:99")
    for _ in range(3):
        assert b"https://localhost:99/" in service.get("/api", *forged).body
        for found in (service.get("/api"), service.get("/api", *forged, source=CLIENT)):
            assert b"localhost:99" not in found.body
            assert b"https://localhost" not in found.body


def test_who_asks_too_often_is_told_so(tmp_path: object) -> None:
    with served(tmp_path, requests_per_second=0.01, requests_burst=20) as running:  # type: ignore[arg-type]
        found = running.send(request(SCRIPT) * 30 + last(), source=CLIENT)
    assert [one.status for one in found] == [200] * 20 + [429] * 11


AGENT = "User-Agent: one who asks again"


@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0"])
@pytest.mark.parametrize("field", ["Accept-Language: en", "Connection: close", "Accept: */*"])
def test_a_head_sent_again_says_the_same_as_at_first(
    service: Served, version: str, field: str
) -> None:
    """From whichever client, between whatever others."""
    head = request(ITEM, AGENT, field).replace(b"HTTP/1.1", version.encode(), 1)
    found = [
        service.send(before + head + last(SCRIPT), source)[len(before) > 0 :]
        for source in ("127.0.0.1", CLIENT)
        for before in (b"", request(SCRIPT), b"")
    ]
    assert len(found) == 6
    first = found[0]
    assert [one.status for one in first] == [200] * len(first)
    stays_open = version == "HTTP/1.1" and "close" not in field
    assert len(first) == 1 + stays_open
    for answers in found:
        assert [said(one) for one in answers] == [said(one) for one in first]


def said(answer: Answer) -> tuple[object, ...]:
    """All of an answer but its name and when it was given."""
    own = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("x-request-id", "date")
    }
    return answer.status, own, answer.body


def test_a_head_sent_again_is_known_by_its_bytes() -> None:
    heads = KnownHeads()
    read = ReadHead({"path": "/"}, [], keep_alive=True)
    assert [heads.is_sent_again(request("/")) for _ in range(3)] == [False, True, True]
    heads.keep(request("/"), read)
    assert heads.get(request("/")) is read
    assert heads.get(request("/", AGENT)) is None
    assert heads.get(request("/").lower()) is None


def test_known_heads_take_bounded_room() -> None:
    heads = KnownHeads()
    read = ReadHead({"path": "/"}, [], keep_alive=True)
    heads.keep(request("/" + "x" * LONGEST), read)
    assert not len(heads)
    for number in range(MOST + 5):
        heads.keep(request(f"/{number}"), read)
    assert len(heads) == MOST
    assert heads.get(request("/4")) is None
    assert heads.get(request("/5")) is read
