"""On a phone: map above, sheet below, targets a finger wide."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
FINGER_PX = 44
SMALL = f"""all => all.filter(one => {{
    const box = one.getBoundingClientRect();
    return box.width && (box.height < {FINGER_PX} - 0.5 || box.width < {FINGER_PX} - 0.5);
}}).map(one => one.outerHTML.slice(0, 120))"""


def test_the_map_and_the_list_share_the_screen_without_sideways_scrolling(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    map_box = page.locator("#map").bounding_box()
    row_box = page.locator("#results [data-id]").first.bounding_box()
    assert map_box is not None
    assert row_box is not None
    assert map_box["height"] > 250
    assert row_box["y"] + row_box["height"] < PHONE["height"]


def test_targets_are_a_finger_wide(open_page: OpenPage) -> None:
    page = open_page("/?layer=transport", **PHONE)
    for scope in ("#header", "#panel", "#map .leaflet-control-container"):
        assert page.locator(f"{scope} :is(button, a[href], input)").evaluate_all(SMALL) == []
    page.locator('[data-tab="layers"]').last.click()
    assert page.locator("#panel :is(button, a[href])").evaluate_all(SMALL) == []


def test_the_card_lies_in_the_sheet_and_closes(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    page.locator("#results [data-id]").first.tap()
    card = page.locator("#card")
    expect(card).to_contain_text("专栏5-1")
    box = card.bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    card.get_by_role("button", name="关闭").tap()
    expect(card).to_be_hidden()


def test_the_list_begins_at_its_beginning_after_the_filters(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    page.locator('[data-tab="layers"]').click()
    condition = page.locator('[data-site="port:20"]')
    condition.scroll_into_view_if_needed()
    condition.click()
    expect(condition).to_have_attribute("aria-pressed", "true")
    port = page.locator('[data-site^="port:"]')
    lines = port.evaluate_all("all => all.map((one) => one.offsetTop)")
    assert len(set(lines)) == 1, "the distances of a kind stand in one line"
    page.locator('[data-tab="list"]').click()
    expect(page.locator("#count")).to_be_in_viewport()


def test_every_tool_of_the_map_can_be_pressed(open_page: OpenPage) -> None:
    for window in ({}, {"width": 360, "height": 640}, {"width": 844, "height": 390}):
        page = open_page("/?layer=industrial-parks", **{**PHONE, **window})
        expect(page.get_by_role("button", name="我的位置")).to_be_visible()
        expect(page.locator("[data-key='base']")).to_be_visible()
        page.wait_for_function(NONE_COVERED)


NONE_COVERED = """() => {
    const tools = [...document.querySelectorAll("#map .leaflet-top.leaflet-left :is(a, button)")];
    return tools.length >= 7 && tools.every((one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return [top + 4, bottom - 4].every((y) =>
            document.elementFromPoint((left + right) / 2, y)?.closest("a, button") === one);
    });
}"""
"""Once the page has come to rest."""


def test_a_full_sheet_leaves_no_strip_of_the_map(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    size = "map.offsetWidth, map.offsetHeight"
    before = page.evaluate(f"[{size}]")
    page.locator("#grip").press("Enter")
    expect(page.locator("#map")).to_be_hidden()
    main = page.locator("#main").bounding_box()
    page.wait_for_function("panel.offsetHeight === main.offsetHeight")
    assert page.locator("#panel").bounding_box() == main
    assert page.evaluate(f"[{size}]") == before  # nothing of it is drawn anew
    page.locator("#grip").press("Enter")
    expect(page.locator("#map")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 640), (844, 390)])
def test_every_column_of_a_comparison_and_what_is_below_it_can_be_reached(
    open_page: OpenPage, width: int, height: int
) -> None:
    parks = "park-dongdaihe,park-hightech,park-huludao-edz,park-yangjiazhangzi"
    window = {**PHONE, "width": width, "height": height}
    page = open_page(f"/?layer=industrial-parks&compare={parks}", **window)
    names = page.locator("dialog.compare thead th")
    expect(names).to_have_count(4)
    names.last.scroll_into_view_if_needed()
    expect(names.last).to_be_in_viewport(ratio=0.95)
    expect(page.get_by_role("heading", name="并排对比")).to_be_in_viewport(ratio=1)
    page.locator(".compare-foot").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="复制表格")).to_be_in_viewport(ratio=0.9)
    expect(names.last).to_be_in_viewport(ratio=0.9)  # the names stay


def test_three_columns_of_a_comparison_stand_beside_each_other(open_page: OpenPage) -> None:
    parks = "park-dongdaihe,park-hightech,park-huludao-edz"
    for lang in ("zh", "en"):
        page = open_page(f"/?layer=industrial-parks&compare={parks}&lang={lang}", **PHONE)
        expect(page.locator("dialog.compare thead th").last).to_be_in_viewport(ratio=1)


FAKE_SHARE = """() => {
    window.sent = [];
    navigator.canShare = () => true;
    navigator.share = async ({ title, url, text, files = [] }) => {
        if (files.length && !window.refused) {
            window.refused = true;
            throw new DOMException("too late", "NotAllowedError");
        }
        const named = files.map(({ name, type, size }) => `${name} ${type} ${size > 9999}`);
        window.sent.push([title, url ?? text, named]);
    };
}"""


def test_a_phone_sends_the_link_and_the_picture(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    page.evaluate(FAKE_SHARE)
    page.locator("[data-share]").tap()
    page.get_by_role("button", name="发送…").tap()
    page.wait_for_function("window.sent.length === 1")
    page.get_by_role("button", name="发送图片").tap()
    expect(page.locator(".send [role=status]")).to_contain_text("请再按一次")
    page.get_by_role("button", name="发送图片").tap()
    page.wait_for_function("window.sent.length === 2")
    link, picture = page.evaluate("window.sent")
    assert link == ["九大工业园区", page.url, []]
    assert picture == [
        "九大工业园区", f"九大工业园区 {page.url}", ["九大工业园区.png image/png true"],
    ]  # fmt: skip


def test_where_the_system_shares_nothing_there_is_no_button_for_it(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    page.evaluate("navigator.canShare = undefined")
    page.locator("[data-share]").tap()
    expect(page.locator("dialog.share .faces a").first).to_be_visible()
    expect(page.locator(".send")).to_have_count(0)


def test_picture_and_slides_come_first_and_other_data_is_folded(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    page.locator("[data-share]").tap()
    links = page.locator("dialog.share .faces a")
    expect(links.first).to_contain_text(".png")
    expect(links.nth(1)).to_contain_text(".pptx")
    data = page.locator("dialog.share .faces a", has_text=".geojson")
    expect(data.first).to_be_hidden()
    page.get_by_text("更多数据格式").tap()
    expect(data.first).to_be_visible()
    page.get_by_label("图片大小").select_option("a4")
    expect(links.first).to_have_attribute("href", re.compile("size=a4"))
    expect(data.first).to_be_visible()
    assert page.locator("dialog.share .faces a").evaluate_all(SMALL) == []


def test_what_a_finger_has_touched_is_not_struck_out(open_page: OpenPage) -> None:
    """Doors of the start page lie where the chosen filter stands next."""
    page = open_page("/?layer=industrial-parks", **PHONE)
    chosen = page.locator(".chosen-one").first
    chosen.hover()
    expect(chosen).to_have_css("text-decoration-line", "none")


def test_rows_of_a_card_stand_close_below_their_heading(open_page: OpenPage) -> None:
    page = open_page("/?focus=park-huludao-edz", **PHONE)
    heading = page.locator("#card h3", has_text="交通距离")
    expect(heading).to_be_visible()
    gap = heading.evaluate(
        "one => one.nextElementSibling.querySelector('dt').getBoundingClientRect().top"
        " - one.getBoundingClientRect().bottom"
    )
    assert gap < 12


def test_the_scale_lies_on_no_tool_above_a_table(open_page: OpenPage) -> None:
    page = open_page("/?county=211421&table=1", ready="#table tbody tr", **PHONE)
    scale = page.locator(".leaflet-control-scale").bounding_box()
    tools = page.locator("#map .leaflet-bar").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(one => [one.right, one.bottom])"
    )
    inside = page.locator("#map").bounding_box()
    assert scale is not None
    assert inside is not None
    assert all(right <= scale["x"] or bottom <= scale["y"] for right, bottom in tools)
    assert max(bottom for _, bottom in tools) <= inside["y"] + inside["height"]
