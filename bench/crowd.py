"""How the service bears a crowd: pictures and slides are wanted, one item is asked for again.

    .venv/bin/python bench/crowd.py [SECONDS]

Prints the 50th and 99th percentile of the item's answers and the largest memory of the processes.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
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


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 40
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as cache:
        command = [Path(sys.executable).with_name("planmap"), "serve", "--port", str(port)]
        environment = {**os.environ, "PLANMAP_CACHE": cache}
        service = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            measure(port, service.pid, seconds)
        finally:
            service.terminate()
            service.wait(30)


def measure(port: int, pid: int, seconds: float) -> None:
    while True:
        try:
            index = get(port, "/index.json")[1]
            break
        except OSError:
            time.sleep(0.2)
    item = ITEM.format(id=index.partition(b'"id":"')[2].partition(b'"')[0].decode())
    assert get(port, item)[0] == 200
    found: Counter[str] = Counter()
    for path in CROWD:
        threading.Thread(target=ask, args=(port, path, found), daemon=True).start()
    waits, most, end = [], (0.0, 0.0), time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        get(port, item)
        waits.append(time.perf_counter() - begun)
        most = max(most, memory(pid), key=lambda one: one[1])
        time.sleep(0.05)
    waits.sort()
    half, late = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    print(f"item: {len(waits)} answers, p50 {half * 1000:.0f} ms, p99 {late * 1000:.0f} ms")
    print(f"memory: service {most[0]:.0f} MB, with its workers {most[1]:.0f} MB")
    print(dict(found))


if __name__ == "__main__":
    main()
