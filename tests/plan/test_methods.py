"""Each method on the tiny city: where it puts an item, how far off, how well known."""

from pathlib import Path

import pytest
from shapely import LineString, MultiPoint, Point, Polygon

from app.plan.errors import PackError
from app.plan.locate import METHODS, Site, locate
from app.plan.models import Located
from app.plan.pack import Pack
from tests.conftest import TINY
from tests.plan.edit import change


@pytest.fixture(scope="module")
def located() -> dict[str, Located]:
    site = Site(Pack(TINY))
    return {item.id: locate(site, item) for item in site.pack.items}


def test_every_method_is_tried_in_the_tiny_city() -> None:
    assert {item.method for item in Pack(TINY).items} == set(METHODS)


def test_a_point_is_its_place(located: dict[str, Located]) -> None:
    mill = located["site-mill"]
    assert mill.geometry == Point(10.3, 50.1)
    assert (mill.uncertainty_m, mill.precision, mill.basis) == (400, "site", "published")


def test_points_are_as_uncertain_as_the_weakest(located: dict[str, Located]) -> None:
    pair = located["site-pair"]
    assert pair.geometry == MultiPoint([(10.3, 50.1), (10.1, 50.1)])
    assert (pair.uncertainty_m, pair.precision, pair.basis) == (1500, "village", "derived")


def test_a_zone_lies_in_its_county_and_is_schematic(located: dict[str, Located]) -> None:
    zone = located["site-zone"]
    assert isinstance(zone.geometry, Polygon)
    assert Pack(TINY).boundaries["900001"].buffer(1e-6).covers(zone.geometry)
    assert (zone.precision, zone.basis) == ("schematic", "estimated")


def test_city_wide_is_the_union_of_all_counties(located: dict[str, Located]) -> None:
    whole = located["site-all"]
    assert whole.geometry is not None
    assert whole.geometry.bounds == (10.0, 50.0, 10.4, 50.2)
    assert whole.precision == "county"


def test_a_coast_runs_between_its_outermost_places(located: dict[str, Located]) -> None:
    shore = located["site-shore"].geometry
    assert isinstance(shore, LineString)
    assert [round(x, 2) for x, _ in (shore.coords[0], shore.coords[-1])] == [10.1, 10.38]
    assert all(abs(y - 50.0) < 1e-3 for _, y in shore.coords)


def test_a_route_without_places_is_the_whole_line_cut_at_the_frame(
    located: dict[str, Located],
) -> None:
    avenue = located["way-avenue"].geometry
    assert avenue is not None
    assert avenue.bounds[2] == pytest.approx(10.5)
    assert located["way-avenue"].exits == ()


def test_a_route_between_places_is_that_stretch(located: dict[str, Located]) -> None:
    part = located["way-part"].geometry
    assert part is not None
    assert part.bounds[0] == pytest.approx(10.1, abs=1e-4)
    assert part.bounds[2] == pytest.approx(10.3, abs=1e-4)


def test_a_line_that_leaves_is_cut_and_says_whither(located: dict[str, Located]) -> None:
    (arrow,) = located["way-out"].exits
    assert arrow.position == (10.5, 50.1)
    assert (arrow.to, arrow.to_en, round(arrow.bearing)) == ("岛外", "Far City", 90)


def test_a_drawn_geometry_brings_its_own_radius(located: dict[str, Located]) -> None:
    plot = located["site-drawn"]
    assert (plot.uncertainty_m, plot.precision, plot.sources) == (100, "site", ("survey",))


def test_what_has_no_place_has_no_geometry(located: dict[str, Located]) -> None:
    assert located["site-lost"] == Located(None, None, "none", None)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("places", "天边", "gazetteer.csv"),
        ("places", "无处", "coordinates are known"),
        ("places", "", "at least 1"),
        ("places", "东镇|西镇", "exactly one"),
        ("method", "guess", "one of point, points"),
        ("method", "route", "at least one line"),
    ],
)
def test_an_item_that_cannot_be_placed_names_cell_and_expectation(
    tiny: Path, column: str, value: str, message: str
) -> None:
    change(tiny, "sites", "site-mill", **{column: value})
    site = Site(Pack(tiny))
    item = next(item for item in site.pack.items if item.id == "site-mill")
    with pytest.raises(PackError, match=message) as raised:
        locate(site, item)
    assert raised.value.file == "items/sites.csv"
    assert raised.value.row == 2
