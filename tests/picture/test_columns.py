"""Every table has a column for every property of the schema, whatever the format."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pyogrio
import pytest

from app.catalog.catalog import Catalog
from app.formats import BY_EXT
from app.formats.tabular.table import columns
from app.pack.pack import Pack
from tests.picture.conftest import Select

QUERY = "layer=industrial-parks"
LAID_OPEN = {"located_by": ("method", "places", "along"), "access": ("access_port_km",)}
"""Properties that are objects, and what a table has instead."""


def of_csv(body: bytes, folder: Path) -> set[str]:
    return set(next(csv.reader(io.StringIO(body.decode("utf-8-sig")))))


def of_xlsx(body: bytes, folder: Path) -> set[str]:
    rows = openpyxl.load_workbook(io.BytesIO(body))["字段"].iter_rows(min_row=2, values_only=True)
    return {str(row[1]) for row in rows}


def of_gdal(ending: str) -> Callable[[bytes, Path], set[str]]:
    def read(body: bytes, folder: Path) -> set[str]:
        path = folder / f"view{ending}"
        path.write_bytes(body)
        first = str(pyogrio.list_layers(path)[0][0])
        return set(pyogrio.read_info(path, layer=first)["fields"])

    return read


def of_shapefile(body: bytes, folder: Path) -> set[str]:
    """The long names, by the table of names in the archive; each short one must be there."""
    zipfile.ZipFile(io.BytesIO(body)).extractall(folder)
    names = list(csv.DictReader((folder / "fields.csv").read_text("utf-8-sig").splitlines()))
    assert {row["field"] for row in names} == set(
        pyogrio.read_info(folder / "items_point.shp")["fields"]
    )
    assert len({row["field"].lower() for row in names}) == len(names)
    return {row["name"] for row in names}


def of_kml(body: bytes, folder: Path) -> set[str]:
    """Empty cells are left out, so that only what some item has can be looked for."""
    data = ElementTree.fromstring(body).iter("{http://www.opengis.net/kml/2.2}Data")
    return {str(one.get("name")) for one in data} | {"name"}


def of_parquet(body: bytes, folder: Path) -> set[str]:
    return set(pyarrow.parquet.read_schema(io.BytesIO(body)).names)


READERS = {
    "csv": of_csv, "xlsx": of_xlsx, "gpkg": of_gdal(".gpkg"), "fgb": of_gdal(".fgb"),
    "shp.zip": of_shapefile, "parquet": of_parquet,
}  # fmt: skip


def expected(pack: Pack) -> set[str]:
    layers = [layer for layer in pack.layers if layer.id == "industrial-parks"]
    ids = [one.id for one in Catalog(pack).properties(layers)]
    return {part for id in ids for part in LAID_OPEN.get(id, (id,))}


@pytest.mark.parametrize("ext", READERS)
def test_a_table_has_a_column_for_every_property(
    select: Select, pack: Pack, ext: str, tmp_path: Path
) -> None:
    found = READERS[ext](BY_EXT[ext].render(select(QUERY)), tmp_path)
    assert expected(pack) <= found
    assert {column.id for column in columns(Catalog(pack), ["industrial-parks"])} <= found


def test_placemarks_carry_what_their_items_have(select: Select, tmp_path: Path) -> None:
    selection = select(QUERY)
    found = of_kml(BY_EXT["kml"].render(selection), tmp_path)
    had = {name for one in selection.features for name, value in one["properties"].items() if value}
    assert {part for id in had for part in LAID_OPEN.get(id, (id,))} - {"along"} <= found


def test_distances_are_the_same_in_a_table_as_in_the_features(select: Select) -> None:
    selection = select(QUERY)
    rows = csv.DictReader(io.StringIO(BY_EXT["csv"].render(selection).decode("utf-8-sig")))
    cells = {row["id"]: row["access_port_km"] for row in rows}
    known = {
        one["id"]: one["properties"]["access"]["port"]["km"]
        for one in json.loads(BY_EXT["geojson"].render(selection))["features"]
        if one["properties"].get("access") and one["properties"]["access"].get("port")
    }
    assert len(known) > 3
    assert {id: float(cells[id]) for id in known} == known
