"""A running `planmap serve`, and bytes on a socket to it: what no HTTP client would send."""

import contextlib
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from app.settings import ROOT
from tests.programs import Program

TINY = ROOT / "tests" / "packs" / "tiny"
LONGEST = 300
"""Seconds that a state is waited for; no test says how soon it must come."""


@dataclass(slots=True)
class Served:
    """A service of its own process."""

    port: int
    process: Program | subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self, source: str = "127.0.0.1", **options: int) -> socket.socket:
        """A connection that comes from `source`."""
        made = socket.socket()
        for name, value in options.items():
            made.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
        made.settimeout(LONGEST)
        made.bind((source, 0))
        made.connect(("127.0.0.1", self.port))
        return made

    def send(
        self, data: bytes, source: str = "127.0.0.1", quiet: float = LONGEST
    ) -> list["Answer"]:
        """All answers to these bytes, until the service closes or is quiet after a whole one."""
        with self.connect(source) as made:
            with contextlib.suppress(OSError):
                made.sendall(data)
            return answers(read_all(made, quiet))

    def get(self, path: str, *headers: str, source: str = "127.0.0.1") -> "Answer":
        """One answer; `headers` are lines, Host is there."""
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers]
        request = "\r\n".join([*lines, "Connection: close", "", ""]).encode()
        return self.send(request, source)[0]

    def memory(self) -> int:
        """Resident bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def read_all(made: socket.socket, quiet: float = LONGEST) -> bytes:
    """What comes until the other side closes, or says nothing for a while after something."""
    received = b""
    with contextlib.suppress(OSError):
        while piece := made.recv(65536):
            received += piece
            made.settimeout(quiet)
    return received


def until(holds: Callable[[], object]) -> None:
    """Wait for a state, however long a busy machine takes to come to it."""
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, "the state never came"
        time.sleep(0.05)


def answers(received: bytes) -> list[Answer]:
    """The answers in a stream of bytes, each with its body: by length, in chunks or the rest."""
    found = []
    while received:
        head, _, rest = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        headers = {
            name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
        }
        if headers.get("transfer-encoding") == "chunked":
            body, received = unchunked(rest)
        else:
            bodiless = status in (204, 304)
            length = int(headers.get("content-length", 0 if bodiless else len(rest)))
            body, received = rest[:length], rest[length:]
        found.append(Answer(status, headers, body))
    return found


def unchunked(rest: bytes) -> tuple[bytes, bytes]:
    """The body that chunks make, and what follows it."""
    body = b""
    while rest:
        line, _, rest = rest.partition(b"\r\n")
        size = int(line, 16)
        body += rest[:size]
        rest = rest[size + 2 :]
        if not size:
            break
    return body, rest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(
    folder: Path, *options: str, pack: Path = TINY, host: str = "127.0.0.1", **settings: object
) -> Iterator[Served]:
    """The service with these settings and options, on a free port; ended at the end."""
    port = free_port()
    settings = {"picture_seconds": LONGEST, "work_seconds": LONGEST, **settings}
    given = {f"PLANMAP_{name.upper()}": str(value) for name, value in settings.items()}
    given |= {"PLANMAP_PACK": str(pack), "PLANMAP_CACHE": str(folder / "cache"),
              "PLANMAP_STATE": str(folder / "state")}  # fmt: skip
    log = folder / f"log-{port}.txt"
    words = ["serve", "--host", host, "--port", str(port), *options]
    process = Program(words, {**os.environ, **given}, log)
    running = Served(port, process, log)
    try:
        wait_until_up(running)
        yield running
    finally:
        process.kill()
        process.wait(LONGEST)


def wait_until_up(running: Served) -> None:
    def is_up() -> bool:
        assert running.process.poll() is None, running.log.read_text()
        with contextlib.suppress(OSError), urlopen(f"{running.url}/healthz", timeout=LONGEST):
            return True
        return False

    until(is_up)


def open_until_closed(made: socket.socket) -> bytes:
    """What a connection receives before it is closed by the service, which it must be."""
    received = b""
    try:
        while piece := made.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return received


def metric(running: Served, name: str) -> float:
    """A number at /metrics, all labels summed."""
    text = running.get("/metrics").body.decode()
    return sum(float(one) for one in re.findall(rf"^{name}(?:\{{.*\}})? (\S+)$", text, re.M))
