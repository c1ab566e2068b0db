"""Each method on the tiny city: where it puts an item, how far off, how well known."""

from pathlib import Path

import pytest
from shapely import LineString, MultiPoint, Point, Polygon

from app.domain.errors import PackError
from app.domain.models import Located
from app.locate import METHODS, LocateContext, locate
from app.locate.sentence import sentence
from app.pack.pack import Pack
from tests.conftest import TINY
from tests.edit_pack import change


@pytest.fixture(scope="module")
def located() -> dict[str, Located]:
    site = LocateContext(Pack(TINY))
    return {item.id: locate(site, item) for item in site.pack.items}


def test_every_method_is_tried_in_the_tiny_city() -> None:
    """`near` is tried below, on rows changed to it."""
    assert {item.method for item in Pack(TINY).items} | {"near"} == set(METHODS)


def test_a_point_is_its_place(located: dict[str, Located]) -> None:
    mill = located["site-mill"]
    assert mill.geometry == Point(10.3, 50.1)
    assert (mill.uncertainty_m, mill.precision, mill.basis) == (400, "site", "published")


def test_points_are_as_uncertain_as_the_weakest(located: dict[str, Located]) -> None:
    pair = located["site-pair"]
    assert pair.geometry == MultiPoint([(10.3, 50.1), (10.1, 50.1)])
    assert (pair.uncertainty_m, pair.precision, pair.basis) == (1500, "village", "derived")


def changed(pack: Path, layer: str, row: str, **cells: str) -> tuple[Located, str, str]:
    """An item after a change of its row, and how it says it was located."""
    change(pack, layer, row, **cells)
    site = LocateContext(Pack(pack))
    item = next(item for item in site.pack.items if item.id == row)
    found = locate(site, item)
    return found, *(sentence(site, item, found, lang) for lang in ("zh", "en"))


def test_a_stand_in_is_no_better_known_than_what_it_stands_for(tiny: Path) -> None:
    """Its seat is published to 400 m; the mill lies somewhere in the township."""
    mill, zh, en = changed(tiny, "sites", "site-mill", method="near")
    assert mill.geometry == Point(10.3, 50.1)
    assert (mill.uncertainty_m, mill.precision, mill.basis) == (3400, "township", "derived")
    assert zh == "确切位置不详，以东镇代表（推定，误差半径约 3.4 公里）。"
    assert (
        en == "Its own site is not known; East Town stands for it (derived, within about 3.4 km)."
    )


def test_how_far_a_stand_in_reaches_is_the_packs_own_matter(tiny: Path) -> None:
    plan = tiny / "geodata" / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(f"{text}\n[reach_m]\ntownship = 6000\n", encoding="utf-8")
    assert changed(tiny, "sites", "site-mill", method="near")[0].uncertainty_m == 6400
    pair = changed(tiny, "sites", "site-pair", method="near")[0]
    assert pair.geometry == MultiPoint([(10.3, 50.1), (10.1, 50.1)])
    assert pair.uncertainty_m == 7500
    port = changed(tiny, "sites", "site-mill", places="东港")[0]
    assert port.uncertainty_m == 4000


def test_a_stand_in_that_is_a_guess_stays_one(tiny: Path) -> None:
    mill, _, _ = changed(tiny, "sites", "site-mill", method="near", places="北村")
    assert (mill.uncertainty_m, mill.basis) == (9000, "estimated")


def test_works_somewhere_along_a_road_are_schematic(tiny: Path) -> None:
    """The road is surveyed; which part of it is rebuilt nobody says."""
    road = changed(tiny, "ways", "way-part", method="route")[0]
    part, zh, en = changed(tiny, "ways", "way-part", method="near")
    assert (part.geometry, part.uncertainty_m) == (road.geometry, road.uncertainty_m)
    assert part.precision == "schematic" != road.precision
    assert part.basis != "published"
    assert zh.startswith("确切地段不详，沿大道的走向绘制")
    assert en.startswith("Its own reach is not known. Drawn along Avenue")


def test_an_estimated_course_is_schematic(tiny: Path) -> None:
    lines = tiny / "geodata" / "lines.csv"
    text = lines.read_text(encoding="utf-8")
    lines.write_text(text.replace(",A,", ",C,"), encoding="utf-8")
    way = changed(tiny, "ways", "way-avenue", method="route")[0]
    assert (way.basis, way.precision) == ("estimated", "schematic")


def test_the_course_of_a_line_known_at_one_point_is_an_estimate(tiny: Path) -> None:
    layers = tiny / "geodata" / "layers.toml"
    text = layers.read_text(encoding="utf-8")
    layers.write_text(
        text.replace('title_en = "Road"', 'title_en = "Road", extent = "line"'), encoding="utf-8"
    )
    way, zh, en = changed(tiny, "ways", "way-out", method="near", places="东镇")
    assert (way.geometry, way.basis) == (Point(10.3, 50.1), "estimated")
    assert zh.startswith("走向不详，以东镇代表")
    assert en.startswith("Its course is not known; East Town stands for it")


@pytest.mark.parametrize("reach", ["-1", '"far"', "true"])
def test_a_reach_is_a_length(reach: str, tiny: Path) -> None:
    plan = tiny / "geodata" / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(f"{text}\n[reach_m]\ntownship = {reach}\n", encoding="utf-8")
    with pytest.raises(PackError, match="reach_m"):
        _ = Pack(tiny).info


def test_an_extent_is_one_of_those_known(tiny: Path) -> None:
    layers = tiny / "geodata" / "layers.toml"
    text = layers.read_text(encoding="utf-8")
    layers.write_text(
        text.replace('title_en = "Road"', 'title_en = "Road", extent = "wide"'), encoding="utf-8"
    )
    with pytest.raises(PackError, match="wide"):
        _ = Pack(tiny).layers


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


def test_a_place_off_the_map_gives_a_direction_and_no_doubt(located: dict[str, Located]) -> None:
    """East Town is known to 400 m, the map ends 14.3 km on; Far City's 5 km do not count."""
    out = located["way-out"]
    assert out.uncertainty_m == 1900
    assert (out.precision, out.basis) == ("schematic", "estimated")


def test_the_sentence_says_whither_and_that_the_map_ends() -> None:
    site = LocateContext(Pack(TINY))
    item = next(item for item in site.pack.items if item.id == "way-out")
    located = locate(site, item)
    zh, en = (sentence(site, item, located, lang) for lang in ("zh", "en"))
    assert zh == "自东镇起，方向指向岛外；只画图内一段，示意走向（估计，误差半径约 1.9 公里）。"
    assert en.startswith("A schematic line from East Town, bound for Far City and drawn to the map")


def river(pack: Path, counties: str) -> Located:
    """The avenue of the tiny city as a river, with works on it in some counties."""
    path = pack / "geodata" / "lines.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",motorway,", ",river,"), encoding="utf-8")
    change(pack, "ways", "way-avenue", counties=counties)
    site = LocateContext(Pack(pack))
    return locate(site, next(item for item in site.pack.items if item.id == "way-avenue"))


def test_works_on_a_river_keep_to_the_counties_of_the_item(tiny: Path) -> None:
    whole = river(tiny, "东县|西县").geometry
    east = river(tiny, "东县").geometry
    assert whole is not None
    assert east is not None
    assert whole.bounds[2] == pytest.approx(10.4, abs=0.02)
    assert east.bounds[0] == pytest.approx(10.2, abs=0.02)


def test_a_road_runs_on_beyond_its_counties(located: dict[str, Located]) -> None:
    avenue = located["way-avenue"].geometry
    assert avenue is not None
    assert avenue.bounds[2] == pytest.approx(10.5)


def test_works_on_a_river_that_its_counties_do_not_have_are_refused(tiny: Path) -> None:
    path = tiny / "geodata" / "lines.csv"
    text = path.read_text(encoding="utf-8").replace("10.0,50.1", "10.24,50.1")
    rows = [row for row in text.splitlines() if "西镇" not in row and "10.2,50.1" not in row]
    path.write_text("\n".join(rows).replace(",3,10.4", ",2,10.4").replace(",4,10.4", ",2,10.4")
                    .replace(",5,10.6", ",3,10.6") + "\n", encoding="utf-8")  # fmt: skip
    with pytest.raises(PackError, match="counties that the river reaches"):
        river(tiny, "西县")


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
    site = LocateContext(Pack(tiny))
    item = next(item for item in site.pack.items if item.id == "site-mill")
    with pytest.raises(PackError, match=message) as raised:
        locate(site, item)
    assert raised.value.file == "items/sites.csv"
    assert raised.value.row == 2
