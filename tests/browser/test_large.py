"""A pack too large to be sent whole, seen: only rows in sight, and the same list, table and map."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import service, watch_policy
from tests.browser.page_objects import held_back, number_in, settled

COUNTED = "n => Number(document.querySelector('#count')?.textContent.replace(/\\D/g, '')) === n"
ROWS = "#results .is-long > li[data-at]"


@pytest.fixture(scope="module")
def large() -> Iterator[str]:
    with service(None, PLANMAP_INDEX_MOST="0") as found:
        yield found


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, asked: list[str]) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    errors: list[str] = []
    watch_policy(opened, errors)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.close()
    assert not errors


def matched(base: str, query: str) -> int:
    with urlopen(f"{base}/facets.json?{query}") as answer:
        return int(json.load(answer)["matched"])


def listed_by(base: str, query: str) -> list[dict[str, Any]]:
    with urlopen(f"{base}/list.json?{query}") as answer:
        features: list[dict[str, Any]] = json.load(answer)["features"]
    return features


def count(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("#count").inner_text()))


def test_the_list_has_rows_in_sight_only_and_goes_to_its_end(
    page: Page, large: str, asked: list[str]
) -> None:
    page.goto(f"{large}/?layer=tourism,transport,environment&all=1")
    expect(page.locator(f"{ROWS} .item[data-id]").first).to_be_visible()
    assert not any(url.endswith(("index.json", "search.json", "start.json")) for url in asked)
    n = count(page)
    sizes = [number_in(one) for one in page.locator("#results h3 .count").all_inner_texts()]
    assert sum(sizes) == n
    expect(page.locator(ROWS).first).to_have_attribute("aria-setsize", str(sizes[0]))
    drawn = page.locator(ROWS).count()
    assert drawn < n
    page.locator(f"{ROWS} .item").first.focus()
    page.keyboard.press("End")
    expect(page.locator(f"{ROWS}:focus-within")).to_have_attribute("aria-posinset", str(sizes[0]))
    page.keyboard.press("ArrowUp")
    expect(page.locator(f"{ROWS}:focus-within .item[data-id]")).to_be_visible()
    assert page.locator(ROWS).count() <= drawn + 60


def test_a_row_opens_its_card_and_a_link_to_it_opens_the_same(page: Page, large: str) -> None:
    page.goto(f"{large}/?county=211421")
    row = page.locator(f"{ROWS} .item[data-id]").nth(3)
    name = row.locator(".item-name").inner_text()
    row.click()
    expect(page.locator("#card h2")).to_have_text(name)
    expect(page.locator(f"{ROWS} .item.is-focused .item-name")).to_have_text(name)
    page.goto(page.url)
    expect(page.locator("#card h2")).to_have_text(name)


def test_the_table_sorts_in_the_service_and_says_how_many_rows_there_are(
    page: Page, large: str
) -> None:
    page.goto(f"{large}/?county=211421&table=1")
    table = page.locator("#table .listing")
    expect(table.locator("tr[data-at] a").first).to_be_visible()
    assert table.get_attribute("aria-rowcount") == str(count(page) + 1)
    table.locator("[data-sort=radius]").click()
    expect(table.locator("tr[data-at] a").first).to_be_visible()
    cells = table.locator("tr[data-at] td:last-child")
    said = cells.all_inner_texts()[:5]
    metres = [
        float(one.split()[0].replace(",", "")) * (1000 if "公里" in one else 1) for one in said
    ]
    assert metres == sorted(metres)
    assert table.locator("tr[data-at]").first.get_attribute("aria-rowindex") == "2"


def test_search_and_counts_follow(page: Page, large: str, site: str) -> None:
    n = matched(large, "q=%E6%B8%AF%E5%8F%A3")
    counts = []
    for address in (site, large):
        page.goto(f"{address}/?q=港口")
        expect(page.locator("#filters .chips [data-choose]").first).to_be_visible()
        page.wait_for_function(COUNTED, arg=n)
        counts.append(page.locator("#filters .chips .chip .count").all_inner_texts())
    assert counts[0] == counts[1]
    page.locator('[data-fold="doubt"]').click()
    expect(page.locator('[data-choose="doubt:inferred"] .count')).not_to_be_empty()
    page.locator("#header input").fill("觉华岛")
    expect(page.locator("#suggest [data-suggestion^='item:']").first).to_be_visible()


def test_the_map_draws_what_is_in_the_window(page: Page, large: str) -> None:
    page.goto(f"{large}/?layer=transport&bbox=120.2,40.2,120.6,40.5")
    expect(page.locator("#map :is(.point, .cluster, .leaflet-interactive)").first).to_be_visible()


HOST = """<!doctype html><meta charset="utf-8">
<iframe src="%s/embed?list=1&county=211421" width="800" height="600"></iframe>
<script>
const said = [];
addEventListener("message", ({ data }) => said.push(data));
const frame = document.querySelector("iframe").contentWindow;
const send = (view) => frame.postMessage({ type: "planmap:set", view }, "*");
</script>"""


def test_an_embed_asks_for_what_it_shows_and_answers_its_host(
    page: Page, large: str, asked: list[str]
) -> None:
    chosen = listed_by(large, "county=211421")[7]
    page.route("**/host.html", lambda route: route.fulfill(
        body=HOST % large, content_type="text/html"))  # fmt: skip
    page.goto(f"{large}/host.html")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#results .item[data-id]").first).to_be_visible()
    expect(frame.locator("#map :is(.point, .cluster, .leaflet-interactive)").first).to_be_visible()
    expect(frame.locator("#legend")).not_to_be_empty()
    page.wait_for_function("said.some((one) => one.type === 'planmap:ready')")
    n = matched(large, "county=211421")
    page.wait_for_function("n => said.at(-1).count === n", arg=n)
    page.evaluate("send('focus=nosuch')")
    page.wait_for_function("said.at(-1).type === 'planmap:error'")
    # Of two that follow each other the last one holds, though the first needs an item.
    page.evaluate("id => { send(`focus=${id}`); send('county=211422'); }", chosen["id"])
    page.wait_for_function("said.at(-1).view === 'county=211422'")
    page.evaluate("id => send(`focus=${id}`)", chosen["id"])
    page.wait_for_function("id => said.some((one) => one.id === id)", arg=chosen["id"])
    expect(frame.locator("#card h2")).to_have_text(chosen["name"])
    frame.locator("#results .item[data-id]").nth(1).click()
    expect(frame.locator("#card h2")).not_to_have_text(chosen["name"])
    assert not any(url.endswith(("index.json", "search.json", "start.json")) for url in asked)


def test_what_a_link_moves_and_hides_is_known(page: Page, large: str) -> None:
    hidden = listed_by(large, "county=211421")[1]["id"]
    page.goto(f"{large}/?county=211421&hidden={hidden}")
    expect(page.locator(f"{ROWS} .item[data-id]").first).to_be_visible()
    assert f"hidden={hidden}" in page.url
    expect(page.locator("#messages .message")).to_have_count(0)


def said(page: Page, base: str, query: str) -> list[str]:
    """What the parts of a page that count say, once its county's direction has come."""
    page.goto(f"{base}/?{query}")
    expect(page.locator(".wider")).to_be_visible()
    expect(page.locator(".direction small")).to_be_visible()
    page.locator("[data-matrix]").click()
    expect(page.locator(".county-name[data-county='211421'] button")).to_be_visible()
    settled(page)
    parts = (".direction", ".wider", ".matrix", "#legend .legend-truths", ".county-name")
    # Names of counties stay on the map as it moves: their order is no part of what is said.
    return [text for part in parts for text in sorted(page.locator(part).all_inner_texts())]


def test_the_head_of_a_county_and_the_map_say_what_a_small_pack_says(
    page: Page, large: str, site: str
) -> None:
    query = "county=211421&table=1"
    assert said(page, large, query) == said(page, site, query)


def test_conditions_of_a_site_are_offered_where_items_are_measured(page: Page, large: str) -> None:
    page.goto(f"{large}/?layer=industrial-parks")
    page.locator("[data-site='port:20']").click()
    expect(page).to_have_url(re.compile("site=port"))
    page.goto(f"{large}/?layer=water")
    expect(page.locator("[data-fold=terms]")).to_be_visible()
    expect(page.locator("[data-fold=site]")).to_have_count(0)


def test_counties_are_compared_by_what_the_service_counts(page: Page, large: str) -> None:
    page.goto(f"{large}/?compare=211421,211481")
    row = page.locator("dialog.compare tbody tr").first
    expect(row).to_be_visible()
    cells = row.locator("td, [role=cell]").all_inner_texts()
    assert [int(re.sub(r"\D", "", one)) for one in cells] == [
        matched(large, "county=211421"), matched(large, "county=211481")
    ]  # fmt: skip


def test_a_card_leads_to_related_items_that_were_not_seen(page: Page, large: str) -> None:
    page.goto(f"{large}/?focus=agg-suizhong")
    row = page.locator("#card .related a, #card .related button").first
    expect(row).to_be_visible()


def test_a_position_that_is_typed_leads_to_what_is_near_it(page: Page, large: str) -> None:
    page.goto(large)
    page.locator("#header input").fill("40.74, 120.85")
    expect(page.locator("#suggest [data-suggestion^='view:']")).to_be_visible()
    page.locator("#header input").press("Enter")
    expect(page).to_have_url(re.compile("place="))
    n = matched(large, "near=10&place=120.85,40.74")
    assert n > 0
    page.wait_for_function(COUNTED, arg=n)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("港口附近的园区", "layer=industrial-parks&site=port:10"),
        ("parks near the port", "layer=industrial-parks&site=port:10"),
        ("公园 near 兴城站", "place=兴城站&near=10&q=公园"),
    ],
)
def test_what_a_search_means_is_offered_with_the_number_that_the_service_counts(
    page: Page, large: str, typed: str, query: str
) -> None:
    page.goto(large)
    page.locator("#header input").fill(typed)
    offer = page.locator("#suggest [data-suggestion^='view:'] small").first
    n = matched(large, quote(query, safe="=&:"))
    expect(offer).to_have_text(f"共 {n} 项")
    page.locator("#header input").press("Enter")
    page.wait_for_function(COUNTED, arg=n)


def test_an_empty_search_of_a_large_pack_offers_what_is_nearest(
    page: Page, large: str, site: str
) -> None:
    query = f"county=211422&q={quote('港口附近的园区')}"
    offers = []
    for base in (large, site):
        page.goto(f"{base}/?{query}")
        page.locator("ul.nearest a").first.wait_for()
        offers.append(page.locator("ul.nearest li").all_inner_texts())
    assert offers[0] == offers[1]
    assert "港口 10 公里内" in offers[0][0]
    page.goto(f"{large}/?{query}")
    page.locator("ul.nearest a").first.click()
    page.wait_for_function(COUNTED, arg=matched(large, "layer=industrial-parks&site=port:10"))


def test_a_first_list_asks_once_for_its_counts_its_page_and_its_window(
    page: Page, large: str, asked: list[str]
) -> None:
    page.goto(f"{large}/?all=1")
    expect(page.locator(f"{ROWS} .item[data-id]").first).to_be_visible()
    expect(page.locator("#map .cluster").first).to_be_visible()
    settled(page)
    for name in ("facets.json", "list.json", "window.json"):
        assert len([url for url in asked if f"/{name}" in url]) == 1, name
    # Groups further down have their rows when they come near.
    page.locator("#results section").nth(5).scroll_into_view_if_needed()
    expect(page.locator("#results section").nth(5).locator(".item[data-id]").first).to_be_visible()


def test_a_list_does_not_wait_for_the_map(page: Page, large: str) -> None:
    page.goto(f"{large}/?all=1")
    expect(page.locator("#map .cluster").first).to_be_visible()
    held = held_back(page, "**/window.json*")
    page.locator('[data-choose="county:211421"]').click()
    page.wait_for_function(COUNTED, arg=matched(large, "county=211421"))
    expect(page.locator(f"{ROWS} .item[data-id]").first).to_be_visible()
    page.wait_for_timeout(500)
    # One window, where the map has gone.
    (only,) = held
    only.continue_()
    expect(page.locator("#map .cluster").first).to_be_visible()


def test_the_legend_follows_the_window(page: Page, large: str) -> None:
    # A slide has its legend unfolded, whatever lies under it.
    page.goto(f"{large}/?layer=transport,tourism-layout&present=1&bbox=119.3,39.9,121.2,41.3")
    keys = page.locator("#legend .legend-body")
    expect(keys).not_to_be_empty()
    settled(page)
    wide = keys.inner_text()
    page.locator("#map").focus()
    for _ in range(6):
        page.keyboard.press("+")
        settled(page)
    close = keys.inner_text()
    page.goto(page.url)
    expect(keys).not_to_be_empty()
    settled(page)
    assert wide != close == keys.inner_text()


def test_a_place_of_a_link_is_asked_for_alone(page: Page, large: str, asked: list[str]) -> None:
    page.goto(f"{large}/?place=興城站&near=10")
    page.wait_for_function(COUNTED, arg=matched(large, quote("near=10&place=兴城站", safe="=&")))
    expect(page.locator("#map .place-mark")).to_be_visible()
    expect(page).to_have_title(re.compile("兴城站"))
    assert not any(url.endswith("/places.json") for url in asked)
    page.goto(f"{large}/?place=无此地名&near=10")
    expect(page.locator("#messages")).to_contain_text("无此地名")
    assert not any(url.endswith("/places.json") for url in asked)


def test_a_card_of_a_large_pack_says_that_the_filters_leave_its_item_out(
    page: Page, large: str
) -> None:
    page.goto(f"{large}/?focus=park-dongdaihe&county=211421")
    said = page.locator("#card .left-out")
    expect(page.locator("#card .card-body")).to_be_visible()
    expect(said).to_have_count(0)
    page.locator('[data-choose="county:211421"]').click()
    page.locator('[data-choose="county:211481"]').click()
    expect(said).to_be_visible()
    said.locator("button").click()
    expect(said).to_have_count(0)


def test_lists_that_are_not_shown_ask_for_nothing_and_paper_has_so_many_rows_in_all(
    page: Page, large: str, asked: list[str]
) -> None:
    page.goto(f"{large}/?all=1&present=1")
    expect(page.locator("#caption h2")).to_be_visible()
    expect(page.locator("#map .cluster").first).to_be_visible()
    settled(page)
    assert not [url for url in asked if "/list.json" in url]
    assert page.locator(ROWS).count() == 0
    page.keyboard.press("Escape")
    expect(page.locator(f"{ROWS} .item[data-id]").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(f"{ROWS} .item[data-id]")).to_have_count(min(1000, count(page)))
    page.emulate_media(media="screen")


def test_only_a_map_that_is_a_beginning_says_so(page: Page, large: str) -> None:
    page.goto(large)
    expect(page.locator("#overview")).to_be_visible()
    expect(page.locator("#map :is(.point, .cluster)").first).to_be_visible()
    page.goto(f"{large}/?county=211421")
    expect(page.locator(f"{ROWS} .item[data-id]").first).to_be_visible()
    expect(page.locator("#map :is(.point, .cluster)").first).to_be_visible()
    expect(page.locator("#overview")).to_be_hidden()
