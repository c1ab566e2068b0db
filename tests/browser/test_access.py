"""axe on every state, and one page so broken that axe must object."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, OpenPage

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules/axe-core/axe.min.js"
SIZES = {"wide": (1440, 900), "320 px": (320, 640), "400 %": (360, 225)}


def typed(page: Page) -> None:
    page.locator("#q").fill("港")
    expect(page.locator("#suggest li").first).to_be_visible()


def pressed(button: str, comes: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator(button).first.click()
        expect(page.locator(comes).first).to_be_visible()

    return press


def there(what: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator(what).first).to_be_visible()


def annotating(page: Page) -> None:
    pressed(".map-tool.annotate", ".note-panel")(page)
    mark = page.locator("[data-mark]").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".note-panel input").first).to_be_visible()


def telling(page: Page) -> None:
    """The tour's dialog with a view in it, and what is said of it."""
    pressed("[data-tour]", "[data-ready]")(page)
    pressed("[data-ready]", "[data-tell]")(page)
    pressed("[data-tell]", ".stop-talk textarea")(page)


def speaking(page: Page) -> None:
    expect(page.locator("#caption h2")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator(".caption-notes")).to_be_visible()


def sharing(page: Page) -> None:
    """With the system's share sheet, and every form unfolded."""
    page.evaluate("navigator.canShare = () => true")
    pressed("[data-share]", ".send")(page)
    page.locator("dialog.share summary").click()


NOTES = "notes=120.3,40.2:重点;121.3,40.4,121.02,40.65&hidden=park-bajiazi"
STATES: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "start": ("/", None),
    "search": ("/?layer=water", typed),
    "list": ("/?layer=industrial-parks&lang=en", None),
    "card": ("/?layer=industrial-parks&focus=port-suizhong", there("#card .card-body")),
    "dark card": ("/?theme=dark&focus=park-dongdaihe&near=5&lang=en", there("#card .card-body")),
    "comparison": ("/?layer=water&compare=park-dongdaihe,park-hightech", there(".compare table")),
    "table": ("/?layer=industrial-parks&table=1&theme=dark", there("#table tbody tr")),
    "county": ("/?county=211402&layer=energy&table=1&lang=en", there("#table tbody tr")),
    "share": ("/?layer=water", pressed("[data-share]", "dialog.share")),
    "share unfolded": ("/?layer=water&lang=en&theme=dark", sharing),
    "notes": (f"/?layer=industrial-parks&{NOTES}", annotating),
    "notes in the dark": (f"/?layer=industrial-parks&theme=dark&lang=en&{NOTES}", annotating),
    "tour with notes": ("/?layer=water&theme=dark", telling),
    "slide with notes": ("/?present=1#tour=%3Flayer%3Dwater%26say%3DDams", speaking),
    "measuring": ("/?layer=water&theme=dark", pressed(".map-tool.measure", ".tool-note")),
    "bases": ("/?layer=water&lang=en", pressed("[data-key='base']", ".base-panel")),
    "tour": ("/?layer=water&lang=en", pressed("[data-tour]", "dialog")),
    "legend": ("/?layer=tourism-routes&theme=dark&lang=en", None),
    "counts": ("/?layer=energy&choropleth=1", None),
    "slide": ("/?layer=industrial-parks&present=1", there("#caption h2")),
    "nothing found": ("/?q=qqqq", None),
    "misread": ("/?layer=moon,water&theme=dark", None),
}
PAGES = (
    "/data", "/data?lang=en", "/data/boxes", "/data/boxes/box-5-1", "/data/checking/211421?lang=en",
    "/embed?layer=industrial-parks", "/embed?focus=park-dongdaihe&theme=dark&lang=en",
    "/api?f=html", "/api/collections/transport/items?f=html&lang=en",
    "/api/collections/transport/items/port-suizhong?f=html", "/nothing", "/view.png?layer=moon",
)  # fmt: skip


def violations(page: Page) -> list[str]:
    """Findings of every level, best practice among them."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in result["violations"]
        for node in one["nodes"][:3]
    ]


def found(page: Page, sizes: Iterable[str] = SIZES) -> dict[str, list[str]]:
    """What axe finds in windows of several sizes."""
    every = {}
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        every[size] = violations(page)
    return {size: what for size, what in every.items() if what}


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(open_page: OpenPage, name: str) -> None:
    address, then = STATES[name]
    page = open_page(address, ready="#map.leaflet-container")
    if then:
        then(page)
    assert found(page) == {}


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_on_other_pages(open_page: OpenPage, address: str) -> None:
    page = open_page(address, ready=".leaflet-marker-pane > *" if "embed" in address else "h1")
    assert found(page) == {}


@pytest.mark.parametrize("name", ["list", "card"])
def test_axe_finds_nothing_on_paper(open_page: OpenPage, name: str) -> None:
    address, then = STATES[name]
    page = open_page(address)
    if then:
        then(page)
    page.locator("#paper p").first.wait_for(state="attached")
    page.emulate_media(media="print")
    assert found(page, ["wide"]) == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_one_heading_of_the_first_level(open_page: OpenPage, lang: str) -> None:
    page = open_page(f"/?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()


def test_axe_objects_to_a_broken_page(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    page.locator("#dialogs").evaluate("one => { one.innerHTML = '<button></button>'; }")
    assert violations(page) != []


def test_at_400_percent_zoom_nothing_scrolls_sideways(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", width=360, height=225)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("#count")).to_be_attached()
