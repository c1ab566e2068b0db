"""The geometry of the methods, on squared paper."""

import pytest
from shapely import LineString, MultiPolygon, Point, Polygon, box

from app.locate import geometry as shapes

ZIGZAG = [(0.0, 0.0), (1000.0, 800.0), (2000.0, 0.0), (3000.0, 800.0)]
STRAIGHT = LineString([(0, 0), (1000, 0)])


def test_a_smooth_line_passes_through_every_knot() -> None:
    line = shapes.smooth(ZIGZAG)
    assert max(line.distance(Point(knot)) for knot in ZIGZAG) <= shapes.STRAIGHT_M


def test_a_smooth_line_has_no_sharp_corner() -> None:
    coords = list(shapes.smooth(ZIGZAG).coords)
    turns = [
        abs(LineString([a, b, c]).length / LineString([a, c]).length)
        for a, b, c in zip(coords, coords[1:], coords[2:], strict=False)
    ]
    assert max(turns) < 1.25


def test_two_knots_give_a_straight_line() -> None:
    assert list(shapes.smooth([(0, 0), (3, 4)]).coords) == [(0, 0), (3, 4)]


def test_one_knot_is_no_line() -> None:
    with pytest.raises(ValueError, match="two different points"):
        shapes.smooth([(1, 1), (1, 1)])


def test_a_stretch_runs_from_its_start_to_its_end() -> None:
    part = shapes.line_substring(STRAIGHT, Point(800, 50), Point(200, -50))
    assert list(part.coords) == [(800, 0), (200, 0)]


def test_a_stretch_between_the_same_point_is_refused() -> None:
    with pytest.raises(ValueError, match="same point"):
        shapes.line_substring(STRAIGHT, Point(500, 10), Point(500, 90))


def test_reach_takes_the_outermost_points_in_the_lines_direction() -> None:
    part = shapes.extend_to(STRAIGHT, [Point(700, 0), Point(100, 0), Point(300, 5)])
    assert list(part.coords) == [(100, 0), (700, 0)]


def test_a_zone_holds_its_points_and_stays_inside() -> None:
    land = box(0, 0, 1000, 1000)
    points = [Point(100, 100), Point(900, 100), Point(500, 980)]
    zone = shapes.zone(points, 100, land)
    assert land.covers(zone)
    assert all(zone.covers(point) for point in points)


def test_a_zone_over_a_strait_keeps_both_shores_and_drops_slivers() -> None:
    shores = MultiPolygon([box(0, 0, 400, 1000), box(600, 0, 1000, 1000), box(480, 500, 481, 501)])
    zone = shapes.zone([Point(100, 500), Point(900, 500)], 200, shores)
    assert isinstance(zone, MultiPolygon)
    assert len(zone.geoms) == 2


def test_a_line_is_cut_at_the_frame() -> None:
    inside = shapes.clip_lines(LineString([(-5, 5), (15, 5)]), box(0, 0, 10, 10))
    assert list(inside.coords) == [(0, 5), (10, 5)]


def test_a_line_outside_the_frame_is_empty() -> None:
    assert shapes.clip_lines(LineString([(20, 20), (30, 30)]), box(0, 0, 10, 10)).is_empty


def test_lines_that_meet_become_one() -> None:
    one = shapes.joined([LineString([(0, 0), (1, 0)]), LineString([(1, 0), (2, 0)])])
    assert list(one.coords) == [(0, 0), (1, 0), (2, 0)]


def test_neighbours_unite_without_a_border() -> None:
    united = shapes.union([box(0, 0, 1, 1), box(1, 0, 2, 1)])
    assert isinstance(united, Polygon)
    assert united.area == 2


def test_the_longest_gap_is_between_neighbours_only() -> None:
    assert shapes.longest_gap([(0, 0), (3, 4), (3, 5)]) == 5
    assert shapes.longest_gap([(0, 0)]) == 0


def test_what_lies_inside_is_kept_without_crumbs() -> None:
    area = MultiPolygon([box(0, 0, 3, 1), box(5, 0, 9, 1), box(10, 0, 10.5, 1)])
    kept = shapes.keep_inside(LineString([(-1, 0.5), (12, 0.5)]), area, 1)
    assert [piece.length for piece in shapes.lines_of(kept)] == [3, 4]
    assert shapes.keep_inside(LineString([(0, 5), (9, 5)]), area, 1).is_empty


def test_a_leg_that_leaves_an_area_ends_on_its_edge() -> None:
    assert shapes.inside_points([(1, 1), (2, 1), (90, 1)], box(0, 0, 10, 10)) == [
        (1, 1), (2, 1), (10, 1),
    ]  # fmt: skip
