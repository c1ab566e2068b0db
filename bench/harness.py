"""What benchmarks of answers share: servers of their own processes, load by wrk, the raw app."""

import asyncio
import contextlib
import os
import pickle
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 16
PATIENCE = 900
"""Seconds until a server must answer."""

RAW = """
import pickle, sys, uvicorn
named, others = pickle.load(open(sys.argv[1], "rb"))
turn = 0
async def app(scope, receive, send):
    global turn
    query = scope["query_string"].decode()
    found = named.get(scope["path"] + ("?" + query if query else ""))
    if found is None:
        turn = (turn + 1) % len(others)
        found = others[turn]
    await send(found[0])
    await send(found[1])
uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", access_log=False, lifespan="off",
            server_header=False)
"""
"""Sends ready messages: those of the path, else one of the others in turn."""

LUA = """
local paths = {}
for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
local at = 0
request = function()
    at = at % #paths + 1
    return wrk.format("GET", paths[at])
end
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server listens, and the process that is its own."""

    port: int
    pid: int
    database: int = 0
    """The process of the database that it asks, if any."""

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.pid) + (cpu_seconds(self.database) if self.database else 0.0)


@dataclass(frozen=True, slots=True)
class Load:
    """What one round found."""

    rate: float
    """Requests a second."""
    cpu: float
    """Microseconds of processor time a request, the database's among it."""
    requests: int
    failed: int


def get(port: int, path: str, **headers: str) -> tuple[int, list[tuple[str, str]], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def running(
    command: Sequence[str], port: int, path: str, **environment: str
) -> Iterator[Server]:  # fmt: skip
    """A server of its own process, as soon as it answers."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError):
                get(port, path)
                break
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{' '.join(command[:3])} … does not answer at {path}")
            time.sleep(0.1)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def running_raw(
    named: dict[str, tuple[object, object]], others: Sequence[tuple[object, object]] = ()
) -> Iterator[Server]:
    """The raw ASGI app with these answers."""
    port = free_port()
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump((named, list(others) or list(named.values())), file)
        file.flush()
        command = [sys.executable, "-c", RAW, file.name, str(port)]
        with running(command, port, "/") as server:
            yield server


def raw_answer(port: int, path: str, **headers: str) -> tuple[dict[str, object], dict[str, object]]:
    """The messages of a raw ASGI app that sends what a server does."""
    status, found, body = get(port, path, **headers)
    assert status in (200, 204), (path, status, body[:300])
    pairs = [
        (name.lower().encode(), value.encode("latin-1"))
        for name, value in found
        if name.lower() not in ("date", "transfer-encoding")
    ]
    start: dict[str, object] = {"type": "http.response.start", "status": status, "headers": pairs}
    return start, {"type": "http.response.body", "body": body}


def cpu_seconds(pid: int) -> float:
    """Of a process and its descendants."""
    family = [pid]
    for one in family:
        with contextlib.suppress(OSError):
            path = Path(f"/proc/{one}/task/{one}/children")
            family += map(int, path.read_text(encoding="ascii").split())
    return sum(map(own_cpu_seconds, family))


def own_cpu_seconds(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(server: Server, paths: Sequence[str], seconds: float, **headers: str) -> Load:
    """Ask for the paths, one after another, for so long."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed")
    with tempfile.TemporaryDirectory() as folder:
        script, listed = Path(folder, "paths.lua"), Path(folder, "paths")
        script.write_text(LUA, encoding="ascii")
        listed.write_text("\n".join(paths), encoding="utf-8")
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{max(1, round(seconds))}s",
            "--timeout",
            "30s",
        ]
        for name, value in headers.items():
            command += ["-H", f"{name.replace('_', '-')}: {value}"]
        command += ["-s", str(script), f"http://127.0.0.1:{server.port}"]
        before = server.cpu_seconds()
        out = subprocess.run(
            command, capture_output=True, text=True, check=True,
            env={**os.environ, "BENCH_PATHS": str(listed)},
        ).stdout  # fmt: skip
    spent = server.cpu_seconds() - before
    requests = int(found_in(r"(\d+) requests in", out))
    rate = float(found_in(r"Requests/sec:\s+([\d.]+)", out))
    failed = int(found_in(r"Non-2xx or 3xx responses: (\d+)", out))
    return Load(rate, 1e6 * spent / max(requests, 1), requests, failed)


def load_once(server: Server, paths: Sequence[str]) -> Load:
    """Ask for each path once: what is kept is not asked again."""
    before, start = server.cpu_seconds(), time.perf_counter()
    failed = asyncio.run(ask_all(server.port, list(paths)))
    took = time.perf_counter() - start
    spent = server.cpu_seconds() - before
    return Load(len(paths) / took, 1e6 * spent / len(paths), len(paths), failed)


async def ask_all(port: int, left: list[str]) -> int:
    """As many connections as wrk has, until nothing is left; how often it failed."""

    async def one() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        failed = 0
        while left:
            writer.write(f"GET {left.pop()} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            failed += int(head.split()[1]) >= 400
            if found := re.search(rb"content-length: (\d+)", head):
                await reader.readexactly(int(found[1]))
            elif b"chunked" in head:
                while size := int(await reader.readline(), 16):
                    await reader.readexactly(size + 2)
                await reader.readline()
        writer.close()
        return failed

    return sum(await asyncio.gather(*(one() for _ in range(CONNECTIONS))))


def found_in(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else "0"
