"""Tables on a phone: rows of labels with values, nothing to scroll sideways."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

TABLES = [
    "/data?lang=en", "/data/boxes/box-5-1?lang=en", "/data/checking/211421", "/data/pack",
    "/api/collections?f=html", "/api/collections/industrial-parks/items?f=html&lang=en",
    "/api/collections/industrial-parks/items/park-dongdaihe?f=html",
    "/api/collections/industrial-parks/schema?f=html",
]  # fmt: skip
OTHERS = ["/data/boxes", "/embed/guide", "/nothing", "/api/collections/nothing?f=html"]
SIDEWAYS = """() => [document.scrollingElement, ...document.querySelectorAll(".table, .scroll")]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways(open_page: OpenPage, width: int) -> None:
    for address in [*TABLES, *OTHERS]:
        page = open_page(address, width=width, height=700, ready="h1")
        assert page.evaluate(SIDEWAYS) == [], address


def test_each_value_stands_beside_its_label(open_page: OpenPage) -> None:
    page = open_page("/data/boxes/box-5-1?lang=en", width=390, height=700, ready="h1")
    cell = page.locator("tbody td").first
    label = cell.evaluate("one => getComputedStyle(one, '::before').content")
    assert label == '"Layers"'
    expect(page.locator("thead")).to_have_css("position", "absolute")
    wide = open_page("/data/boxes/box-5-1?lang=en", width=1000, height=700, ready="h1")
    content = wide.locator("tbody td").first.evaluate(
        "one => getComputedStyle(one, '::before').content"
    )
    assert content == "none"


# Of a cell's text: the most that one of its lines lies below the one before it.
STEP = """one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const tops = [...new Set([...range.getClientRects()].map((box) => box.top))];
    return Math.max(0, ...tops.slice(1).map((top, at) => top - tops[at]));
}"""


def test_a_label_of_two_lines_does_not_part_its_value(open_page: OpenPage) -> None:
    page = open_page("/data/checking/211421?lang=en", width=390, height=700, ready="h1")
    value = page.locator("td[data-label='Place estimated']:not(:empty)").first
    line = value.evaluate("one => parseFloat(getComputedStyle(one).lineHeight)")
    assert value.evaluate(STEP) < 1.5 * line
    expect(page.locator("td[data-label]:empty").first).to_be_hidden()
