"""Lines and borders in few letters, near what they stand for."""

import json
import math

import pytest
from shapely import (
    LineString,
    Polygon,
    coverage_is_valid,
    frechet_distance,
    get_coordinates,
    get_num_coordinates,
    hausdorff_distance,
    unary_union,
)
from shapely.geometry import mapping

from app.domain.planes import plane_for
from app.locate.lighter import lighter_line, lighter_together

PLANE = plane_for((10.0, 50.0, 10.4, 50.4))
NEAR_M = 50.0


def letters(line: LineString) -> int:
    return len(json.dumps(mapping(line)["coordinates"], separators=(",", ":")))


def winding(seed: float, count: int = 60) -> LineString:
    """A coast as tables have it: four decimals, and bends of all sizes."""
    angles = [at * 0.31 + seed for at in range(count)]
    return LineString(
        [
            (round(10 + at * 0.002, 4), round(50.2 + 0.002 * math.sin(angle * angle), 4))
            for at, angle in enumerate(angles)
        ]
    )


@pytest.mark.parametrize("seed", [0, 0.7, 1.9])
def test_a_line_is_lighter_than_a_subset_of_its_points_and_as_near(seed: float) -> None:
    line = winding(seed)
    light = lighter_line(line, PLANE, NEAR_M)
    exact, drawn = PLANE.metres(line), PLANE.metres(light)
    assert hausdorff_distance(exact, drawn, densify=0.1) <= NEAR_M * 1.001
    subset = PLANE.degrees(exact.simplify(NEAR_M))
    assert get_num_coordinates(light) <= get_num_coordinates(subset)
    rounded = LineString(get_coordinates(subset).round(4))
    assert letters(light) < 0.95 * letters(rounded)
    assert (light.coords[0], light.coords[-1]) == (line.coords[0], line.coords[-1])


def test_a_straight_line_is_its_ends() -> None:
    line = LineString([(10 + at / 100, 50.1) for at in range(20)])
    assert list(lighter_line(line, PLANE, NEAR_M).coords) == [line.coords[0], line.coords[-1]]


def test_a_line_that_turns_back_keeps_its_way() -> None:
    """Both ways are near the short cut, and only one of them is the line."""
    line = LineString([(10.1, 50.1), (10.2, 50.1), (10.15, 50.1001), (10.3, 50.1)])
    light = PLANE.metres(lighter_line(line, PLANE, NEAR_M))
    assert frechet_distance(PLANE.metres(line), light, densify=0.1) <= NEAR_M * 1.001


def test_neighbours_keep_one_border_and_every_vertex_its_stand_in() -> None:
    shared = list(winding(0.4).coords)
    south = Polygon([*shared, (10.118, 50.1), (10, 50.1)])
    north = Polygon([*shared, (10.118, 50.3), (10, 50.3)])
    areas, stand_ins = lighter_together([south, north], PLANE, NEAR_M)
    assert coverage_is_valid(areas)
    assert get_num_coordinates(areas[0]) < 0.9 * get_num_coordinates(south)
    assert unary_union(areas).equals(unary_union([south, north]))
    drawn = {point for area in areas for point in map(tuple, get_coordinates(area).tolist())}
    assert drawn == set(stand_ins.values())
    for old, new in stand_ins.items():
        away = PLANE.metres(LineString([old, new]))
        assert away.length <= NEAR_M


def test_borders_that_would_meet_stay_apart() -> None:
    """A strait of eleven metres: each shore alone might take a short cut over the other."""
    shore = winding(0.9)
    other = [(x, round(y + 0.0001, 4)) for x, y in shore.coords]
    south = Polygon([*shore.coords, (10.118, 50.1), (10, 50.1)])
    north = Polygon([*other, (10.118, 50.3), (10, 50.3)])
    areas, _ = lighter_together([south, north], PLANE, NEAR_M)
    assert all(area.is_valid for area in areas)
    assert not areas[0].intersects(areas[1])


def test_an_islet_stays() -> None:
    islet = Polygon([(10.1, 50.1), (10.1002, 50.1), (10.1002, 50.1002), (10.1, 50.1001)])
    (light,), _ = lighter_together([islet], PLANE, NEAR_M)
    assert light.is_valid
    assert not light.is_empty
