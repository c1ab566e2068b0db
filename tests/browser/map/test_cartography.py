"""What a reader sees: names that stand free, lines apart, honest badges, slides with titles."""

import re
from itertools import combinations
from math import dist
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import number_in, settled

pytestmark = pytest.mark.browser

ITEM_NAMES = "#map :is(.kind-path, .kind-item, [class*=kind-ring]) span"
"""Of points, lines and zones, and of the figures of the plan."""
NAMES = "#map :is(.name, .county-name, .exit:not(.is-nameless)) span"
COVERS = "#legend, #map .leaflet-control"
OVERLAPS = """([names, covers]) => {
    const box = (one) => one.getBoundingClientRect();
    const shown = [...document.querySelectorAll(names)].filter((one) => box(one).width > 0);
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const home = document.querySelector("#map").getBoundingClientRect();
    const inside = (a) => a.right > home.left && a.left < home.right
        && a.bottom > home.top && a.top < home.bottom;
    const over = [...document.querySelectorAll(covers)].map(box);
    const found = [];
    shown.forEach((one, i) => {
        if (!inside(box(one))) return;
        for (const other of shown.slice(i + 1)) {
            if (meet(box(one), box(other))) found.push(`${one.textContent} × ${other.textContent}`);
        }
        if (over.some((cover) => meet(box(one), cover))) found.push(`${one.textContent} covered`);
    });
    return found;
}"""


def overlapping(page: Page) -> list[str]:
    settled(page)
    found: list[str] = page.evaluate(OVERLAPS, [NAMES, COVERS])
    return found


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
@pytest.mark.parametrize(
    "view",
    [
        "layer=tourism-layout",
        "layer=industrial-parks",
        "layer=agri-layout",
        "layer=tourism-layout&lang=en",
        "layer=tourism-layout&present=1",
        "layer=transport",
        "lang=en",
    ],
)
def test_no_name_lies_on_another_or_under_the_legend(
    open_page: OpenPage, view: str, size: tuple[int, int]
) -> None:
    page = open_page(f"/?{view}", width=size[0], height=size[1], ready=NAMES)
    assert overlapping(page) == []


@pytest.mark.parametrize("view", ["tourism-layout", "industrial-parks"])
def test_a_few_items_are_named_at_any_scale(
    open_page: OpenPage, index: list[dict[str, Any]], view: str
) -> None:
    page = open_page(f"/?layer={view}&present=1", width=1280, height=720, ready="#caption h2")
    page.locator(ITEM_NAMES).first.wait_for()
    settled(page)
    along = page.locator("#map text.is-name:not(.is-away)").all_text_contents()
    shown = {*page.locator("#map .name span").all_text_contents(), *along}
    names = {one["name"] for one in index if one["layer"] == view and one["geometry"]}
    assert 3 * len(names & shown) >= 2 * len(names)


@pytest.mark.parametrize(
    "view", ["layer=tourism-layout", "layer=tourism-layout&lang=en", "lang=en"]
)
def test_no_name_is_cut_by_the_edge_of_a_phone(open_page: OpenPage, view: str) -> None:
    page = open_page(f"/?{view}", width=390, height=844)
    page.locator(ITEM_NAMES).first.wait_for()
    settled(page)
    names = page.locator("#map .name span")
    assert names.count() > 3
    home = page.locator("#map").bounding_box()
    assert home is not None
    for box in (name.bounding_box() for name in names.all()):
        assert box is not None
        assert home["x"] <= box["x"]
        assert box["x"] + box["width"] <= home["x"] + home["width"]


def test_the_main_centre_s_name_is_whole_on_every_screen(open_page: OpenPage) -> None:
    for width, height in ((1440, 900), (1280, 720), (390, 844)):
        page = open_page("/?layer=urban-structure", width=width, height=height)
        name = page.locator("#map .name.kind-ring-core span", has_text="一主")
        name.wait_for()
        settled(page)
        box, home = name.bounding_box(), page.locator("#map").bounding_box()
        assert box is not None
        assert home is not None
        assert box["x"] >= home["x"]
        assert box["x"] + box["width"] <= home["x"] + home["width"]


LETTERS = """() => {
    const middle = ({ left, top, right, bottom }) => [(left + right) / 2, (top + bottom) / 2, (right - left) / 2];
    const all = (choice) => [...document.querySelectorAll("#map " + choice)];
    return {
        rings: all(":is(.is-ring-0, .point)").map((one) => middle(one.getBoundingClientRect())),
        names: all("text.is-name:not(.is-away)").map((text) =>
            Array.from({ length: text.getNumberOfChars() }, (_, i) => {
                const [from, to] = [text.getStartPositionOfChar(i), text.getEndPositionOfChar(i)];
                const at = new DOMPoint((from.x + to.x) / 2, (from.y + to.y) / 2)
                    .matrixTransform(text.getScreenCTM());
                return [at.x, at.y];
            })),
    };
}"""  # noqa: E501
LETTER_PX = 8
"""Letters nearer to each other lie on one another."""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (720, 480)])
def test_letters_along_bands_lie_on_no_ring_no_symbol_and_no_other_name(
    open_page: OpenPage, size: tuple[int, int], lang: str
) -> None:
    page = open_page(f"/?layer=urban-structure&lang={lang}", width=size[0], height=size[1])
    page.locator("#map .name.kind-ring-core span").first.wait_for()
    settled(page)
    seen = page.evaluate(LETTERS)
    names = seen["names"]
    assert size[0] < 1000 or names
    for name in names:
        for letter in name:
            assert all(dist(letter, ring[:2]) > ring[2] for ring in seen["rings"])
    for one, other in combinations(names, 2):
        assert all(dist(a, b) > LETTER_PX for a in one for b in other)


def test_lines_on_one_course_are_one_line_with_a_count(open_page: OpenPage) -> None:
    """Two railways, one course: of the lines that are seen at its middle one is what both share."""
    seen = """() => {
        const hit = document.querySelector('#map .line-hit[data-spot="rail-qinshen"]');
        const at = hit.getPointAtLength(hit.getTotalLength() / 2);
        const near = (path) => {
            for (let far = 0; far <= path.getTotalLength(); far += 1) {
                const point = path.getPointAtLength(far);
                if (Math.hypot(point.x - at.x, point.y - at.y) < 2) return true;
            }
            return false;
        };
        return [...document.querySelectorAll("#map .line-core")]
            .filter((path) => getComputedStyle(path).visibility === "visible"
                && getComputedStyle(path).display !== "none"
                && Number(getComputedStyle(path).opacity) > 0 && near(path))
            .map((path) => path.classList.contains("is-shared"));
    }"""
    page = open_page("/?layer=transport&category=railway")
    page.locator('#map [data-spot="rail-qinshen"]').wait_for(state="attached")
    settled(page)
    assert page.evaluate(seen) == [True]
    expect(page.locator("#map .name.kind-count").filter(has_text="×2").first).to_be_attached()


def test_names_of_points_come_before_those_of_lines(open_page: OpenPage) -> None:
    page = open_page("/", width=390, height=844)
    page.locator("#map .name.kind-item span").first.wait_for()
    settled(page)
    parks = page.locator("#map .name.kind-item").count()
    assert parks >= 3


def test_a_town_is_not_named_beside_its_county(open_page: OpenPage) -> None:
    page = open_page("/?layer=transport&bbox=120.6,40.55,120.85,40.7")
    page.locator("#map .county-name span", has_text="兴城市").wait_for()
    settled(page)
    expect(page.locator("#map .name.kind-town span", has_text="兴城")).to_have_count(0)


def test_a_badge_counts_what_it_lists_and_nothing_that_is_drawn(
    open_page: OpenPage, index: list[dict[str, Any]]
) -> None:
    page = open_page("/?layer=water")
    badge = page.locator('#map [data-spot="county:211422"]')
    wide = {
        one["id"]
        for one in index
        if one["layer"] == "water" and one["method"] == "counties" and "211422" in one["counties"]
    }
    assert number_in(badge.inner_text()) == len(wide)
    badge.click()
    page.locator(".chooser [data-pick]").first.wait_for()
    listed = page.locator(".chooser [data-pick]").evaluate_all(
        "all => all.map(a => a.dataset.pick)"
    )
    assert set(listed) == wide


def test_every_stop_of_the_tab_key_on_the_map_has_a_name(open_page: OpenPage) -> None:
    page = open_page("/?layer=transport")
    page.locator("#map .line-hit").first.wait_for(state="attached")
    nameless = """() => [...document.querySelectorAll("#map *")]
        .filter((one) => one.tabIndex >= 0)
        .filter((one) => !one.getAttribute("aria-label") && !one.textContent.trim())
        .map((one) => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(nameless) == []
    page.locator("#map").focus()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(
            "() => { const a = document.activeElement; return a.closest('#map') "
            "? a.getAttribute('aria-label') || a.textContent.trim() : '-' }"
        ))  # fmt: skip
    assert all(seen)


def test_the_tab_key_goes_through_symbols_in_list_order_after_a_pan(open_page: OpenPage) -> None:
    page = open_page("/?layer=culture-tourism&county=211421")
    page.locator("#map .point, #map .cluster").first.wait_for()
    page.locator("#map").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        settled(page)
    order = page.locator("#map [data-ids]").evaluate_all(
        "all => all.map(a => a.dataset.ids.split(' ')[0])"
    )
    rows = page.locator("#results [data-id]").evaluate_all("all => all.map(a => a.dataset.id)")
    places = [rows.index(id) for id in order]
    assert len(places) > 2
    assert places == sorted(places)


def test_a_presented_layer_has_its_title_and_legend_and_no_empty_steps(open_page: OpenPage) -> None:
    page = open_page(
        "/?layer=tourism-layout&present=1", width=1280, height=720, ready="#caption h2"
    )
    caption = page.locator("#caption")
    expect(caption.get_by_role("heading")).to_have_text("全域旅游：一核一带四区")
    expect(caption).to_contain_text("共 6 项")
    expect(caption.locator("[data-step]")).to_have_count(0)
    expect(page.locator("#legend .legend-layers")).to_be_visible()
    expect(page.locator(".base-maps")).to_be_hidden()


def test_an_embed_is_titled_by_what_it_shows(open_page: OpenPage) -> None:
    page = open_page("/embed?layer=transport&county=211421", width=800, height=600)
    expect(page.locator("#header h1")).to_have_text("绥中县 · 交通")
    page.locator("#legend > button").click()
    expect(page.locator("#legend .legend-layers")).to_be_visible()


def choose_base(page: Page, base: str) -> None:
    page.locator(".base-maps [data-open]").click()
    page.locator(f'.base-panel [data-base="{base}"]').click()


def test_a_base_map_that_does_not_come_says_so(open_page: OpenPage) -> None:
    page = open_page("/")
    page.route(re.compile("^https:"), lambda route: route.abort())
    choose_base(page, "osm")
    expect(page.locator(".no-tiles")).to_contain_text("OpenStreetMap")
    assert page.evaluate("() => !document.querySelector('#map').matches('.has-tiles')")
    choose_base(page, "paper")
    expect(page.locator(".no-tiles")).to_have_count(0)


def test_the_focus_is_never_lost(open_page: OpenPage) -> None:
    page = open_page("/?county=211422&layer=water")
    page.locator('[data-drop="layer:water"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_be_focused()

    page.locator('[data-key="present"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#caption h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator('[data-key="present"]')).to_be_focused()

    page = open_page("/?county=211422&layer=water&status=planned")
    page.locator('[data-drop="all"]').first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_be_focused()

    page = open_page("/?layer=transport")
    line = page.locator('#map .line-hit[data-spot="expwy-jingha"]')
    line.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_contain_text("京哈高速")
    page.keyboard.press("Escape")
    expect(line).to_be_focused()


def test_the_second_way_in_leads_to_the_map(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("#skip-map").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('#map') !== null")


def test_the_page_is_titled_by_what_is_chosen(open_page: OpenPage) -> None:
    page = open_page("/?county=211421&table=1")
    expect(page).to_have_title("绥中县 · 葫芦岛规划一张图")


def test_a_comparison_is_printed_to_its_end(open_page: OpenPage) -> None:
    parks = "park-dongdaihe,park-dayushan,park-huludao-edz"
    page = open_page(f"/?compare={parks}&lang=en")
    page.get_by_role("dialog").get_by_role("table").wait_for()
    page.emulate_media(media="print")
    cut = page.evaluate(
        "() => [...document.querySelectorAll('dialog.compare, dialog.compare .scroll')]"
        ".some((one) => one.scrollHeight > one.clientHeight + 1"
        " && getComputedStyle(one).overflowY !== 'visible')"
    )
    assert not cut
    expect(page.locator("dialog.compare .print-only")).to_be_visible()


def test_nothing_lies_under_the_credit_line_beside_a_card(open_page: OpenPage) -> None:
    page = open_page("/?focus=park-dongdaihe", width=1280, height=800)
    page.locator("#card h2").wait_for()
    settled(page)
    credit = page.locator("#credit").bounding_box()
    assert credit is not None
    for part in ("#legend", "#map .leaflet-control-scale-line"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= credit["y"] + 1, part


def test_the_way_out_of_a_card_stays_within_reach(open_page: OpenPage) -> None:
    page = open_page("/?focus=park-dongdaihe")
    page.locator("#card .sources").wait_for()
    page.locator("#card").evaluate("card => card.scrollTo(0, card.scrollHeight)")
    page.locator("#card > .close").click()
    expect(page.locator("#card")).to_be_hidden()


def test_a_county_s_page_says_what_the_whole_city_has_of_the_same(open_page: OpenPage) -> None:
    page = open_page("/?county=211422&layer=water&table=1")
    hint = page.locator("#table .wider")
    said = number_in(hint.inner_text().split("项全市性")[0])
    hint.get_by_role("link").click()
    expect(page.locator("#table .wider")).to_have_count(0)
    assert number_in(page.locator("#count").inner_text()) == said
