"""What the close map names: places where the gazetteer has them, no closer than known."""

import json
import math
from pathlib import Path

import pytest
from shapely.geometry import Point, shape

from app.catalog.catalog import Catalog
from app.catalog.place_names import CLOSEST, METRES_PER_PIXEL, RANKS, UNNAMED
from app.pack.pack import Pack


def labels(pack: Pack) -> dict[str, list[float]]:
    features = pack.base_features("labels")
    return {one["properties"]["name"]: one["geometry"]["coordinates"] for one in features}


def write_label(pack: Path, place: str) -> None:
    """A label of a place, written where it is not."""
    properties = {"name": "X", "name_en": "X", "kind": "town", "minzoom": 8, "place": place}
    point = {"type": "Point", "coordinates": [1, 2]}
    label = {"type": "Feature", "properties": properties, "geometry": point}
    body = json.dumps({"type": "FeatureCollection", "features": [label]})
    (pack / "geodata" / "base" / "labels.geojson").write_text(body, encoding="utf-8")


def test_a_label_of_a_place_stands_where_the_gazetteer_has_it(tiny: Path) -> None:
    seat = next(place for place in Pack(tiny).gazetteer if place.position)
    write_label(tiny, seat.name)
    assert labels(Pack(tiny))["X"] == list(seat.at)


def test_a_label_of_an_unknown_place_stays_as_written(tiny: Path) -> None:
    write_label(tiny, "nowhere")
    assert labels(Pack(tiny))["X"] == [1, 2]


def test_every_label_stands_where_the_gazetteer_has_its_place(pack: Pack) -> None:
    for one in pack.base_features("labels"):
        if name := one["properties"].get("place"):
            place = pack.gazetteer.get(name)
            assert place is not None, name
            assert one["geometry"]["coordinates"] == list(place.at), name


def test_a_name_is_gone_before_its_radius_is_wider_than_it_bears(catalog: Catalog) -> None:
    named = [one["properties"] for one in catalog.place_names]
    assert len(named) > 200
    by_name = {one["name"]: one for one in named}
    for place in catalog.gazetteer:
        one = by_name.get(place.name)
        if one is None or place.kind not in RANKS or place.position is None:
            continue
        zoom = one.get("maxzoom", CLOSEST)
        metres = METRES_PER_PIXEL * math.cos(math.radians(place.at[1])) / 2**zoom
        assert place.uncertainty_m / metres <= RANKS[place.kind].pixels * 1.001, place.name
        assert one["minzoom"] < zoom


def test_a_name_is_given_once_and_nothing_nameless_is_named(catalog: Catalog) -> None:
    named = [one["properties"] for one in catalog.place_names]
    places = [one["name"] for one in named if one["kind"] != "road-number"]
    first = [one["properties"] for one in catalog.base_features("labels")]
    places += [one["name"] for one in first]
    assert len(places) == len(set(places))
    assert not [name for name in places if UNNAMED in name]


def test_numbers_stand_on_the_roads_that_have_them(catalog: Catalog) -> None:
    found: dict[str, list[Point]] = {}
    for one in catalog.place_names:
        if one["properties"]["kind"] == "road-number":
            at = Point(one["geometry"]["coordinates"])
            found.setdefault(one["properties"]["name"], []).append(at)
    assert {"G1", "G102", "G228", "G306"} <= set(found)
    for road in catalog.base_features("roads"):
        name = road["properties"]["name"]
        for at in found.get(name, ()):
            assert shape(road["geometry"]).distance(at) < 1e-4, name


@pytest.mark.parametrize("kind", ["built-up", "water", "motorway", "trunk", "primary", "rail"])
def test_the_close_ground_has_every_kind(catalog: Catalog, kind: str) -> None:
    kinds = {one["properties"]["kind"]: one for one in catalog.detail_features("ground")}
    assert not shape(kinds[kind]["geometry"]).is_empty
    assert kinds[kind]["properties"]["source"]


def test_every_part_of_the_ground_names_a_source_that_is_listed(catalog: Catalog) -> None:
    known = {one.id for one in catalog.sources}
    used = {one["properties"]["source"] for one in catalog.detail_features("ground")}
    assert used <= known


def test_the_land_reaches_beyond_the_widest_screen(catalog: Catalog) -> None:
    """At zoom 7 four thousand pixels are 42° wide."""
    land = [shape(one["geometry"]) for one in catalog.base_features("land")]
    world = [shape(one["geometry"]) for one in catalog.detail_features("world")]
    middle = shape({"type": "Point", "coordinates": [100, 45]})
    assert any(one.contains(middle) for one in world)
    bounds = world[0].bounds
    west, south, east, north = catalog.info.frame
    across = 4096 / 256 / 2**7 * 360
    assert bounds[0] <= (west + east) / 2 - across / 2
    assert bounds[2] >= (west + east) / 2 + across / 2
    assert bounds[1] < south - 8
    assert bounds[3] > north + 8
    # The two meet: no strip of sea between them.
    assert world[0].buffer(0.02).intersects(max(land, key=lambda one: one.area))
