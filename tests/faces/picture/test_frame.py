"""Where a place stands on the page."""

import pytest
from shapely.geometry import LineString, Point, box

from app.faces.picture.frame import Rect, box_around, fitted, latitude, mercator

RECT = Rect(100, 50, 800, 400)
AREA = (120.0, 40.0, 121.0, 41.0)


def test_an_area_stands_in_the_middle_and_north_is_up() -> None:
    frame = fitted(AREA, RECT, margin=20)
    middle_x, middle_y = frame.place(120.5, latitude((mercator(40) + mercator(41)) / 2))
    assert (middle_x, middle_y) == pytest.approx((500, 250))
    assert frame.place(120.5, 41)[1] == pytest.approx(70)
    assert frame.place(120.5, 40)[1] == pytest.approx(430)


def test_shapes_are_cut_at_the_edge() -> None:
    frame = fitted(AREA, RECT)
    line = frame.shown(LineString([(110, 40.5), (130, 40.5)]))
    assert (line.bounds[0], line.bounds[2]) == pytest.approx((100, 900))
    assert frame.shown(Point(0, 0)).is_empty


def test_the_map_shows_what_its_area_says() -> None:
    frame = fitted(AREA, RECT)
    assert frame.area().buffer(1e-9).contains(box(*AREA))
    west, south, east, north = frame.area().bounds
    assert frame.place(west, north) == pytest.approx((RECT.x, RECT.y))
    assert frame.place(east, south) == pytest.approx((RECT.right, RECT.bottom))


def test_a_metre_is_as_long_as_the_earth_says() -> None:
    frame = fitted(AREA, RECT)
    degree = frame.place(120, frame.middle_lat)[1] - frame.place(120, frame.middle_lat + 0.01)[1]
    assert frame.units_per_metre * 1111.95 == pytest.approx(degree, rel=0.001)


def test_a_point_is_never_shown_as_if_under_a_microscope() -> None:
    frame = fitted((120.5, 40.5, 120.5, 40.5), RECT)
    west, _, east, _ = frame.area().bounds
    assert east - west > 0.03


def test_the_whole_world_and_its_poles_have_a_place() -> None:
    frame = fitted((-180, -90, 180, 90), RECT)
    x, y = frame.place(0, 90)
    assert RECT.x <= x <= RECT.right
    assert RECT.y - 1 <= y <= RECT.bottom


def test_nothing_has_no_box() -> None:
    assert box_around([]) is None
    assert box_around([Point(1, 2), Point(3, 0)]) == (1, 0, 3, 2)
