"""Distances by road: along what is drawn, and nothing where that does not lead there."""

import pytest
from shapely import LineString, Point

from app.build.roads import GAP_M, JOIN_M, RoadNetwork, gap
from app.pack.pack import Pack

WEST_EAST = LineString([(0, 0), (20_000, 0)])
NORTH = LineString([(10_000, -3_000), (10_000, 15_000)])


def metres(lines: list[LineString], start: tuple[float, float], end: tuple[float, float]) -> float:
    found = RoadNetwork(lines).metres(Point(start), Point(end))
    assert found is not None
    return found


def test_the_way_turns_at_a_crossing() -> None:
    assert metres([WEST_EAST, NORTH], (0, 0), (10_000, 15_000)) == pytest.approx(25_000)


def test_the_gaps_to_the_road_are_part_of_the_way() -> None:
    assert metres([WEST_EAST], (0, 1_000), (20_000, -2_000)) == pytest.approx(23_000)


def test_an_end_that_nearly_meets_a_road_is_joined_to_it() -> None:
    spur = LineString([(10_000, JOIN_M), (10_000, 12_000)])
    assert metres([WEST_EAST, spur], (0, 0), (10_000, 12_000)) == pytest.approx(22_000)
    apart = LineString([(10_000, JOIN_M + 1), (10_000, 12_000)])
    assert RoadNetwork([WEST_EAST, apart]).metres(Point(0, 0), Point(10_000, 12_000)) is None


def test_far_from_every_road_nothing_is_said() -> None:
    roads = RoadNetwork([WEST_EAST])
    assert roads.metres(Point(0, GAP_M), Point(20_000, 0)) is not None
    assert roads.metres(Point(0, GAP_M + 1), Point(20_000, 0)) is None
    assert RoadNetwork([]).metres(Point(0, 0), Point(1, 1)) is None


def test_no_way_by_road_is_shorter_than_the_crow_flies(pack: Pack) -> None:
    found = [
        nearest
        for feature in pack.features
        for nearest in (feature["properties"].get("access") or {}).values()
        if nearest and "road_km" in nearest
    ]
    assert found
    assert all(one["km"] <= one["road_km"] + 0.1 for one in found)
    assert all(one["doubt_km"] < one["km"] for one in found)


def test_a_way_is_not_measured_to_every_vertex(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten thousand items each asks for its road: a vertex is found in one pass of arrays."""
    measured = []

    def counted(point: Point, node: tuple[float, float]) -> float:
        measured.append(node)
        return gap(point, node)

    monkeypatch.setattr("app.build.roads.gap", counted)
    network = RoadNetwork([LineString([(0, 0), (200_000, 0)])])
    assert network.metres(Point(100, 50), Point(150_000, 50)) == pytest.approx(150_000, abs=300)
    assert len(measured) == 2
