"""The counties as a collection: their coast, their centre, their number of items."""

from pathlib import Path

import pyogrio
import pytest
from fastapi.testclient import TestClient
from shapely.geometry import Point, shape

from tests.web.ogc.asking import PLAN, get

BOUNDARIES = "/api/collections/boundaries/items"


def test_the_coast_is_that_of_county_wide_items(client: TestClient) -> None:
    whole = get(client, PLAN, filter="located_by.method = 'counties'", limit="10000")["features"]
    for county in get(client, BOUNDARIES)["features"]:
        alike = [one for one in whole if one["properties"]["counties"] == [county["id"]]]
        assert alike
        for one in alike:
            assert shape(one["geometry"]).equals(shape(county["geometry"]))


@pytest.mark.parametrize("pack", ["client", "tiny_client"])
def test_a_county_has_its_number_centre_and_counts(
    pack: str, request: pytest.FixtureRequest
) -> None:
    client: TestClient = request.getfixturevalue(pack)
    for county in get(client, BOUNDARIES)["features"]:
        own = county["properties"]
        assert own["adcode"] == int(own["code"]) == int(county["id"])
        assert shape(county["geometry"]).contains(Point(own["center"]))
        found = get(client, PLAN, county=own["code"], limit="10000")["features"]
        placed = sum(one["geometry"] is not None for one in found)
        assert (own["items"], own["located"]) == (len(found), placed)
        assert own["located"] + own["unlocated"] == own["items"]


def test_counts_are_asked_for_as_numbers(client: TestClient) -> None:
    every = get(client, BOUNDARIES, sortby="-items")["features"]
    counts = [one["properties"]["items"] for one in every]
    assert counts == sorted(counts, reverse=True)
    most = get(client, BOUNDARIES, filter=f"items >= {counts[1]}")
    assert most["numberMatched"] == 2
    one = get(client, BOUNDARIES, adcode="211421")["features"]
    assert [feature["properties"]["name"] for feature in one] == ["绥中县"]


def test_the_schema_says_what_a_centre_is_made_of(client: TestClient) -> None:
    schema = get(client, "/api/collections/boundaries/schema")["properties"]
    assert schema["center"]["items"] == {"type": "number"}
    assert schema["items"]["type"] == "integer"


@pytest.mark.parametrize("format", ["gpkg", "fgb", "csv"])
def test_files_have_the_same_columns(client: TestClient, format: str, tmp_path: Path) -> None:
    file = tmp_path / f"counties.{format}"
    file.write_bytes(client.get(BOUNDARIES, params={"f": format}).content)
    table = pyogrio.read_dataframe(file, read_geometry=False)
    plain = {one["id"]: one["properties"] for one in get(client, BOUNDARIES)["features"]}
    assert len(table) == len(plain)
    for _, row in table.iterrows():
        own = plain[str(row["code"])]
        assert int(row["items"]) == own["items"]
        assert [float(part) for part in row["center"].split("；")] == own["center"]
