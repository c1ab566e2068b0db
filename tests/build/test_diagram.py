"""Where the plan's own drawing of its structure stands: decided once, for page and pictures."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.build.diagram import drawing_of, kind_of, name_guide
from app.pack.pack import Pack

LINE = [(10.0, 50.0), (10.1, 50.0), (10.2, 50.0)]


def belt(coordinates: list[Any], diagram: str = "belt") -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": coordinates}
    return {"id": "belt", "properties": {"diagram": diagram}, "geometry": geometry}


def test_a_name_stands_in_the_middle_of_its_band_or_away_from_a_ring_there() -> None:
    plain = name_guide(LINE, [])
    assert plain["offset"] == pytest.approx(0.5, abs=0.01)
    assert plain["share"] == pytest.approx(1 / 3, abs=0.01)
    assert name_guide(LINE, [(10.1, 50.0)])["offset"] != plain["offset"]


def test_a_name_is_read_from_left_to_right_whichever_way_its_band_runs() -> None:
    points = name_guide(LINE[::-1], [])["points"]
    assert points == sorted(points) == name_guide(LINE, [])["points"]


def test_a_zone_has_its_ring_in_its_middle_and_points_theirs_where_they_are(pack: Pack) -> None:
    for feature in pack.features:
        if kind_of(feature) and feature["geometry"]["type"] == "MultiPoint":
            assert drawing_of(feature, ())["spots"] == feature["geometry"]["coordinates"]


def test_an_axis_begins_at_its_core(pack: Pack) -> None:
    feature = belt([*LINE], "axis")
    assert drawing_of(feature, [LINE[-1]])["line"][0] == list(LINE[-1])
    assert drawing_of(feature, [LINE[0]])["line"][0] == list(LINE[0])


def test_the_page_is_given_every_drawing_and_no_other(client: TestClient, pack: Pack) -> None:
    given = {one["id"]: one for one in client.get("/index.json").json()["features"]}
    kinds = {one["id"]: kind_of(one) for one in pack.features}
    assert {id for id, one in given.items() if "drawing" in one} == {
        id for id in kinds if kinds[id]
    }
    lines = [one["drawing"] for one in given.values() if "line" in one.get("drawing", {})]
    assert lines
    for one in lines:
        assert one["guide"]["points"][1:-1] in (one["line"], one["line"][::-1])
