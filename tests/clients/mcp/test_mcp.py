"""The Model Context Protocol's own client asks the tools, over stdio and over HTTP."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from mcp import Client, StdioServerParameters, stdio_client

from app.domain.models import STATUSES
from app.domain.text.languages import word_in
from app.main import load_service
from app.settings import ROOT, Settings
from app.web.mcp.server import TOOLS, PlanServer
from app.web.mcp.tools import PlanTools
from app.web.reloadable import Reloadable
from tests.server.wire import free_port, until

MAP = "http://plan.test/map/"
COMMAND = ("-c", "from app.cli import main; main()", "mcp")
IN_COUNTY = "layer='{}' AND A_CONTAINS(counties,('{}'))"
Ask = Callable[..., Any]


def answer_of(result: Any) -> Any:
    """What a tool answers, or the text of its error."""
    text = result.content[0].text
    return text if result.is_error else json.loads(text)


def asked(server: Any, talk: Callable[[Client], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with Client(server) as client:
            return await talk(client)

    return asyncio.run(session())


@pytest.fixture(scope="module")
def ask() -> Ask:
    """Calls a tool of a server in this process."""
    data = Reloadable(lambda: PlanTools(load_service(Settings()), MAP), ROOT)
    server = PlanServer(data, MAP)

    def call(tool: str, **arguments: Any) -> Any:
        return answer_of(asked(server, lambda client: client.call_tool(tool, arguments)))

    return call


def items_at(client: TestClient, link: str) -> list[str]:
    """The ids of the view that a link leads to."""
    assert link.startswith(MAP)
    found = client.get(f"/view.geojson?{urlsplit(link).query}").json()
    return [one["id"] for one in found["features"]]


def test_a_search_is_the_view_its_link_leads_to(ask: Ask, client: TestClient) -> None:
    found = ask("search_items", county="绥中县", layer="交通", status="规划新建", limit=100)
    ids = [one["id"] for one in found["items"]]
    assert len(ids) == found["matched"] > 3
    assert ids == items_at(client, found["link"])
    assert found["data_version"] == client.get("/pack.json").json()["version"]


def test_every_item_says_where_the_plan_names_it_and_how_it_was_located(ask: Ask) -> None:
    found = ask("search_items", q="港", limit=100)
    assert found["items"]
    for one in found["items"]:
        assert one["plan"][0]
        assert one["precision"]["class"]
        assert one["precision"]["located"]
        assert parse_qs(urlsplit(one["link"]).query)["focus"] == [one["id"]]
        assert one["position"] is None or one["precision"]["uncertainty_m"] > 0


def test_pages_follow_each_other(ask: Ask) -> None:
    first = ask("search_items", layer="energy", limit=5)
    second = ask("search_items", layer="energy", limit=5, offset=first["next_offset"])
    ids = [one["id"] for one in (*first["items"], *second["items"])]
    assert len(set(ids)) == 10
    assert "next_offset" not in ask("search_items", layer="energy", offset=first["matched"] - 1)


def test_one_item_is_its_card(ask: Ask, client: TestClient) -> None:
    found = ask("get_item", id="park-dongdaihe")
    whole = client.get("/api/collections/plan/items/park-dongdaihe").json()
    assert found["geometry"] == whole["geometry"]
    assert found["name"] == whole["properties"]["name"]
    assert any(found["plan"][0] in text for text in found["card"].values())
    english = ask("get_item", id="park-dongdaihe", lang="en")
    assert english["name"] == whole["properties"]["name_en"]
    assert english["link"].endswith("focus=park-dongdaihe&lang=en")


@pytest.mark.parametrize("place", ["120.85,40.75", "park-dongdaihe", "兴城市区"])
def test_what_is_near_comes_with_its_distance(ask: Ask, client: TestClient, place: str) -> None:
    found = ask("near", place=place, km=15, limit=100)
    distances = [one["distance_km"] for one in found["items"]]
    assert distances == sorted(distances)
    assert len(distances) > 0
    assert max(distances) <= 15
    assert [one["id"] for one in found["items"]] == items_at(client, found["link"])[:100]


def test_counts_add_up_and_lead_to_their_items(ask: Ask, client: TestClient) -> None:
    found = ask("count_by", property="layer", county="211481")
    assert sum(one["count"] for one in found["groups"]) == found["matched"]
    for one in found["groups"][:3]:
        assert len(items_at(client, one["link"])) == one["count"]
    titles = {one["title"] for one in ask("count_by", property="status", lang="en")["groups"]}
    assert titles == {word_in(words, "en") for words in STATUSES.values()}
    shared = ask("count_by", property="county")
    assert sum(one["count"] for one in shared["groups"]) > shared["matched"]


@pytest.mark.parametrize(
    ("arguments", "filter"),
    [
        ({}, "TRUE"),
        ({"county": "建昌县", "layer": "水利"}, IN_COUNTY.format("water", "211422")),
        ({"county": "211421", "layer": "交通"}, IN_COUNTY.format("transport", "211421")),
        ({"status": "规划新建", "layer": "water"}, "status='planned' AND layer='water'"),
        ({"status": "existing,building"}, "status IN ('existing','building')"),
        ({"category": "port"}, "category='port'"),
        ({"precision": "场址"}, "precision='site'"),
        ({"term": "泳装"}, "A_CONTAINS(industries,('泳装'))"),
        ({"layer": "transport,energy"}, "layer IN ('transport','energy')"),
        ({"county": "city"}, "scope='city'"),
        ({"county": "outside"}, "scope='outside'"),
    ],
)  # fmt: skip
def test_answers_are_those_of_the_api(
    ask: Ask, client: TestClient, arguments: dict[str, str], filter: str
) -> None:
    """Asked in another language, CQL2, on another way."""
    asked = {"filter": filter, "limit": "10000"}
    whole = client.get("/api/collections/plan/items", params=asked).json()["features"]
    assert whole
    page, items = {"next_offset": 0}, []
    while "next_offset" in page:
        page = ask("search_items", **arguments, limit=100, offset=page["next_offset"])
        items += page["items"]
    assert page["matched"] == len(whole)
    assert {one["id"] for one in items} == {one["id"] for one in whole}
    own = {one["id"]: one["properties"] for one in whole}
    for one in items:
        properties = own[one["id"]]
        assert one["name"] == properties["name"]
        assert one["summary"] == properties["summary"]
        assert one["precision"]["uncertainty_m"] == properties["uncertainty_m"]
    groups = ask("count_by", property="layer", **arguments)["groups"]
    counts = Counter(one["properties"]["layer"] for one in whole)
    assert {one["id"]: one["count"] for one in groups} == counts


def test_a_view_has_an_address_in_every_format(ask: Ask, client: TestClient) -> None:
    found = ask("view_link", format="csv", county="兴城市", layer="water")
    address = urlsplit(found["link"])
    assert address.path == "/map/view.csv"
    answer = client.get(f"/view.csv?{address.query}")
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) == found["matched"] + 1
    assert urlsplit(ask("view_link", format="embed", q="港")["link"]).path == "/map/embed"


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("search_items", {"county": "沈阳市"}, ("county", "沈阳市", "211481")),
        ("search_items", {"layer": "nope"}, ("layer", "nope", "transport")),
        ("search_items", {"conty": "x"}, ("conty", "county")),
        ("search_items", {"limit": 1000}, ("limit=1000: expected less than or equal to 100",)),
        ("search_items", {"limit": "x"}, ("limit='x': expected a valid integer",)),
        ("search_items", {"county": ["211421"]}, ("county=['211421']: expected a valid string",)),
        ("near", {}, ("place: expected a value",)),
        ("get_item", {"id": "nothing"}, ("nothing", "search_items")),
        ("near", {"place": "火星"}, ("place", "火星")),
        ("count_by", {"property": "colour"}, ("property", "colour", "status")),
        ("view_link", {"format": "gif"}, ("format", "gif", "png")),
        ("drop_table", {}, ("drop_table", "get_item")),
    ],
)
def test_errors_name_the_value_and_what_is_allowed(
    ask: Ask, tool: str, arguments: dict[str, Any], words: tuple[str, ...]
) -> None:
    found = ask(tool, **arguments)
    assert isinstance(found, str)
    for word in words:
        assert word in found
    assert "pydantic" not in found


async def listed(client: Client) -> tuple[list[Any], Any]:
    tools = (await client.list_tools()).tools
    return tools, answer_of(await client.call_tool("search_items", {"q": "绥中", "limit": 1}))


def check_listed(found: tuple[list[Any], Any]) -> None:
    tools, answer = found
    assert [one.name for one in tools] == list(TOOLS)
    assert all(one.annotations and one.annotations.read_only_hint for one in tools)
    assert all(one.description for one in tools)
    assert answer["items"][0]["link"].startswith(MAP)


def test_it_speaks_over_stdio() -> None:
    server = StdioServerParameters(
        command=sys.executable, args=[*COMMAND, "--url", MAP], cwd=str(ROOT)
    )
    check_listed(asked(stdio_client(server), listed))


@contextmanager
def served_over_http(*words: str, **own: Any) -> Iterator[str]:
    """The address of a server with these words and this environment beside that of the tests."""
    port = free_port()
    words = ("--http", "--port", str(port), "--url", MAP, *words)
    environment = {**os.environ, **{name: str(one) for name, one in own.items()}}
    with subprocess.Popen(
        [sys.executable, *COMMAND, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=environment,
    ) as service:  # fmt: skip
        assert service.stdout
        address = service.stdout.readline().strip()
        until(lambda: service.poll() is not None or is_open(port))
        yield address
        service.terminate()


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def over_http() -> Iterator[str]:
    with served_over_http() as address:
        yield address


def test_it_speaks_over_http(over_http: str) -> None:
    assert over_http.endswith("/mcp")
    check_listed(asked(over_http, listed))
