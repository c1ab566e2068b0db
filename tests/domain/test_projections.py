"""The CRSs a client may ask for: axes as EPSG has them, boxes in any of them."""

import math

import pyproj
import pytest
import shapely

from app.domain.errors import BadValue
from app.domain.projections import CRS84, Projection, projections_for

CHINA = tuple(projections_for((119.15, 39.88, 121.20, 41.32)).values())
PLACE = shapely.Point(120.123456, 40.654321)


@pytest.mark.parametrize("projection", CHINA, ids=lambda one: one.authority)
def test_the_axes_are_those_of_epsg(projection: Projection) -> None:
    first = pyproj.CRS(projection.authority).axis_info[0].direction
    assert projection.swapped == (first == "north")
    unit = pyproj.CRS(projection.authority).axis_info[0].unit_name
    assert projection.metres == (unit == "metre")


@pytest.mark.parametrize("projection", CHINA, ids=lambda one: one.authority)
def test_there_and_back_is_the_same_place(projection: Projection) -> None:
    back = projection.to_degrees(projection.from_degrees(PLACE))
    assert (back.x, back.y) == pytest.approx((PLACE.x, PLACE.y), abs=1e-6)


@pytest.mark.parametrize("projection", CHINA, ids=lambda one: one.authority)
def test_a_box_holds_what_it_is_drawn_around(projection: Projection) -> None:
    around = projection.from_degrees(PLACE.buffer(0.05))
    west, south, east, north = projection.box(around.bounds)
    assert west < PLACE.x < east
    assert south < PLACE.y < north
    assert east - west == pytest.approx(0.1, abs=0.005)
    assert projection.box((*around.bounds[:2], 0, *around.bounds[2:], 9)) == (
        west, south, east, north,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("frame", "grid"),
    [
        ((119.15, 39.88, 121.20, 41.32), "EPSG:4528"),
        ((74.0, 39.0, 76.0, 40.0), "EPSG:4513"),
        ((134.0, 48.0, 135.0, 48.5), "EPSG:4533"),
        ((10.0, 50.0, 10.5, 50.3), None),
    ],
)
def test_the_grid_is_the_zone_around_the_frame(
    frame: tuple[float, float, float, float], grid: str | None
) -> None:
    found = tuple(projections_for(frame).values())
    assert found[0] is CRS84
    assert (found[4].authority if len(found) > 4 else None) == grid
    if grid:
        area = pyproj.CRS(grid).area_of_use
        assert area is not None
        assert area.west - 1 <= (frame[0] + frame[2]) / 2 <= area.east + 1


@pytest.mark.parametrize(
    "numbers",
    [(1, 2, 3), (1, 2, 3, 4, 5), (1, 9, 3, 4), (-181, 0, 0, 1), (0, -91, 1, 1),
     (float("nan"), 0, 1, 1), (0, 0, float("inf"), 1), ()],
)  # fmt: skip
def test_what_is_no_box_is_an_error(numbers: tuple[float, ...]) -> None:
    with pytest.raises(BadValue, match="min lng"):
        CRS84.box(numbers)


def test_what_is_no_box_is_named_as_it_was_written_with_what_its_crs_allows() -> None:
    with pytest.raises(BadValue, match="within ±180, latitude within ±90"):
        CRS84.box((120, 40, 121, 95))
    zone = next(one for one in CHINA if one.metres and one.authority != "EPSG:3857")
    with pytest.raises(BadValue, match="4600000,40400000,4400000,40600000") as raised:
        zone.box((4600000, 40400000, 4400000, 40600000))
    assert "antimeridian" not in str(raised.value)


def test_a_box_may_cross_the_antimeridian_in_degrees_only() -> None:
    assert CRS84.box((170, -10, -170, 10)) == (170, -10, -170, 10)
    mercator = next(one for one in CHINA if one.authority == "EPSG:3857")
    with pytest.raises(BadValue):
        mercator.box((1000, 0, -1000, 10))
    with pytest.raises(BadValue):
        mercator.box((0, 10, 1000, 0))


@pytest.mark.parametrize("projection", CHINA[1:], ids=lambda one: one.authority)
def test_a_box_with_a_corner_that_is_no_place_is_nowhere_or_the_part_there_is(
    projection: Projection,
) -> None:
    if not projection.metres:
        for numbers in ((119, 39.0, 121.0, 41.0), (-91, 0, 1, 1), (0, -181, 1, 1), (0, 0, 1e9, 1)):
            assert all(map(math.isnan, projection.box(numbers)))
        with pytest.raises(BadValue):
            projection.box((41, 119, 39, 121))
        return
    west, south, east, north = projection.box((-1e12, -1e12, 1e12, 1e12))
    assert west < PLACE.x < east
    assert south < PLACE.y < north
    assert all(map(math.isnan, projection.box((1e11, 1e11, 1e12, 1e12))))
    assert all(map(math.isnan, projection.box((1e12, 1e12, 1e11, 1e11))))
    with pytest.raises(BadValue):
        projection.box((math.nan, 0, 1, 1))


@pytest.mark.parametrize("projection", CHINA, ids=lambda one: one.authority)
def test_a_box_around_a_point_itself_holds_it(projection: Projection) -> None:
    here = projection.from_degrees(PLACE)
    transform = pyproj.Transformer.from_crs("OGC:CRS84", projection.authority).transform
    first, second = transform(PLACE.x, PLACE.y)
    assert here.distance(shapely.Point(first, second)) < 0.01
    for numbers in (
        (first, second, first, second),
        tuple(round(n, 7) for n in (first, second) * 2),
    ):
        west, south, east, north = projection.box(numbers)
        assert west <= PLACE.x <= east
        assert south <= PLACE.y <= north
