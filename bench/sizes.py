"""What an answer, memory and start take against the number of items, and the plot of it.

    .venv/bin/python bench/sizes.py [--sizes 1000,10000,100000,1000000] [--seconds 1] [--add]

With --add the sizes measured before are kept, and these join them. Each answer is another one.
What is plotted is its processor time, which is its latency where nothing else runs, in those of a
raw ASGI app that sends one item.
Writes var/bench/sizes.json and docs/latency.svg. See bench/README.md.
"""

import argparse
import json
import math
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fresh import OURS, Case, cases, ids_of, pack_of, serving
from harness import (
    PATIENCE,
    ROOT,
    Server,
    cpu_seconds,
    get,
    load,
    load_once,
    raw_answer,
    running_raw,
)
from large_pack import PAIRS

PLOT = ROOT / "docs" / "latency.svg"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 60, 170, 40, 50
COLOURS = ("#1b6ca8", "#c8553d", "#2e7d4f", "#7b4fa3", "#8a6d1c", "#444444", "#b03a7a")
SEARCHES = "a search (q=)"
SEARCHED = 1_000


def main() -> None:
    options = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    options.add_argument("--sizes", default="1000,10000,100000,1000000")
    options.add_argument("--seconds", type=float, default=1)
    options.add_argument("--add", action="store_true")
    chosen = options.parse_args()
    rows = [measured(size, chosen.seconds) for size in map(int, chosen.sizes.split(","))]
    file = ROOT / "var" / "bench" / "sizes.json"
    if chosen.add:
        before = json.loads(file.read_text(encoding="utf-8"))["rows"]
        known = {row["items"]: row for row in (*before, *rows)}
        rows = [known[items] for items in sorted(known)]
    about = f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors"
    found = {"about": about, "load": os.getloadavg()[0], "rows": rows}
    file.write_text(json.dumps(found, indent=1), encoding="utf-8")
    PLOT.write_text(plot(rows, about), encoding="utf-8")
    print(table(rows))


def measured(size: int, seconds: float) -> dict[str, Any]:
    """Of one size: what each case takes, memory and start."""
    pack = pack_of(size)
    with tempfile.TemporaryDirectory() as cache, serving(pack, cache) as ours:
        patiently(ours.port, "/api/tiles/WebMercatorQuad/0/0/0")
        start = cpu_seconds(ours.pid)
        found, first = {}, {}
        every = [*cases(ids_of(pack), size), searches(size)]
        one = every[0].paths[OURS][0]
        with running_raw({one: raw_answer(ours.port, one)}) as raw:
            for case in every:
                before = cpu_seconds(ours.pid)
                patiently(ours.port, case.paths[OURS][0])
                first[case.name] = round(cpu_seconds(ours.pid) - before, 1)
                found[case.name] = work(case, seconds, ours, raw, one)
        memory = memory_of(ours.pid)
    return {
        "items": size, "start_cpu_s": round(start, 1), "memory_mb": memory, "work": found,
        "first_cpu_s": first,
    }  # fmt: skip


def searches(count: int) -> Case:
    """Two words in all texts, other ones each time."""
    chance = random.Random(11)
    pairs = [(chance.choice(PAIRS), chance.randrange(count)) for _ in range(SEARCHED)]
    root = "/api/collections/plan/items?limit=10&f=geojson&q="
    asked = [root + quote(f"{word} {number}") for word, number in dict.fromkeys(pairs)]
    return Case(SEARCHES, {OURS: asked}, once=True)


def patiently(port: int, path: str) -> None:
    """Ask until the service has made what it answers from."""
    until = time.monotonic() + PATIENCE
    while (status := get(port, path)[0]) not in (200, 204):
        if status != 503 or time.monotonic() > until:
            raise SystemExit(f"{path}: {status}")
        time.sleep(1)


def work(case: Case, seconds: float, ours: Server, raw: Server, constant: str) -> float:
    """How many times the processor time of the raw app an answer takes."""
    paths = case.paths[OURS]
    found = load_once(ours, paths[1:]) if case.once else load(ours, paths[1:], seconds)
    return round(found.cpu / load(raw, [constant], seconds).cpu, 1)


def memory_of(pid: int) -> int:
    """Megabytes that the process holds."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.partition("VmRSS:")[2].split()[0]) // 1000


def table(rows: list[dict[str, Any]]) -> str:
    names = list(rows[0]["work"])
    lines = ["| items | start, first search, CPU s | memory, MB | " + " | ".join(names) + " |"]
    lines.append("|---" * (3 + len(names)) + "|")
    for row in rows:
        began = f"{row['start_cpu_s']}, {row['first_cpu_s'][SEARCHES]}"
        values = (row["memory_mb"], *row["work"].values())
        numbers = " | ".join(f"{value:,}" for value in values)
        lines.append(f"| {row['items']:,} | {began} | {numbers} |")
    return "\n".join(lines)


def plot(rows: list[dict[str, Any]], about: str) -> str:
    """Both scales are logarithmic: what grows with the logarithm of the size is nearly level."""
    values = [value for row in rows for value in row["work"].values()]
    ticks = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000]
    low = max(tick for tick in ticks if tick <= max(min(values), 0.5))
    high = min((tick for tick in ticks if tick >= max(values)), default=max(values))
    sizes = [row["items"] for row in rows]

    def x(size: float) -> float:
        return LEFT + along(size, sizes[0], sizes[-1]) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - along(value, low, high) * (HEIGHT - TOP - BOTTOM)

    parts = [
        text(
            LEFT,
            20,
            "Processor time of a fresh answer, in those of a raw ASGI app",
            14,
        )
    ]
    parts.append(text(LEFT, HEIGHT - 8, about, 11))
    for tick in ticks:
        if low <= tick <= high:
            parts.append(line(LEFT, y(tick), WIDTH - RIGHT, y(tick)))
            parts.append(text(LEFT - 8, y(tick) + 4, f"{tick:g}", 11, "end"))
    for size in sizes:
        parts.append(line(x(size), TOP, x(size), HEIGHT - BOTTOM))
        parts.append(text(x(size), HEIGHT - BOTTOM + 16, f"{size:,}", 11, "middle"))
    ends = sorted((rows[-1]["work"][name], name) for name in rows[-1]["work"])
    beside, place = float(HEIGHT), {}
    for value, name in ends:
        beside = min(y(value) + 4, beside - 14)
        place[name] = beside
    for name, colour in zip(rows[0]["work"], COLOURS, strict=False):
        points = " ".join(f"{x(row['items']):.1f},{y(row['work'][name]):.1f}" for row in rows)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        parts.append(text(WIDTH - RIGHT + 8, place[name], name, 12, f'start" fill="{colour}'))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif">\n<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def along(value: float, low: float, high: float) -> float:
    """How far along a logarithmic scale, from 0 to 1."""
    span = math.log(high / low) if high > low else 1.0
    return math.log(value / low) / span


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="#ddd"/>'


def text(x: float, y: float, words: str, size: int, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}"'
    return f'<text {place} font-size="{size}" text-anchor="{anchor}">{words}</text>'


if __name__ == "__main__":
    main()
