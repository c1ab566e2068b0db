"""An answer asked for again, beside a raw ASGI app that sends the same bytes.

    .venv/bin/python bench/ready.py [SECONDS_A_ROUND]

Both run on one uvicorn process each (uvloop, httptools) and are asked in turns by `wrk`, 16
connections, in one run, so that what else the machine does meets both. Prints a Markdown table of
requests a second, and of the server's own CPU time a request: the ratio of these two is 1 where an
answer costs what it costs to send it, and it hardly depends on what else runs.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fresh import serving
from harness import ROOT, Load, Server, get, load, raw_answer, running_raw

ROUNDS = 7
BROWSER = {"Accept_Encoding": "gzip, br", "Accept_Language": "zh-CN,zh;q=0.9"}


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


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory() as cache, serving(ROOT, cache) as ours:
        paths = targets(ours.port)
        for path in 3 * list(paths.values()):  # the first is made, and what is asked again kept
            get(ours.port, path, **BROWSER)
        answers = {path: raw_answer(ours.port, path, **BROWSER) for path in paths.values()}
        with running_raw(answers) as raw:
            measure(paths, ours, raw, seconds)


def measure(paths: dict[str, str], ours: Server, raw: Server, seconds: float) -> None:
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}, processors: {os.cpu_count()}\n")
    print("| asked again | bytes | raw/s | ours/s | ratio | raw µs | ours µs | ratio of CPU |")
    print("|---|---|---|---|---|---|---|---|")
    for name, path in paths.items():
        found: list[list[Load]] = [[], []]
        for _ in range(ROUNDS):
            for which, server in enumerate((raw, ours)):
                found[which].append(load(server, [path], seconds, **BROWSER))
        raw_rate, rate = (statistics.median(one.rate for one in loads) for loads in found)
        raw_cpu, cpu = (statistics.median(one.cpu for one in loads) for loads in found)
        size = len(get(ours.port, path, **BROWSER)[2])
        print(
            f"| {name} | {size} | {raw_rate:.0f} | {rate:.0f} | {rate / raw_rate:.2f} "
            f"| {raw_cpu:.0f} | {cpu:.0f} | {raw_cpu / cpu:.2f} |"
        )


if __name__ == "__main__":
    main()
