"""Vector tiles: every item in every tile it touches, alike on both sides of an edge, and valid."""

import math
import random
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from shapely.geometry import mapping, shape

from app.pack.pack import Pack
from app.settings import ROOT
from app.store.tiles import ZOOM_MOST, Tile, TileLayer, Tiles
from app.store.tiles.attributes import DETAILS, RICH
from app.store.tiles.grid import EXTENT, in_world
from app.store.tiles.numbers import hashed, numbers_of
from app.store.tiles.outlines import Outlines, solid

Feature = dict[str, Any]
PLAN = (TileLayer("plan"),)
SQUARE = shapely.box(120, 40, 121, 41)
TURNED = {"y_coord_down": True}


def feature(id: str, geometry: Any, **properties: Any) -> Feature:
    drawn = mapping(geometry) if geometry is not None else None
    return {"id": id, "properties": {"layer": "works", **properties}, "geometry": drawn}


def tiles_of(features: list[Feature]) -> Tiles:
    shapes = np.empty(len(features), dtype=object)
    shapes[:] = [shape(one["geometry"]) if one["geometry"] else None for one in features]
    layers = np.array([one["properties"]["layer"] for one in features], dtype=object)
    return Tiles(features, shapes, layers, [one["id"] for one in features])


def decoded(tiles: Tiles, tile: Tile, layer: str = "plan") -> list[Any]:
    body = tiles.get(PLAN, tile)
    found = mapbox_vector_tile.decode(body, default_options=TURNED) if body else {}
    return list(found.get(layer, {"features": []})["features"])


def placed(found: list[Any], right: int) -> dict[str, tuple[Any, Any]]:
    """Id → properties, and geometry moved to the right."""
    return {
        one["properties"]["id"]: (
            one["properties"],
            shapely.transform(shape(one["geometry"]), lambda at: at + np.array([right, 0])),
        )
        for one in found
    }


def touched(geometry: Any, zoom: int) -> Iterator[Tile]:
    """The tiles a geometry in degrees touches."""
    world = shapely.transform(geometry, in_world)
    side = 2**zoom
    west, north, east, south = (np.array(world.bounds) * side).astype(int)
    for row, column in product(range(north, south + 1), range(west, east + 1)):
        box = shapely.box(column, row, column + 1, row + 1)
        if shapely.transform(box, lambda at: at / side).intersects(world):
            yield Tile(zoom, row, column)


def blob(rng: random.Random, degrees: float) -> Any:
    """A ragged area around some place."""
    turns = sorted(rng.random() * 2 * math.pi for _ in range(60))
    lng, lat = 120 + rng.random(), 40 + rng.random()
    reach = [(turn, degrees * (0.5 + rng.random())) for turn in turns]
    ring = [(lng + far * math.cos(turn), lat + far * math.sin(turn)) for turn, far in reach]
    return shapely.make_valid(shapely.Polygon(ring), method="structure", keep_collapsed=False)


def some_of_all_kinds() -> list[Feature]:
    rng = random.Random(5)

    def at() -> tuple[float, float]:
        return 120 + rng.random(), 40 + rng.random()

    walk = np.cumsum([(rng.gauss(0, 0.01), rng.gauss(0, 0.01)) for _ in range(300)], axis=0)
    shapes: list[Any] = [shapely.Point(at()) for _ in range(30)]
    shapes += [shapely.MultiPoint([at() for _ in range(4)]) for _ in range(4)]
    shapes += [shapely.LineString(walk + at()) for _ in range(3)]
    shapes += [shapely.MultiLineString([[at(), at()], [at(), at(), at()]])]
    shapes += [blob(rng, degrees) for degrees in (0.5, 0.1, 0.01, 0.001, 1e-5)]
    shapes += [shapely.union_all([blob(rng, 0.05) for _ in range(5)])]
    shapes += [SQUARE.difference(blob(rng, 0.2)), SQUARE, SQUARE]
    shapes += [shapely.box(120, 40.5, 121, 40.5 + 1e-6), shapely.LineString([at()] * 2)]
    shapes += [shapely.MultiPolygon([shapely.box(120.2, 40.2, 120.2001, 40.2001), blob(rng, 0.3)])]
    shapes += [shapely.GeometryCollection([shapely.Point(at()), blob(rng, 0.02)]), None]
    return [feature(f"item-{row}", one) for row, one in enumerate(shapes)]


@cache
def plan() -> list[Feature]:
    return Pack(ROOT).take_features()


SOURCES = pytest.mark.parametrize("source", [some_of_all_kinds, plan], ids=["made", "plan"])


@SOURCES
@pytest.mark.parametrize("zoom", [0, 5, 7, 8, 9, 10])
def test_every_item_is_in_every_tile_it_touches_with_its_id_and_number(
    source: Any, zoom: int
) -> None:
    features = source()
    tiles = tiles_of(features)
    wanted: dict[Tile, set[str]] = {}
    for one in features:
        if one["geometry"]:
            for tile in touched(solid(shape(one["geometry"])), zoom):
                wanted.setdefault(tile, set()).add(one["id"])
    ids_of = [one["id"] for one in features]
    number = dict(zip(ids_of, numbers_of(ids_of).tolist(), strict=True))
    for tile, ids in wanted.items():
        found = decoded(tiles, tile)
        held = [one["properties"]["id"] for one in found]
        assert len(held) == len(set(held))
        assert set(held) >= ids, tile
        assert all(one["id"] == number[one["properties"]["id"]] for one in found)


@SOURCES
@pytest.mark.parametrize("zoom", [0, 3, 6, 8, 9, 11, 14])
def test_geometries_are_valid_and_of_their_own_kind(source: Any, zoom: int) -> None:
    features = source()
    tiles = tiles_of(features)
    kinds = {one["id"]: (one["geometry"] or {}).get("type", "") for one in features}
    column, row = (in_world(np.array([[120.5, 40.5]]))[0] * 2**zoom).astype(int).tolist()
    for tile in (Tile(zoom, row + down, column) for down in range(2 if zoom else 1)):
        for one in decoded(tiles, tile):
            drawn = shape(one["geometry"])
            assert drawn.is_valid, (tile, one["properties"]["id"])
            assert not drawn.is_empty
            kind = kinds[one["properties"]["id"]].removeprefix("Multi")
            if kind != "GeometryCollection":
                assert drawn.geom_type.removeprefix("Multi") == kind
            outside = shapely.box(-129, -129, EXTENT + 129, EXTENT + 129)
            assert outside.covers(drawn)


@SOURCES
@pytest.mark.parametrize("zoom", [8, 9, 10])
def test_both_sides_of_an_edge_show_the_same(source: Any, zoom: int) -> None:
    """What lies on the shared edge, within and beyond, is drawn alike by both tiles."""
    tiles = tiles_of(source())
    column, row = (in_world(np.array([[120.5, 40.5]]))[0] * 2**zoom).astype(int).tolist()
    left, right = (decoded(tiles, Tile(zoom, row, at)) for at in (column, column + 1))
    strip = shapely.box(EXTENT - 100, 0, EXTENT + 100, EXTENT)
    here, there = placed(left, 0), placed(right, EXTENT)
    seen = 0
    for id in here.keys() | there.keys():
        drawn = [side[id][1].intersection(strip) for side in (here, there) if id in side]
        if all(one.is_empty for one in drawn):
            continue
        seen += 1
        assert here[id][0] == there[id][0]
        assert drawn[0].hausdorff_distance(drawn[1]) <= 1.5, id
    assert seen


def test_equal_shapes_stay_equal_and_shared_borders_stay_shared() -> None:
    rng = random.Random(3)
    border = [(120.5 + rng.gauss(0, 0.01), 40 + at / 200) for at in range(201)]
    west = shapely.Polygon([(120, 40), *border, (120, 41)])
    east = shapely.Polygon([(121, 40), *border, (121, 41)])
    west, east = shapely.make_valid(west), shapely.make_valid(east)
    both = shapely.box(120, 40, 121, 41)
    shapes = np.array([west, east, shapely.reverse(west), both], dtype=object)
    outlines = Outlines(shapes)
    for zoom in range(3, 12):
        found = outlines.at(zoom, np.arange(4))
        assert found[0].normalize() == found[2].normalize()
        assert shapely.intersection(found[0], found[1], grid_size=1).area == 0
        gap = found[3].area - found[0].area - found[1].area
        assert abs(gap) <= 4 * 2 * math.sqrt(found[3].area)  # the outer corners' rounding alone
    assert shapely.get_num_coordinates(outlines.at(6, np.arange(1))) < len(border) / 4


def test_the_shared_outline_of_many_is_thinned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    real = shapely.simplify

    def simplify(shapes: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(len(shapes))
        return real(shapes, *args, **kwargs)

    tiles = tiles_of([feature(f"all-{row}", SQUARE) for row in range(50)])
    monkeypatch.setattr(shapely, "simplify", simplify)
    for tile in touched(SQUARE, 9):
        assert len(decoded(tiles, tile)) == 50
    assert seen == [1]


def test_a_tile_says_little_far_out_and_no_more_than_can_be_drawn_further_in() -> None:
    rng = random.Random(1)
    spoken = {name: "x" for name in RICH if name not in ("id", "layer")}

    def names(count: int, zoom: int, spread: float = 1) -> set[str]:
        points = [shapely.Point(120 + rng.random() * spread, 40.5) for _ in range(count)]
        tiles = tiles_of([feature(str(row), one, **spoken) for row, one in enumerate(points)])
        tile = next(touched(points[0], zoom))
        return set().union(*(one["properties"] for one in decoded(tiles, tile)))

    least, named, rich = (set(one.names) for one in DETAILS)
    assert [names(50, zoom) for zoom in (0, 5, 6, 9, 10, ZOOM_MOST)] == [
        least, least, named, named, rich, rich,
    ]  # fmt: skip
    many = int(DETAILS[1].items) + 1
    assert [names(many, zoom, 0.05) for zoom in (8, ZOOM_MOST)] == [least, rich]


def test_numbers_are_the_ids_own_and_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"item-{row}" for row in range(5000)]
    found = numbers_of(ids).tolist()
    assert len(set(found)) == len(ids)
    assert max(found) < 2**42
    assert min(found) > 0
    assert numbers_of(ids[::-2]).tolist() == found[::-2]
    assert hashed("park-dongdaihe") == 1456456186166  # as it was in every data version

    def narrow(id: str, attempt: int = 0) -> int:
        return 7 if attempt == 0 else hash(f"{id}#{attempt}") % 1000 + 8

    monkeypatch.setattr("app.store.tiles.numbers.hashed", narrow)
    assert numbers_of(["b", "a", "b"]).tolist()[1] == 7
    one, _, other = numbers_of(["b", "a", "b"]).tolist()
    assert one == other != 7


def test_a_value_is_of_its_own_type() -> None:
    said = {"name": "港口 ", "uncertainty_m": 0.5, "code": -70_000, "kind": True, "basis": "",
            "counties": ["211402", "211403"], "status": None}  # fmt: skip
    tiles = tiles_of([feature("a", shapely.Point(120, 40), **said)])
    (one,) = decoded(tiles, next(touched(shapely.Point(120, 40), 12)))
    assert one["properties"] == {
        "id": "a", "layer": "works", "name": "港口 ", "uncertainty_m": 0.5, "code": -70_000,
        "kind": True, "counties": "211402；211403",
    }  # fmt: skip


def test_points_at_the_ends_of_the_world_are_drawn() -> None:
    corners = [(-180, -90), (180, 90), (0, 0), (180, -85.06)]
    tiles = tiles_of([feature(str(row), shapely.Point(at)) for row, at in enumerate(corners)])
    assert len(decoded(tiles, Tile(0, 0, 0))) == 4
    assert decoded(tiles, Tile(3, 0, 0)) == []
    last = 2**ZOOM_MOST - 1
    for row, column in ((last, 0), (0, last), (last, last)):
        assert len(decoded(tiles, Tile(ZOOM_MOST, row, column))) == 1


@pytest.mark.parametrize("zoom", [0, 1, 5, 9])
def test_rings_that_shrink_to_a_point_leave_the_rest(zoom: int) -> None:
    """A hole and an island of many points, each less than a unit wide, beside what is seen."""
    speck = shapely.Point(120.5, 40.5).buffer(1e-7, quad_segs=4)
    holed = shapely.Polygon(SQUARE.exterior, [speck.exterior])
    pair = shapely.MultiPolygon([SQUARE, shapely.Point(122, 41).buffer(1e-7, quad_segs=4)])
    for shape_ in (holed, pair, speck):
        own = next(iter(touched(shape_, zoom)))
        (found,) = decoded(tiles_of([feature("a", shape_)]), own)
        assert shape(found["geometry"]).is_valid


def test_names_are_those_of_a_language_and_the_first_where_there_is_none() -> None:
    names = [
        ("港", "Port"),
        ("桥", None),
        (None, "Bridge"),
        (None, None),
        ("桥", "Port"),
        ("库", ""),
    ]
    at = shapely.Point(120.5, 40.5)
    features = [
        feature(
            str(row), at, basis=f"basis {row}", source=["s"],
            **{key: one for key, one in (("name", name), ("name_en", other)) if one is not None},
        )
        for row, (name, other) in enumerate(names)
    ]  # fmt: skip
    tiles = tiles_of(features)
    for zoom in (5, 6, 9, 10, 16):
        tile = next(touched(at, zoom))
        found, first, strange = (
            mapbox_vector_tile.decode(tiles.get(PLAN, tile, lang))["plan"]["features"]
            for lang in ("en", "", "fr")
        )
        assert first == strange
        called = [one["properties"].get("name") for one in found]
        wanted = ["Port", "桥", "Bridge", None, "Port", "库"]
        assert called == (wanted if zoom >= 6 else [None] * len(names))
        for one, other in zip(found, first, strict=True):
            rest = {"name": "", "name_en": ""}
            assert {**one["properties"], **rest} == {**other["properties"], **rest}
            assert "name_en" not in one["properties"]
