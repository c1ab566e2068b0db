"""GeoParquet and DXF, read by other readers: the values of the GeoJSON."""

import io
import json
import re
from pathlib import Path

import ezdxf
import geopandas
import pyarrow.parquet
import pyogrio
import pytest
from fastapi.testclient import TestClient
from shapely.geometry import Point, shape

from app.domain.projections import projections_for
from app.formats.gis.dxf import LINETYPES, UNSURE
from app.pack.pack import Pack
from tests.formats.readers import entities
from tests.formats.test_files import body_of, features_of

QUERY = "layer=transport,industrial-parks"
STAMPS = ("CREATED_BY_EZDXF", "WRITTEN_BY_EZDXF")
PARQUET, DXF = f"/view.parquet?{QUERY}", f"/view.dxf?{QUERY}"


def test_a_geoparquet_says_its_crs_types_boxes_and_whose_it_is(client: TestClient) -> None:
    metadata = pyarrow.parquet.read_schema(io.BytesIO(body_of(client, PARQUET))).metadata
    geo = json.loads(metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert geo["version"].startswith("1.1")
    assert column["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert {"Point", "LineString"} <= set(column["geometry_types"])
    assert "bbox" in column["covering"]
    assert metadata[b"publisher"].decode() == "葫芦岛规划一张图"
    assert metadata[b"updated"]


def test_a_geoparquet_has_the_geometries_and_numbers_of_the_geojson(client: TestClient) -> None:
    rows = geopandas.read_parquet(io.BytesIO(body_of(client, PARQUET)))
    wanted = {one["id"]: one for one in features_of(client, QUERY)}
    located = rows[rows.geometry.notna()]
    assert set(located["id"]) == set(wanted)
    for row in located.itertuples():
        own = wanted[row.id]["properties"]
        assert row.uncertainty_m == own["uncertainty_m"]
        assert row.name == own["name"]
        if own["located_by"]["method"] != "counties":  # those are whole here
            assert row.geometry.equals_exact(shape(wanted[row.id]["geometry"]), 1e-9)


def test_a_box_of_a_geoparquet_is_read_by_its_boxes(client: TestClient) -> None:
    west, south, east, north = box = (120.6, 40.5, 121.1, 40.9)
    body = io.BytesIO(body_of(client, PARQUET))
    found = set(geopandas.read_parquet(body, bbox=box)["id"])
    wanted = {
        one["id"]
        for one in features_of(client, QUERY)
        if (b := shape(one["geometry"]).bounds)[0] <= east
        and b[2] >= west
        and b[1] <= north
        and b[3] >= south
    }
    assert found == wanted != set()


@pytest.mark.parametrize("crs", ["", "4528", "4490"])
def test_a_drawing_is_where_the_items_are(
    client: TestClient, pack: Pack, crs: str, tmp_path: Path
) -> None:
    body = body_of(client, DXF + (f"&crs=EPSG:{crs}" if crs else ""))
    grid = list(projections_for(pack.info.frame).values())[-1].authority
    wanted = geopandas.GeoDataFrame.from_features(features_of(client, QUERY), crs="OGC:CRS84")
    wanted = wanted.to_crs(f"EPSG:{crs}" if crs else grid).set_index("id")
    points = 0
    for entity, said in entities(body, tmp_path):
        if entity.dxftype() == "POINT":
            points += 1
            x, y, _ = entity.dxf.location
            assert wanted.loc[said["id"]].geometry.distance(Point(x, y)) < 0.02
    assert points > 30


def test_gdal_reads_the_layers_and_the_names_of_a_drawing(
    client: TestClient, pack: Pack, tmp_path: Path
) -> None:
    path = tmp_path / "view.dxf"
    path.write_bytes(body_of(client, DXF))
    rows = pyogrio.read_dataframe(path)
    titles = {one.title for one in pack.layers if one.id in QUERY}
    assert titles <= set(rows["Layer"])
    assert "县区界" in set(rows["Layer"])
    names = {one["properties"]["name"] for one in features_of(client, QUERY)
             if one["properties"]["precision"] != "county"}  # fmt: skip
    assert names <= {re.sub(r"\s+", " ", text) for text in rows["Text"].dropna()}


def test_a_drawing_says_what_is_left_out_and_by_its_lines_status_and_guesses(
    client: TestClient, tmp_path: Path
) -> None:
    found = json.loads(body_of(client, f"/view.geojson?{QUERY}"))["features"]
    guessed = {
        one["id"]
        for one in found
        if {"estimated", "schematic"} & {one["properties"]["basis"], one["properties"]["precision"]}
    }
    body = body_of(client, DXF)
    drawn = [(one.dxf, said["id"]) for one, said in entities(body, tmp_path)]
    placed = {one["id"]: one["properties"]["status"] for one in found if one["geometry"]}
    assert {id: dxf.linetype.upper() for dxf, id in drawn} == {
        id: LINETYPES[status] for id, status in placed.items()
    }
    assert {id for dxf, id in drawn if dxf.lineweight == UNSURE} == guessed & set(placed)
    left_out = sum(one["geometry"] is None for one in found)
    facts = dict(ezdxf.readfile(tmp_path / "view.dxf").header.custom_vars.properties)
    assert (facts["left_out"], facts["crs"]) == (str(left_out), "EPSG:4528")
    assert facts["publisher"] == "葫芦岛规划一张图"


def test_a_drawing_is_by_its_publisher_on_the_day_of_the_data(
    client: TestClient, tmp_path: Path
) -> None:
    """Its first one too, which the library stamps before it is told not to."""
    body = body_of(client, DXF)
    path = tmp_path / "view.dxf"
    path.write_bytes(body)
    drawing = ezdxf.readfile(path)
    day = dict(drawing.header.custom_vars.properties)["updated"]
    assert drawing.header["$LASTSAVEDBY"] == "葫芦岛规划一张图"
    assert {drawing.ezdxf_metadata()[name] for name in STAMPS} == {day}
    assert re.findall(rb"20\d\d-\d\d-\d\dT", body) == []
