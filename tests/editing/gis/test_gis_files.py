"""Files that are cut off, packed, incomplete or no GIS files at all."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.editing.gis.foreign import answer, imported
from tests.editing.gis.test_gis import EAST, WEST, frame, write


def test_a_file_cut_off_is_said_so(tiny: Path, tmp_path: Path) -> None:
    for ending in (".fgb", ".gpkg", ".shp"):
        whole = write(tmp_path, ending, frame([EAST, WEST])).read_bytes()
        for part in (0, 20, len(whole) // 2, len(whole) - 30):
            path = tmp_path / f"forests{ending}"
            path.write_bytes(whole[:part])
            assert answer(tiny, path), (ending, part)


@pytest.mark.parametrize("ending", [".shx", ".dbf"])
def test_a_shapefile_without_a_part_asks_for_it(ending: str, tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", frame([EAST, WEST]))
    path.with_suffix(ending).unlink()
    assert f"forests{ending} beside it" in answer(tiny, path)[0]
    assert not path.with_suffix(ending).exists()


@pytest.mark.parametrize("ending", [".dbf", ".prj", ".cpg"])
def test_a_part_of_a_shapefile_is_not_the_shapefile(
    ending: str, tiny: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, ".shp", frame([EAST, WEST]))
    assert "forests.shp" in answer(tiny, path.with_suffix(ending))[0]


def packed(path: Path, *parts: Path) -> Path:
    with ZipFile(path, "w") as archive:
        for part in parts:
            archive.write(part, f"资料/{part.name}")
    return path


def test_an_archive_is_read_like_what_is_in_it(tiny: Path, tmp_path: Path) -> None:
    write(tmp_path, ".shp", frame([EAST, WEST]))
    parts = sorted(tmp_path.glob("forests.*"))
    path = packed(tmp_path / "all.zip", *parts)
    assert [row["name"] for row in imported(tiny, path).rows] == ["东山林场", "西山林场"]
    two = packed(tmp_path / "two.zip", *parts, write(tmp_path, ".gpkg", frame([EAST])))
    assert "unpack it and give one file" in answer(tiny, two)[0]
    (tmp_path / "bad.zip").write_bytes(path.read_bytes()[:200])
    assert "an archive that can be unpacked" in answer(tiny, tmp_path / "bad.zip")[0]
    with ZipFile(tmp_path / "slip.zip", "w") as archive:
        archive.writestr("../a.geojson", "{}")
    assert "names inside the archive" in answer(tiny, tmp_path / "slip.zip")[0]


def test_what_is_no_single_file_is_said_so(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    write(folder, ".gpkg", frame([EAST]))
    assert "it holds forests.gpkg" in answer(tiny, folder)[0]
    (tmp_path / "a.csv").write_text("name,x\n甲,1\n", encoding="utf-8")
    (message,) = answer(tiny, tmp_path / "a.csv")
    assert "a table with geometries; it has none, no column WKT like POINT" in message


def test_the_geometry_of_a_csv_is_no_text_beside_it(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,WKT\n甲,POINT (10.31 50.11)\n", encoding="utf-8")
    assert imported(tiny, path, crs="EPSG:4326").gis.columns.keys() == {"name"}


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>%s</Document></kml>"""
MARK = (
    "<Placemark><name>甲</name>%s<Point><coordinates>10.31,50.11,0</coordinates></Point>"
    "</Placemark>"
)


def kml(path: Path, inside: str) -> Path:
    path.write_text(KML % (MARK % inside), encoding="utf-8")
    return path


def test_the_columns_of_a_kmls_drawing_need_no_skipping(tiny: Path, tmp_path: Path) -> None:
    found = imported(tiny, kml(tmp_path / "a.kml", ""), skip=("description",))
    assert found.rows[0]["name"] == "甲"
    assert any("tessellate" in note for note in found.gis.notes)


@pytest.mark.parametrize(
    ("inside", "honest"),
    [
        ("<OvCoordType>GCJ-02</OvCoordType>", False),
        ("<OvCoordType>BD09</OvCoordType>", False),
        ("<OvCoordType>WGS84</OvCoordType>", True),
        ("<OvCoordType>CGCS2000</OvCoordType>", True),
        ("<description>GCJ02坐标</description>", False),
    ],
)
def test_positions_shifted_on_purpose_are_refused(
    inside: str, honest: bool, tiny: Path, tmp_path: Path
) -> None:
    path = kml(tmp_path / "a.kml", inside)
    messages = answer(tiny, path, skip=("description",))
    assert any("shifted" in line for line in messages) != honest
    assert not answer(tiny, path, skip=("description",), crs="EPSG:4326")
