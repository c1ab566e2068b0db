"""No bytes of one request are ever read as another's: raw sockets to a running service."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.wire import Answer, Served, served

HOST = b"Host: localhost\r\n"
GOOD = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
LAST = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
ELSEWHERE = b"GET /api/conformance HTTP/1.1\r\n" + HOST + b"\r\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("wire")) as running:
        yield running


def statuses(found: list[Answer]) -> list[int]:
    return [one.status for one in found]


def test_two_requests_in_one_chunk_have_an_answer_each_in_their_order(service: Served) -> None:
    found = service.send(GOOD + ELSEWHERE + LAST)
    assert statuses(found) == [200, 200, 200]
    assert [b"conformsTo" in one.body for one in found] == [False, True, False]


def test_a_hundred_requests_in_one_chunk(service: Served) -> None:
    found = service.send(GOOD * 100 + LAST)
    assert statuses(found) == [200] * 101


def test_a_request_that_comes_byte_by_byte(service: Served) -> None:
    with service.connect() as made:
        for byte in LAST:
            made.send(bytes([byte]))
        assert made.recv(65536).startswith(b"HTTP/1.1 200")


def test_empty_lines_before_a_request_are_skipped(service: Served) -> None:
    assert statuses(service.send(b"\r\n\r\n" + GOOD + b"\r\n" + LAST)) == [200, 200]


MALFORMED = {
    "no version": b"GET /\r\n" + HOST + b"\r\n",
    "HTTP/2": b"GET / HTTP/2.0\r\n" + HOST + b"\r\n",
    "preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "lower-case method": b"get / HTTP/1.1\r\n" + HOST + b"\r\n",
    "two spaces": b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n",
    "tab in the address": b"GET /\ta HTTP/1.1\r\n" + HOST + b"\r\n",
    "bare LF": b"GET / HTTP/1.1\nHost: localhost\n\n",
    "bare LF in a field": b"GET / HTTP/1.1\r\n" + HOST + b"A: b\nC: d\r\n\r\n",
    "bare CR in a field": b"GET / HTTP/1.1\r\n" + HOST + b"A: b\rC: d\r\n\r\n",
    "NUL": b"GET / HTTP/1.1\r\n" + HOST + b"A: \0\r\n\r\n",
    "folded field": b"GET / HTTP/1.1\r\n" + HOST + b"A: b\r\n c\r\n\r\n",
    "space before colon": b"GET / HTTP/1.1\r\n" + HOST + b"A : b\r\n\r\n",
    "no colon": b"GET / HTTP/1.1\r\n" + HOST + b"A\r\n\r\n",
    "empty name": b"GET / HTTP/1.1\r\n" + HOST + b": b\r\n\r\n",
    "no Host": b"GET / HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
    "empty Host": b"GET / HTTP/1.1\r\nHost:\r\n\r\n",
    "Host with a path": b"GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n",
    "Host with a user": b"GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n",
    "two names in Host": b"GET / HTTP/1.1\r\nHost: localhost, example.org\r\n\r\n",
    "absolute address of another host": b"GET http://example.org/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "relative address": b"GET healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "CONNECT": b"CONNECT example.org:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    "star by GET": b"GET * HTTP/1.1\r\n" + HOST + b"\r\n",
    "GET with a length": b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello",
    "HEAD with chunks": b"HEAD / HTTP/1.1\r\n" + HOST
    + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
}  # fmt: skip

FRAMES = {
    "CL and TE": b"Content-Length: 4\r\nTransfer-Encoding: chunked",
    "TE and CL": b"Transfer-Encoding: chunked\r\nContent-Length: 4",
    "two CL": b"Content-Length: 4\r\nContent-Length: 5",
    "the same CL twice": b"Content-Length: 4\r\nContent-Length: 4",
    "CL list": b"Content-Length: 4, 4",
    "CL with a sign": b"Content-Length: +4",
    "negative CL": b"Content-Length: -4",
    "hexadecimal CL": b"Content-Length: 0x4",
    "CL with an underscore": b"Content-Length: 1_0",
    "empty CL": b"Content-Length: ",
    "huge CL": b"Content-Length: 99999999999999999999999",
    "TE twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "TE list": b"Transfer-Encoding: chunked, identity",
    "TE gzip": b"Transfer-Encoding: gzip, chunked",
    "TE misspelt": b"Transfer-Encoding: xchunked",
    "TE with VT": b"Transfer-Encoding: \x0bchunked",
    "TE quoted": b'Transfer-Encoding: "chunked"',
    "TE with space before colon": b"Transfer-Encoding : chunked",
    "TE folded": b"Transfer-Encoding:\r\n chunked",
    "TE after a bare CR": b"X: x\rTransfer-Encoding: chunked",
    "TE after a bare LF": b"X: x\nTransfer-Encoding: chunked",
    "TE parameter": b"Transfer-Encoding: chunked;q=1",
    "TE identity": b"Transfer-Encoding: identity",
}
CHUNKS = {
    "size with a sign": b"+5\r\nhello\r\n0\r\n\r\n",
    "size with 0x": b"0x5\r\nhello\r\n0\r\n\r\n",
    "size too large": b"fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
    "bare LF after the size": b"5\nhello\r\n0\r\n\r\n",
    "no line end after the data": b"5\r\nhello0\r\n\r\n",
    "no size": b"\r\nhello\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("before", [0, 2])
def test_a_malformed_request_is_400_after_the_answers_before_it(
    service: Served, request_: bytes, before: int
) -> None:
    found = service.send(GOOD * before + request_ + ELSEWHERE)
    assert statuses(found) == [200] * before + [400]
    assert found[-1].headers["connection"] == "close"
    problem = json.loads(found[-1].body)
    assert problem["status"] == 400
    assert problem["request_id"] == found[-1].headers["x-request-id"]


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_body_of_uncertain_length_is_400_and_the_end(service: Served, frame: bytes) -> None:
    head = b"POST /healthz HTTP/1.1\r\n" + HOST + frame + b"\r\n\r\n"
    found = service.send(GOOD + head + b"0\r\n\r\n" + ELSEWHERE)
    assert len(found) == 2
    assert found[1].status in (400, 413)


@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS)
def test_after_malformed_chunks_nothing_is_answered(service: Served, chunks: bytes) -> None:
    head = b"POST /healthz HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    found = service.send(head + chunks + GOOD)
    assert len(found) <= 1
    assert all(one.status in (400, 405) for one in found)


BODIES = {
    "a request": GOOD,
    "a request with letters": "GET /县 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(),
    "many": ELSEWHERE * 40,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_with_request_lines_is_never_read_as_requests(service: Served, body: bytes) -> None:
    by_length = b"POST /healthz HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s" % (
        HOST, len(body), body,
    )  # fmt: skip
    by_chunks = b"POST /healthz HTTP/1.1\r\n%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0" % (
        HOST, len(body), body,
    )  # fmt: skip
    for sent in (by_length, by_chunks + b"\r\n\r\n"):
        found = service.send(GOOD + sent + GOOD)
        assert statuses(found) == [200, 405]
        assert found[1].headers["connection"] == "close"


def test_a_body_that_comes_later_is_never_read_as_a_request(service: Served) -> None:
    with service.connect() as made:
        made.sendall(b"POST /healthz HTTP/1.1\r\n%sContent-Length: 500\r\n\r\n" % HOST)
        first = made.recv(65536)
        made.sendall(GOOD * 20)
        assert first.startswith(b"HTTP/1.1 405")
        assert b"HTTP/1.1" not in made.recv(65536)


def test_a_trailer_is_no_header(service: Served) -> None:
    sent = (
        b"POST /healthz HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
        b"0\r\nHost: example.org\r\nX-Request-ID: trailer\r\n\r\n"
    )
    (found,) = service.send(sent)
    assert found.headers["x-request-id"] != "trailer"


@pytest.mark.parametrize("upgrade", [b"h2c", b"websocket", b"TLS/1.0"])
def test_an_upgrade_is_not_taken_up_and_the_next_request_is_answered(
    service: Served, upgrade: bytes
) -> None:
    asked = (
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: Upgrade, HTTP2-Settings\r\n"
        b"Upgrade: " + upgrade + b"\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
    )
    found = service.send(asked + ELSEWHERE + LAST)
    assert statuses(found) == [200, 200, 200]
    assert b"conformsTo" in found[1].body


def test_after_connection_close_nothing_is_answered(service: Served) -> None:
    assert statuses(service.send(LAST + GOOD + GOOD)) == [200]


def test_an_absolute_address_of_the_same_host_is_as_its_path(service: Served) -> None:
    (found,) = service.send(
        b"GET http://LOCALHOST/healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    )
    assert found.status == 200


def test_the_oldest_http_has_its_answer_and_the_end(service: Served) -> None:
    assert statuses(service.send(b"GET /healthz HTTP/1.0\r\n\r\n" + GOOD)) == [200]


@pytest.mark.parametrize("path", ["/?county=绥中县", "/county/绥中县", "/?q=é"])
@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_letters_in_an_address_are_told_how_to_be_encoded(
    service: Served, path: str, charset: str
) -> None:
    raw = path.encode(charset)
    (found,) = service.send(b"GET %s HTTP/1.1\r\n%s\r\n" % (raw, HOST) + GOOD)
    assert found.status == 400
    detail = json.loads(found.body)["detail"]
    assert "百分号编码" in detail
    assert "percent-encoded" in detail
    if charset == "utf-8" and "绥" in path:
        assert "%E7%BB%A5%E4%B8%AD" in detail
    assert found.body.isascii() is False


def test_the_log_of_the_service_has_no_traceback(service: Served) -> None:
    """Last in this module: after all that."""
    text = Path(service.log).read_text()
    assert "Traceback" not in text, text
