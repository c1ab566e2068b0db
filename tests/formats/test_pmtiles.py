"""The tile archive: the API's tiles in one file, for readers that fetch parts of it."""

import gzip
from pathlib import Path

import pyogrio
import pytest
from fastapi.testclient import TestClient
from pmtiles.reader import MemorySource, Reader

from tests.formats.readers import tiles


@pytest.fixture(scope="module")
def archive(client: TestClient) -> bytes:
    answer = client.get("/view.pmtiles")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.pmtiles"
    return answer.content


def test_its_tiles_are_those_of_the_api(client: TestClient, archive: bytes) -> None:
    held = dict(tiles(archive))
    assert {zoom for zoom, _, _ in held} == set(range(13))
    for zoom, column, row in list(held)[:: max(len(held) // 60, 1)]:
        answer = client.get(f"/api/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=mvt")
        assert answer.content == held[zoom, column, row], (zoom, column, row)


def test_it_says_what_it_is_and_where_to_begin(client: TestClient, archive: bytes) -> None:
    reader = Reader(MemorySource(archive))
    told, head = reader.metadata(), reader.header()
    layers = [one["id"] for one in client.get("/pack.json").json()["layers"]]
    assert [one["id"] for one in told["vector_layers"]] == layers
    assert told["attribution"]
    assert head["clustered"]
    assert (head["min_zoom"], head["max_zoom"]) == (0, 12)
    assert 119 < head["center_lon_e7"] / 1e7 < 122
    assert gzip.decompress(reader.get(8, 213, 96))


def test_it_is_read_by_ranges(client: TestClient, archive: bytes) -> None:
    answer = client.get("/view.pmtiles", headers={"Range": "bytes=0-126"})
    assert answer.status_code == 206
    assert answer.content == archive[:127]


def test_gdal_reads_it(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "view.pmtiles"
    file.write_bytes(client.get("/view.pmtiles?layer=transport&county=211421").content)
    assert [name for name, _ in pyogrio.list_layers(file)] == ["transport"]
    table = pyogrio.read_dataframe(file, layer="transport", ZOOM_LEVEL=8)
    found = client.get("/view.geojson?layer=transport&county=211421").json()["features"]
    assert set(table["id"]) == {one["id"] for one in found if one["geometry"]}
