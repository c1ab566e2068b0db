"""Points: tiles made together are those made alone, bytes written at once those written singly."""

import random
from collections.abc import Sequence
from itertools import product
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from shapely.geometry import shape

from app.store.tiles import Tile, TileLayer, blocks, mvt
from app.store.tiles.blocks import POINTS_MOST, Blocks, tiles_of
from app.store.tiles.commands import of_points
from app.store.tiles.grid import in_world
from tests.store.test_tiles import PLAN, TURNED, decoded, feature, touched
from tests.store.test_tiles import tiles_of as made_of

Feature = dict[str, Any]
ZOOMS = [3, 9, 11, 14, 16]


def points(count: int, seed: int = 3) -> list[Feature]:
    """Items with differing attributes; some share a place, some lie on the edges of tiles."""
    chance = random.Random(seed)
    found = []
    for row in range(count):
        at = (120 + chance.random(), 40 + chance.random())
        if row % 5 == 0:
            at = (360 * chance.randrange(680, 690) / 1024 - 120, 40.5)
        more = {"name": f"名称 {row // 2}"} if row % 3 else {}
        found.append(
            feature(
                f"item-{row}", shapely.Point(at), status=chance.choice("ab"),
                uncertainty_m=float(row % 7), counties=["211421"][: row % 2], **more,
            )
        )  # fmt: skip
    return found


def around(features: Sequence[Feature], zoom: int) -> list[Tile]:
    places = in_world(np.array([one["geometry"]["coordinates"] for one in features]))
    cells = np.unique(np.floor(places * 2**zoom).astype(int), axis=0).tolist()
    steps = list(product((-1, 0, 1), repeat=2))
    near = {(x + right, y + down) for x, y in cells for right, down in steps}
    return [
        Tile(zoom, y, x) for x, y in random.Random(zoom).sample(sorted(near), min(40, len(near)))
    ]


def said(found: list[Any]) -> list[Any]:
    return [(one["id"], one["geometry"], sorted(one["properties"].items())) for one in found]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_tiles_made_together_are_those_made_alone(
    zoom: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    features = points(400)
    together, singly = made_of(features), made_of(features)
    monkeypatch.setattr(Blocks, "around", lambda self, tile: tile)
    expected = {tile: said(decoded(singly, tile)) for tile in around(features, zoom)}
    monkeypatch.undo()
    for tile, found in expected.items():
        assert said(decoded(together, tile)) == found, tile


@pytest.mark.parametrize("zoom", [5, 9, 12])
def test_layers_written_together_say_what_each_says_alone(zoom: int) -> None:
    features = points(400)
    for one in features[::3]:
        one["properties"] |= {"layer": "parks", "code": "A1"}
    layers = (
        *(TileLayer(name, (name,)) for name in ("works", "parks", "nothing")), TileLayer("all"),
        TileLayer("points", (), ("point",)), TileLayer("areas", (), ("polygon",)),
    )  # fmt: skip
    for tile in around(features, zoom)[:8]:
        bodies = [made_of(features).get(some, tile) for some in (layers, *zip(layers, strict=True))]
        together, *alone = (
            mapbox_vector_tile.decode(one, default_options=TURNED) for one in bodies
        )
        assert {name: said(one["features"]) for name, one in together.items()} == {
            name: said(one["features"]) for part in alone for name, one in part.items()
        }


def test_what_is_near_is_made_with_a_tile_and_no_more_than_is_quickly_drawn() -> None:
    features = points(300)
    tiles = made_of(features)
    first = around(features, 12)[0]
    tiles.get(PLAN, first)
    block = Tile(9, first.row >> 3, first.column >> 3)
    assert all(tiles.held(PLAN, one) is not None for one in tiles_of(block, 12))
    assert tiles.held(PLAN, Tile(12, first.row + 8, first.column)) is None
    many = in_world(np.full((POINTS_MOST + 1, 2), (120.46, 40.46)))
    full = Tile(12, *(many[0, ::-1] * 2**12).astype(int).tolist())
    every = np.arange(len(many))
    assert Blocks(many, every, 12).around(full) == full
    assert Blocks(many, every[1:], 12).around(full).zoom == 9
    assert Blocks(many, every[:0], 1).around(Tile(1, 0, 0)) == Tile(0, 0, 0)


def test_where_there_is_more_than_points_a_tile_is_made_alone() -> None:
    features = [*points(50), feature("line", shapely.LineString([(120, 40), (121, 41)]))]
    tiles = made_of(features)
    first = around(features[:50], 12)[0]
    tiles.get(PLAN, first)
    assert tiles.held(PLAN, Tile(12, first.row ^ 1, first.column)) is None


@pytest.mark.parametrize("zoom", ZOOMS)
def test_points_written_at_once_are_those_written_one_by_one(
    zoom: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their bytes may be wider, and decode to the same."""
    features = points(400)
    tiles, general = made_of(features), made_of(features)
    found = {tile: decoded(tiles, tile) for tile in around(features, zoom)}
    plain = mvt.feature_bytes
    monkeypatch.setattr(
        mvt, "feature_bytes",
        lambda numbers, drawn, *rest: plain(numbers, of_points(drawn), *rest),
    )  # fmt: skip
    for tile, expected in found.items():
        assert decoded(general, tile) == expected, tile


@pytest.mark.parametrize(("few", "sparse"), [(0, 0), (0, 1e9), (1e9, 0)])
def test_values_are_numbered_alike_however_many_there_are(
    few: int, sparse: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    features = points(400)
    tiles, others = made_of(features), made_of(features)
    expected = {tile: tiles.get(PLAN, tile) for tile in around(features, 11)}
    monkeypatch.setattr(mvt, "FEW", few)
    monkeypatch.setattr(mvt, "SPARSE", sparse)
    assert {tile: others.get(PLAN, tile) for tile in expected} == expected


def test_every_zoom_is_spread_once_and_the_last_few_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spread: list[int] = []
    plain = blocks.spread

    def watched(points: Any, places: Any, zoom: int) -> Any:
        spread.append(zoom)
        return plain(points, places, zoom)

    monkeypatch.setattr(blocks, "spread", watched)
    monkeypatch.setattr("app.store.tiles.tiles.PLACES_LEAST", 0)
    features = points(200)
    tiles = made_of(features)
    for zoom in [*ZOOMS, *ZOOMS[1:]]:
        for tile in around(features, zoom):
            tiles.get(PLAN, tile)
    assert spread == ZOOMS


def test_values_stand_once_in_a_layer_those_of_one_item_alone_beside_it() -> None:
    features = points(200)
    features[7]["properties"] |= {"name": "Both", "name_en": "Both", "status": "Both"}
    body = made_of(features).get(PLAN, next(touched(shape(features[7]["geometry"]), 12)))
    assert body.count(b"Both") == 1
    body = made_of(features).get(PLAN, Tile(0, 0, 0))
    (layer,) = vector_tile_pb2.tile.FromString(body).layers
    texts = [one.SerializeToString() for one in layer.values]
    assert len(texts) == len(set(texts))
    used = {value for one in layer.features for value in one.tags[1::2]}
    assert used == set(range(len(texts)))
    found = mapbox_vector_tile.decode(body, default_options=TURNED)["plan"]["features"]
    assert len(found) == 200
