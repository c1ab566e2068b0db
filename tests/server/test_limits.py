"""Sizes, times and numbers: what one client can take from the others is bounded."""

import contextlib
import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.settings import ROOT
from tests.server.wire import (
    LONGEST,
    Answer,
    Served,
    answers,
    metric,
    open_until_closed,
    read_all,
    served,
    until,
)  # fmt: skip

HOST = b"Host: localhost\r\n"
GOOD = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
SECONDS = 2
"""Every time limit, in these tests. That one is kept at all is waited for, not timed."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service with short times."""
    folder = tmp_path_factory.mktemp("limits")
    with served(
        folder, pack=ROOT, head_seconds=SECONDS, body_seconds=SECONDS, keep_alive_seconds=SECONDS,
        answer_seconds=SECONDS, answer_bytes_per_second=1000, unsent_bytes=40_000_000,
    ) as running:  # fmt: skip
        yield running


@pytest.mark.parametrize("length", [16_300, 16_500, 200_000])
def test_a_long_request_line_is_414(service: Served, length: int) -> None:
    line = b"GET /healthz?" + b"a" * length + b" HTTP/1.1\r\n"
    (found,) = service.send(line + HOST + b"Connection: close\r\n\r\n")
    assert found.status == (400 if length < 16_384 - 30 else 414)


def test_a_large_head_is_431(service: Served) -> None:
    (found,) = service.send(b"GET /healthz HTTP/1.1\r\n" + HOST + b"A: " + b"a" * 66_000)
    assert found.status == 431


@pytest.mark.parametrize(("fields", "status"), [(98, 200), (101, 431), (5000, 431)])
def test_many_fields_are_431(service: Served, fields: int, status: int) -> None:
    head = b"GET /healthz HTTP/1.1\r\n" + HOST + b"A: b\r\n" * fields
    (found,) = service.send(head + b"Connection: close\r\n\r\n")
    assert found.status == status


def test_tiny_fields_without_end_cost_no_memory(service: Served) -> None:
    before = service.memory()
    for _ in range(3):
        with service.connect() as made, contextlib.suppress(OSError):
            made.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST)
            for _ in range(300):
                made.sendall(b"a: b\r\n" * 17_000)
    assert service.memory() - before < 20_000_000


def test_a_large_body_is_413_before_it_is_sent(service: Served) -> None:
    head = b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 2000000\r\n\r\n"
    (found,) = service.send(head)
    assert found.status == 413
    assert "1000000" in json.loads(found.body)["detail"]


def test_chunks_and_trailers_without_end_are_cut(service: Served) -> None:
    head = b"POST /healthz HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    before = service.memory()
    for rest in (b"1\r\na\r\n", b"0\r\n" + b"a: b\r\n", b"1;" + b"x" * 1000):
        with service.connect() as made, contextlib.suppress(OSError):
            made.sendall(head + rest)
            for _ in range(300):
                made.sendall(b"a: b\r\n" * 17_000)
    assert service.memory() - before < 20_000_000


@pytest.mark.parametrize(
    ("part", "answer"),
    [
        (b"", b" 408 "),
        (b"GET /healthz HT", b" 408 "),
        (GOOD[:-2], b" 408 "),
        (GOOD, b" 200 "),
        (GOOD + b"GET", b" 408 "),
        (b"POST /nothing HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\nabc", b" 40"),
    ],
    ids=["nothing", "half a line", "half a head", "idle", "pipelined half", "half a body"],
)
def test_who_does_not_go_on_is_closed(service: Served, part: bytes, answer: bytes) -> None:
    with service.connect() as made:
        made.sendall(part)
        assert answer in open_until_closed(made)


def test_a_byte_now_and_then_does_not_keep_a_connection(service: Served) -> None:
    with service.connect() as made:
        made.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST)
        made.settimeout(0.3)

        def closed() -> bool:
            try:
                made.sendall(b"A: b\r\n")
                return made.recv(10_000) == b""
            except TimeoutError:
                return False
            except OSError:
                return True

        until(closed)


def read_nothing(service: Served, times: int) -> socket.socket:
    """A client that asks for a lot and reads none of it."""
    made = service.connect(SO_RCVBUF=4096)
    asked = b"GET /view.geojson HTTP/1.1\r\n"
    made.sendall((asked + HOST + b"\r\n") * times)
    return made


def test_slow_readers_are_dropped(service: Served) -> None:
    before = metric(service, "planmap_connections_dropped_total")
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(read_nothing(service, 10))
        until(lambda: metric(service, "planmap_connections_dropped_total") >= before + 20)
    assert service.get("/healthz").status == 200


def test_a_reader_who_takes_his_time_has_it_all(service: Served) -> None:
    """Slower than the limits' period, faster than their rate."""
    with service.connect(SO_RCVBUF=4096) as made:
        made.sendall(b"GET /index.json HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        received = b""
        start = time.monotonic()
        while piece := made.recv(65536):
            received += piece
            if time.monotonic() < start + 2 * SECONDS:
                time.sleep(0.02)
    (found,) = answers(received)
    assert len(found.body) == int(found.headers["content-length"])


def test_answers_that_are_ready_reach_who_has_said_his_last_word(service: Served) -> None:
    with service.connect() as made:
        made.sendall(GOOD * 3)
        made.shutdown(socket.SHUT_WR)
        assert [one.status for one in answers(read_all(made))] == [200] * 3


def test_connections_are_limited_in_all_and_of_one_client(tmp_path: Path) -> None:
    with (
        served(tmp_path, connections=30, connections_per_address=10, trusted_proxies="") as running,
        ExitStack() as stack,
    ):
        for _ in range(10):
            stack.enter_context(running.connect("127.0.0.2"))
        (found,) = running.send(GOOD, "127.0.0.2")
        assert found.status == 429
        assert int(found.headers["retry-after"]) > 0
        assert running.get("/healthz", source="127.0.0.3").status == 200
        for last in range(4, 6):
            for _ in range(10):
                stack.enter_context(running.connect(f"127.0.0.{last}"))
        (found,) = running.send(GOOD, "127.0.0.9")
        assert found.status == 503
        assert int(found.headers["retry-after"]) > 0
        stack.close()
        until(lambda: metric(running, "planmap_connections") == 1)
        assert running.get("/healthz", source="127.0.0.2").status == 200


STUBBORN = {
    "nothing": b"",
    "half a head": GOOD[:-2],
    "idle": GOOD,
    "half a body": b"POST /nothing HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\nabc",
}


PATIENT = {
    "head_seconds": LONGEST, "body_seconds": LONGEST, "keep_alive_seconds": LONGEST,
    "answer_seconds": LONGEST,
}  # fmt: skip
"""No client is closed for being slow: all are there when the service is to end."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_bounded_time_whatever_clients_do(
    tmp_path: Path, number: signal.Signals
) -> None:
    with served(tmp_path, pack=ROOT, drain_seconds=1, **PATIENT) as running, ExitStack() as stack:
        for part in STUBBORN.values():
            for _ in range(5):
                made = stack.enter_context(running.connect())
                made.sendall(part)
        for _ in range(10):
            stack.enter_context(read_nothing(running, 10))
        until(lambda: metric(running, "planmap_connections") > 5 * len(STUBBORN) + 10)
        stop(running, number)


def stop(running: Served, number: signal.Signals = signal.SIGTERM) -> None:
    """Tell the service to end, which it must, and well."""
    running.process.send_signal(number)
    assert running.process.wait(timeout=LONGEST) == 0


def test_it_stops_although_it_computes(tmp_path: Path) -> None:
    costly = "/api/collections/plan/items?filter=" + "%20AND%20".join(
        ["S_INTERSECTS(geometry,geometry)"] * 300
    )
    with served(tmp_path, pack=ROOT, drain_seconds=1) as running, ExitStack() as stack:
        for path in (costly, "/view.pptx", "/view.png?size=3840x2160"):
            made = stack.enter_context(running.connect())
            made.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        until(lambda: metric(running, "planmap_requests_in_flight") > 3)
        stop(running)


def answer_at_the_end(folder: Path, drain_seconds: float) -> Answer:
    """What becomes of a workbook in the making when the service is told to end."""
    with (
        served(folder, pack=ROOT, drain_seconds=drain_seconds) as running,
        running.connect() as made,
    ):
        made.sendall(b"GET /view.xlsx HTTP/1.1\r\n" + HOST + b"\r\n")
        until(lambda: metric(running, "planmap_requests_in_flight") > 1)
        running.process.send_signal(signal.SIGTERM)
        (found,) = answers(open_until_closed(made))
        assert running.process.wait(timeout=LONGEST) == 0
        return found


def test_an_answer_that_is_not_made_in_time_says_that_the_service_ends(tmp_path: Path) -> None:
    found = answer_at_the_end(tmp_path, 0.5)
    assert found.status == 503
    assert "retry-after" in found.headers


def test_an_answer_in_the_making_is_finished_before_the_end(tmp_path: Path) -> None:
    found = answer_at_the_end(tmp_path, LONGEST)
    assert found.status == 200
    assert len(found.body) == int(found.headers["content-length"])
