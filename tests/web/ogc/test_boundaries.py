"""The counties as a collection: their coast, their centre, their number of items."""

import json
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from fastapi.testclient import TestClient
from shapely import coverage_is_valid, get_parts
from shapely.geometry import Point, Polygon, shape

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


@pytest.mark.parametrize("collection", ["boundaries", "plan"])
def test_rings_run_as_the_standard_says_or_as_d3_reads_them(
    client: TestClient, collection: str
) -> None:
    items = f"/api/collections/{collection}/items"
    plain, turned, named = (
        get(client, items, limit="10000", **more)["features"]
        for more in ({}, {"winding": "clockwise"}, {"winding": "counterclockwise"})
    )
    assert named == plain
    polygons = 0
    for usual, other in zip(plain, turned, strict=True):
        assert other | {"geometry": None} == usual | {"geometry": None}
        if usual["geometry"] is None:
            assert other["geometry"] is None
            continue
        assert shape(usual["geometry"]).equals(shape(other["geometry"]))
        for one, two in zip(*map(polygons_of, (usual, other)), strict=True):
            polygons += 1
            assert one.exterior.is_ccw
            assert not two.exterior.is_ccw
            assert not any(hole.is_ccw for hole in one.interiors)
            assert all(hole.is_ccw for hole in two.interiors)
    assert polygons >= 6


def polygons_of(feature: dict[str, Any]) -> list[Polygon]:
    parts = get_parts(get_parts([shape(feature["geometry"])]))
    return [one for one in parts if isinstance(one, Polygon)]


def test_every_text_of_geometries_can_be_wound(client: TestClient) -> None:
    asked = {"winding": "clockwise"}
    wanted = get(client, BOUNDARIES, **asked)["features"]
    fg = get(client, BOUNDARIES, f="jsonfg", **asked)["features"]
    sequence = client.get(BOUNDARIES, params={"f": "geojsonseq", **asked}).content
    records = [json.loads(one) for one in sequence.split(b"\x1e")[1:]]
    single = get(client, f"{BOUNDARIES}/{wanted[0]['id']}", **asked)
    geometries = [one["geometry"] for one in wanted]
    assert [one["geometry"] for one in fg] == [one["geometry"] for one in records] == geometries
    assert single["geometry"] == geometries[0]
    projected = get(client, BOUNDARIES, crs="EPSG:3857", **asked)["features"]
    assert not any(one.exterior.is_ccw for feature in projected for one in polygons_of(feature))


def test_the_next_page_is_wound_alike(client: TestClient) -> None:
    links = get(client, BOUNDARIES, winding="clockwise", limit="2")["links"]
    (following,) = (one["href"] for one in links if one["rel"] == "next")
    assert "winding=clockwise" in following


@pytest.mark.parametrize(
    "asked", [{"winding": "left"}, {"winding": "clockwise", "f": "gpkg"}],
)  # fmt: skip
def test_a_winding_that_is_none_is_refused(client: TestClient, asked: dict[str, str]) -> None:
    answer = client.get(BOUNDARIES, params=asked)
    assert answer.status_code == 400
    assert "winding" in answer.text


def test_a_county_is_a_region_of_an_echarts_map(client: TestClient) -> None:
    """Which reads `name`, or what `nameProperty` says, `center` as a position, no other shape."""
    counties = get(client, BOUNDARIES)["features"]
    for name in ("name", "name_en"):
        assert len({one["properties"][name] for one in counties}) == len(counties)
    for one in counties:
        assert one["geometry"]["type"] in ("Polygon", "MultiPolygon")
        assert all(isinstance(number, float) for number in one["properties"]["center"])
