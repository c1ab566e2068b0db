"""The pages of the plan's boxes, tables and figures."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from app.catalog.boxes import box_ids, references_of
from app.catalog.catalog import Catalog
from app.main import create_app
from app.pack.pack import Pack
from app.settings import Settings

LINK = re.compile(r'href="([^"]*)"')


def focused(text: str) -> list[str]:
    return re.findall(r"\?focus=([\w-]+)&amp;", text)


def test_every_box_table_and_figure_is_listed_in_the_plan_s_order(
    client: TestClient, pack: Pack
) -> None:
    page = client.get("/data/boxes").text
    listed = re.findall(r'data/boxes/([^"?]+)\?', page)
    boxes = [one.ref.box for one in pack.outline if one.ref.box]
    stops = [stop for tour in pack.info.tours for stop in tour.stops]
    assert len(listed) == len(set(listed)) == len(boxes) + len(stops)
    assert listed[: len(boxes)] == list(box_ids(Catalog(pack)).values())
    assert {"table-1", "table-2", "box-5-1", "box-14-3"} <= set(listed)
    for id, box in zip(listed, boxes, strict=False):
        assert client.get(f"/data/boxes/{id}").text.partition("<h1>")[2].startswith(f"{box} ")
    assert len(boxes) == 47


def test_each_page_names_what_the_data_says_the_box_names(client: TestClient, pack: Pack) -> None:
    for entry in pack.outline:
        if entry.ref.box:
            page = client.get(f"/data/boxes/{quote(entry.ref.box)}").text
            named = [
                one["properties"]["id"]
                for one in pack.features
                if entry.ref.box in {ref["box"] for ref in references_of(one)}
            ]
            assert focused(page) == named
            assert entry.ref.chapter in page
            assert entry.ref.section in page
            assert entry.title in unescape(page)


def test_a_figure_names_what_its_view_shows(client: TestClient, pack: Pack) -> None:
    stops = [stop for tour in pack.info.tours for stop in tour.stops]
    for number, stop in enumerate(stops, start=1):
        page = client.get(f"/data/boxes/figure-{number}?lang=en").text
        shown = client.get(f"/view.geojson?{stop.view}").json()["features"]
        assert focused(page) == [one["properties"]["id"] for one in shown] != []
        assert stop.title_en in unescape(page)
        assert f"?{stop.view}&amp;lang=en" in page.replace("&amp;category", "&category")


@pytest.mark.parametrize("name", ["专栏5-1", "專欄5-1", "Box 5-1", "专栏５-１", "box-5-1"])
def test_a_box_is_found_by_what_a_language_calls_it(client: TestClient, name: str) -> None:
    page = client.get(f"/data/boxes/{quote(name)}?lang=en")
    assert page.status_code == 200
    assert "<h1>Box 5-1 " in page.text
    assert "Chapter 5" in page.text


def test_a_box_that_the_plan_has_not_is_answered_with_those_it_has(client: TestClient) -> None:
    answer = client.get("/data/boxes/nothing", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "data/boxes/box-5-1?lang=zh" in answer.text
    assert client.get("/data/boxes?layer=parks").status_code == 400


def test_links_of_a_box_lead_somewhere(client: TestClient) -> None:
    address = f"/data/boxes/{quote('专栏10-1')}"
    for link in {unescape(one) for one in LINK.findall(client.get(address).text)}:
        there = client.get(f"http://testserver{address}".rpartition("/")[0] + "/" + link)
        assert there.status_code == 200, link


def test_the_page_about_the_data_and_the_sitemap_lead_there(client: TestClient) -> None:
    assert "data/boxes?lang=zh" in client.get("/data").text
    assert "/data/boxes/box-7-6<" in client.get("/sitemap.xml").text


COPY = "https://example.org/plan.html?c={chapter}#{id}"


def test_boxes_and_references_lead_to_the_operator_s_copy_of_the_text(tiny: Path) -> None:
    plan = tiny / "geodata" / "plan.toml"
    plan.write_text(f'text_url = "{COPY}"\n{plan.read_text("utf-8")}', "utf-8")
    assert Pack(tiny).info.text_url == COPY
    with TestClient(create_app(Settings(pack=tiny))) as client:
        page = unescape(client.get("/data/boxes/box-1-1").text)
        assert "https://example.org/plan.html?c=%E7%AC%AC%E4%B8%80%E7%AB%A0#box-1-1" in page
        outline = client.get("/pack.json").json()["outline"]
    assert all(one["text"].startswith("https://example.org/plan.html?c=") for one in outline)


def test_without_a_copy_nothing_leads_there(tiny_client: TestClient) -> None:
    assert not any("text" in one for one in tiny_client.get("/pack.json").json()["outline"])
