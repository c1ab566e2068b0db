"""Where an item can be is drawn alike on the page, in the offline file and in pictures."""

import pytest
from fastapi.testclient import TestClient
from shapely.geometry import shape

from app.catalog.catalog import Catalog
from app.formats.page.offline import item as offline_item
from app.picture.items import read_items
from tests.picture.conftest import Select, assets, files, select

__all__ = ["assets", "files", "select"]

ROAD = "road-suizhong-ring"


@pytest.fixture(scope="module")
def index(client: TestClient) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in client.get("/index.json").json()["features"]}


def test_the_index_says_where_an_item_can_be_only_where_that_is_less_than_its_circle(
    index: dict[str, dict[str, object]], catalog: Catalog
) -> None:
    areas = catalog.areas
    for feature in catalog.features:
        assert index[feature["id"]].get("area") == areas.as_geojson(feature), feature["id"]
    with_area = [id for id, one in index.items() if "area" in one]
    assert ROAD in with_area
    assert 100 < len(with_area) < 300


def test_the_offline_file_and_the_pictures_draw_the_same_area(
    index: dict[str, dict[str, object]], catalog: Catalog, select: Select
) -> None:
    feature = next(one for one in catalog.features if one["id"] == ROAD)
    assert offline_item(feature, catalog)["area"] == index[ROAD]["area"]
    drawn = {one.id: one for one in read_items(select("layer=transport"), "light")}
    area = shape(index[ROAD]["area"])
    assert drawn[ROAD].area is not None
    assert drawn[ROAD].area.symmetric_difference(area).area < 1e-6 * area.area
