"""How quickly fresh vector tiles are made, as a ratio to an encoder that takes feature by feature.

    .venv/bin/python bench/tiles.py [ITEMS]

Points with the plan's properties, seeded, 100,000 unless said, spread over the city's frame. Both
make the same tiles of the same features with the same attributes, in turn; neither keeps any. The
table has the processor time of a tile, medians over the rounds with their range. The reference
is mapbox_vector_tile given ready shapes and attributes, so that its time is that of writing alone;
ours includes finding, placing and choosing.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.store.tiles import Tile, TileLayer, Tiles
from app.store.tiles.grid import in_world

ROUNDS, TILES_A_ROUND, SEED = 5, 16, 7
FRAME = (119.1, 39.9, 121.2, 41.3)
WORDS = [
    "港口",
    "物流",
    "产业园",
    "水库",
    "公路",
    "示范",
    "基地",
    "工程",
    "项目",
    "中心",
    "兴城",
    "绥中",
    "建昌",
]
PLAN = (TileLayer("plan"),)


def items(count: int) -> tuple[list[dict[str, Any]], Any]:
    """Features, and their points."""
    chance = random.Random(SEED)
    west, south, east, north = FRAME
    places = [(chance.uniform(west, east), chance.uniform(south, north)) for _ in range(count)]
    features = [
        {
            "id": f"item-{row}",
            "properties": {
                "layer": f"layer-{row % 17}", "category": f"kind-{row % 60}",
                "status": ("existing", "building", "planned")[row % 3], "precision": "site",
                "scope": "county", "name": "".join(chance.choices(WORDS, k=4)) + str(row),
                "name_en": f"Item number {row}", "uncertainty_m": float(row % 900),
                "counties": [f"{row % 20:06}"], "basis": "published", "source": ["plan"],
            },
        }
        for row in range(count)
    ]  # fmt: skip
    return features, shapely.points(places)


def some_tiles(zoom: int, count: int) -> list[Tile]:
    chance = random.Random(zoom)
    corners = np.array([FRAME[:2], FRAME[2:]])
    (left, bottom), (right, top) = (in_world(corners) * 2**zoom).astype(int).tolist()
    return [
        Tile(zoom, chance.randint(top, bottom), chance.randint(left, right)) for _ in range(count)
    ]


def by_feature(body: bytes) -> Callable[[], bytes]:
    """The reference, given what a tile of ours holds."""
    turned = {"y_coord_down": True}
    (layer,) = mapbox_vector_tile.decode(body, default_options=turned).values()
    ready = [
        {"geometry": shapely.geometry.shape(one["geometry"]), "properties": one["properties"]}
        for one in layer["features"]
    ]
    content = {"name": "plan", "features": ready}
    return lambda: bytes(mapbox_vector_tile.encode(content, default_options=turned))


def measured(calls: Sequence[Callable[[], object]]) -> float:
    """Milliseconds of processor time a call."""
    start = time.thread_time()
    for call in calls:
        call()
    return (time.thread_time() - start) * 1000 / len(calls)


def row(features: list[dict[str, Any]], points: Any, zoom: int) -> str:
    layers = np.array([one["properties"]["layer"] for one in features], dtype=object)
    tiles = Tiles(features, points, layers, [one["id"] for one in features])
    bodies = {tile: tiles.get(PLAN, tile) for tile in some_tiles(zoom, TILES_A_ROUND)}
    bodies = {tile: body for tile, body in bodies.items() if body}
    references = [by_feature(body) for body in bodies.values()]
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        tiles.forget()
        ours.append(measured([lambda tile=tile: tiles.get(PLAN, tile) for tile in bodies]))
        theirs.append(measured(references))
    ratio = statistics.median(theirs) / statistics.median(ours)
    size = statistics.mean(map(len, bodies.values())) / 1000
    return f"| {zoom} | {size:.0f} kB | {said(ours)} | {said(theirs)} | {ratio:.1f} |"


def said(found: list[float]) -> str:
    return f"{statistics.median(found):.2f} ms ({min(found):.2f}–{max(found):.2f})"


def main() -> None:
    features, points = items(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print("| zoom | bytes a tile | ours | feature by feature | ratio |\n|---|---|---|---|---|")
    for zoom in (13, 12, 11, 10):
        print(row(features, points, zoom), flush=True)


if __name__ == "__main__":
    main()
