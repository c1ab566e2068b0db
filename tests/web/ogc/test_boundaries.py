"""The counties as a collection: their coast, their centre, their number of items."""

from pathlib import Path

import pyogrio
import pytest
from fastapi.testclient import TestClient
from shapely import coverage_is_valid
from shapely.geometry import Point, shape

from app.domain.planes import plane_for
from app.pack.pack import Pack
from tests.web.ogc.asking import PLAN, get

BOUNDARIES = "/api/collections/boundaries/items"


MAP_DETAIL_M = 50
"""What a map shows: answers carry the outline of a county-wide item to this."""


def test_the_coast_is_that_of_county_wide_items_as_far_as_a_map_shows_it(
    client: TestClient, pack: Pack
) -> None:
    plane = plane_for(pack.info.frame)
    whole = get(client, PLAN, filter="located_by.method = 'counties'", limit="10000")["features"]
    for county in get(client, BOUNDARIES)["features"]:
        alike = [one for one in whole if one["properties"]["counties"] == [county["id"]]]
        assert alike
        full = plane.metres(shape(county["geometry"]))
        for one in alike:
            light = plane.metres(shape(one["geometry"]))
            assert light.is_valid
            assert light.boundary.hausdorff_distance(full.boundary) < MAP_DETAIL_M
            assert light.area == pytest.approx(full.area, rel=1e-3)


def test_the_schema_says_how_close_outlines_are_drawn(client: TestClient) -> None:
    for id, said in (("plan", True), ("agriculture-areas", True), ("boundaries", False)):
        schema = get(client, f"/api/collections/{id}/schema", lang="en")["properties"]
        assert (f"±{MAP_DETAIL_M} m" in schema["geometry"].get("description", "")) == said


def test_neighbours_keep_one_border(client: TestClient) -> None:
    whole = get(client, PLAN, filter="located_by.method = 'counties'", limit="10000")["features"]
    single = {
        tuple(one["properties"]["counties"]): shape(one["geometry"])
        for one in whole if len(one["properties"]["counties"]) == 1
    }  # fmt: skip
    assert len(single) == 6
    assert coverage_is_valid(list(single.values()))


@pytest.mark.parametrize("ext", ["gpkg", "shp.zip", "kml"])
def test_files_to_measure_in_hold_the_whole_outline(
    client: TestClient, ext: str, tmp_path: Path
) -> None:
    full = {one["id"]: shape(one["geometry"]) for one in get(client, BOUNDARIES)["features"]}
    file = tmp_path / f"view.{ext}"
    file.write_bytes(client.get(f"/view.{ext}?layer=agriculture").content)
    source = f"/vsizip/{file}/items_polygon.shp" if ext == "shp.zip" else str(file)
    layer = "agriculture_areas" if ext == "gpkg" else None
    table = pyogrio.read_dataframe(source, layer=layer)
    wide = table[(table["counties"].isin(full)) & (table["precision"] == "county")]
    wide = wide[wide.geom_type.isin(("Polygon", "MultiPolygon"))]
    assert len(wide) > 10
    for codes, geometry in zip(wide["counties"], wide.geometry, strict=True):
        assert geometry.symmetric_difference(full[codes]).area < 1e-9  # some square metres


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
