"""The formats of items: what each holds, read back by real readers."""

import io
import re
from pathlib import Path

import orjson
import pandas
import pyogrio
import pytest
import shapely
from fastapi.testclient import TestClient
from shapely.geometry import shape

from tests.formats.readers import item_layers
from tests.web.ogc.asking import ALL, EPSG, PARKS, PLACES, PLAN, get

FILES = {"csv": "text/csv; charset=utf-8", "gpkg": "application/geopackage+sqlite3",
         "fgb": "application/vnd.flatgeobuf", "geojsonseq": "application/geo+json-seq"}  # fmt: skip


@pytest.mark.parametrize("format", FILES)
def test_a_file_holds_all_that_match_unless_a_limit_is_set(
    client: TestClient, format: str, tmp_path: Path
) -> None:
    whole = client.get(PLAN, params={"f": format})
    assert whole.headers["content-type"] == FILES[format]
    matched = get(client, PLAN)["numberMatched"]
    assert whole.headers["ogc-numbermatched"] == whole.headers["ogc-numberreturned"] == str(matched)
    held = matched if format != "fgb" else located(client)  # its readers stop at a null geometry
    assert rows(tmp_path / f"whole.{format}", whole.content) == held
    some = client.get(PLAN, params={"f": format, "limit": "7"})
    assert rows(tmp_path / f"some.{format}", some.content) == 7
    assert re.search(r'offset=7\S*>; rel="next"', some.headers["link"])


@pytest.mark.parametrize("format", FILES)
def test_accept_asks_for_a_file_too(client: TestClient, format: str) -> None:
    wanted = FILES[format].partition(";")[0]
    answer = client.get(PARKS, headers={"Accept": wanted})
    assert answer.headers["content-type"] == FILES[format]


def rows(file: Path, body: bytes) -> int:
    """How many features a reader finds."""
    file.write_bytes(body)
    return sum(
        int(pyogrio.read_info(file, layer=layer, force_feature_count=True)["features"])
        for layer in item_layers(file)
    )


def located(client: TestClient) -> int:
    features = get(client, PLAN, limit=ALL)["features"]
    return sum(one["geometry"] is not None for one in features)


def test_csv_is_for_excel_with_the_geometry_as_text(client: TestClient) -> None:
    body = client.get(PARKS, params={"f": "csv"}).content
    assert body.startswith(b"\xef\xbb\xbf")
    table = pandas.read_csv(io.BytesIO(body), index_col="id")
    for one in get(client, PARKS)["features"]:
        assert shapely.from_wkt(table.loc[one["id"], "WKT"]).equals(shape(one["geometry"]))


def test_places_and_boundaries_have_tables_of_their_own(client: TestClient, tmp_path: Path) -> None:
    for path, column in ((PLACES, "kind"), ("/api/collections/boundaries/items", "code")):
        file = tmp_path / f"{column}.gpkg"
        file.write_bytes(client.get(path, params={"f": "gpkg"}).content)
        table = pyogrio.read_dataframe(file)
        plain = {one["id"]: one["properties"] for one in get(client, path, limit=ALL)["features"]}
        assert {id: plain[id][column] for id in plain} == dict(
            zip(table["id"], table[column], strict=True)
        )


def test_jsonfg_keeps_wgs84_beside_another_crs(client: TestClient) -> None:
    body = get(client, PARKS, f="jsonfg", crs=f"{EPSG}4528")
    assert body["coordRefSys"] == f"{EPSG}4528"
    for one in body["features"]:
        assert one["featureType"] == "industrial-parks"
        northing, easting = one["place"]["coordinates"]
        assert 4_400_000 < northing < 4_600_000
        assert 40_000_000 < easting < 41_000_000
        assert 119 < one["geometry"]["coordinates"][0] < 122
    assert "place" in get(client, f"{PARKS}/park-dongdaihe", f="jsonfg", crs=f"{EPSG}4528")


def test_a_sequence_has_a_record_per_feature(client: TestClient) -> None:
    answer = client.get(PARKS, params={"f": "geojsonseq"})
    records = answer.content.split(b"\x1e")[1:]
    plain = get(client, PARKS)["features"]
    assert [orjson.loads(one) for one in records] == plain
    tag = answer.headers["etag"]
    again = client.get(PARKS, params={"f": "geojsonseq"}, headers={"If-None-Match": tag})
    assert again.status_code == 304
