"""Where names and symbols stand in pictures, as on the page: the cases that both must pass."""

import json
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import shapely
from shapely.geometry import Polygon

from app.domain.certainty import certainty_of
from app.picture.map.area_labels import GAP, LEADER, Area, place_in_area
from app.picture.map.labels import FreeRoom
from app.picture.map.points import SYMBOL, Spot, cluster_spots, push_all_apart
from app.picture.scene.viewport import Rect

SHARED = Path(__file__).parents[2] / "shared"
PAGE = Rect(-500, -500, 2000, 2000)


def cases(name: str) -> list[Any]:
    found = json.loads((SHARED / f"{name}_cases.json").read_text("utf8"))["cases"]
    return [pytest.param(case, id=case["name"]) for case in found]


def rect(box: dict[str, float]) -> Rect:
    return Rect(box["x"], box["y"], box["w"], box["h"])


@pytest.mark.parametrize("case", cases("area_label"))
def test_where_the_name_of_an_area_stands(case: dict[str, Any]) -> None:
    own = Polygon(case["area"])
    others = shapely.union_all([Polygon(ring) for ring in case["others"]])
    room = FreeRoom(rect(case["room"]), [rect(one) for one in case["obstacles"]])
    found = place_in_area(room, Area(own, others, tuple(case["anchor"])), case["sizes"])
    if found is None:
        assert case["where"] is None
        return
    form, box = found
    shape = box.polygon()
    assert form == case["form"]
    assert (box.width, box.height) == tuple(case["sizes"][form])
    if case["where"] == "within":
        assert own.contains(shape)
    else:
        assert GAP <= own.distance(shape) <= LEADER
        assert not others.intersects(shape)
    assert room.free(box)
    if "box" in case:
        assert [box.x, box.y] == case["box"]


@pytest.mark.parametrize("case", cases("certainty"))
def test_how_an_item_stands_on_a_map(case: dict[str, Any]) -> None:
    located = {"located_by": {"method": case["method"]}}
    assert certainty_of({**case, **located}) == case["certainty"]


def spots_of(case: dict[str, Any]) -> list[Spot]:
    return [
        Spot([SimpleNamespace(id=one["id"])], one["x"], one["y"], [(one["x"], one["y"])])  # type: ignore[list-item]
        for one in case["spots"]
    ]


@pytest.mark.parametrize("case", cases("point"))
def test_which_symbols_are_one(case: dict[str, Any]) -> None:
    found = cluster_spots(spots_of(case), 30)
    assert [[item.id for item in spot.items] for spot in found] == case["groups"]


@pytest.mark.parametrize("case", cases("point"))
def test_pushed_apart_none_hides_another_and_all_stay_about_where_they_are(
    case: dict[str, Any],
) -> None:
    spots = spots_of(case)
    moved = push_all_apart(spots, PAGE)
    for a, b in combinations(moved, 2):
        assert max(abs(a.x - b.x), abs(a.y - b.y)) >= SYMBOL * 0.7
    for axis in ("x", "y"):
        before, after = (sum(getattr(one, axis) for one in some) for some in (spots, moved))
        assert after == pytest.approx(before, abs=1e-6)
