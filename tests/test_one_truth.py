"""A view has one answer: the page, the file and the API list the same items in the same order."""

import csv
import io
import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from fastapi.testclient import TestClient
from httpx2 import ASGITransport, AsyncClient, Response

from app.formats.tabular import csv as csv_file
from app.selection.overview import drawn_view
from app.view.view import read_view
from app.web.params.views import known_part

ROOT = Path(__file__).parents[1]
VIEWS = 300
ODD = (
    "site=port", "site=airport:5", "site=port:5,port:6", "site=port:0", "site=port:2000",
    "near=2000&focus=park-dongdaihe", "near=5", "near=0&focus=park-dongdaihe", "inview=1",
    "bbox=119.6,40.5,0,119.8,40.7,100&inview=1", "bbox=119.6,40.5,119.6,40.7&inview=1",
    "bbox=170,-10,-170,10&inview=1", "layer=water&layer=energy", "title=a%01b", "layer=nosuch",
    "county=999999", "place=nowhere&focus=nosuch&near=5",
    "county=&layer=", "layer=+water+", "q=%2B", "q=++", "q=%FF",
    "title=a%0C", "place=nowhere&near=5",
    f"q={'水' * 201}", "Layer=water", "focus=nosuch&near=5", "layer=water,nosuch",
)  # fmt: skip


@pytest.fixture(scope="module")
def features(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/view.geojson").json()["features"]
    return found


def page_answers(client: TestClient, queries: list[str]) -> list[dict[str, Any]]:
    """What the page's own code makes of each query, on what the server sends the page."""
    node = shutil.which("node")
    assert node, "node is missing"
    sent = {name: client.get(f"/{name}.json").json() for name in ("pack", "index", "search")}
    sent["places"] = client.get("/places.json").json()
    script = ROOT / "tests" / "js" / "page_ids.js"
    text = json.dumps({**sent, "queries": queries})
    done = subprocess.run([node, script], input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def answers_to(client: TestClient, addresses: list[str]) -> list[Response]:
    """What the service answers, asked in its own event loop: hopping threads costs more."""

    async def ask() -> list[Response]:
        transport = ASGITransport(app=client.app)
        headers = {"Accept-Encoding": "identity"}
        async with AsyncClient(
            transport=transport, base_url=client.base_url, headers=headers
        ) as one:
            return [await one.get(address) for address in addresses]

    assert client.portal
    answers = client.portal.call(ask)
    for address, answer in zip(addresses, answers, strict=True):
        assert answer.status_code == 200, (address, answer.text)
    return answers


def file_ids(client: TestClient, queries: list[str]) -> list[list[str]]:
    answers = answers_to(client, [f"/view.csv?{query}" for query in queries])
    texts = [answer.content.decode("utf-8-sig") for answer in answers]
    return [[row["id"] for row in csv.DictReader(io.StringIO(text))] for text in texts]


def api_ids(client: TestClient, queries: list[str]) -> list[list[str]]:
    path = "/api/collections/plan/items?limit=10000&"
    answers = answers_to(client, [path + query for query in queries])
    return [[feature["id"] for feature in answer.json()["features"]] for answer in answers]


class Chooser:
    """Seeded choices among what the data holds."""

    def __init__(self, client: TestClient, features: list[dict[str, Any]]) -> None:
        self.random = random.Random(20261127)
        self.features = features
        self.words: dict[str, Any] = client.get("/pack.json").json()
        self.places: list[dict[str, Any]] = client.get("/places.json").json()["places"]
        self.corners = [
            position
            for feature in features
            if feature["properties"]["located_by"]["method"] != "counties"
            for position in positions(feature["geometry"])
        ]

    def view(self) -> str:
        """One view: some facets, words, and where it lies."""
        makers = [self.facets, self.search, self.window, self.nearness, self.conditions]
        chosen = self.random.sample(makers, self.random.choice((1, 1, 1, 2, 2, 3)))
        pairs: dict[str, str] = {}
        for make in chosen:
            pairs |= make()
        return urlencode(pairs, quote_via=quote, safe=",")

    def facets(self) -> dict[str, str]:
        words = self.words
        known = {
            "layer": [one["id"] for one in words["layers"]],
            "county": [
                *(one["code"] for one in words["counties"]),
                *(one["name"] for one in words["counties"]), "city", "outside",
            ],
            "category": [one["id"] for layer in words["layers"] for one in layer["categories"]],
            "status": [one["id"] for one in words["statuses"]],
            "precision": [one["id"] for one in words["precisions"]],
            "term": list(words["terms"]),
        }  # fmt: skip
        names = self.random.sample(list(known), self.random.choice((1, 1, 2)))
        return {
            name: ",".join(self.random.sample(known[name], self.random.choice((1, 1, 2, 3))))
            for name in names
        }

    def search(self) -> dict[str, str]:
        item = self.random.choice(self.features)["properties"]
        layer = self.random.choice(self.words["layers"])
        county = self.random.choice(self.words["counties"])
        start = self.random.randrange(max(1, len(item["name"]) - 1))
        return {
            "q": self.random.choice(
                [
                    item["name"], item["name_en"], item["name"][start : start + 2],
                    item["name_en"].split()[0].upper(), county["spelt"][0], layer["spelt"][0],
                    f"{county['short']}{layer['title'][:2]}", f"{county['name']} {layer['title']}",
                    f"{item['name'][:2]} {item['name_en'].split()[-1]}",
                    "shuiku", "sz 港", "没有的",
                ]
            )
        }  # fmt: skip

    def conditions(self) -> dict[str, str]:
        """How far the nearest port, station … may be: all that is known of few items."""
        kinds = self.words["destinations"]
        chosen = self.random.sample(kinds, self.random.randint(1, len(kinds)))
        kilometres = ("3", "12.5", "20", "50", "200")
        return {"site": ",".join(f"{one}:{self.random.choice(kilometres)}" for one in chosen)}

    def window(self) -> dict[str, str]:
        """A box around a corner of some item, or with its own edge or corner upon it."""
        lng, lat = self.random.choice(self.corners)
        size = self.random.choice((0.0004, 0.01, 0.05, 0.2, 0.8))
        west, south = lng - size * self.random.random(), lat - size * self.random.random()
        if self.random.random() < 0.3:
            west = lng
        if self.random.random() < 0.2:
            south = lat
        box = (west, south, west + size, south + size * 0.7)
        return {"bbox": ",".join(f"{one:.6f}" for one in box), "inview": "1"}

    def nearness(self) -> dict[str, str]:
        """Near an item or a place; sometimes just as far as some item is."""
        located = [one for one in self.features if (one["geometry"] or {}).get("type") == "Point"]
        place = self.random.choice(self.places)
        name = self.random.choice([place["name"], *place["aliases"]])
        lng, lat = self.random.choice(self.corners)
        centre = self.random.choice(
            [
                {"focus": self.random.choice(located)["id"]}, {"place": name},
                {"place": f"{lng:.4f},{lat:.4f}"},
                {"place": name, "focus": self.random.choice(located)["id"]},
            ]
        )  # fmt: skip
        return {**centre, "near": self.random.choice(["5", "10", "20", "0.3", "7.25", "60"])}


def positions(geometry: Any) -> Iterator[tuple[float, float]]:
    def dig(part: Any) -> Iterator[tuple[float, float]]:
        if isinstance(part[0], (int, float)):
            yield part[0], part[1]
        else:
            for one in part:
                yield from dig(one)

    if geometry:
        yield from dig(geometry["coordinates"])


def test_page_file_and_api_list_the_same_items_in_the_same_order(
    client: TestClient, features: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which items, not where: the file leaves the column of their shapes empty."""
    monkeypatch.setattr(csv_file, "geometries", lambda one: [None] * len(one.features))
    chooser = Chooser(client, features)
    queries = [chooser.view() for _ in range(VIEWS)]
    answers = page_answers(client, queries)
    filled = 0
    of_file, of_api = file_ids(client, queries), api_ids(client, queries)
    for query, answer, rows, ids in zip(queries, answers, of_file, of_api, strict=True):
        assert answer["problems"] == [], query
        assert answer["ids"] == ids == rows, query
        filled += 0 < len(ids) < len(features)
    assert filled > VIEWS / 2


def test_every_zone_and_line_is_found_in_windows_upon_its_corners(
    client: TestClient, features: list[dict[str, Any]]
) -> None:
    corners = [next(positions(one["geometry"]), None) for one in features]
    boxes = [
        f"bbox={lng},{lat},{lng + 0.0001:.6f},{lat + 0.0001:.6f}&inview=1"
        for lng, lat in filter(None, corners)
    ]
    found = api_ids(client, boxes)
    for query, answer, ids in zip(boxes, page_answers(client, boxes), found, strict=True):
        assert answer["ids"] == ids, query
    sample = slice(None, None, 10)
    assert file_ids(client, boxes[sample]) == found[sample]


def test_the_window_that_the_page_left_a_zone_out_of(client: TestClient) -> None:
    query = "bbox=119.6601,40.5687,119.7101,40.6062&inview=1"
    (answer,) = page_answers(client, [query])
    assert [answer["ids"]] == file_ids(client, [query])
    assert "tour-zone-north" in answer["ids"]


@pytest.mark.parametrize("km", ["5", "10", "20"])
def test_what_is_near_a_forest_park_is_the_same_for_page_and_file(
    client: TestClient, km: str
) -> None:
    query = f"focus=forest-park-zhuizishan&near={km}"
    (answer,) = page_answers(client, [query])
    assert [answer["ids"]] == file_ids(client, [query]) == api_ids(client, [query])


def test_what_the_page_warns_of_a_file_refuses(client: TestClient) -> None:
    queries = [*ODD, "focus=rail-chifeng&near=5"]
    for query, answer in zip(queries, page_answers(client, queries), strict=True):
        status = client.get(f"/view.csv?{query}").status_code
        assert (status == 400) == bool(answer["problems"]), (query, answer["problems"])
        named = sorted(one["name"] for one in answer["problems"])
        assert named == named_by_the_service(client, query), query


def named_by_the_service(client: TestClient, query: str) -> list[str]:
    """The parameters that it does not understand."""
    service = client.app.state.service  # type: ignore[attr-defined]
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    view, problems = read_view(pairs, service.words)
    assert client.portal
    _, more = client.portal.call(known_part, service, view)
    return sorted(one.name for one in (*problems, *more))


def test_no_item_has_the_line_it_stands_on_for_a_centre(
    client: TestClient, features: list[dict[str, Any]]
) -> None:
    line = next(one for one in features if (one["geometry"] or {}).get("type") == "LineString")
    query = f"focus={line['id']}&near=5"
    (answer,) = page_answers(client, [query])
    assert answer["problems"] == [{"name": "near", "value": "5"}]
    assert client.get(f"/view.csv?{query}").status_code == 400
    assert client.get(f"/api/collections/plan/items?{query}").status_code == 400


def picture_ids(client: TestClient, query: str) -> set[str]:
    """The items that a picture of a view is made of."""
    service = client.app.state.service  # type: ignore[attr-defined]
    view, _ = read_view(parse_qsl(query), service.words)
    assert client.portal
    page = client.portal.call(service.store.search, drawn_view(service.catalog, view).query())
    return {one["id"] for one in page.parsed()}


@pytest.mark.parametrize(
    ("query", "calm"),
    [
        ("", True), ("lang=en&theme=dark", True), ("focus=park-dongdaihe", False),
        ("bbox=119,39.8,121.3,41.4", True), ("bbox=120.5,40.6,121,41", False), ("all=1", False),
        ("layer=water", False), ("q=%E6%B8%AF", False), ("county=211421", False),
        ("bbox=119,39.8,121.3,41.4&inview=1", False), ("focus=park-dongdaihe&near=5", False),
        ("status=planned&all=1", False),
    ],
)  # fmt: skip
def test_page_and_picture_draw_the_same_items_and_list_all(
    client: TestClient, query: str, calm: bool
) -> None:
    (answer,) = page_answers(client, [query])
    assert set(answer["drawn"]) == picture_ids(client, query)
    assert [answer["ids"]] == file_ids(client, [query])
    assert (len(answer["drawn"]) < len(answer["ids"])) == calm


def test_what_a_map_begins_with_is_the_nine_parks_and_main_lines_in_a_picture(
    client: TestClient,
) -> None:
    first = client.get("/view.svg?size=640x480").text
    assert "九大工业园区和交通干线" in first
    assert "辽宁东戴河新区" in first
    everything = client.get("/view.svg?all=1&size=640x480").text
    assert "九大工业园区和交通干线" not in everything
    assert "815" in everything
