"""The offline file, opened from a disk by a browser that has no network."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from tests.browser.page_objects import number_in, settled

pytestmark = pytest.mark.browser

OpenFile = Callable[..., Page]


@pytest.fixture
def open_file(browser: Browser, client: TestClient, tmp_path: Path) -> Iterator[OpenFile]:
    """Saves a view as a file and opens that; nothing may be asked of any network, nor go wrong."""
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    errors: list[str] = []

    def opened(query: str = "") -> Page:
        path = tmp_path / "plan.html"
        path.write_bytes(client.get(f"/view.html?{query}").content)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text))
        page.goto(path.as_uri())
        page.locator("#results [data-pick]").first.wait_for()
        return page

    yield opened
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1


def listed(page: Page) -> list[str]:
    return page.locator("#results [data-pick]").evaluate_all("all => all.map(a => a.dataset.pick)")


def test_it_lists_the_items_of_the_view(open_file: OpenFile, client: TestClient) -> None:
    page = open_file("county=211481")
    wanted = client.get("/view.geojson?county=211481").json()["features"]
    assert sorted(listed(page)) == sorted(feature["id"] for feature in wanted)
    assert number_in(page.locator("#count").inner_text()) == len(wanted)


def test_it_draws_the_base_map_and_the_plan(open_file: OpenFile) -> None:
    page = open_file("layer=transport,industrial-parks")
    for one in ("land", "county-land", "river", "road", "rail", "coast", "line-core"):
        assert page.locator(f"#map path.{one}").count() > 0, one
    assert page.locator("#map .point, #map .cluster").count() > 0
    assert "绥中县" in page.locator("#map").inner_text()


def test_a_county_by_itself_names_its_items_as_the_page_does(open_file: OpenFile) -> None:
    page = open_file("county=211421")
    names = page.locator("#map .name.kind-item").all_text_contents()
    assert names
    assert {*names} <= {*page.locator("#results .item-name").all_text_contents()}


@pytest.mark.parametrize("query", ["place=120.71,40.62", "focus=park-xingcheng-edz"])
def test_a_view_near_something_has_its_ring_and_says_how_far_things_are(
    open_file: OpenFile, client: TestClient, query: str
) -> None:
    near = f"near=10&{query}"
    page = open_file(near)
    ring = page.locator("#map .uncertainty.is-ring").bounding_box()
    assert ring
    # Fitted to the ring, not to the whole city.
    assert ring["width"] > 300
    assert page.locator("#map .place-mark").count() == 1
    wanted = client.get(f"/view.geojson?{near}").json()["features"]
    assert listed(page) == [feature["id"] for feature in wanted]
    said = page.locator("#results .item-meta").all_inner_texts()
    assert len(said) == len(wanted)
    assert all("公里" in text or "米" in text for text in said)


def test_a_place_by_itself_is_marked(open_file: OpenFile) -> None:
    page = open_file("layer=water&place=120.71,40.62")
    assert page.locator("#map .place-mark").count() == 1
    assert page.locator("#map .uncertainty.is-ring").count() == 0


def test_an_item_in_focus_is_gone_to(open_file: OpenFile) -> None:
    page = open_file("layer=industrial-parks&focus=park-bajiazi")
    circle = page.locator("#map .uncertainty.is-focus").bounding_box()
    assert circle
    assert circle["width"] > 300


def test_the_base_map_is_held_once(client: TestClient) -> None:
    page = client.get("/view.html?layer=water").text
    data = json.loads(page.split('id="offline-data">')[1].split("</script>")[0])
    assert {"land", "counties", "roads"} <= set(data["base"])
    course = data["base"]["railways"]["features"][0]["geometry"]["coordinates"]
    assert page.count(json.dumps(course, separators=(",", ":"))) == 1


def test_a_popup_says_where_the_plan_says_so_and_how_it_was_located(open_file: OpenFile) -> None:
    page = open_file("layer=industrial-parks")
    page.locator('[data-pick="park-bajiazi"]').click()
    popup = page.locator(".item-popup")
    popup.wait_for()
    text = popup.inner_text()
    assert "第五章 第一节 专栏5-1" in text
    assert "标在八家子经济开发区" in text
    assert page.locator("#map .uncertainty").count() == 1


def test_a_point_on_the_map_opens_its_popup(open_file: OpenFile) -> None:
    page = open_file("layer=industrial-parks")
    page.locator("#map .point").first.click()
    assert page.locator(".item-popup h2").inner_text()


def test_a_line_is_reached_by_keyboard(open_file: OpenFile) -> None:
    page = open_file("layer=transport")
    line = page.locator("#map path.line-hit[tabindex='0']").first
    name = line.get_attribute("aria-label")
    line.focus()
    page.keyboard.press("Enter")
    assert page.locator(".item-popup h2").inner_text() == name


def test_the_search_finds_and_hides(open_file: OpenFile) -> None:
    page = open_file("")
    before = len(listed(page))
    before_lines = page.locator("#map path.line-hit").count()
    page.locator("#q").fill("泳装")
    found = listed(page)
    assert 0 < len(found) < before
    assert "cluster-xingcheng-swimwear" in found
    assert page.locator("#map path.line-hit").count() < before_lines
    page.locator("#q").fill("没有这样的项目")
    assert listed(page) == []


def test_layers_are_switched_off_and_on(open_file: OpenFile) -> None:
    page = open_file("layer=transport,energy")
    both = listed(page)
    boxes = page.locator(".leaflet-control-layers-overlays input")
    assert boxes.count() == 2
    assert page.locator(".leaflet-control-layers .key .symbol").count() == 2
    boxes.nth(0).uncheck()
    assert 0 < len(listed(page)) < len(both)
    boxes.nth(0).check()
    assert listed(page) == both


def test_an_unlocated_item_opens_in_the_list_and_never_on_the_map(open_file: OpenFile) -> None:
    page = open_file("layer=agriculture")
    page.locator('[data-pick="firm-dabeinong-pig"]').click()
    assert "规划没有写项目所在县" in page.locator("#results .offline-card").inner_text()
    assert page.locator(".item-popup").count() == 0


def test_it_says_whose_it_is_and_how_old(open_file: OpenFile, client: TestClient) -> None:
    page = open_file("lang=en&title=For%20the%20mayor&theme=dark")
    facts = client.get("/view.geojson?lang=en").json()
    credit = page.locator("#offline-credit").inner_text()
    assert facts["attribution"] in credit
    assert facts["version"] in credit
    assert page.locator("h1").inner_text() == page.title() == "For the mayor"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_focus_of_the_view_is_open_at_once(open_file: OpenFile) -> None:
    page = open_file("layer=industrial-parks&focus=park-bajiazi")
    assert "八家子" in page.locator(".item-popup h2").inner_text()


def test_figures_are_drawn_as_on_the_page(open_file: OpenFile) -> None:
    page = open_file("layer=urban-structure")
    assert page.locator("#map .sketch-core.is-ring-0").count() > 0
    assert "滨海城镇发展带" in "".join(page.locator("#map text.is-name").all_text_contents())
    assert "主中心" in page.locator("#key").inner_text()


def test_lines_on_one_course_are_one_and_colours_may_say_the_status(open_file: OpenFile) -> None:
    page = open_file("layer=transport&colour=status")
    assert page.locator("#map .kind-count").count() > 0
    key = page.locator("#key .symbol.status-planned .shape")
    point = page.locator(".point .status-planned .shape").first
    assert len({one.evaluate("(one) => getComputedStyle(one).stroke") for one in (key, point)}) == 1


def test_its_data_holds_every_item(client: TestClient) -> None:
    text = client.get("/view.html?county=211481").text
    data = text.partition('id="offline-data">')[2].partition("</script>")[0]
    assert (
        len(json.loads(data)["items"]) == client.get("/view.geojson?county=211481").json()["count"]
    )


def test_a_card_on_a_phone_is_seen_whole_and_closes(open_file: OpenFile) -> None:
    page = open_file("county=211421")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#results [data-pick]").nth(3).click()
    card = page.locator(".item-popup")
    expect(card).to_be_visible()
    settled(page)
    inside, box = page.locator("#map").bounding_box(), card.bounding_box()
    assert inside is not None
    assert box is not None
    assert inside["y"] <= box["y"]
    assert box["y"] + box["height"] <= inside["y"] + inside["height"]
    card.locator(".leaflet-popup-close-button").click()
    expect(card).to_have_count(0)
    expect(page.locator("#map .leaflet-control-zoom")).to_be_visible()
