"""Where a place stands on the page."""

import pytest
from shapely.geometry import LineString, Point, box

from app.domain.planes import latitude, mercator
from app.picture.scene.viewport import Rect, box_around, fit_viewport

RECT = Rect(100, 50, 800, 400)
AREA = (120.0, 40.0, 121.0, 41.0)


def test_an_area_stands_in_the_middle_and_north_is_up() -> None:
    viewport = fit_viewport(AREA, RECT, margin=20)
    middle_x, middle_y = viewport.place(120.5, latitude((mercator(40) + mercator(41)) / 2))
    assert (middle_x, middle_y) == pytest.approx((500, 250))
    assert viewport.place(120.5, 41)[1] == pytest.approx(70)
    assert viewport.place(120.5, 40)[1] == pytest.approx(430)


def test_shapes_are_cut_at_the_edge() -> None:
    viewport = fit_viewport(AREA, RECT)
    line = viewport.shown(LineString([(110, 40.5), (130, 40.5)]))
    assert (line.bounds[0], line.bounds[2]) == pytest.approx((100, 900))
    assert viewport.shown(Point(0, 0)).is_empty


def test_the_map_shows_what_its_area_says() -> None:
    viewport = fit_viewport(AREA, RECT)
    assert viewport.area().buffer(1e-9).contains(box(*AREA))
    west, south, east, north = viewport.area().bounds
    assert viewport.place(west, north) == pytest.approx((RECT.x, RECT.y))
    assert viewport.place(east, south) == pytest.approx((RECT.right, RECT.bottom))


def test_a_metre_is_as_long_as_the_earth_says() -> None:
    viewport = fit_viewport(AREA, RECT)
    degree = (
        viewport.place(120, viewport.middle_lat)[1]
        - viewport.place(120, viewport.middle_lat + 0.01)[1]
    )
    assert viewport.units_per_metre * 1111.95 == pytest.approx(degree, rel=0.001)


def test_a_point_is_never_shown_as_if_under_a_microscope() -> None:
    viewport = fit_viewport((120.5, 40.5, 120.5, 40.5), RECT)
    west, _, east, _ = viewport.area().bounds
    assert east - west > 0.03


def test_the_whole_world_and_its_poles_have_a_place() -> None:
    viewport = fit_viewport((-180, -90, 180, 90), RECT)
    x, y = viewport.place(0, 90)
    assert RECT.x <= x <= RECT.right
    assert RECT.y - 1 <= y <= RECT.bottom


def test_nothing_has_no_box() -> None:
    assert box_around([]) is None
    assert box_around([Point(1, 2), Point(3, 0)]) == (1, 0, 3, 2)
