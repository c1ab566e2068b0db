"""An answer asked for again, beside a raw ASGI app that sends the same bytes.

    .venv/bin/python bench/ready.py [SECONDS_A_ROUND]

Both run on one uvicorn process each (uvloop, httptools) and are asked in turns by `wrk`, 16
connections, in one run, so that what else the machine does meets both. Prints a Markdown table of
requests a second, and of the server's own CPU time a request: the ratio of these two is 1 where an
answer costs what it costs to send it, and it hardly depends on what else runs.
"""

import contextlib
import os
import pickle
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 16
ROUNDS = 2
BROWSER = {"Accept-Encoding": "gzip, br", "Accept-Language": "zh-CN,zh;q=0.9"}

RAW = """
import pickle, sys, uvicorn
answers = pickle.load(open(sys.argv[1], "rb"))
async def app(scope, receive, send):
    query = scope["query_string"].decode()
    start, body = answers[scope["path"] + ("?" + query if query else "")]
    await send(start)
    await send(body)
uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", access_log=False, lifespan="off",
            server_header=False)
"""


def get(port: int, path: str, **headers: str) -> tuple[int, list[tuple[str, str]], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path, headers=headers or BROWSER)
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[int]:
    """A server of its own process, when it answers; its process id."""
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        while True:
            with contextlib.suppress(OSError):
                get(port, path)
                break
            time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def targets(port: int) -> dict[str, str]:
    """What is asked for, by name."""
    index = get(port, "/index.json", Accept="*/*")[2]
    item = index.partition(b'"id":"')[2].partition(b'"')[0].decode()
    layer = index.partition(b'"layer":"')[2].partition(b'"')[0].decode()
    return {
        "one item": f"/api/collections/plan/items/{quote(item)}",
        "a layer": f"/api/collections/{layer}/items?limit=1000",
        "a county": f"/view.geojson?county={quote('绥中县')}",
        "an embed page": f"/embed?layer={layer}",
        "a tile": "/api/tiles/WebMercatorQuad/9/193/427",
        "a picture": f"/view.png?layer={layer}",
        "a script": "/static/js/core/state.js",
    }


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(port: int, pid: int, path: str, seconds: float) -> tuple[float, float]:
    """Requests a second, and microseconds of the server's CPU a request."""
    before = cpu_seconds(pid)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    for name, value in BROWSER.items():
        command += ["-H", f"{name}: {value}"]
    out = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    assert "Non-2xx" not in out, out
    requests = int(re.search(r"(\d+) requests in", out)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    return rate, 1e6 * (cpu_seconds(pid) - before) / max(requests, 1)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed")
    ours, raw = free_port(), free_port()
    planmap = str(Path(sys.executable).with_name("planmap"))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PLANMAP_CACHE"] = folder
        serve = [planmap, "serve", "--port", str(ours)]
        with running(serve, ours, "/healthz") as own_pid:
            paths = targets(ours)
            with open(f"{folder}/answers", "wb") as file:
                pickle.dump({path: raw_answer(ours, path) for path in paths.values()}, file)
            command = [sys.executable, "-c", RAW, f"{folder}/answers", str(raw)]
            with running(command, raw, next(iter(paths.values()))) as raw_pid:
                measure(paths, (ours, own_pid), (raw, raw_pid), seconds)


def raw_answer(port: int, path: str) -> tuple[dict[str, object], dict[str, object]]:
    """The messages of a raw ASGI app that sends what the service does."""
    for _ in range(3):  # the first is made, and what is asked again may be another
        status, headers, body = get(port, path)
    assert status == 200, (path, status)
    pairs = [(k.lower().encode(), v.encode("latin-1")) for k, v in headers if k.lower() != "date"]
    start = {"type": "http.response.start", "status": status, "headers": pairs}
    return start, {"type": "http.response.body", "body": body}


def measure(
    paths: dict[str, str], ours: tuple[int, int], raw: tuple[int, int], seconds: float
) -> None:
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}, processors: {os.cpu_count()}\n")
    print("| asked again | bytes | raw/s | ours/s | ratio | raw µs | ours µs | ratio of CPU |")
    print("|---|---|---|---|---|---|---|---|")
    for name, path in paths.items():
        found: dict[int, list[tuple[float, float]]] = {0: [], 1: []}
        for _ in range(ROUNDS):
            for which, server in enumerate((raw, ours)):
                found[which].append(load(*server, path, seconds))
        medians = [
            [statistics.median(one[i] for one in found[which]) for i in (0, 1)] for which in (0, 1)
        ]
        (raw_rate, raw_cpu), (rate, cpu) = medians
        size = len(get(ours[0], path)[2])
        print(
            f"| {name} | {size} | {raw_rate:.0f} | {rate:.0f} | {rate / raw_rate:.2f} "
            f"| {raw_cpu:.0f} | {cpu:.0f} | {raw_cpu / cpu:.2f} |"
        )


if __name__ == "__main__":
    main()
