"""What the page of the map shows before a script has run."""

import html
import json
import re
import shutil
import subprocess
from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient

from app.settings import ROOT
from app.view.view import parse_view

ROW = re.compile(r'class="item-name">(.*?)</span>.*?class="item-meta">(.*?)</span>(.*?)</a>', re.S)
MARK = re.compile(r'class="(mark is-\w+)">(.*?)<')
BODY = re.compile(r"<body[^>]*>.*</body>", re.S)


def body_of(client: TestClient, path: str) -> str:
    found = BODY.search(client.get(path).text)
    assert found
    return found[0]


def test_head_sentence_doors_counts_and_first_rows_come_with_the_page(client: TestClient) -> None:
    body = body_of(client, "/")
    assert "<h1>葫芦岛规划一张图</h1>" in body
    assert 'class="is-start"' in body
    assert "2021–2025" in body.partition('class="lead"')[2][:200]
    doors = re.findall(r'class="door"[^>]*>.*?<span>(.*?)</span>', body, re.S)
    assert doors == ["找园区", "看我县", "五张图", "交通骨架", "查一个项目", "数据与下载"]
    names = re.findall(r'class="item-name">([^<]*)<', body)
    assert len(names) >= 20
    assert names[0] == client.get("/index.json").json()["features"][0]["name"]


def test_it_is_in_the_language_of_the_address(client: TestClient) -> None:
    body = body_of(client, "/?lang=en")
    assert "<h1>Huludao Plan Map</h1>" in body
    assert "Find a park" in body
    assert "Nine Industrial Parks" in body


def test_every_door_number_and_example_leads_to_a_view_that_holds_something(
    client: TestClient,
) -> None:
    service = client.app.state.service  # type: ignore[attr-defined]
    for path in ("/", "/?lang=en"):
        start = body_of(client, path).partition('id="start"')[2].partition("</section>")[0]
        queries = re.findall(r'data-view="([^"]*)"', start)
        assert len(queries) >= 20
        for query in {one.replace("&amp;", "&") for one in queries}:
            view = parse_view(parse_qsl(query), service.words)
            assert client.portal
            assert client.portal.call(service.store.count, view.query()) > 0, query


def test_a_number_is_what_its_view_holds(client: TestClient) -> None:
    body = body_of(client, "/")
    numbers = re.findall(r'data-view="(status=\w+)"><b>(\d+)</b>', body)
    numbers += re.findall(r'href="\?(county=\w+)">[^<]*<span class="count">(\d+)<', body)
    numbers += re.findall(
        r'href="\?(layer=[\w,-]+)"><span class="symbol"></span>[^\n]*?"count">(\d+)<', body
    )
    assert len(numbers) > 15
    service = client.app.state.service  # type: ignore[attr-defined]
    for query, n in numbers:
        view = parse_view(parse_qsl(query), service.words)
        assert client.portal
        assert client.portal.call(service.store.count, view.query()) == int(n), query


@pytest.mark.parametrize("path", ["/?county=211421&layer=energy", "/?q=%E6%B8%AF&lang=en"])
def test_a_view_that_chooses_has_its_rows_and_no_doors_open(client: TestClient, path: str) -> None:
    body = body_of(client, path)
    assert "is-start" not in body.partition(">")[0]
    ids = re.findall(r'data-early="([^"]+)"', body)
    found = client.get(f"/view.geojson{path[1:]}").json()["features"]
    assert ids == [one["id"] for one in found][:40]


def test_a_pack_without_a_start_has_no_doors_and_begins_with_everything(
    tiny_client: TestClient,
) -> None:
    body = body_of(tiny_client, "/")
    assert "door" not in body
    assert "is-start" not in body.partition(">")[0]
    assert "item-name" in body


def test_what_the_page_begins_with_is_there_in_every_language(client: TestClient) -> None:
    found = client.get("/start.json").json()
    assert set(found["html"]) == {"zh", "en"}
    assert "Find a park" in found["html"]["en"]
    layers = {one["layer"] for one in found["features"]}
    assert layers == {"industrial-parks", "transport"}


def said_in(text: str) -> list[tuple[str, ...]]:
    """Of each row its name, what stands below it, and what marks its place."""
    rows = ROW.findall(html.unescape(text))
    return [
        (name, meta, *(part for mark in MARK.findall(rest) for part in mark))
        for name, meta, rest in rows
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "query", ["county=211421", "layer=tourism-routes,energy", "precision=county"]
)
def test_the_first_rows_say_what_the_list_writes_over_them(
    client: TestClient, query: str, lang: str
) -> None:
    sent = body_of(client, f"/?{query}&lang={lang}")
    ids = re.findall(r'data-early="([^"]+)"', sent)
    given = {name: client.get(f"/{name}.json").json() for name in ("pack", "index")}
    given |= {"words": client.get(f"/words/{lang}.json").json(), "lang": lang, "ids": ids}
    node = shutil.which("node")
    assert node, "node is missing"
    script = ROOT / "tests" / "js" / "page_rows.js"
    done = subprocess.run(
        [node, script], input=json.dumps(given).encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    rows = said_in("".join(json.loads(done.stdout)))
    assert len(rows) == len(ids) > 5
    assert said_in(sent) == rows
