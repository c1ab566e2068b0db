"""The committed pack: it obeys every rule, equals a rebuild, and says what the plan says."""

import json
from collections import Counter
from typing import Any

import pytest
from shapely import Point, box, unary_union
from shapely.geometry import shape

from app.build.check_pack import check_pack
from app.domain.planes import distance_m, plane_for
from app.locate import LocateContext
from app.pack.pack import Pack
from app.pack.tables.csv_tables import read_table

LEAST_LOCATED = 540
FIRST_LAYERS = {"industrial-parks": 9, "agri-layout": 9, "tourism-layout": 6, "transport": 65}

WORD_COLUMNS = ("id", "words", "plan_ref")
BEGUN = {"续建", "在建", "落地", "加快建设", "加快…建设", "加速…建设", "持续推进…建设"}
NAMED_IN_ONE_BREATH = (
    "wenxing-road-north haixiang-plaza landfill-fly-ash public-car-parks smart-housing",
    "night-baihuo-minan night-xinggong night-xingcheng-old-town",
    "biz-gucheng-nanguan biz-bingjiawan biz-waihuan-dahongmen",
    "biz-yuhuang biz-feitian biz-xinggong-zhongjie biz-cbd biz-longwan-avenue biz-longwan-leisure",
    "scenic-longtan-canyon scenic-red-beach nuc-xudabao lng-baichuan",
    "road-suizhong-ring road-outer-ring-east road-incinerator-access road-port-access-suizhong",
    "herb-yaowang herb-yangan live-longgang wte-suizhong suizhong-museum",
    "ft-base-steel ft-base-chemicals ft-base-farm-produce agri-jianchang-grain-demo",
)
"""Named by the plan in one sentence, or by one verb."""


@pytest.fixture(scope="module")
def features(pack: Pack) -> list[dict[str, Any]]:
    return pack.features


def test_the_pack_obeys_every_rule(pack: Pack) -> None:
    """And what is committed is what a build makes of it."""
    assert [str(finding) for finding in check_pack(pack)] == []


def test_the_layers_hold_what_the_plan_lists(features: list[dict[str, Any]]) -> None:
    counts = Counter(feature["properties"]["layer"] for feature in features)
    assert len(counts) == 17
    assert {layer: counts[layer] for layer in FIRST_LAYERS} == FIRST_LAYERS
    assert sum(counts.values()) >= 815


def test_enough_items_have_an_honest_geometry(features: list[dict[str, Any]]) -> None:
    assert sum(feature["geometry"] is not None for feature in features) >= LEAST_LOCATED


def test_every_park_stands_in_its_county_within_its_radius(
    pack: Pack, features: list[dict[str, Any]]
) -> None:
    plane = plane_for(pack.info.frame)
    for feature in features:
        properties = feature["properties"]
        if properties["layer"] != "industrial-parks":
            continue
        area = unary_union([pack.boundaries[code] for code in properties["counties"]])
        distance = plane.metres(shape(feature["geometry"])).distance(plane.metres(area))
        assert distance <= properties["uncertainty_m"], properties["name"]


def test_no_point_pretends_to_be_finer_than_its_places(
    pack: Pack, features: list[dict[str, Any]]
) -> None:
    for feature in features:
        properties = feature["properties"]
        if properties["located_by"]["method"] not in ("point", "points"):
            continue
        places = [pack.gazetteer.get(name) for name in properties["located_by"]["places"]]
        radius = max(place.uncertainty_m for place in places if place)
        assert properties["uncertainty_m"] >= radius


def test_an_estimate_is_never_called_anything_better(
    pack: Pack, features: list[dict[str, Any]]
) -> None:
    for feature in features:
        properties = feature["properties"]
        places = [pack.gazetteer.get(name) for name in properties["located_by"]["places"]]
        if any(place and place.basis == "estimated" for place in places):
            assert properties["basis"] == "estimated", properties["id"]


def test_no_radius_is_wider_than_the_map(pack: Pack, features: list[dict[str, Any]]) -> None:
    """Places beyond the frame give a line its direction, never its doubt."""
    west, south, east, north = plane_for(pack.info.frame).metres(box(*pack.info.frame)).bounds
    for feature in features:
        radius = feature["properties"]["uncertainty_m"] or 0
        assert radius < min(east - west, north - south), feature["id"]


def test_works_on_a_river_stand_in_their_counties(
    pack: Pack, features: list[dict[str, Any]]
) -> None:
    plane = plane_for(pack.info.frame)
    seen = 0
    for feature in features:
        properties = feature["properties"]
        along = properties["located_by"].get("along") or ()
        if not properties["counties"] or not along:
            continue
        if any(pack.lines[name].kind != "river" for name in along):
            continue
        area = unary_union([plane.metres(pack.boundaries[one]) for one in properties["counties"]])
        assert area.buffer(1_010).covers(plane.metres(shape(feature["geometry"]))), feature["id"]
        seen += 1
    assert seen > 5


def test_a_county_that_is_not_reached_is_explained(
    pack: Pack, features: list[dict[str, Any]]
) -> None:
    plane = plane_for(pack.info.frame)
    land = {code: plane.metres(polygon) for code, polygon in pack.boundaries.items()}
    for feature in features:
        properties = feature["properties"]
        if not feature["geometry"] or properties["place_note"]:
            continue
        drawn = plane.metres(shape(feature["geometry"]))
        for code in properties["counties"]:
            assert drawn.distance(land[code]) <= 2_000, (feature["id"], code)


def test_the_file_is_in_canonical_form(pack: Pack) -> None:
    text = pack.features_path.read_text(encoding="utf-8")
    ids = [feature["id"] for feature in json.loads(text)["features"]]
    assert ids == sorted(ids)
    assert text.endswith("}\n")
    assert "\r" not in text


SEATS = {
    "羊安满族乡": (120.649, 40.626),
    "新开岭乡": (119.589, 40.519),
    "大王庙镇": (120.027, 40.393),
    "南大山满族乡": (120.431, 40.537),
    "魏家岭乡": (119.521, 40.630),
    "邱皮沟街道": (120.778, 41.189),
    "虹螺岘镇": (120.869, 41.020),
    "大青山": (119.67, 40.515),
}
"""Where several sources put places that once stood 8 to 21 km off."""


@pytest.mark.parametrize("name", list(SEATS))
def test_a_place_stands_where_the_sources_put_it(name: str, pack: Pack) -> None:
    place = pack.gazetteer.get(name)
    assert place
    assert distance_m(place.at, SEATS[name]) <= 200


COURSES = {
    "王宝河": [("大王庙镇", 1.0), ("龙屯水库", 1.5), ("高甸子满族乡", 1.0), ("高台镇", 1.0)],
    "黑水河": [("西平坡满族乡", 1.0)],
    "大凌河": [("喇嘛洞镇", 3.0), ("西碱厂乡", 3.0)],
    "六股河": [("药王庙镇", 1.5), ("杨树湾子乡", 2.0), ("二道湾子蒙古族乡", 2.5)],
}
"""A river passes these places, within so many kilometres of their seats."""


@pytest.mark.parametrize("river", list(COURSES))
def test_a_river_passes_the_places_on_it(river: str, pack: Pack) -> None:
    site = LocateContext(pack)
    course = site.centreline_of(pack.lines[river]).line
    for name, km in COURSES[river]:
        place = pack.gazetteer.get(name)
        assert place
        assert course.distance(site.point(place.at)) <= km * 1000, name


@pytest.mark.parametrize("tributary", ["王宝河", "黑水河"])
def test_a_tributary_ends_in_the_river_it_joins(tributary: str, pack: Pack) -> None:
    site = LocateContext(pack)
    mouth = site.point(pack.lines[tributary].points[-1].position)
    assert site.centreline_of(pack.lines["六股河"]).line.distance(mouth) <= 500


def test_the_border_river_follows_the_border(pack: Pack) -> None:
    """From where it leaves 建昌 down to 绥中 the 六股河 is the line between 绥中 and 兴城."""
    site = LocateContext(pack)
    edge = site.plane.metres(
        pack.boundaries["211421"].boundary.intersection(pack.boundaries["211481"].boundary)
    )
    course = site.centreline_of(pack.lines["六股河"]).line
    low, high = site.point((120.2, 40.42)).y, site.point((120.2, 40.60)).y
    upper = [Point(spot) for spot in course.coords if low < spot[1] < high]
    assert upper
    assert max(edge.distance(spot) for spot in upper) <= 1500


def test_a_road_whose_course_nobody_gives_is_no_published_point(
    features: list[dict[str, Any]],
) -> None:
    """The county seat's point is published; the ring round it is not."""
    by_id = {feature["id"]: feature["properties"] for feature in features}
    for id in ("road-suizhong-ring", "road-suizhong-north-ring", "line500-xudabao"):
        assert by_id[id]["basis"] == "estimated", id
        assert by_id[id]["uncertainty_m"] > 3000, id
    for id in ("herb-yangan", "sub66-gejia", "suizhong-museum"):
        assert by_id[id]["basis"] == "derived", id
        assert by_id[id]["precision"] == "township", id


def test_what_is_building_is_so_in_the_plans_own_words(pack: Pack) -> None:
    """Bare 建设, 推进 and 推动 are no sign that works have begun (geodata/README.md)."""
    said = {
        one.cells["id"]: one.cells
        for one in read_table(pack.data / "status_words.csv", WORD_COLUMNS)
    }
    building = {item.id: item for item in pack.items if item.status == "building"}
    assert set(said) == set(building)
    for id, row in said.items():
        assert row["words"] in BEGUN, id
        assert row["plan_ref"] in [str(ref) for ref in building[id].plan_refs], id


@pytest.mark.parametrize("ids", NAMED_IN_ONE_BREATH)
def test_items_of_one_sentence_have_one_status(pack: Pack, ids: str) -> None:
    statuses = {item.id: item.status for item in pack.items}
    assert len({statuses[id] for id in ids.split()}) == 1
