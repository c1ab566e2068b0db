"""Positions of other people's GIS files: off the map, swapped, in systems nobody knows."""

from pathlib import Path

import pytest
from shapely import Point, box

from app.editing.gis.reading.crs import conversion_of, hint
from tests.editing.gis.foreign import HERE, answer, geojson, imported, point
from tests.editing.gis.test_gis import EAST, WEST, frame, write

HULUDAO = (119.15, 39.88, 121.20, 41.32)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (589000.0, 5551000.0, "--crs EPSG:32632"),
        (50.11, 10.31, "--swap-axes"),
        (0.0, 0.0, "a place on the map"),
        (1147713.0, 6458600.0, "--crs EPSG:3857"),
        (1e300, 50.0, "a position in degrees"),
    ],
)
def test_a_position_off_the_map_is_a_fault_with_what_would_fit(
    x: float, y: float, expected: str, tiny: Path, tmp_path: Path
) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, HERE), ({"name": "乙"}, point(x, y)))
    (messages,) = answer(tiny, path)
    assert messages.startswith("feature 2 geometry")
    assert expected in messages


def test_swapped_axes_are_read_when_told(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, point(50.11, 10.31)))
    assert imported(tiny, path, swap=True).rows[0]["counties"] == "东县"


def test_a_place_far_off_may_be_meant(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, point(20, 50)))
    assert answer(tiny, path)
    given = {"status": "existing", "category": "zone", "plan_refs": "第一章", "scope": "outside"}
    assert imported(tiny, path, given=given).rows[0]["scope"] == "outside"


def test_a_county_the_shape_is_nowhere_near_is_a_fault(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲", "counties": "西县"}, HERE))
    (messages,) = answer(tiny, path)
    assert messages.startswith("feature 1 counties '西县': a county the shape lies in")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ((40487331.2, 4513000.5), "EPSG:4528"),
        ((4513000.5, 40487331.2), "EPSG:4528"),
        ((20750000.0, 4500000.0), "EPSG:4498"),
        ((487331.2, 4513000.5), "EPSG:4549"),
        ((40.75, 120.85), "--swap-axes"),
        ((120.85, 40.75), "EPSG:4326"),
    ],
)
def test_the_system_that_would_fit_is_found(wrong: tuple[float, float], right: str) -> None:
    assert right in hint(Point(*wrong), box(*HULUDAO))


@pytest.mark.parametrize("code", ["EPSG:5773", "EPSG:4978", "EPSG:4479", "EPSG:5703"])
def test_a_system_that_is_no_horizontal_one_is_refused(
    code: str, tiny: Path, tmp_path: Path
) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, HERE))
    assert "a geographic or projected coordinate system" in answer(tiny, path, crs=code)[0]


def test_of_a_compound_system_the_horizontal_part_counts(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, HERE))
    found = imported(tiny, path, crs="EPSG:9518")
    assert found.gis.conversion == "none needed"


@pytest.mark.parametrize(
    "projection",
    [
        'LOCAL_CS["Unknown",UNIT["metre",1]]',
        'PROJCS["p",GEOGCS["g",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["No_Such"],'
        'PARAMETER["x",0],UNIT["Meter",1]]',
        "GEOGCS[broken",
        "",
    ],
)
def test_a_projection_nobody_knows_is_one_line(projection: str, tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", frame([EAST, WEST]))
    path.with_suffix(".prj").write_text(projection, encoding="ascii")
    (messages,) = answer(tiny, path)
    assert "coordinate system" in messages
    assert "--crs" in messages


@pytest.mark.parametrize("code", ["EPSG:4214", "EPSG:4610", "EPSG:2364"])
def test_a_shift_of_datum_that_nobody_knows_is_said(code: str) -> None:
    way = conversion_of("a.shp", None, code, HULUDAO)
    assert "ballpark" in way.words
    assert ", 1 m" not in way.words
    assert way.operation is not None
    assert "Ballpark" in way.operation.description
