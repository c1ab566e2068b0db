"""A view near a place says of each item how far it is, in every format of its table."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import geopandas
import openpyxl
import pyogrio
import pytest
from fastapi.testclient import TestClient
from lxml import etree

Found = dict[str, float]
PLACE = {"place": "东镇", "near": "9"}


def found_in(tables: Iterable[Any], field: str) -> Found:
    return {id: km for one in tables for id, km in one.set_index("id")[field].items()}


def of_csv(body: bytes, _: Path) -> Found:
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    return {row["id"]: float(row["distance_km"]) for row in rows}


def of_workbook(body: bytes, _: Path) -> Found:
    head, *rows = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
    at = head.index("距离 (km)")
    assert at == 3, "beside the names, where it is found"
    return {str(row[0]): float(str(row[at])) for row in rows}


def of_json(body: bytes, _: Path) -> Found:
    found = json.loads(body)["features"]
    return {one["id"]: one["properties"]["distance_km"] for one in found}


def of_gdal(ending: str) -> Callable[[bytes, Path], Found]:
    def read(body: bytes, folder: Path) -> Found:
        path = folder / f"view.{ending}"
        path.write_bytes(body)
        names = [name for name, _ in pyogrio.list_layers(path) if name != "layer_styles"]
        tables = [pyogrio.read_dataframe(path, layer=name) for name in names]
        return found_in(tables, "distance_km")

    return read


def of_shapefiles(body: bytes, folder: Path) -> Found:
    zipfile.ZipFile(io.BytesIO(body)).extractall(folder)
    with (folder / "fields.csv").open(encoding="utf-8-sig") as file:
        (field,) = (row["field"] for row in csv.DictReader(file) if row["name"] == "distance_km")
    tables = [pyogrio.read_dataframe(path) for path in folder.glob("*.shp")]
    return found_in(tables, field)


def of_parquet(body: bytes, _: Path) -> Found:
    return found_in([geopandas.read_parquet(io.BytesIO(body))], "distance_km")


def of_kml(body: bytes, _: Path) -> Found:
    space = "{http://www.opengis.net/kml/2.2}"
    found = {}
    for one in etree.fromstring(body).iter(f"{space}Placemark"):
        data = {part.get("name"): part.text for part in one.iter(f"{space}SimpleData")}
        data |= {part.get("name"): part[-1].text for part in one.iter(f"{space}Data")}
        found[str(data.get("id", one.get("id")))] = float(str(data["distance_km"]))
    return found


READ: dict[str, Callable[[bytes, Path], Found]] = {
    "csv": of_csv, "xlsx": of_workbook, "geojson": of_json, "jsonfg": of_json,
    "gpkg": of_gdal("gpkg"), "fgb": of_gdal("fgb"), "shp.zip": of_shapefiles,
    "parquet": of_parquet, "kml": of_kml,
}  # fmt: skip


@pytest.mark.parametrize("ext", READ)
@pytest.mark.parametrize("centre", [PLACE, {"focus": "site-mill", "near": "30"}])
def test_every_format_says_how_far(
    tiny_client: TestClient, tmp_path: Path, ext: str, centre: dict[str, str]
) -> None:
    wanted = of_json(tiny_client.get("/view.geojson", params=centre).content, tmp_path)
    assert len(wanted) > 1
    assert list(wanted.values()) == sorted(wanted.values())
    assert max(wanted.values()) <= float(centre["near"])
    found = READ[ext](tiny_client.get(f"/view.{ext}", params=centre).content, tmp_path)
    assert {id: pytest.approx(km) for id, km in wanted.items()} == found


def test_a_view_that_is_near_to_nothing_has_no_such_column(tiny_client: TestClient) -> None:
    assert b"distance_km" not in tiny_client.get("/view.csv", params={"place": "东镇"}).content
    assert b"distance_km" not in tiny_client.get("/view.geojson").content
