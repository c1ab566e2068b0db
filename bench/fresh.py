"""Requests of which each is another, for every server that is compared: so nothing is ready."""

import math
import random
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import large_pack
from harness import ROOT, Server, free_port, running

FRAME = (119.4, 40.0, 121.0, 41.1)
MANY = 20_000
OURS, TIPG, PYGEOAPI, MARTIN = "planmap", "tipg", "pygeoapi", "martin"


class Case(NamedTuple):
    """Requests of one kind: how each server is asked for them."""

    name: str
    paths: dict[str, list[str]]
    once: bool = False
    """Whether there are so few that each is asked once, in one round."""


def pack_of(count: int) -> Path:
    """The committed pack, or one of so many items, made when first asked for."""
    if count < 1000:
        return ROOT
    folder = ROOT / "var" / "bench" / f"pack-{count}"
    if not (folder / "projects.geojson").exists():
        large_pack.make_pack(folder, count)
    return folder


def serving(pack: Path, cache: str, workers: int = 1) -> AbstractContextManager[Server]:
    port = free_port()
    planmap = str(Path(sys.executable).with_name("planmap"))
    command = [planmap, "serve", "--pack", str(pack), "--port", str(port)]
    command += ["--workers", str(workers)]
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
    ids = [quote(one) for one in chance.sample(ids, min(len(ids), 5 * MANY))]
    boxes = [box_of(chance, count) for _ in range(MANY)]
    filters = [filter_of(chance) for _ in range(MANY)]
    tiles = {zoom: tiles_of(chance, zoom) for zoom in (12, 10)}
    county = "&county=211421"
    return [
        Case("an item", asked(ids, "/{}", "/{}?f=geojson", "/{}?f=json")),
        Case("a box of 100", asked(
            boxes, "?bbox={}&limit=1000", "?bbox={}&limit=1000&f=geojson",
            "?bbox={}&limit=1000&f=json",
        )),
        Case("a box and a county", asked(
            boxes, "?bbox={}&limit=1000" + county, "?bbox={}&limit=1000&f=geojson" + county,
            "?bbox={}&limit=1000&f=json" + county,
        )),
        Case("a filter (CQL2)", asked(
            filters, "?filter={}", "?filter={}&filter-lang=cql2-text&limit=100&f=geojson"
        )),
        *(
            Case(f"a tile at z{zoom}", {
                OURS: [f"/api/tiles/WebMercatorQuad/{zoom}/{y}/{x}" for x, y in found],
                TIPG: [
                    f"/collections/public.works/tiles/WebMercatorQuad/{zoom}/{x}/{y}"
                    for x, y in found
                ],
                MARTIN: [f"/works/{zoom}/{x}/{y}" for x, y in found],
            }, once=True)
            for zoom, found in tiles.items()
        ),
    ]  # fmt: skip


def asked(values: list[str], ours: str, tipg: str, pygeoapi: str = "") -> dict[str, list[str]]:
    """The paths of items, by server."""
    under = {
        OURS: ("/api/collections/plan/items", ours),
        TIPG: ("/collections/public.works/items", tipg),
        PYGEOAPI: ("/collections/items/items", pygeoapi),
    }
    return {
        server: [root + path.format(value) for value in values]
        for server, (root, path) in under.items()
        if path
    }


def box_of(chance: random.Random, count: int) -> str:
    """A box that holds about a hundred items."""
    west, south, east, north = FRAME
    side = min(1.0, ((east - west) * (north - south) * 0.75 * 100 / count) ** 0.5)
    x, y = chance.uniform(west, east - side), chance.uniform(south, north - side)
    return ",".join(f"{one:.6f}" for one in (x, y, x + side, y + side))


def filter_of(chance: random.Random) -> str:
    some, least = chance.randrange(100_000), chance.choice((300, 600, 1000))
    return quote(f"uncertainty_m > {least} AND name LIKE '%{some}%'")


def tiles_of(chance: random.Random, zoom: int) -> list[tuple[int, int]]:
    """Column and row of each tile in the frame."""
    west, south, east, north = FRAME
    column: Callable[[float], int] = lambda lng: int((lng + 180) / 360 * 2**zoom)  # noqa: E731
    found = [
        (x, y)
        for x in range(column(west), column(east) + 1)
        for y in range(row(north, zoom), row(south, zoom) + 1)
    ]
    return chance.sample(found, len(found))


def row(lat: float, zoom: int) -> int:
    return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
