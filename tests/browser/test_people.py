"""The three people the map is for, each from the first page to what they came for."""

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import asks, drawn, listed, number_in, total

pytestmark = pytest.mark.browser

PARK = "park-dongdaihe"


def test_an_investor_finds_parks_by_industry_and_compares_them(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    page.locator('[data-fold="heading:医药健康产业"]').click()
    industry = page.locator('[data-choose="term:生物医药"]')
    promised = number_in(industry.inner_text())
    industry.click()
    expect(page.locator(f'#results [data-id="{PARK}"]')).to_be_visible()
    expect(page.locator("#results [data-id]")).to_have_count(promised)
    page.locator(f'#results [data-id="{PARK}"]').click()
    card = page.locator("#card")
    expect(card).to_contain_text("直线距离")
    expect(card).to_contain_text("绥中港区")
    card.get_by_role("button", name="加入对比").click()

    industry.click()
    page.locator('#results [data-id="park-yangjiazhangzi"]').click()
    card.get_by_role("button", name="加入对比").click()
    page.get_by_role("button", name="对比 2 项").click()
    table = page.get_by_role("dialog").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(table.get_by_role("row", name="港口")).to_contain_text("公里")
    page.get_by_role("button", name="复制表格").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert all(line.count("\t") == 2 for line in copied.splitlines())

    link = f"/?compare={PARK},park-yangjiazhangzi"
    expect(open_page(link).get_by_role("dialog").get_by_role("table")).to_be_visible()


def test_neighbours_within_ten_kilometres_are_counted_listed_and_drawn(open_page: OpenPage) -> None:
    page = open_page(f"/?focus={PARK}")
    ring = page.locator('#card [data-near="10"]')
    promised = number_in(ring.inner_text())
    ring.click()
    assert total(page) == promised == len(listed(page))
    assert PARK not in listed(page)
    assert drawn(page) - {PARK} <= set(listed(page))
    expect(page.locator("#map .uncertainty.is-ring")).to_have_count(1)


def test_an_official_sorts_the_table_of_a_county_and_takes_it_away(open_page: OpenPage) -> None:
    page = open_page("/?county=211421")
    page.get_by_role("button", name="表格").click()
    table = page.locator("#table")
    rows = table.locator("tbody tr")
    rows.first.wait_for()
    assert rows.count() == total(page)
    assert page.url.endswith("/?county=211421&table=1"), "a smaller map is no other view"
    header = table.get_by_role("columnheader", name="规划所述（2021）")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    states = rows.locator("td:nth-child(5)").all_inner_texts()
    assert states == sorted(
        states, key=["已建成", "在建", "规划新建", "改造提升", "政策与行动"].index
    )
    href = str(table.locator("a[download]").get_attribute("href"))
    assert "county=211421" in href
    assert page.request.get(href).ok
    rows.nth(3).get_by_role("link").click()
    expect(page.locator("#card")).to_be_visible()


def test_an_investor_finds_the_biomedicine_park_and_its_port_in_three_steps(
    open_page: OpenPage, index: list[dict[str, Any]]
) -> None:
    page = open_page("/")
    page.get_by_role("button", name="展开产业").click()
    page.locator('[data-choose="layer:industrial-parks"]').click()
    page.get_by_role("combobox", name="搜索项目").fill("生物医药")
    expect(page).to_have_url(asks(q="生物医药"))
    parks = [one["id"] for one in index if "生物医药" in one.get("terms", [])]
    parks = [one for one in parks if one.startswith("park-")]
    expect(page.locator("#results [data-id]")).to_have_count(len(parks))
    assert listed(page) == parks == [PARK]
    page.locator("#results [data-id]").click()
    card = page.locator("#card")
    expect(card.locator("dt", has_text="港口")).to_be_visible()
    expect(card).to_contain_text(re.compile(r"绥中港区 (\d+(\.\d+)? 公里（± ?\d|约 0–\d)"))
    expect(card.locator(".contact")).to_contain_text("运营者未填写")
    expect(card.locator(".sources li").first).to_be_visible()


def test_an_official_finds_all_water_projects_of_a_county_and_takes_the_sheet(
    open_page: OpenPage, index: list[dict[str, Any]]
) -> None:
    page = open_page("/county/211422")
    page.locator("#table tbody").first.wait_for()
    expect(page.locator("#table h2")).to_have_text("建昌县")
    direction = page.locator("#table .direction")
    expect(direction).to_contain_text("建昌县县域经济方向")
    expect(direction).to_contain_text("专栏9-5")
    page.get_by_role("button", name="展开交通能源水利").click()
    page.locator('[data-choose="layer:water"]').click()
    within = {one["id"] for one in index if one["layer"] == "water" and "211422" in one["counties"]}
    rows = page.locator("#table table:not(.matrix) tbody a[data-id]")
    assert set(rows.evaluate_all("all => all.map(a => a.dataset.id)")) == within
    wide = next(one for one in index if one["id"] in within and one["method"] == "counties")
    row = page.locator("#table tr").filter(has=page.locator(f'[data-id="{wide["id"]}"]'))
    expect(row.locator(".mark")).to_have_text("全域")
    with page.expect_download() as started:
        page.get_by_role("link", name="Excel").click()
    sheet = load_workbook(io.BytesIO(started.value.path().read_bytes())).worksheets[0]
    taken = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert within <= taken


def test_a_number_of_the_table_by_layer_and_status_shows_just_those(open_page: OpenPage) -> None:
    page = open_page("/?county=211422&table=1")
    page.get_by_role("button", name=re.compile("按图层统计")).click()
    cell = page.locator("#table .matrix [data-cell]").first
    promised = number_in(cell.inner_text())
    cell.click()
    assert total(page) == promised
    assert "&status=" in page.url


def test_a_county_prints_as_a_map_and_a_list_on_a4(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/?county=211422&table=1")
    page.locator("#table .direction").wait_for()
    last = page.locator("#table table:not(.matrix) tbody a[data-id]").last.inner_text()
    page.pdf(path=tmp_path / "county.pdf", format="A4", print_background=True)
    info = subprocess.run(
        ["pdfinfo", tmp_path / "county.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "A4" in info
    assert 1 < int(str(re.search(r"Pages:\s+(\d+)", info)[1])) <= 5  # type: ignore[index]
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "county.pdf", "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert last in text.replace("\n", "")
    assert "县域经济方向" in text


def test_a_presenter_steps_through_the_layers_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/?county=211422")
    whole = total(page)
    page.get_by_role("button", name="演示", exact=True).click()
    caption = page.locator("#caption")
    expect(caption).to_contain_text("建昌县")
    expect(caption).not_to_contain_text("审图号")
    expect(page.locator("#header")).to_be_hidden()
    expect(page.locator("#legend")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text("九大工业园区")
    page.keyboard.press("Escape")
    expect(page.locator("#header")).to_be_visible()
    assert total(page) == whole


def test_a_presenter_makes_a_tour_of_chosen_views_and_plays_it_elsewhere(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=water&county=211422")
    page.get_by_role("button", name="演示清单").click()
    dialog = page.get_by_role("dialog", name="演示清单")
    dialog.get_by_label("当前视图的标题").fill("建昌治水")
    dialog.get_by_role("button", name="加入清单").click()
    expect(dialog.get_by_role("listitem")).to_contain_text(["建昌治水"])
    page.keyboard.press("Escape")
    page.goto(page.url.split("?")[0] + "?layer=industrial-parks")
    page.get_by_role("button", name="演示清单").click()
    dialog.get_by_role("button", name="加入清单").click()
    dialog.get_by_role("button", name="把“九大工业园区”上移").click()
    expect(dialog.get_by_role("listitem")).to_contain_text(["九大工业园区", "建昌治水"])
    dialog.get_by_role("button", name="复制链接").click()
    expect(dialog.get_by_role("status")).to_have_text("已复制")
    link = page.evaluate("navigator.clipboard.readText()")

    shown = open_page(link, ready="#caption h2")
    caption = shown.locator("#caption")
    expect(caption.locator("h2")).to_have_text("九大工业园区")
    shown.keyboard.press("ArrowRight")
    expect(caption.locator("h2")).to_have_text("建昌治水")
    assert "layer=water&county=211422" in shown.url
    assert set(listed(shown)) == set(listed(open_page("/?layer=water&county=211422")))
    for part in ("#legend", ".leaflet-control-scale", "#credit"):
        expect(shown.locator(part)).to_be_visible()
    shown.keyboard.press("ArrowLeft")
    expect(caption.locator("h2")).to_have_text("九大工业园区")
    shown.keyboard.press("Escape")
    expect(shown.locator("#header")).to_be_visible()


def test_a_presenter_takes_the_five_figures_away_in_three_clicks(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("button", name="演示清单").click()
    dialog = page.get_by_role("dialog", name="演示清单")
    dialog.get_by_role("button", name="规划五张图").click()
    expect(dialog.get_by_role("listitem")).to_have_count(5)
    expect(dialog.get_by_role("listitem").first).to_contain_text("一主一副一带三轴")
    link = dialog.get_by_role("link", name="PPT 演示文稿")
    with page.expect_download() as download:
        link.click()
    deck = Presentation(str(download.value.path()))
    assert len(deck.slides) > 6


def test_a_presenter_shares_a_titled_link_and_a_frame(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks&title=招商一张图")
    expect(page).to_have_title("招商一张图")
    page.get_by_role("button", name="分享").click()
    dialog = page.get_by_role("dialog", name="分享这张图")
    link = dialog.get_by_label("链接", exact=True).input_value()
    frame = dialog.get_by_label("嵌入网页的代码").input_value()
    assert "title=" in link
    address = str(re.search(r'src="([^"]+)"', frame)[1])  # type: ignore[index]
    embedded = open_page(address.replace("&amp;", "&"))
    expect(embedded.locator("#header h1")).to_have_text("招商一张图")
    expect(open_page(link).locator("#header")).to_contain_text("招商一张图")


@pytest.mark.parametrize(
    ("lang", "query", "words"),
    [
        ("zh", "choropleth=1", ["没有按县区计数"]),
        ("en", "choropleth=1", ["without the counts by county"]),
        ("zh", "table=1", ["没有表格"]),
        ("zh", "", []),
    ],
)
def test_the_share_dialog_says_what_no_file_shows(
    open_page: OpenPage, lang: str, query: str, words: list[str]
) -> None:
    page = open_page(f"/?layer=industrial-parks&lang={lang}&{query}")
    page.locator("[data-share]").click()
    hints = page.locator("dialog.share .downloads .hint")
    expect(hints).to_have_count(1 + len(words))
    for hint in words:
        expect(hints.filter(has_text=hint)).to_be_visible()
    code = page.locator("dialog.share img.qr").get_attribute("src") or ""
    assert query in code
    for link in page.locator("dialog.share .faces a").all():
        assert query == "" or query not in (link.get_attribute("href") or "")


def test_what_is_compared_is_taken_away_in_the_workbook(open_page: OpenPage) -> None:
    compared = "park-yangjiazhangzi,park-huludao-edz"
    page = open_page(f"/?layer=industrial-parks&compare={compared}")
    page.locator("dialog.compare [data-close]").click()
    page.locator("[data-share]").click()
    downloads = page.locator("dialog.share .downloads")
    expect(downloads.locator(".hint").filter(has_text="另有一页对比表")).to_be_visible()
    links = [one.get_attribute("href") or "" for one in downloads.locator("a").all()]
    (link,) = (link for link in links if "compare" in link)
    assert link.endswith(f"/view.xlsx?layer=industrial-parks&compare={compared}")


@pytest.mark.parametrize("typed", ["xingchenggucheng", "xcgc", "兴城古城"])
def test_pinyin_and_initials_are_suggested(open_page: OpenPage, typed: str) -> None:
    page = open_page("/")
    search = page.get_by_role("combobox", name="搜索项目")
    search.focus()
    page.wait_for_load_state("networkidle")
    search.type(typed, delay=10)
    expect(page.get_by_role("option").filter(has_text="兴城古城").first).to_be_visible()
    expect(page).to_have_url(asks(q=typed))
    rows = page.locator("#results [data-id]")
    expect(rows.nth(40)).to_have_count(0)
    assert 0 < total(page) <= 40


def test_a_suggestion_is_taken_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("combobox", name="搜索项目").type("绥中县", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("绥中县")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator('[data-choose="county:211421"]')).to_have_attribute("aria-pressed", "true")


def test_symbols_stand_on_gcj02_tiles_to_a_pixel(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    worst = page.evaluate(
        """async () => {
            const gcj = new URL("static/js/map/base/gcj.js", document.baseURI);
            const { CRS_GCJ02 } = await import(gcj);
            const { default: gcoord } = await import("gcoord");
            const { L } = globalThis;
            let worst = 0;
            const spots = [];
            for (let lng = 119.2; lng < 121.2; lng += 0.2) {
                for (let lat = 39.9; lat < 41.3; lat += 0.2) spots.push([lng, lat]);
            }
            for (const [lng, lat] of spots) {
                const moved = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
                const tile = L.CRS.EPSG3857.latLngToPoint(L.latLng(moved[1], moved[0]), 18);
                const drawn = CRS_GCJ02.latLngToPoint(L.latLng(lat, lng), 18);
                const back = CRS_GCJ02.pointToLatLng(drawn, 18);
                const again = CRS_GCJ02.latLngToPoint(back, 18);
                worst = Math.max(worst, drawn.distanceTo(tile), drawn.distanceTo(again));
            }
            return worst;
        }"""
    )
    assert worst < 1
