"""A FlatGeobuf is read by parts: what a box of five kilometres costs, and what that asks for."""

import json
import math
import random
import struct
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import pytest
import shapely
from fastapi.testclient import TestClient
from shapely.geometry import shape

from app.domain.planes import plane_for
from app.formats.gis.fgb_packing import packed
from app.pack.pack import Pack
from tests.formats.range_server import served
from tests.formats.test_files import body_of, ids_in_box

Box = tuple[float, float, float, float]
PLACES = {
    "连山区": (120.837, 40.711), "兴城市": (120.728, 40.614), "绥中县": (120.344, 40.326),
    "建昌县": (119.807, 40.812), "南票区": (120.75, 41.107), "港": (120.98, 40.72),
}  # fmt: skip
"""Where the towns and the harbour are: the boxes with most in them."""
MERGED = 256 * 1024
"""The reader of npm fetches two features at once where no more than this lies between."""
COARSE = 0.01
"""To what part of `uncertainty_m` the outline of several counties is simplified."""
FIRST = 2024 + 40 * (1 + 16 + 16 * 16)
"""What it fetches at the start."""


def five_kilometres(lng: float, lat: float) -> Box:
    height = 2.5 / 111.2
    width = height / math.cos(math.radians(lat))
    return lng - width, lat - height, lng + width, lat + height


@pytest.fixture(scope="module")
def body(client: TestClient) -> bytes:
    return body_of(client, "/view.fgb")


@pytest.fixture(scope="module")
def features(client: TestClient) -> dict[str, dict[str, Any]]:
    found = json.loads(body_of(client, "/view.geojson"))["features"]
    return {one["id"]: one for one in found if one["geometry"]}


@pytest.fixture(scope="module")
def frame(body: bytes, tmp_path_factory: pytest.TempPathFactory) -> geopandas.GeoDataFrame:
    path = tmp_path_factory.mktemp("fgb") / "view.fgb"
    path.write_bytes(body)
    return pyogrio.read_dataframe(path)


def test_boxes_of_towns_take_less_than_a_fifth_and_hold_what_they_should(
    body: bytes, frame: geopandas.GeoDataFrame, features: dict[str, dict[str, Any]]
) -> None:
    middles = {row.id: row.geometry for row in frame.itertuples() if row.method == "counties"}
    shapes = {id: middles.get(id) or shape(one["geometry"]) for id, one in features.items()}
    for place, at in PLACES.items():
        box = five_kilometres(*at)
        with served(body, "view.fgb") as file:
            found = ids_in_box(file.url, box)
        area = shapely.box(*box)
        assert found == {id for id, one in shapes.items() if one.intersects(area)}, place
        assert len(file.taken) < len(body) / 5, place


def test_boxes_anywhere_in_the_city_take_less_than_a_fifth_by_the_reader_of_npm(
    body: bytes, frame: geopandas.GeoDataFrame, pack: Pack
) -> None:
    city = shapely.union_all(list(pack.county_land.values()))
    west, south, east, north = city.bounds
    chance = random.Random(13)
    points = ((chance.uniform(west, east), chance.uniform(south, north)) for _ in range(1000))
    inside = [one for one in points if city.contains(shapely.Point(one))][:100]
    reader, met, shares = Reader(body, len(frame)), frame.geometry.bounds, []
    for at in (*PLACES.values(), *inside):
        box = five_kilometres(*at)
        rows, taken = reader.box(box)
        wanted = (met.minx <= box[2]) & (met.maxx >= box[0])
        wanted &= (met.miny <= box[3]) & (met.maxy >= box[1])
        assert rows == list(frame.index[wanted])
        shares.append(taken / len(body))
    assert len(shares) > 100
    above = [share for share in shares if share >= 1 / 5]
    assert len(above) <= len(shares) // 100, above  # the middle of the city, of city-wide items
    assert max(shares) < 1 / 3


def test_an_item_of_its_counties_is_a_point_in_the_circle_and_keeps_its_outline(
    frame: geopandas.GeoDataFrame, features: dict[str, dict[str, Any]], pack: Pack
) -> None:
    plane = plane_for(pack.info.frame)
    assert set(frame["id"]) == set(features)
    wide = 0
    for row in frame.itertuples():
        here = shape(features[row.id]["geometry"])
        if row.method != "counties":
            assert isinstance(row.footprint_wkt, float | None)  # no text
            assert row.geometry.equals(here)
            continue
        wide += 1
        outline = shapely.from_wkt(row.footprint_wkt)
        if len(features[row.id]["properties"]["counties"]) == 1:
            assert outline.equals_exact(here, 1e-6)
        else:
            assert outline.is_valid
            exact, drawn = plane.metres(here), plane.metres(outline)
            mainland = max(shapely.get_parts(exact), key=shapely.area)
            off = shapely.distance(shapely.points(mainland.exterior.coords), drawn.boundary)
            assert max(off) < 1.6 * COARSE * row.uncertainty_m
            assert shapely.symmetric_difference(exact, drawn).area < exact.area * 0.03
            assert len(row.footprint_wkt) < 6000
        assert row.geometry.geom_type == "Point"
        scale = math.cos(math.radians(row.geometry.y))
        degrees = (shapely.get_coordinates(here) - shapely.get_coordinates(row.geometry)) * [
            scale,
            1,
        ]
        farthest = max(math.hypot(*one) for one in degrees) * 111_200
        assert farthest == pytest.approx(row.uncertainty_m, rel=0.02)
    assert wide > 100


def test_the_middle_of_the_city_takes_a_third_though_every_city_wide_item_stands_there(
    body: bytes, frame: geopandas.GeoDataFrame
) -> None:
    rows, taken = Reader(body, len(frame)).box(five_kilometres(120.18, 40.64))
    assert len(rows) > len(frame) / 5
    assert taken < len(body) / 3


def test_the_file_says_how_many_items_stand_so(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "view.fgb"
    path.write_bytes(body_of(client, "/view.fgb?layer=agriculture&lang=en&crs=EPSG:4528"))
    frame = pyogrio.read_dataframe(path)
    wide = frame["footprint_wkt"].notna()
    said = pyogrio.read_info(path)["layer_metadata"]
    assert 0 < wide.sum() == int(said["county_wide"])
    assert f"only the counties are known: {wide.sum()}" in path.read_bytes().decode(errors="ignore")
    outlines = shapely.from_wkt(frame["footprint_wkt"][wide].to_list())
    away = shapely.distance(outlines, frame.geometry[wide].to_numpy())
    assert max(away) < 100_000  # both in metres of the grid


def test_who_asks_for_areas_gets_them(client: TestClient, tmp_path: Path) -> None:
    items = "/api/collections/plan-areas/items"
    path = tmp_path / "areas.fgb"
    path.write_bytes(body_of(client, f"{items}?f=fgb"))
    frame = pyogrio.read_dataframe(path).set_index("id")
    wanted = json.loads(body_of(client, f"{items}?limit=1000"))["features"]
    assert set(frame.index) == {one["id"] for one in wanted}
    assert set(frame.geom_type) == {"MultiPolygon"}
    for one in wanted:
        assert frame.geometry[one["id"]].equals(shape(one["geometry"]))


@pytest.mark.parametrize("count", [1, 2, 16, 17, 255, 256, 257, 300])
def test_a_file_of_any_size_keeps_its_features_and_its_index(count: int, tmp_path: Path) -> None:
    chance = random.Random(count)
    shapes = [
        shapely.LineString([(x, y), (x + chance.random() ** 9 * 50, y)])
        for x, y in ((chance.uniform(0, 100), chance.uniform(0, 50)) for _ in range(count))
    ]
    path = tmp_path / "lines.fgb"
    table = geopandas.GeoDataFrame({"id": range(count)}, geometry=shapes, crs="EPSG:4326")
    table.to_file(path, driver="FlatGeobuf", SPATIAL_INDEX="YES")
    order = pyogrio.read_dataframe(path)["id"]
    path.write_bytes(packed(path.read_bytes(), [id % 7 == 0 for id in order]))
    found = pyogrio.read_dataframe(path)
    assert sorted(found["id"]) == list(range(count))
    assert all(found.geometry[at].equals(shapes[id]) for at, id in enumerate(found["id"]))
    if count > 16:
        heavy = [at for at, id in enumerate(found["id"]) if id % 7 == 0]
        assert heavy == list(range(heavy[0], heavy[-1] + 1))
        assert heavy[0] <= count // 10  # behind the widest
        places = list(found.geometry.bounds.minx[heavy[-1] + 1 :])
        assert places == sorted(places)
    for x in range(0, 100, 5):
        box = (x, 10, x + 5, 30)
        wanted = {id for id, line in enumerate(shapes) if line.intersects(shapely.box(*box))}
        assert set(pyogrio.read_dataframe(path, bbox=box)["id"]) == wanted


class Reader:
    """Reads the index as the format describes it, and counts what npm's reader would fetch."""

    def __init__(self, body: bytes, count: int) -> None:
        self.body = body
        self.levels = [count]
        while len(self.levels) == 1 or self.levels[0] > 1:
            self.levels.insert(0, -(-self.levels[0] // 16))
        self.ends = list(accumulate(self.levels))
        self.index_at = 12 + struct.unpack_from("<I", body, 8)[0]
        self.features_at = self.index_at + 40 * self.ends[-1]

    def node(self, place: int) -> tuple[Any, ...]:
        return struct.unpack_from("<4dQ", self.body, self.index_at + 40 * place)

    def box(self, box: Box) -> tuple[list[int], int]:
        """The rows whose boxes meet this one, and how many bytes a reader fetches for them."""
        taken, end = max(FIRST, self.features_at), -math.inf
        found = sorted(self.met(0, 0, box))
        for start in (self.node(self.ends[-2] + row)[4] for row in found):
            stop = start + 4 + struct.unpack_from("<I", self.body, self.features_at + start)[0]
            taken += stop - (end if start - end <= MERGED else start)
            end = stop
        return found, int(taken)

    def met(self, place: int, level: int, box: Box) -> Iterator[int]:
        west, south, east, north, offset = self.node(place)
        if west > box[2] or east < box[0] or south > box[3] or north < box[1]:
            return
        if level == len(self.levels) - 1:
            yield place - self.ends[-2]
            return
        for child in range(offset, min(offset + 16, self.ends[level + 1])):
            yield from self.met(child, level + 1, box)
