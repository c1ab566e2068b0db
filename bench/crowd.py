"""How the service bears a crowd: heavy things are wanted, one item is asked for again.

    .venv/bin/python bench/crowd.py [SECONDS]          50 pictures of 4K, 50 slides, 20 JSON-FG
    .venv/bin/python bench/crowd.py [SECONDS] --ten    ten pictures of 4K, a workbook, a fresh /data

Prints how long the item's answers take before and while that is made, in one run with a control: a
server of its own process that does nothing else. What other programs take shows in the control.
"""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ITEM = "/api/collections/plan/items/{id}"
CROWD = (
    [f"/view.png?size=3840x2160&title={number}" for number in range(50)]
    + [f"/view.pptx?title={number}" for number in range(50)]
    + [
        f"/api/collections/plan/items?f=jsonfg&limit=735&offset={number}"
        "&crs=http://www.opengis.net/def/crs/EPSG/0/4490"
        for number in range(20)
    ]
)
TEN = [*(f"/view.png?size=3840x2160&title={number}" for number in range(10)), "/view.xlsx", "/data"]
IDLE_SECONDS = 5
CONTROL = """
import asyncio, sys
HEAD = b"HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: 1600\\r\\n\\r\\n"
ANSWER = HEAD + b"x" * 1600
async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(ANSWER)
    await writer.drain()
    writer.close()
async def main():
    async with await asyncio.start_server(answer, "127.0.0.1", int(sys.argv[1])) as server:
        await server.serve_forever()
asyncio.run(main())
"""


def get(port: int, path: str, seconds: float = 120) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def ask(port: int, path: str, found: Counter[str]) -> None:
    try:
        found[f"{path.partition('?')[0]} {get(port, path)[0]}"] += 1
    except OSError as error:
        found[type(error).__name__] += 1


def memory(root: int) -> tuple[float, float]:
    """Megabytes of a process and of it with its descendants: proportional shares."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    shares = {pid: share_of(pid) for pid in family}
    return shares[root], sum(shares.values())


def share_of(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(one.split()[1]) / 1000 for one in lines if one.startswith("Pss:")), 0.0)


@contextlib.contextmanager
def running(command: list[str], **environment: str) -> Iterator[int]:
    server = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def main() -> None:
    numbers = [float(one) for one in sys.argv[1:] if not one.startswith("--")]
    seconds = numbers[0] if numbers else 40
    wanted = TEN if "--ten" in sys.argv else CROWD
    port, control = free_port(), free_port()
    planmap = str(Path(sys.executable).with_name("planmap"))
    with (
        tempfile.TemporaryDirectory() as cache,
        running([planmap, "serve", "--port", str(port)], PLANMAP_CACHE=cache) as pid,
        running([sys.executable, "-c", CONTROL, str(control)]),
    ):
        measure(port, control, pid, seconds, wanted)


def measure(port: int, control: int, pid: int, seconds: float, wanted: list[str]) -> None:
    item = item_of(port)
    for _ in range(3):
        assert get(port, item)[0] == 200
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}, processors: {os.cpu_count()}")
    idle, _ = waits_of(port, control, pid, item, IDLE_SECONDS)
    found: Counter[str] = Counter()
    for path in wanted:
        threading.Thread(target=ask, args=(port, path, found), daemon=True).start()
    busy, most = waits_of(port, control, pid, item, seconds)
    for name in idle:
        print(f"{name}: idle {summary(idle[name])}; meanwhile {summary(busy[name])}")
    ratio = at(busy["item"], 0.99) / at(idle["item"], 0.5)
    print(f"the item's p99 meanwhile is {ratio:.0f} times its idle median")
    print(f"memory at most: service {most[0]:.0f} MB, with its workers {most[1]:.0f} MB")
    print(dict(found))


def item_of(port: int) -> str:
    while True:
        try:
            index = get(port, "/index.json")[1]
        except OSError:
            time.sleep(0.2)
        else:
            return ITEM.format(id=index.partition(b'"id":"')[2].partition(b'"')[0].decode())


def waits_of(
    port: int, control: int, pid: int, item: str, seconds: float
) -> tuple[dict[str, list[float]], tuple[float, float]]:
    """Seconds of the answers of both servers, asked in turns, and the most memory."""
    waits: dict[str, list[float]] = {"item": [], "control": []}
    most, end, looked = (0.0, 0.0), time.monotonic() + seconds, 0.0
    while time.monotonic() < end:
        for name, server in (("item", port), ("control", control)):
            begun = time.perf_counter()
            get(server, item)
            waits[name].append(time.perf_counter() - begun)
        if time.monotonic() - looked > 1:
            most, looked = max(most, memory(pid), key=lambda one: one[1]), time.monotonic()
        time.sleep(0.02)
    return {name: sorted(found) for name, found in waits.items()}, most


def at(waits: list[float], part: float) -> float:
    return waits[min(int(len(waits) * part), len(waits) - 1)]


def summary(waits: list[float]) -> str:
    numbers = ", ".join(
        f"p{part * 100:.0f} {at(waits, part) * 1000:.1f} ms" for part in (0.5, 0.99)
    )
    return f"{numbers} of {len(waits)}"


if __name__ == "__main__":
    main()
