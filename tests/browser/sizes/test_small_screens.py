"""Zoomed in four times, a phone held either way, large type: all can be seen, reached, pressed."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import settled
from tests.browser.sizes.test_phone import PHONE, SMALL

pytestmark = pytest.mark.browser

PARKS = "/?layer=industrial-parks"
TWO_PARKS = f"{PARKS}&compare=park-yangjiazhangzi,park-huludao-edz"
ZOOMED: ViewportSize = {"width": 320, "height": 256}
LYING: list[ViewportSize] = [
    {"width": 844, "height": 390},
    {"width": 740, "height": 360},
    {"width": 667, "height": 375},
]
MOST_STOPS = 120
CHIP_PX = 60
# The element in focus, its height, and how much of that lies in the window with nothing over it.
IN_SIGHT = """() => {
    const one = document.activeElement;
    if (one === document.body) return null;
    const box = one.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const seen = [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => one.contains(
        document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y))));
    return { name: one.outerHTML.slice(0, 90), height: box.height,
        seen: seen && right > left ? bottom - top : 0 };
}"""
TAPPABLE = """one => {
    const box = one.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return one.contains(at);
}"""

# Pairs of parts of which one lies on the other.
ON_EACH_OTHER = """(pairs) => pairs.filter(([one, other]) => {
    const boxes = [one, other].map((part) => document.querySelector(part).getBoundingClientRect());
    return boxes[0].left < boxes[1].right && boxes[1].left < boxes[0].right
        && boxes[0].top < boxes[1].bottom && boxes[1].top < boxes[0].bottom;
})"""
INSIDE = """(all, outer) => {
    const box = document.querySelector(outer).getBoundingClientRect();
    return all.map((one) => one.getBoundingClientRect()).every((one) => one.left >= box.left
        && one.right <= box.right && one.top >= box.top && one.bottom <= box.bottom);
}"""
# Of the panel's parts on a page that begins: words of those that run out of it.
OUT_OF_THE_PANEL = """all => all.filter((one) => one.getBoundingClientRect().right
    > document.querySelector("#panel").getBoundingClientRect().right)
    .map((one) => one.textContent)"""
SCROLLED = """() => new Promise((done) => {
    const look = () => (scrollY > 600 ? done() : requestAnimationFrame(look));
    look();
})"""


def unseen_stops(page: Page) -> list[str]:
    """What Tab goes to without its being in sight, from the top of the page to its end."""
    hidden = []
    stops = 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(IN_SIGHT)
        if stop is None:
            break
        stops += 1
        if stop["seen"] < min(20, stop["height"] - 1):
            hidden.append(stop["name"])
    assert stops > 5, "Tab goes nowhere"
    return hidden


def share_of_the_map(page: Page, window: ViewportSize) -> float:
    box = page.locator("#map").bounding_box()
    assert box is not None
    return box["width"] * box["height"] / (window["width"] * window["height"])


@pytest.mark.parametrize("window", [ZOOMED, LYING[1]], ids=["zoomed", "lying"])
@pytest.mark.parametrize(
    "path",
    [
        PARKS,
        f"{PARKS}&focus=park-dongdaihe",
        TWO_PARKS.rsplit(",", 1)[0],
        "/?county=211422&layer=water&table=1",
    ],
    ids=["list", "card", "tray", "table"],
)
def test_what_has_the_focus_is_in_sight(
    open_page: OpenPage, window: ViewportSize, path: str
) -> None:
    page = open_page(path, **window)
    page.locator("#results [data-id]").first.wait_for(state="attached")
    if "focus" in path:
        page.locator("#card .card-foot").wait_for()
    if "table" in path:
        page.locator("#table tbody").wait_for()
    assert unseen_stops(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]


def test_zoomed_in_the_page_is_one_long_document(open_page: OpenPage) -> None:
    page = open_page(PARKS, **ZOOMED)
    tops = [
        (page.locator(part).bounding_box() or {"y": -1})["y"]
        for part in ("#header", "#map", "#filters", "#results")
    ]
    assert tops == sorted(tops)
    row = page.locator("#results [data-id]").nth(2)
    row.click()
    card = page.locator("#card")
    expect(card.locator("h2")).to_be_in_viewport(ratio=0.9)
    page.mouse.move(160, 128)
    page.mouse.wheel(0, 400)
    page.evaluate(SCROLLED)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(row).to_be_focused()
    expect(row).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("window", LYING, ids=lambda one: str(one["width"]))
def test_a_phone_on_its_side_has_the_list_beside_the_map(
    open_page: OpenPage, window: ViewportSize
) -> None:
    page = open_page(PARKS, has_touch=True, is_mobile=True, **window)
    assert share_of_the_map(page, window) > 0.45
    for scope in ("#header", "#panel"):
        assert page.locator(f"{scope} :is(button, a[href], input)").evaluate_all(SMALL) == []
    row = page.locator("#results [data-id]").first
    assert row.evaluate(TAPPABLE)
    row.tap()
    expect(page.locator("#card h2")).to_be_in_viewport()
    assert share_of_the_map(page, window) > 0.45
    panel = page.locator("#panel")
    page.locator("#card .close").tap()
    panel.evaluate("one => one.scrollTo(0, 1000)")
    assert page.locator("#results [data-id]").last.evaluate(TAPPABLE)


def test_an_item_opened_by_a_link_leaves_the_map_in_view_on_a_phone_on_its_side(
    open_page: OpenPage,
) -> None:
    page = open_page("/?focus=river-daling", has_touch=True, is_mobile=True, **LYING[0])
    page.locator("#card .card-foot").wait_for()
    card, map_box = (page.locator(one).bounding_box() for one in ("#card", "#map"))
    assert card is not None
    assert map_box is not None
    assert card["x"] + card["width"] <= map_box["x"] + 1
    assert share_of_the_map(page, LYING[0]) > 0.45


def test_a_third_park_can_be_laid_beside_two(open_page: OpenPage) -> None:
    page = open_page(TWO_PARKS, **PHONE)
    page.get_by_role("dialog").get_by_role("button", name="关闭").tap()
    head, tray = (page.locator(one).bounding_box() for one in ("#sheet-head", "#tray"))
    assert head is not None
    assert tray is not None
    assert tray["y"] - head["y"] - head["height"] > 200
    third = page.locator("#results [data-id]").nth(2)
    third.evaluate("one => one.scrollIntoView({ block: 'nearest' })")
    assert third.evaluate(TAPPABLE)
    third.tap()
    page.locator("#card [data-compare]").tap()
    page.locator("#card .close").tap()
    page.locator("#tray [data-open]").tap()
    expect(page.get_by_role("dialog").get_by_role("columnheader")).to_have_count(3)


def test_three_columns_fit_and_a_fourth_shows_that_it_is_there(open_page: OpenPage) -> None:
    page = open_page(f"{TWO_PARKS},park-hightech", **PHONE)
    right = "all => all.map(one => one.getBoundingClientRect().right)"
    heads = page.get_by_role("dialog").get_by_role("columnheader")
    expect(heads).to_have_count(3)
    assert max(heads.evaluate_all(right)) <= PHONE["width"]
    page = open_page(f"{TWO_PARKS},park-hightech,park-dongdaihe", **PHONE)
    heads = page.get_by_role("dialog").get_by_role("columnheader")
    expect(heads).to_have_count(4)
    box = heads.nth(3).bounding_box()
    scroll = page.locator(".compare .scroll").bounding_box()
    assert box is not None
    assert scroll is not None
    assert 20 < scroll["x"] + scroll["width"] - box["x"] < box["width"]


def test_the_table_on_a_phone_is_readable_below_the_map(open_page: OpenPage) -> None:
    page = open_page("/county/211422", **PHONE)
    table = page.locator("#table")
    table.locator("tbody").wait_for()
    map_box, box = page.locator("#map").bounding_box(), table.bounding_box()
    assert map_box is not None
    assert box is not None
    assert map_box["height"] > 200
    assert map_box["y"] + map_box["height"] <= box["y"] + 1
    name = table.locator(".listing tbody td:first-child").first.bounding_box()
    assert name is not None
    assert name["width"] > 300
    outside = (
        f"all => all.filter(one => one.getBoundingClientRect().right > {PHONE['width']}).length"
    )
    assert table.locator(".listing td").evaluate_all(outside) == 0
    count = table.locator(".table-head p")
    assert (count.bounding_box() or {"height": 99})["height"] < 30
    radius = table.get_by_role("columnheader", name="误差半径")
    radius.get_by_role("button").tap()
    expect(radius).to_have_attribute("aria-sort", "ascending")
    row = table.get_by_role("row").nth(1)
    expect(row.get_by_role("cell")).to_have_count(7)
    row.get_by_role("link").tap()
    expect(page.locator("#card h2")).to_be_visible()
    page.locator("#card .close").tap()
    table.get_by_role("button", name="关闭").tap()
    expect(table).to_be_hidden()
    expect(page.locator("#panel [data-key='table']")).to_be_focused()


def test_the_county_chosen_is_in_sight_and_stays_where_it_was_scrolled_to(
    open_page: OpenPage,
) -> None:
    page = open_page("/?county=211481", **PHONE)
    chip = page.locator('[data-choose="county:211481"]')
    expect(chip).to_be_in_viewport(ratio=1)
    row = page.locator(".chips")
    before = row.evaluate("one => one.scrollLeft")
    page.locator('#panel [data-key="inview"]').tap()
    page.wait_for_url("**inview=1**")
    assert abs(row.evaluate("one => one.scrollLeft") - before) < CHIP_PX
    page.locator('[data-choose="county:outside"]').tap()
    expect(page.locator('[data-choose="county:outside"]')).to_be_in_viewport(ratio=1)


def test_a_long_drag_goes_from_full_to_peek_and_the_sheet_follows(open_page: OpenPage) -> None:
    page = open_page(PARKS, **PHONE)
    body, grip = page.locator("body"), page.locator("#grip")
    grip.press("Enter")
    expect(body).to_have_attribute("data-sheet", "full")
    box = grip.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    full = page.locator("#panel").evaluate("one => one.offsetHeight")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 200, steps=5)
    assert abs(full - 200 - page.locator("#panel").evaluate("one => one.offsetHeight")) < 3
    page.mouse.move(x, y + 520, steps=5)
    page.mouse.up()
    expect(body).to_have_attribute("data-sheet", "peek")
    # A short one goes one step.
    box = grip.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 120, steps=3)
    page.mouse.up()
    expect(body).to_have_attribute("data-sheet", "half")


def test_the_keyboard_draws_a_peeking_sheet_up(open_page: OpenPage) -> None:
    page = open_page(PARKS, width=390, height=844)
    page.locator("body").evaluate("one => { one.dataset.sheet = 'peek'; }")
    page.locator('[data-tab="layers"]').last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("body")).to_have_attribute("data-sheet", "half")
    assert page.evaluate(IN_SIGHT)["seen"] > 20


def test_large_type_has_large_targets(open_page: OpenPage) -> None:
    page = open_page(PARKS)
    page.locator("[data-large]").click()
    page.locator("#results [data-id]").first.click()
    page.locator("#card .card-foot").wait_for()
    for scope in ("#header", "#panel", "#card", "#legend", "#map .leaflet-control-container"):
        assert page.locator(f"{scope} :is(button, a[href], input)").evaluate_all(SMALL) == []


@pytest.mark.parametrize("window", [PHONE, {"width": 1440, "height": 900}], ids=["phone", "desk"])
def test_at_twice_the_type_size_no_words_are_cut(
    open_page: OpenPage, window: dict[str, int | bool]
) -> None:
    page = open_page(f"{PARKS}&county=211422&table=1", **window)
    page.locator("#table tbody").wait_for()
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
    cut = """all => all.filter(one => one.checkVisibility({ visibilityProperty: true })
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 3))
        .map(one => one.outerHTML.slice(0, 100))"""
    words = ".brand h1, button, .tool:not(.icon-only), #table td, #table p, .item-name"
    assert page.locator(words).evaluate_all(cut) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]


@pytest.mark.parametrize("window", [LYING[0], LYING[-1]], ids=lambda one: str(one["width"]))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_of_the_start_page_is_cut_off_on_a_phone_on_its_side(
    open_page: OpenPage, window: ViewportSize, lang: str
) -> None:
    page = open_page(f"/?lang={lang}", has_touch=True, is_mobile=True, **window)
    expect(page.locator("#overview a")).to_be_visible()
    assert page.evaluate(ON_EACH_OTHER, [[".leaflet-control-scale", "#overview"]]) == []
    assert page.locator(".doors").evaluate("one => one.scrollWidth - one.clientWidth") <= 0


@pytest.mark.parametrize("window", [LYING[0], PHONE], ids=lambda one: str(one["width"]))
def test_a_presentation_on_a_phone_has_its_title_whole_and_its_map_beside_the_legend(
    open_page: OpenPage, window: ViewportSize
) -> None:
    query = "&present=1&lang=en&title=Parks,%20roads%20and%20ports%20of%20all%20six%20counties"
    page = open_page(f"{PARKS}{query}", ready="#caption h2", **{**PHONE, **window})
    expect(page.locator("#caption h2")).to_be_visible()
    settled(page)
    assert page.locator("#caption :is(h2, p)").evaluate_all(INSIDE, "#caption")
    symbols = page.locator("#map .leaflet-marker-icon[data-ids]")
    hidden = symbols.evaluate_all(
        """all => all.map((one) => one.getBoundingClientRect()).filter((one) => {
            const over = document.querySelector("#legend").getBoundingClientRect();
            return one.right > over.left && one.top < over.bottom && one.bottom > over.top;
        }).length"""
    )
    assert hidden == 0


def test_a_text_too_long_for_an_address_takes_three_lines_of_its_notice(
    open_page: OpenPage,
) -> None:
    said = open_page(f"/?q={'long' * 100}", **PHONE).locator("#messages code")
    expect(said).to_contain_text("q=long")
    line = said.evaluate("one => parseFloat(getComputedStyle(one).lineHeight)")
    assert said.evaluate("one => one.clientHeight") <= 3 * line + 1


def test_in_large_type_no_number_runs_out_of_the_panel(open_page: OpenPage) -> None:
    page = open_page("/?lang=en")
    page.locator("[data-large]").click()
    parts = page.locator("#start a, #filters .row")
    for width in (1366, 1024, 900):
        page.set_viewport_size({"width": width, "height": 768})
        assert parts.evaluate_all(OUT_OF_THE_PANEL) == [], width
