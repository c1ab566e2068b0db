"""Answers that are each another, beside a raw ASGI app that sends answers of the same bytes.

    .venv/bin/python bench/fresh.py [ITEMS] [SECONDS_A_ROUND] [ROUNDS]

A made-up pack (`large_pack.py`, 100,000 items unless said) is served by one process; the raw app
sends, in turn, some of the service's own answers. Every request is another one, so that nothing
is found ready. Both are asked in turns by wrk, 16 connections; the table has medians.
"""

import math
import random
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))

import large_pack
from harness import ROOT, Load, Server, free_port, load, raw_answer, running, running_raw

FRAME = (119.4, 40.0, 121.0, 41.1)
SAMPLE = 50


class Case(NamedTuple):
    """Requests of one kind."""

    name: str
    paths: list[str]


def main() -> None:
    numbers = [float(one) for one in sys.argv[1:]]
    count = int(numbers[0]) if numbers else 100_000
    seconds = numbers[1] if len(numbers) > 1 else 1.0
    rounds = int(numbers[2]) if len(numbers) > 2 else 3
    pack = pack_of(count)
    with tempfile.TemporaryDirectory() as cache, serving(pack, cache) as ours:
        print(f"| {count} items | bytes | raw/s | ours/s | ratio | raw µs | ours µs | of CPU |")
        print("|---|---|---|---|---|---|---|---|")
        for case in cases(ids_of(pack), count):
            print(row_of(case, ours, seconds, rounds), flush=True)


def pack_of(count: int) -> Path:
    """The committed pack, or one of so many items, made when first asked for."""
    if count < 1000:
        return ROOT
    folder = ROOT / "var" / "bench" / f"pack-{count}"
    if not (folder / "projects.geojson").exists():
        large_pack.make_pack(folder, count)
    return folder


def serving(pack: Path, cache: str):
    port = free_port()
    planmap = str(Path(sys.executable).with_name("planmap"))
    command = [planmap, "serve", "--pack", str(pack), "--port", str(port)]
    return running(command, port, "/healthz", PLANMAP_CACHE=cache)


def ids_of(pack: Path) -> list[str]:
    """The ids of the items, in the order of the tables."""
    found = []
    for table in sorted((pack / "geodata" / "items").glob("*.csv")):
        lines = table.read_text(encoding="utf-8").split("\n")[1:]
        found += [line.partition(",")[0] for line in lines if line]
    return found


def cases(ids: list[str], count: int) -> list[Case]:
    """Every kind, in random but repeatable order."""
    chance = random.Random(7)
    ids = chance.sample(ids, len(ids))
    many = 20_000
    return [
        Case("an item", [f"/api/collections/plan/items/{quote(one)}" for one in ids]),
        Case("a box of 100", [box_path(chance, count) for _ in range(many)]),
        Case("a box and a county", [box_path(chance, count, "211421") for _ in range(many)]),
        Case("a filter (CQL2)", [filter_path(chance) for _ in range(many)]),
        Case("a tile at z12", tile_paths(chance, 12)),
        Case("a tile at z10", tile_paths(chance, 10)),
    ]


def box_path(chance: random.Random, count: int, county: str = "") -> str:
    """A box that holds about a hundred items."""
    west, south, east, north = FRAME
    side = min(1.0, ((east - west) * (north - south) * 0.75 * 100 / count) ** 0.5)
    x, y = chance.uniform(west, east - side), chance.uniform(south, north - side)
    box = ",".join(f"{one:.6f}" for one in (x, y, x + side, y + side))
    return f"/api/collections/plan/items?bbox={box}&limit=1000" + (
        f"&county={county}" if county else ""
    )


def filter_path(chance: random.Random) -> str:
    least = chance.randrange(100_000)
    text = f"uncertainty_m > {chance.choice((300, 600, 1000))} AND name LIKE '%{least}%'"
    return f"/api/collections/plan/items?filter={quote(text)}"


def tile_paths(chance: random.Random, zoom: int) -> list[str]:
    """Each tile in the frame, and each in several sets of layers, so that none is found ready."""

    def column(lng: float) -> int:
        return int((lng + 180) / 360 * 2**zoom)

    def row(lat: float) -> int:
        return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)

    west, south, east, north = FRAME
    found = [
        f"/api/tiles/WebMercatorQuad/{zoom}/{y}/{x}"
        for x in range(column(west), column(east) + 1)
        for y in range(row(north), row(south) + 1)
    ]
    return chance.sample(found, len(found))


def row_of(case: Case, ours: Server, seconds: float, rounds: int) -> str:
    chance = random.Random(1)
    sampled = chance.sample(case.paths, min(SAMPLE, len(case.paths)))
    paths = [path for path in case.paths if path not in set(sampled)]
    answers = {path: raw_answer(ours.port, path) for path in sampled}
    found: list[list[Load]] = [[], []]
    with running_raw(answers) as raw:
        for number in range(rounds):
            part = paths[number::rounds]
            found[0].append(load(raw, sampled, seconds))
            found[1].append(load(ours, part, seconds))
    sent = statistics.mean(len(body["body"]) for _, body in answers.values())
    (raw_rate, raw_cpu), (rate, cpu) = [
        [statistics.median(getattr(one, name) for one in loads) for name in ("rate", "cpu")]
        for loads in found
    ]
    failed = sum(one.failed for one in found[1])
    return (
        f"| {case.name} | {sent:.0f} | {raw_rate:.0f} | {rate:.0f} | {rate / raw_rate:.3f} "
        f"| {raw_cpu:.0f} | {cpu:.0f} | {raw_cpu / cpu:.3f} |"
        + (f" {failed} failed" * bool(failed))
    )


if __name__ == "__main__":
    main()
