"""Far out, where a tile would hold very many points: of those that cannot be told apart one."""

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from app.store.tiles import Tile, TileLayer, blocks
from app.store.tiles import points as thinning
from app.store.tiles import tiles as made
from app.store.tiles.grid import in_world
from tests.store.test_tile_blocks import around, points
from tests.store.test_tiles import TURNED, feature, touched
from tests.store.test_tiles import tiles_of as made_of

Feature = dict[str, Any]
COUNT, MOST = 240, 20
LAYERS = ("works", "parks")
EACH = tuple(TileLayer(name, (name,)) for name in LAYERS)
ZOOMS = range(17)
CELL = 64
"""More pixels than the sides of the largest cells here."""


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinning, "POINTS_MOST", MOST)


def made_up(count: int = COUNT) -> list[Feature]:
    features = points(count)
    for one in features[::2]:
        one["properties"]["layer"] = "parks"
    return features


def ids_in(tiles: Any, tile: Tile, layers: tuple[TileLayer, ...] = EACH) -> list[str]:
    found = mapbox_vector_tile.decode(tiles.get(layers, tile), default_options=TURNED)
    return [one["properties"]["id"] for layer in found.values() for one in layer["features"]]


def cell_of(at: tuple[float, float], zoom: int) -> Any:
    """Row and column."""
    return np.floor(in_world(np.array([at]))[0, ::-1] * 2**zoom).astype(int).tolist()


def tiles_with(features: Sequence[Feature], zoom: int) -> list[Tile]:
    cells = {tuple(cell_of(one["geometry"]["coordinates"], zoom)) for one in features}
    return [Tile(zoom, *cell) for cell in sorted(cells)]


def sent(features: Sequence[Feature], zoom: int) -> set[str]:
    tiles = made_of(list(features))
    return {id for tile in tiles_with(features, zoom) for id in ids_in(tiles, tile)}


def name_of(one: Feature) -> str:
    """Layer and cell: the bits of row and column in turn, the coarsest first."""
    row, column = cell_of(one["geometry"]["coordinates"], thinning.LEVEL)
    pairs = zip(f"{row:024b}", f"{column:024b}", strict=True)
    return one["properties"]["layer"] + ":" + "".join(map("".join, pairs))


def by_hand(features: Sequence[Feature]) -> list[set[str]]:
    """Of each zoom the first in each cell; the smallest cells, none below four pixels, with which
    no tile holds more than it may, nor a closer zoom a larger.
    """
    cut, found = 0, []
    for zoom in reversed(ZOOMS):
        kept = firsts(features, cut)
        while fullest(kept, zoom) > MOST or 0 < cut < four_pixels(zoom):
            cut = max(cut + 1, four_pixels(zoom))
            kept = firsts(features, cut)
        found.append({one["id"] for one in kept})
    return found[::-1]


def four_pixels(zoom: int) -> int:
    """Bits to cut off the name of a cell; one less is said of cells that hold a point each."""
    return 2 * (thinning.LEVEL - zoom - 6) + 1


def firsts(features: Sequence[Feature], cut: int) -> list[Feature]:
    if not cut:
        return list(features)
    known: dict[str, Feature] = {}
    for one in features:
        name = name_of(one)
        known.setdefault(name[: len(name) - cut + 1], one)
    return list(known.values())


def fullest(features: Sequence[Feature], zoom: int) -> int:
    cells = [tuple(cell_of(one["geometry"]["coordinates"], zoom)) for one in features]
    return max(map(cells.count, set(cells)))


@pytest.mark.usefixtures("few")
def test_the_first_of_each_cell_is_sent_and_no_tile_holds_very_many() -> None:
    features = made_up()
    expected = by_hand(features)
    assert len(expected[0]) < len(expected[9]) < len(expected[16]) <= len(features)
    for zoom in (0, 3, 6, 9, 10, 11, 12, 14, 16):
        assert sent(features, zoom) == expected[zoom], zoom


@pytest.mark.usefixtures("few")
def test_what_is_seen_stays_when_one_comes_nearer() -> None:
    features = made_up()
    seen = [sent(features, zoom) for zoom in ZOOMS]
    assert all(far <= near for far, near in pairwise(seen))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("zoom", [9, 10, 11])
def test_both_sides_of_an_edge_send_the_same(zoom: int) -> None:
    """Also where a line lies, so that tiles are made one by one."""
    line = feature("line", shapely.LineString([(120, 40), (121, 41)]))
    for features in (made_up(), [*made_up(), line]):
        tiles = made_of(features)
        expected = by_hand(features[:COUNT])[zoom]
        for tile in tiles_with(features[:COUNT], zoom):
            held = set(ids_in(tiles, tile)) - {"line"}
            assert held == {
                one["id"] for one in features[:COUNT]
                if one["id"] in expected and is_within(one, tile)
            }, tile  # fmt: skip


def is_within(one: Feature, tile: Tile) -> bool:
    """Whether a point is in a tile or its buffer, a 32nd of the tile."""
    at = in_world(np.array([one["geometry"]["coordinates"]]))[0, ::-1] * 2**tile.zoom
    return all(
        -1 / 32 <= here - corner < 33 / 32
        for here, corner in zip(at, (tile.row, tile.column), strict=True)
    )


@pytest.mark.usefixtures("few")
def test_a_layer_alone_sends_as_many_as_have_room() -> None:
    features = made_up()
    works = [one for one in features if one["properties"]["layer"] == "works"]
    tiles, tile = made_of(features), Tile(9, *cell_of((120.4, 40.45), 9))
    alone = ids_in(tiles, tile, EACH[:1])
    assert set(alone) > set(ids_in(tiles, tile)) & {one["id"] for one in works}
    assert alone == ids_in(made_of(works), tile, EACH[:1])


def test_all_are_sent_where_no_tile_holds_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    features = made_up(300)
    monkeypatch.setattr(thinning, "POINTS_MOST", 300)
    assert all(len(sent(features, zoom)) == 300 for zoom in (0, 7, 16))
    monkeypatch.setattr(thinning, "POINTS_MOST", 299)
    assert len(sent(features, 0)) < 20


@pytest.mark.usefixtures("few")
def test_many_at_one_place_are_one_of_each_layer() -> None:
    same = [feature(str(row), shapely.Point(120.5, 40.5)) for row in range(MOST + 1)]
    same[5]["properties"]["layer"] = "parks"
    for zoom in (0, 16):
        assert sent(same, zoom) == {"0", "5"}


def test_a_tile_of_many_weighs_what_a_map_can_show() -> None:
    layers = [f"layer-{number}" for number in range(17)]
    features = points(20_000)
    for row, one in enumerate(features):
        one["properties"]["layer"] = layers[row % 17]
    tiles = made_of(features)
    each = tuple(TileLayer(name, (name,)) for name in layers)
    for zoom in (3, 5, 7, 8, 9, 10, 11):
        sizes = [len(tiles.get(each, tile)) for tile in around(features, zoom)]
        assert max(sizes) < 200_000, zoom


def test_a_tile_draws_no_more_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    plain = made.zigzag

    def watched(places: Any) -> Any:
        drawn.append(len(places))
        return plain(places)

    monkeypatch.setattr(made, "zigzag", watched)
    monkeypatch.setattr(thinning, "POINTS_MOST", 200)
    monkeypatch.setattr(blocks, "POINTS_MOST", 0)
    for count in (2_000, 20_000):
        features = points(count)
        tiles = made_of(features)
        for tile in tiles_with(features, 9):
            tiles.get(EACH, tile)
    assert max(drawn) < 300


def small_shapes(count: int) -> list[Feature]:
    """Lines and areas of some metres, some of a kilometre or two among them."""
    chance = random.Random(11)
    found = []
    for row in range(count):
        x, y, far = 120 + chance.random(), 40 + chance.random(), (0.0004, 0.02)[row % 10 == 0]
        line = shapely.LineString([(x, y), (x + far, y + far / 2), (x + far, y)])
        one = line if row % 2 else shapely.box(x, y, x + far, y + far)
        found.append(feature(f"shape-{row}", one, layer=LAYERS[row % 3 == 0]))
    return found


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("zoom", [5, 8, 10, 12])
def test_of_lines_and_areas_smaller_than_a_cell_one_is_sent(zoom: int) -> None:
    features = small_shapes(200)
    tiles = made_of(features)
    shapes = {one["id"]: shape(one["geometry"]) for one in features}
    tiles_of = {id: set(touched(one, zoom)) for id, one in shapes.items()}
    held = {tile: set(ids_in(tiles, tile)) for tile in set().union(*tiles_of.values())}
    found = set().union(*held.values())
    for tile, ids in held.items():
        assert ids >= {id for id in found if tile in tiles_of[id]}, "alike on both sides"
    pixels = {
        id: max(np.ptp(in_world(shapely.get_coordinates(one)), axis=0)) * 256 * 2**zoom
        for id, one in shapes.items()
    }
    gone = shapes.keys() - found
    assert bool(gone) == (zoom < 10)
    for one in features:
        if one["id"] in gone:
            assert pixels[one["id"]] < CELL
            near = shapes[one["id"]].buffer(360 * CELL / 256 / 2**zoom)
            assert any(
                other["id"] in found and near.intersects(shapes[other["id"]])
                for other in features
                if other["properties"]["layer"] == one["properties"]["layer"]
            )


@pytest.mark.usefixtures("few")
def test_a_small_area_hides_no_point() -> None:
    at = (120.5, 40.5)
    areas = [feature(f"{row}", shapely.Point(at).buffer(1e-5)) for row in range(MOST + 1)]
    tiles = made_of([*areas, feature("point", shapely.Point(at))])
    assert ids_in(tiles, Tile(8, *cell_of(at, 8))) == ["0", "point"]


@pytest.mark.parametrize("features", [[], [feature("a", None)]], ids=["none", "no place"])
def test_of_nothing_there_is_no_tile(features: list[Feature]) -> None:
    assert made_of(features).get(EACH, Tile(0, 0, 0), "en") == b""
