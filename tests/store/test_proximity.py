"""Nearness, as the page reckons it too."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely.geometry import shape

from app.store.base import Query
from app.store.memory import MemoryStore
from app.store.proximity import distances, metres_from

TABLE = json.loads(
    (Path(__file__).parents[1] / "shared" / "proximity_cases.json").read_text("utf-8")
)


def feature(id: str, type: str, coordinates: Any, method: str = "point") -> dict[str, Any]:
    properties = {"id": id, "located_by": {"method": method, "places": []}}
    geometry = {"type": type, "coordinates": coordinates} if coordinates else None
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}


AROUND = [[[120, 40], [120.1, 40], [120.1, 40.1], [120, 40]]]
STORE = MemoryStore(
    [
        feature("a", "Point", [120.0, 40.0]),
        feature("b", "Point", [120.05, 40.0]),
        feature("line", "LineString", [[119.0, 40.01], [121.0, 40.01]], "line"),
        feature("county", "Polygon", AROUND, "counties"),
        feature("nowhere", "Point", None, "none"),
        feature("far", "Point", [121.0, 40.0]),
    ],
    "v",
)  # fmt: skip


def near(centre: str | tuple[float, float], km: float) -> list[str]:
    rows = STORE.rows(Query(near=(centre, km)))
    return [STORE.columns.features[row]["id"] for row in rows]


def test_an_item_is_near_by_its_nearest_position_not_its_nearest_corner() -> None:
    assert near("a", 5) == ["line", "b"]
    assert near("a", 2) == ["line"]
    assert near("a", 100) == ["line", "b", "far"]


def test_an_item_without_a_point_has_no_neighbours() -> None:
    assert near("line", 100) == near("nowhere", 100) == near("unknown", 100) == []


def test_a_position_has_neighbours_and_is_nobody_s_own() -> None:
    assert near((120.0, 40.0), 1) == ["a"]
    assert near((120.0, 40.0), 5) == ["a", "line", "b"]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_distances_are_those_of_the_table_the_page_is_held_to(case: dict[str, Any]) -> None:
    (metres,) = metres_from(tuple(case["here"]), np.array([shape(case["geometry"])]))
    assert metres == pytest.approx(case["metres"], abs=1)


def test_no_geometry_is_at_no_distance() -> None:
    found = metres_from((120.0, 40.0), np.array([None, shape(TABLE["cases"][0]["geometry"])]))
    assert np.isnan(found).tolist() == [True, False]


def test_a_degree_of_latitude_is_some_111_km() -> None:
    (metres,) = distances(np.array([120.0, 40.0]), np.array([[120.0, 41.0]]))
    assert metres == pytest.approx(111_195, rel=1e-4)
