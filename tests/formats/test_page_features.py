"""Files of many items: what is read of each, how often, and what is copied unread."""

from typing import Any

import numpy as np
import orjson
import pytest
import shapely
from shapely.geometry import shape

from app.catalog.catalog import Catalog
from app.formats import BY_EXT, Selection
from app.formats.tabular import table
from app.selection.page_features import PageFeatures
from app.store.bodies import AS_BUILT, Bodies, Texts
from app.view.view import View

OUTLINES: list[Any] = [
    None,
    {"type": "Point", "coordinates": [120.5, 40.5]},
    {"type": "Point", "coordinates": [120, 41, 7.5]},
    {"type": "Point", "coordinates": []},
    {"type": "MultiPoint", "coordinates": [[120, 41], [121, 40]]},
    {"type": "LineString", "coordinates": [[120, 41], [121, 40]]},
    {"type": "Point", "coordinates": [-1, 2]},
]


def page_of(features: list[dict[str, Any]]) -> PageFeatures:
    bodies = Bodies()
    for feature in features:
        bodies.add(feature)
    bodies.settle(np.arange(len(features)))
    return PageFeatures(Texts(bodies, np.arange(len(features)), AS_BUILT))


def selected(catalog: Catalog, features: Any) -> Selection:
    return Selection(catalog, "v", View(), features, "zh", "http://map.test/")


@pytest.mark.parametrize("ext", ["geojson", "geojsonseq", "jsonfg", "csv"])
def test_a_file_is_the_same_of_a_page_as_of_its_features(catalog: Catalog, ext: str) -> None:
    features = list(catalog.features[::20])
    render = BY_EXT[ext].render
    for some in (features, features[:1], []):
        assert render(selected(catalog, page_of(some))) == render(
            selected(catalog, list(page_of(some)))
        )


def test_geojson_is_copied(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is looked at once, for its sources; none is written anew."""
    looked: list[int] = []
    member = PageFeatures.member
    monkeypatch.setattr(
        PageFeatures, "member", lambda self, at: looked.append(at) or member(self, at)
    )
    BY_EXT["geojson"].render(selected(catalog, page_of(list(catalog.features[:9]))))
    assert looked == [*range(9)]


@pytest.mark.parametrize("ext", ["geojson", "geojsonseq", "csv"])
def test_what_no_file_can_hold_is_left_out_of_a_page(catalog: Catalog, ext: str) -> None:
    first, *rest = (orjson.loads(orjson.dumps(one)) for one in catalog.features[:3])
    first["properties"]["summary"] = "be\x08fore"
    body = BY_EXT[ext].render(selected(catalog, page_of([first, *rest])))
    assert b"before" in body


def test_points_are_made_at_once(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    features = [{"id": str(at), "geometry": one} for at, one in enumerate(OUTLINES)]
    expected = [None if one is None else shape(one) for one in OUTLINES]
    made: list[str] = []
    monkeypatch.setattr(table, "shape", lambda one: made.append(one["type"]) or shape(one))
    found = table.geometries(selected(catalog, features))
    assert [one and shapely.to_wkb(one) for one in found] == [
        one and shapely.to_wkb(one) for one in expected
    ]
    assert made == ["Point", "Point", "MultiPoint", "LineString"]
