"""The investor, from the first page to a decision: every press is counted."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import listed, number_in

pytestmark = pytest.mark.browser

EQUIPMENT = "装备制造业"


class Presses:
    """Presses and typing as a person does them, counted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, what: Locator) -> None:
        what.click()
        self.count += 1


@pytest.fixture
def press() -> Presses:
    return Presses()


def park_row(page: Page, id: str) -> Locator:
    return page.locator(f'#results [data-id="{id}"]')


def test_which_parks_make_equipment_is_one_press(open_page: OpenPage, press: Presses) -> None:
    page = open_page("/?layer=industrial-parks")
    heading = page.locator(f'[data-choose="term:{EQUIPMENT}"]')
    promised = number_in(heading.inner_text())
    press(heading)
    expect(page.locator("#results [data-id]")).to_have_count(promised)
    assert press.count == 1
    assert "park-xingcheng-edz" in listed(page)
    press(page.locator(f'[data-fold="heading:{EQUIPMENT}"]'))
    words = page.locator(".terms .below [data-choose]").all_inner_texts()
    assert any("先进装备制造" in word for word in words), "the plan's own words stand below"


def test_parks_by_conditions_are_ranked_explained_and_a_link(
    open_page: OpenPage, press: Presses
) -> None:
    page = open_page("/?layer=industrial-parks")
    press(page.locator('[data-site="port:20"]'))
    press(page.locator('[data-site="expressway:10"]'))
    expect(page.locator("#results h3")).to_contain_text("最合条件的在前")
    assert press.count == 2
    first = page.locator("#results [data-id]").first
    expect(first).to_contain_text("港口 · ")
    expect(first).to_contain_text("高速公路 · ")
    found = listed(page)
    link = page.url
    assert "site=port%3A20,expressway%3A10" in link
    again = open_page(link)
    assert listed(again) == found
    data = page.request.get(link.replace("/?", "/view.geojson?")).json()["features"]
    assert [one["id"] for one in data] == found
    press(page.locator('[data-site="port:20"]'))
    expect(page.locator('[data-site="port:20"]')).to_have_attribute("aria-pressed", "false")
    assert set(found) <= set(listed(page))
    expect(page.locator("#filters")).to_contain_text("货运站")


def test_from_the_card_to_navigation_is_one_press(open_page: OpenPage, press: Presses) -> None:
    page = open_page("/?layer=industrial-parks")
    press(park_row(page, "park-dongdaihe"))
    card = page.locator("#card")
    amap = card.get_by_role("link", name="高德地图")
    assert "coordinate=gaode" in str(amap.get_attribute("href"))
    expect(card.locator(".go")).to_contain_text("误差约 6 公里")
    expect(card.get_by_role("button", name="加入对比")).to_be_in_viewport()
    press(card.get_by_role("button", name="BD-09（百度）"))
    assert press.count == 2
    assert page.evaluate("navigator.clipboard.readText()").endswith("(BD-09)")
    said = card.locator(".go [role=status]")
    expect(said).to_have_text("已复制")
    expect(said).to_have_count(0)
    expect(card.get_by_role("button", name="BD-09（百度）")).to_be_visible()


def test_a_distance_is_measured_on_the_map_and_the_way_back_is_escape(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("button", name="测距").click()
    note = page.locator(".tool-note")
    expect(note).to_contain_text("按 Esc 结束")
    area = page.locator("#map").bounding_box()
    assert area
    middle = (area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    page.mouse.click(*middle)
    page.mouse.click(middle[0] + 120, middle[1])
    expect(note).to_contain_text("公里（直线相连）")
    expect(page.locator("#card")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)


def test_the_map_goes_to_where_the_reader_is_and_says_how_well_that_is_known(
    open_page: OpenPage,
) -> None:
    page = open_page("/", geolocation={"longitude": 120.8, "latitude": 40.7, "accuracy": 50})
    page.context.grant_permissions(["geolocation"])
    before = page.url
    page.get_by_role("button", name="我的位置").click()
    expect(page.locator(".tool-note")).to_contain_text("± 50 米")
    expect(page.locator("#map .measured.is-here")).to_have_count(1)
    assert "120.8,40.7" not in page.url, "where the reader stands is nobody else's"
    assert before.split("?")[0] == page.url.split("?")[0]


def test_parks_are_laid_side_by_side_from_the_list_in_three_presses(
    open_page: OpenPage, press: Presses
) -> None:
    page = open_page("/?layer=industrial-parks")
    for park in ("park-dongdaihe", "park-xingcheng-edz"):
        press(page.locator(f'#results [data-compare="{park}"]'))
        expect(page.locator(f'#results [data-compare="{park}"]')).to_have_attribute(
            "aria-pressed", "true"
        )
    press(page.get_by_role("button", name="对比 2 项"))
    assert press.count == 3
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".compare-map circle")).to_have_count(2)
    expect(dialog.get_by_role("row", name="图层")).to_have_class("is-same")
    assert dialog.locator(".best").count() > 0
    for ext in ("PDF", "PPTX", "XLSX"):
        href = str(dialog.get_by_role("link", name=ext).get_attribute("href"))
        assert page.request.get(href).ok
    number = dialog.get_by_role("row", name="周边项目").get_by_role("link").first
    promised = number_in(number.inner_text())
    near = open_page(str(number.get_attribute("href")))
    expect(near.locator("#results [data-id]")).to_have_count(promised)


def test_the_way_back_closes_a_dialog_and_leaves_what_is_beneath(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    park_row(page, "park-dongdaihe").click()
    expect(page.locator("#card")).to_be_visible()
    view = page.url
    for button in ("分享", "演示清单"):
        page.get_by_role("button", name=button).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(view)
        expect(page.locator("#card")).to_be_visible()
    page.go_back()
    expect(page.locator("#card")).to_be_hidden()


def test_neighbours_are_told_apart_on_the_map_of_a_comparison(open_page: OpenPage) -> None:
    page = open_page("/?compare=park-huludao-edz,park-civil-military,park-dayushan")
    discs = page.locator(".compare-map circle")
    expect(discs).to_have_count(3)
    spots = discs.evaluate_all(
        "all => all.map((one) => [one.cx.baseVal.value, one.cy.baseVal.value])"
    )
    for i, (x, y) in enumerate(spots):
        assert all(abs(x - a) + abs(y - b) >= 16 for a, b in spots[:i]), spots
    expect(page.locator(".compare-map .is-county").first).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("link", name="PPTX")).to_be_in_viewport()


def test_counties_are_compared_too(open_page: OpenPage, press: Presses) -> None:
    page = open_page("/?county=211421")
    press(page.get_by_role("button", name="加入对比：绥中县", exact=True))
    expect(page.locator("#tray")).to_contain_text("绥中县")
    table = open_page("/?compare=211421,211481").get_by_role("dialog").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(table.get_by_role("row", name="九大工业园区")).to_contain_text("1")


def test_counties_compared_are_files_where_they_are_read_and_where_they_are_shared(
    open_page: OpenPage,
) -> None:
    page = open_page("/?compare=211421,211481&lang=en")
    files = [f"/comparison.{ext}?compare=211421,211481&lang=en" for ext in ("pdf", "pptx", "xlsx")]
    assert files == hrefs(page.locator("dialog.compare .compare-foot a"))
    page.locator("dialog.compare [data-close]").click()
    page.locator("[data-share]").click()
    shared = hrefs(page.locator("dialog.share a[href*=compare]"))
    assert shared == [*files, "/view.xlsx?lang=en&compare=211421,211481"]


def hrefs(links: Locator) -> list[str]:
    links.first.wait_for()
    return [re.sub("^https?://[^/]+", "", one.get_attribute("href") or "") for one in links.all()]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("港口附近的园区", "site=port%3A10"),
        ("parks near the port", "site=port%3A10"),
        ("40.75, 120.85", "place=120.85,40.75"),
        ("高铁站", "site=passenger_station%3A10"),
        ("水利项目 within 20 km of 兴城站", "layer=water"),
        ("公园 near 兴城站", "q=%E5%85%AC%E5%9B%AD"),
    ],
)
def test_what_a_search_means_is_offered_as_a_view_that_files_answer_alike(
    open_page: OpenPage, press: Presses, typed: str, address: str
) -> None:
    page = open_page("/")
    page.locator("#q").fill(typed)
    press(page.locator('[data-suggestion^="view:"]').first)
    expect(page.locator("#results h3")).to_be_visible()
    assert press.count == 1
    assert address in page.url
    data = page.request.get(page.url.replace("/?", "/view.geojson?")).json()["features"]
    assert [one["id"] for one in data] == listed(page)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("40.7,120.8", "place=120.8,40.7"),
        ("parks near the port", "site=port%3A10"),
        ("专栏5-1", "/data/boxes/box-5-1"),
        ("Box 5-1", "/data/boxes/box-5-1"),
    ],
)
def test_enter_takes_what_is_said_outright(open_page: OpenPage, typed: str, address: str) -> None:
    page = open_page("/")
    field = page.locator("#q")
    field.fill(typed)
    expect(page.locator("[data-suggestion]").first).to_be_visible()
    field.press("Enter")
    page.wait_for_url(lambda url: address in url)


def test_a_sport_is_found_by_any_of_its_words(open_page: OpenPage) -> None:
    for typed in ("skiing", "滑雪场", "ski resort"):
        page = open_page(f"/?q={typed}")
        expect(page.locator('#results [data-id="ski-longwan"]')).to_be_visible()
        expect(page.locator('#results [data-id="snow-qingniushan"]')).to_be_visible()


def test_an_empty_result_offers_the_nearest(open_page: OpenPage, press: Presses) -> None:
    page = open_page("/?q=辛城古城&county=211422&status=planned")
    nearest = page.locator("[data-nearest]")
    expect(nearest.get_by_role("link", name="兴城古城", exact=True)).to_be_visible()
    page = open_page("/?q=机场&county=211422&status=planned")
    press(page.locator("[data-nearest]").get_by_role("link", name="机场").first)
    expect(page.locator('#results [data-id="airport-suizhong-ga"]')).to_be_visible()
    assert press.count == 1
    page = open_page("/?q=龙港区的风电")
    press(page.locator("[data-nearest]").get_by_role("link", name="风电").first)
    expect(page.locator("#results [data-id]")).not_to_have_count(0)
    for asked in ("联系电话", "telephone"):
        page = open_page(f"/?q={asked}")
        expect(page.locator("[data-nearest]")).to_contain_text("运营者未填写联系方式")
        expect(page.locator("[data-nearest] a")).to_have_count(0)


def test_a_source_without_an_address_leads_to_what_it_says(
    open_page: OpenPage, press: Presses
) -> None:
    page = open_page("/?focus=park-dongdaihe&lang=en")
    sources = page.locator("#card .sources")
    unlinked = sources.locator("li", has_not=page.locator("a"))
    expect(unlinked.first).to_contain_text("no web address; see the evidence below")
    title = "Web pages on sights, firms and works"
    evidence = sources.locator(".hint a").first
    expect(evidence).to_have_text("Dongdaihe New Area")
    press(evidence)
    expect(page.locator("h1")).to_have_text("Dongdaihe New Area")
    rows = page.locator("tbody tr")
    expect(rows.filter(has_text="Evidence")).to_contain_text("长城北路")
    expect(rows.filter(has_text=title)).to_have_count(1)
    expect(rows.filter(has_text="—")).to_have_count(0)
    assert press.count == 1
