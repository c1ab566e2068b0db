"""The table of a layer shows the layer's own fields, and sorts by them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

ROWS = "#table tbody tr"


def test_parks_are_ranked_by_how_far_the_port_is(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks&table=1")
    port = page.locator('#table [data-sort="port"]')
    expect(page.locator(ROWS).first).to_contain_text("公里")
    port.click()
    cells = page.locator('#table td[data-title="港口"]').all_text_contents()
    assert len([one for one in cells if "公里" in one]) == 9
    exact = [float(one.split(" 公里（± ")[0].split(" ")[-1]) for one in cells if "（± " in one]
    ranges = [one for one in cells if " 约 0–" in one]
    assert len(exact) + len(ranges) == 9
    assert ranges
    assert exact == sorted(exact)
    expect(page.locator("#table")).to_contain_text("生物医药")


def test_a_figure_has_its_unit_and_what_says_nothing_comes_last(open_page: OpenPage) -> None:
    page = open_page("/?layer=energy&table=1")
    volts = page.locator('#table [data-sort="voltage_kv"]')
    volts.click()
    cells = page.locator('#table td[data-title="电压"]')
    expect(cells.first).to_contain_text("千伏")
    shown = cells.all_text_contents()
    filled = [bool(one.strip()) for one in shown]
    assert filled == sorted(filled, reverse=True)
    volts.click()
    turned = [bool(one.strip()) for one in cells.all_text_contents()]
    assert turned == filled


def test_the_table_is_titled_by_what_it_holds(open_page: OpenPage) -> None:
    page = open_page("/?county=211422&layer=water&table=1")
    expect(page.locator("#table h2")).to_have_text("建昌县 · 水利")


def test_a_comparison_has_units_and_says_whom_to_ask(open_page: OpenPage) -> None:
    page = open_page("/?compare=park-dongdaihe,park-yangjiazhangzi")
    table = page.get_by_role("dialog").get_by_role("table")
    expect(table.get_by_role("row", name="联系")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_contain_text("运营者未填写")
