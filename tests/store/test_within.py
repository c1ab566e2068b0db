"""What a window holds, as the page tells it too."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.store.base import Query
from app.store.memory import MemoryStore

TABLE = json.loads(
    (Path(__file__).parents[1] / "shared" / "intersection_cases.json").read_text("utf-8")
)


def store_of(geometry: Any, method: str = "point") -> MemoryStore:
    properties = {"id": "one", "located_by": {"method": method, "places": []}}
    feature = {"type": "Feature", "id": "one", "geometry": geometry, "properties": properties}
    return MemoryStore([feature], "v")


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_a_window_holds_what_the_table_says(case: dict[str, Any]) -> None:
    rows = store_of(case["geometry"]).rows(Query(within=tuple(case["box"])))
    assert bool(len(rows)) == case["touches"]


def test_a_county_wide_item_is_in_a_box_and_in_no_window() -> None:
    case = next(one for one in TABLE["cases"] if one["name"] == "a zone around it")
    store = store_of(case["geometry"], "counties")
    box = tuple(case["box"])
    assert len(store.rows(Query(bbox=box))) == 1
    assert len(store.rows(Query(within=box))) == 0
