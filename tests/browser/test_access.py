"""axe on every state, and one page so broken that axe must object."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, OpenPage

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

STATES = {
    "first view": "/",
    "card": "/?layer=transport&focus=port-suizhong",
    "county": "/?county=211421&lang=en&layer=water",
    "dark": "/?theme=dark&layer=industrial-parks&focus=park-dongdaihe",
    "nothing found": "/?q=qqqq",
    "misread": "/?layer=moon,water",
}


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate("tags => axe.run({ runOnly: tags })", TAGS)
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in result["violations"]
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(open_page: OpenPage, name: str) -> None:
    page = open_page(STATES[name])
    if "focus" in STATES[name]:
        expect(page.locator("#card .card-body")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_one_heading_of_the_first_level(open_page: OpenPage, lang: str) -> None:
    page = open_page(f"/?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()


def test_axe_finds_nothing_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", width=390, height=844)
    assert violations(page) == []


def test_axe_objects_to_a_broken_page(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    page.locator("#dialogs").evaluate("one => { one.innerHTML = '<button></button>'; }")
    assert violations(page) != []


def test_at_400_percent_zoom_nothing_scrolls_sideways(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", width=360, height=225)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("#count")).to_be_attached()
