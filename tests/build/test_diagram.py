"""Where the plan's own drawing of its structure stands: decided once, for page and pictures."""

import math
from collections import Counter
from typing import Any

import pytest
from fastapi.testclient import TestClient
from shapely.geometry import LineString, Point, Polygon, shape

from app.build.diagram import drawing_of, drawings_of, kind_of, name_guide
from app.catalog.catalog import Catalog
from app.pack.pack import Pack

LINE = [(10.0, 50.0), (10.1, 50.0), (10.2, 50.0)]


def belt(coordinates: list[Any], diagram: str = "belt") -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": coordinates}
    return {"id": "belt", "properties": {"diagram": diagram}, "geometry": geometry}


def test_a_name_stands_in_the_middle_of_its_band_or_away_from_a_ring_there() -> None:
    plain = name_guide(LINE, [])
    assert plain["offset"] == pytest.approx(0.5, abs=0.01)
    assert plain["share"] == pytest.approx(1 / 3, abs=0.01)
    assert name_guide(LINE, [(10.1, 50.0)])["offset"] != plain["offset"]


def test_a_name_is_read_from_left_to_right_whichever_way_its_band_runs() -> None:
    points = name_guide(LINE[::-1], [])["points"]
    assert points == sorted(points) == name_guide(LINE, [])["points"]


def test_a_zone_has_its_ring_in_its_middle_and_points_theirs_where_they_are(pack: Pack) -> None:
    for feature in pack.features:
        if kind_of(feature) and feature["geometry"]["type"] == "MultiPoint":
            spots = drawing_of(feature, ())["spots"]
            for spot, place in zip(spots, feature["geometry"]["coordinates"], strict=True):
                assert spot == pytest.approx(place, abs=1e-5)


def test_an_axis_begins_at_its_core(pack: Pack) -> None:
    feature = belt([*LINE], "axis")
    assert drawing_of(feature, [LINE[-1]])["line"][0] == list(LINE[-1])
    assert drawing_of(feature, [LINE[0]])["line"][0] == list(LINE[0])


def test_the_page_is_given_every_drawing_and_no_other(client: TestClient, pack: Pack) -> None:
    given = {one["id"]: one for one in client.get("/index.json").json()["features"]}
    kinds = {one["id"]: kind_of(one) for one in pack.features}
    assert {id for id, one in given.items() if "drawing" in one} == {
        id for id in kinds if kinds[id]
    }
    lines = [one["drawing"] for one in given.values() if "guide" in one.get("drawing", {})]
    assert lines
    for one in lines:
        assert one["guide"]["points"][1:-1] in (one["line"], one["line"][::-1])


def test_the_figures_of_the_plan_are_drawn_in_their_roles(pack: Pack) -> None:
    """A core, a belt, zones; parks, centres, bases: one hue a role, and each kind its own."""
    drawn = drawings_of(pack.features, pack.county_land)
    layers = {one["id"]: one["properties"]["layer"] for one in pack.features}
    kinds = {one["id"]: kind_of(one) for one in pack.features if kind_of(one)}

    def count(layer: str) -> dict[str, int]:
        return dict(Counter(kind for id, kind in kinds.items() if layers[id] == layer))

    assert count("tourism-layout") == {"core": 1, "belt": 1, "zone": 4}
    assert count("agri-layout") == {"park": 2, "hub": 1, "base": 5}
    hues: dict[str, set[int]] = {}
    for id, kind in kinds.items():
        hues.setdefault(kind, set()).add(drawn[id]["role"])
    routes = hues.pop("route")
    assert len(routes) == sum(kind == "route" for kind in kinds.values())
    assert all(len(roles) == 1 for roles in hues.values())
    for figure in ({"core", "belt", "zone"}, {"park", "hub", "base"}, {"core", "belt", "axis"}):
        assert len({min(hues[kind]) for kind in figure}) == 3


def test_a_zone_is_soft_and_holds_its_places(pack: Pack) -> None:
    zones = [one for one in pack.features if kind_of(one) == "zone"]
    for feature in zones:
        outline = Polygon(drawings_of([feature], {})[feature["id"]]["area"])
        assert outline.contains(shape(feature["geometry"]).convex_hull)
        assert max(turns(outline)) < 50, "no corner is sharp"


def turns(outline: Polygon) -> list[float]:
    """By how many degrees an outline turns at each of its corners."""
    found = []
    at = [*outline.exterior.coords][:-1]
    for a, b, c in zip([at[-1], *at], at, [*at[1:], at[0]], strict=False):
        first, then = math.atan2(b[1] - a[1], b[0] - a[0]), math.atan2(c[1] - b[1], c[0] - b[0])
        found.append(abs((math.degrees(then - first) + 180) % 360 - 180))
    return found


def test_a_base_stands_in_each_of_its_counties_beside_the_others(pack: Pack) -> None:
    drawn = drawings_of(pack.features, pack.county_land)
    bases = [one for one in pack.features if kind_of(one) == "base"]
    spots = [tuple(spot) for one in bases for spot in drawn[one["id"]]["spots"]]
    assert len(spots) == len(set(spots)) == sum(len(one["properties"]["counties"]) for one in bases)
    assert [drawn[one["id"]]["number"] for one in bases] == list(range(1, len(bases) + 1))


def test_a_route_joins_its_stops_in_order_and_no_two_are_one_line(pack: Pack) -> None:
    drawn = Catalog(pack).drawings
    lines = []
    for one in pack.features:
        if kind_of(one) != "route":
            continue
        route = drawn[one["id"]]
        places = one["properties"]["located_by"]["places"]
        assert len(route["spots"]) == len(places), one["id"]
        reached = [Point(stop).distance(LineString(route["line"])) for stop in route["spots"][1:]]
        assert all(away < 1e-3 for away in reached)
        along = [LineString(route["line"]).project(Point(stop)) for stop in route["spots"][1:]]
        assert along == sorted(along)
        lines += [tuple(map(tuple, route["line"]))] if route["line"] else []
    assert len(lines) == len(set(lines))
