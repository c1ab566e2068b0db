"""Items: CRSs, filters, order, properties, time, formats, pages."""

import orjson
import pyproj
import pytest
from fastapi.testclient import TestClient

from tests.web.ogc.asking import ALL, CRS84, EPSG, PARKS, PLACES, PLAN, get, ids


@pytest.mark.parametrize("code", ["4326", "4490", "3857", "4528"])
def test_coordinates_come_in_the_axis_order_of_the_crs(client: TestClient, code: str) -> None:
    """As pyproj has it, which has it from EPSG."""
    convert = pyproj.Transformer.from_crs("OGC:CRS84", f"EPSG:{code}").transform
    answer = client.get(PARKS, params={"crs": f"{EPSG}{code}"})
    assert answer.headers["content-crs"] == f"<{EPSG}{code}>"
    plain = {one["id"]: one for one in get(client, PARKS)["features"]}
    for one in answer.json()["features"]:
        expected = convert(*plain[one["id"]]["geometry"]["coordinates"])
        assert one["geometry"]["coordinates"] == pytest.approx(expected, abs=0.006)


def test_without_a_crs_it_is_crs84_and_said_so(client: TestClient) -> None:
    assert client.get(PARKS).headers["content-crs"] == f"<{CRS84}>"
    assert client.get(PARKS, params={"crs": CRS84}).content.count(b'"Feature"') == 9


@pytest.mark.parametrize("code", ["4326", "4490", "3857", "4528"])
def test_a_box_may_be_in_any_crs(client: TestClient, code: str) -> None:
    west, south, east, north = 119.7, 39.9, 120.2, 40.3
    convert = pyproj.Transformer.from_crs("OGC:CRS84", f"EPSG:{code}").transform
    corners = [*convert(west, south), *convert(east, north)]
    projected = ",".join(map(str, corners))
    found = set(ids(client, bbox=projected, bbox_crs=f"{EPSG}{code}"))
    plain = set(ids(client, bbox=f"{west},{south},{east},{north}"))
    inner = set(ids(client, bbox=f"{west + 0.01},{south + 0.01},{east - 0.01},{north - 0.01}"))
    assert inner <= found  # a projected box is not quite a box on the globe
    if code in ("4326", "4490"):
        assert found == plain


def test_one_item_may_be_in_any_crs(client: TestClient) -> None:
    body = get(client, f"{PARKS}/park-dongdaihe", crs=f"{EPSG}4326")
    lat, lng = body["geometry"]["coordinates"]
    assert 39 < lat < 41
    assert 119 < lng < 121


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"crs": f"{EPSG}9999"}, "9999"),
        ({"bbox-crs": "x", "bbox": "1,2,3,4"}, "bbox-crs"),
        ({"bbox-crs": "x"}, "bbox-crs"),
        ({"filter-crs": "x"}, "filter-crs"),
        ({"bbox": "40.3,119.7,39.9,120.2", "bbox-crs": f"{EPSG}4326"}, "119.7"),
        ({"bbox": "nan,0,1,1", "bbox-crs": f"{EPSG}4490"}, "nan"),
        ({"bbox": "0,1,5,-1", "bbox-crs": f"{EPSG}3857"}, "0,1,5,-1"),
        ({"bbox": "inf,0,1,1"}, "inf"),
        ({"bbox": "1,2,3,4,5"}, "bbox"),
        ({"bbox": "119,40,9,121,41,-9"}, "119,40,9,121,41,-9"),
        ({"bbox": "119,40,nan,121,41,9"}, "nan"),
        ({"filter-lang": "sql"}, "sql"),
        ({"filter": "nosuch = 1"}, "nosuch"),
        ({"filter": "kind = 'port'"}, "kind"),
        ({"filter": "{}", "filter-lang": "cql2-json"}, "filter"),
        ({"sortby": "nosuch"}, "nosuch"),
        ({"sortby": "--name"}, "--name"),
        ({"sortby": "geometry"}, "geometry"),
        ({"sortby": "facts"}, "facts"),
        ({"properties": "name,nosuch"}, "nosuch"),
        ({"properties": "name", "f": "gpkg"}, "properties"),
        ({"datetime": "yesterday"}, "yesterday"),
        ({"datetime": "2020-13-01"}, "2020-13-01"),
        ({"datetime": "2021-01-01/2020-01-01"}, "2021-01-01/2020-01-01"),
        ({"datetime": "../.."}, "../.."),
        ({"datetime": ""}, "datetime"),
        ({"datetime": "a/b/c"}, "a/b/c"),
        ({"uncertainty_m": "x"}, "uncertainty_m"),
        ({"uncertainty_m": "nan"}, "nan"),
        ({"uncertainty_m": "1,2"}, "1,2"),
        ({"lang": "fr"}, "fr"),
        ({"f": "xlsx"}, "xlsx"),
    ],
)
@pytest.mark.parametrize("format", ["json", ""])
def test_a_wrong_parameter_is_named(
    client: TestClient, params: dict[str, str], named: str, format: str
) -> None:
    given = {"f": format, **params} if format else params
    answer = client.get(PLAN, params=given)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]


def test_what_a_layer_lacks_cannot_be_asked_of_it(client: TestClient) -> None:
    assert client.get(PARKS, params={"filter": "voltage_kv > 1"}).status_code == 400
    assert client.get(PARKS, params={"voltage_kv": "66"}).status_code == 400
    assert ids(client, filter="voltage_kv > 1")


@pytest.mark.parametrize(
    "when", ["2024-01-01T00:00:00Z", "2020-01-01/..", "../2030-01-01", "2021-01-01"]
)
def test_features_without_a_time_match_any_time(client: TestClient, when: str) -> None:
    assert get(client, PARKS, datetime=when)["numberMatched"] == 9


def test_a_filter_is_text_or_json(client: TestClient) -> None:
    text = "status = 'planned' AND S_INTERSECTS(geometry, BBOX(119.7, 39.9, 120.2, 40.3))"
    json = orjson.dumps(
        {"op": "and", "args": [
            {"op": "=", "args": [{"property": "status"}, "planned"]},
            {"op": "s_intersects", "args": [
                {"property": "geometry"}, {"bbox": [119.7, 39.9, 120.2, 40.3]}]},
        ]}
    ).decode()  # fmt: skip
    by_text = ids(client, filter=text)
    assert by_text == ids(client, filter=json, filter_lang="cql2-json") != []
    assert by_text == ids(client, status="planned", bbox="119.7,39.9,120.2,40.3")


def test_a_filter_may_be_in_another_crs(client: TestClient) -> None:
    plain = ids(client, filter="S_INTERSECTS(geometry, BBOX(119.7, 39.9, 120.2, 40.3))")
    swapped = ids(
        client, filter="S_INTERSECTS(geometry, BBOX(39.9, 119.7, 40.3, 120.2))",
        filter_crs=f"{EPSG}4326",
    )  # fmt: skip
    assert plain == swapped != []


def test_an_array_contains_a_county(client: TestClient) -> None:
    by_filter = ids(client, filter="A_CONTAINS(counties, ('211421'))")
    assert by_filter == ids(client, county="绥中县") == ids(client, counties="211421") != []


def test_a_queryable_is_a_parameter_too(client: TestClient) -> None:
    assert ids(client, name="辽宁东戴河新区") == ["park-dongdaihe"]
    assert ids(client, PLACES, kind="port")
    assert ids(client, uncertainty_m="500") == ids(client, filter="uncertainty_m = 500")
    asked = {"plan.box": "专栏5-1"}
    answer = client.get(PLAN, params=asked)
    assert answer.json()["numberMatched"] >= 9


def test_items_are_sorted_with_the_unknown_last(client: TestClient) -> None:
    for sign in ("", "-"):
        body = get(client, PLAN, limit=ALL, sortby=f"{sign}uncertainty_m,name")
        values = [one["properties"]["uncertainty_m"] for one in body["features"]]
        known = [value for value in values if value is not None]
        assert values == [*known, *[None] * (len(values) - len(known))]
        assert known == sorted(known, reverse=bool(sign))


def test_sorted_pages_follow_each_other(client: TestClient) -> None:
    whole = ids(client, sortby="-name")
    paged = [
        one["id"]
        for offset in range(0, len(whole), 250)
        for one in get(client, PLAN, limit="250", offset=str(offset), sortby="-name")["features"]
    ]
    assert paged == whole


def test_only_the_properties_asked_for_come(client: TestClient) -> None:
    body = get(client, PARKS, properties="name,counties")
    assert all(set(one["properties"]) == {"name", "counties"} for one in body["features"])
    assert all(one["id"] and one["geometry"] for one in body["features"])


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("hldbz", "hub-huludao-north"),
        ("huludaobeizhan", "hub-huludao-north"),
        ("HLDBZ", "hub-huludao-north"),
        ("东戴河 新区", "park-dongdaihe"),
        ("dongdaihe new", "park-dongdaihe"),
    ],
)
def test_a_search_knows_chinese_english_and_pinyin(client: TestClient, words: str, id: str) -> None:
    assert id in ids(client, q=words)


def test_a_place_is_found_by_its_alias(client: TestClient) -> None:
    (found,) = get(client, PLACES, q="连山街")["features"]
    assert found["id"] == "连山街道"
    assert get(client, f"{PLACES}/连山街道")["id"] == "连山街道"


def test_a_deep_page_is_exact_and_empty_past_the_end(client: TestClient) -> None:
    whole = get(client, PLAN)["numberMatched"]
    last = get(client, PLAN, offset=str(whole - 1), limit="10")
    assert (last["numberReturned"], last["numberMatched"]) == (1, whole)
    beyond = get(client, PLAN, offset="9999999")
    assert (beyond["numberReturned"], beyond["numberMatched"]) == (0, whole)
    assert not [link for link in beyond["links"] if link["rel"] == "next"]


def test_a_pack_elsewhere_has_no_chinese_grid(tiny_client: TestClient) -> None:
    found = get(tiny_client, "/api/collections")["crs"]
    assert found == [CRS84, f"{EPSG}4326", f"{EPSG}4490", f"{EPSG}3857"]
    assert (
        tiny_client.get("/api/collections/sites/items", params={"crs": f"{EPSG}4528"}).status_code
        == 400
    )


@pytest.mark.parametrize(
    ("path", "name", "listed"),
    [
        (PLAN, "layer", "transport"),
        (PARKS, "layer", "transport"),
        (PLAN, "basis", "published"),
        (PLAN, "counties", "211421"),
        (PLAN, "scope", "outside"),
        (PLAN, "county_basis", "inferred"),
        (PLAN, "located_by.method", "points"),
        (PLACES, "basis", "published"),
    ],
)
def test_a_word_of_no_closed_list_is_answered_with_the_list(
    client: TestClient, path: str, name: str, listed: str
) -> None:
    answer = client.get(path, params={name: "nosuch"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == name
    assert listed in answer.json()["expected"]


@pytest.mark.parametrize("name", ["name", "id", "source", "located_by.places"])
def test_an_open_text_that_nothing_has_matches_nothing(client: TestClient, name: str) -> None:
    assert get(client, PLAN, **{name: "nosuch"})["numberMatched"] == 0


@pytest.mark.parametrize("layer", ["transport", "transport,water", "water , water"])
def test_a_layer_means_the_same_to_the_plan_and_to_a_view(client: TestClient, layer: str) -> None:
    view = client.get("/view.geojson", params={"layer": layer}).json()["features"]
    assert ids(client, PLAN, layer=layer) == [one["id"] for one in view]


def test_another_layer_is_not_in_this_one(client: TestClient) -> None:
    assert get(client, PARKS, layer="transport")["numberMatched"] == 0


@pytest.mark.parametrize("value", ["abc", "NaN", "inf", "1,2", ""])
def test_what_is_no_number_is_told_so(client: TestClient, value: str) -> None:
    answer = client.get(PLAN, params={"uncertainty_m": value})
    assert (answer.status_code, answer.json()["expected"]) == (400, "a number")


@pytest.mark.parametrize("format", ["csv", "geojsonseq"])
def test_a_file_that_cannot_say_its_crs_is_in_crs84(client: TestClient, format: str) -> None:
    answer = client.get(PARKS, params={"f": format, "crs": f"{EPSG}4528"})
    assert answer.status_code == 400
    assert "json, jsonfg, gpkg, fgb" in answer.json()["detail"]
    assert client.get(PARKS, params={"f": format, "crs": CRS84}).status_code == 200


def test_an_empty_filter_is_told_what_one_looks_like(client: TestClient) -> None:
    answer = client.get(PLAN, params={"filter": ""})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "filter")
    assert "CQL2" in answer.json()["expected"]


@pytest.mark.parametrize("time", [
    "2025-12-31T23:59:60Z", "2025-01-01T00:00:00.123456789123Z/..",
    "2025-01-01T09:00:00+08:00/2025-01-01T02:00:00Z",
    "2016-12-31T23:59:59.9999999Z/2016-12-31T23:59:60Z",
])  # fmt: skip
def test_times_are_those_of_rfc_3339(client: TestClient, time: str) -> None:
    answer = client.get("/api/collections/plan/items", params={"datetime": time, "limit": "1"})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("time", [
    "2025-12-30T23:59:60Z", "2025-01-01T02:00:00Z/2025-01-01T09:00:00+08:00",
])  # fmt: skip
def test_times_that_cannot_be_are_named(client: TestClient, time: str) -> None:
    answer = client.get("/api/collections/plan/items", params={"datetime": time, "limit": "1"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "datetime"
