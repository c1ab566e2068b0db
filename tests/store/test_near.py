"""Nearness, as the page reckons it too."""

from typing import Any

import numpy as np
import pytest

from app.store.near import distances, positions, rows_near


def feature(type: str, coordinates: Any, method: str = "point") -> dict[str, Any]:
    return {
        "geometry": {"type": type, "coordinates": coordinates} if coordinates else None,
        "properties": {"located_by": {"method": method}},
    }


CITY = [
    feature("Point", [120.0, 40.0]),
    feature("Point", [120.05, 40.0]),
    feature("LineString", [[121.0, 41.0], [120.02, 40.0]]),
    feature("Polygon", [[[120, 40], [120.1, 40], [120.1, 40.1], [120, 40]]], "counties"),
    feature("Point", None, "none"),
    feature("Point", [121.0, 40.0]),
]


def test_near_is_within_so_many_km_of_the_first_point() -> None:
    assert list(rows_near(CITY, 0, 5)) == [1, 2]
    assert list(rows_near(CITY, 0, 2)) == [2]
    assert list(rows_near(CITY, 0, 100)) == [1, 2, 5]


def test_an_item_without_a_point_has_no_neighbours() -> None:
    assert list(rows_near(CITY, 2, 100)) == []
    assert list(rows_near(CITY, 4, 100)) == []


def test_a_degree_of_latitude_is_some_111_km() -> None:
    (metres,) = distances(np.array([120.0, 40.0]), np.array([[120.0, 41.0]]))
    assert metres == pytest.approx(111_195, rel=1e-4)


def test_positions_are_found_at_any_depth() -> None:
    nested = {"type": "MultiPolygon", "coordinates": [[[[1, 2], [3, 4]]], [[[5, 6, 7]]]]}
    assert positions(nested).tolist() == [[1, 2], [3, 4], [5, 6]]
