"""A printed sheet: the map first and whole, its legend beside it, then what the view is about."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import held_back

pytestmark = pytest.mark.browser

STATES = {
    "start": ("/", 1),
    "all": ("/?all=1", 12),
    "county": ("/?county=211421", 5),
    "card": ("/?layer=transport&focus=port-suizhong", 2),
    "parks": ("/?layer=industrial-parks", 1),
    "table": ("/?layer=industrial-parks&table=1&theme=dark&lang=en", 2),
    "near": ("/?focus=port-suizhong&near=20", 4),
    "presenting": ("/?layer=industrial-parks&present=1", 2),
    "moved": ("/?layer=industrial-parks&bbox=120.4,40.45,121.0,40.8", 1),
}
"""Address, and the most pages it may take."""
SHOWN_WHOLE = ("start", "card", "parks", "table", "presenting")

ON_PAPER = """
() => matchMedia("print").addEventListener("change", ({ matches }) => {
    if (!matches) return;
    const box = (one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return [left, top, right, bottom];
    };
    const LEFT = ":is(th, .county-name, .undrawn) button, .legend-head";
    const all = (what) => [...document.querySelectorAll(what)];
    const seen = (one) => one.checkVisibility();
    window.sheet = {
        width: document.documentElement.clientWidth,
        map: box(document.querySelector("#map")), legend: box(document.querySelector("#legend")),
        keys: document.querySelectorAll("#legend li").length,
        marks: all("#map.has-focus .point.is-focused, #map:not(.has-focus) :is(.point, .cluster)")
            .map(box),
        buttons: all("button, input, .leaflet-bar, .door").filter(seen).map((one) => one.outerHTML)
            .filter((one) => !all(LEFT).some((left) => left.outerHTML === one)),
        colour: getComputedStyle(document.querySelector("#paper")).color,
    };
})
"""

MARKS = """() => [...document.querySelectorAll("#map :is(.point, .cluster)")].map((one) =>
    [one.dataset.ids, Math.round(one.getBoundingClientRect().x / 4)])"""


def printed(page: Page, path: Path, landscape: bool) -> tuple[int, dict[str, Any], str]:
    """Pages, where things lay on them, and their words."""
    page.pdf(path=path, format="A4", landscape=landscape, print_background=True)
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    text = subprocess.run(
        ["pdftotext", "-l", "1", path, "-"], capture_output=True, text=True, check=True
    )
    found = re.search(r"Pages:\s+(\d+)", info)
    assert found
    return int(found[1]), page.evaluate("window.sheet"), text.stdout


def ready(page: Page, address: str) -> None:
    """All that the view shows has come."""
    page.locator("#paper p").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    if "focus=" in address:
        page.locator("#card .card-body").wait_for()
    if "table=" in address:
        page.locator("#table tbody tr").first.wait_for()


@pytest.mark.parametrize("state", STATES)
def test_any_state_prints_well(open_page: OpenPage, tmp_path: Path, state: str) -> None:
    address, most = STATES[state]
    page = open_page(address, ready="#map .leaflet-marker-pane > *")
    ready(page, address)
    page.evaluate(ON_PAPER)
    before = page.evaluate(MARKS)
    for landscape, height in ((False, 1032), (True, 703)):
        pages, sheet, first = printed(page, tmp_path / "view.pdf", landscape)
        assert pages <= most + landscape
        left, top, right, bottom = sheet["map"]
        assert 0 <= top < bottom <= height, "the map is on the first page"
        assert (right - left) * (bottom - top) > 0.2 * sheet["width"] * height
        assert right <= sheet["legend"][0] < sheet["legend"][2] <= sheet["width"] + 1
        if state in SHOWN_WHOLE:
            assert sheet["marks"]
            assert all(
                left <= x and x2 <= right and top <= y and y2 <= bottom
                for x, y, x2, y2 in sheet["marks"]
            )
        assert sheet["keys"] > 0
        assert sheet["buttons"] == []
        assert sheet["colour"] == "rgb(27, 39, 51)", "ink is dark, whatever the window is"
        assert "葫芦岛" in first or "Huludao" in first
    assert page.evaluate(MARKS) == before, "the window is as it was"


@pytest.mark.parametrize("address", ["/?county=211421", "/?focus=port-suizhong&near=20"])
def test_a_list_is_printed_to_its_end(open_page: OpenPage, tmp_path: Path, address: str) -> None:
    page = open_page(address, ready="#map .leaflet-marker-pane > *")
    ready(page, address)
    names = page.locator("#results .item-name").all_inner_texts()
    assert len(names) > 50
    for landscape in (False, True):
        page.pdf(path=tmp_path / "it.pdf", format="A4", landscape=landscape)
        run = ["pdftotext", "-raw", tmp_path / "it.pdf", "-"]
        text = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        found = re.sub(r"\s", "", text)
        assert [name for name in names if re.sub(r"\s", "", name) not in found] == []


@pytest.mark.parametrize("landscape", [False, True])
def test_a_comparison_prints_whole(open_page: OpenPage, tmp_path: Path, landscape: bool) -> None:
    page = open_page("/?compare=park-dongdaihe,park-hightech,park-huludao-edz")
    page.locator("dialog.compare table").wait_for()
    last = page.locator("dialog.compare tbody tr").last.locator("th").inner_text()
    page.pdf(path=tmp_path / "it.pdf", format="A4", landscape=landscape)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "it.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = page.locator("dialog.compare thead th").all_inner_texts()
    assert len(names) == 3
    assert last in text.stdout
    assert 1 <= text.stdout.count("\f") <= 2


def test_a_page_that_is_never_at_rest_has_its_legend_and_its_head(open_page: OpenPage) -> None:
    page = open_page("/embed?layer=water")  # any window, to be told before the page begins
    page.add_init_script(
        "window.requestIdleCallback = (run, options) =>"
        " options?.timeout && setTimeout(run, options.timeout)"
    )
    page.goto(page.url.replace("/embed", "/"))
    page.locator("#paper p").first.wait_for(state="attached")
    page.emulate_media(media="print")
    expect(page.locator("#legend .swatch").first).to_be_visible()


def test_keys_keep_their_colour_without_grounds(open_page: OpenPage) -> None:
    page = open_page("/?layer=transport")
    page.locator("#paper p").first.wait_for(state="attached")
    page.emulate_media(media="print")
    disc = page.locator("#legend .swatch.is-disc")
    expect(disc).to_be_visible()
    kept = "one => getComputedStyle(one, '::before').printColorAdjust"
    assert disc.evaluate(kept) == "exact"


def size_of_head(page: Page, path: Path) -> float:
    """How wide the first word of a sheet is printed."""
    page.pdf(path=path, format="Letter", print_background=True)
    run = ["pdftotext", "-bbox", path, "-"]
    words = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    found = re.search(r'<word xMin="([\d.]+)" .*?xMax="([\d.]+)"', words)
    assert found
    return float(found[2]) - float(found[1])


def test_a_card_that_goes_on_to_another_sheet_is_as_large_as_one_that_does_not(
    open_page: OpenPage, tmp_path: Path
) -> None:
    sizes = []
    for focus in ("port-suizhong", "park-huludao-edz"):
        page = open_page(f"/?focus={focus}", ready="#map .leaflet-marker-pane > *")
        ready(page, f"/?focus={focus}")
        sizes.append(size_of_head(page, tmp_path / "it.pdf"))
    assert sizes[0] == pytest.approx(sizes[1], rel=0.02)


@pytest.mark.parametrize("address", ["/", "/?county=211421"])
def test_a_map_that_has_not_come_leaves_no_empty_frame(
    open_page: OpenPage, tmp_path: Path, address: str
) -> None:
    page = open_page("/embed?layer=water")  # any window, to be told before the page begins
    held = held_back(page, "**/*map.map.js*")
    with page.expect_request("**/*map.map.js*"):
        page.goto(page.url.partition("/embed")[0] + address, wait_until="domcontentloaded")
    page.locator("#results .item-name").first.wait_for()
    page.evaluate(ON_PAPER)
    _, sheet, first = printed(page, tmp_path / "view.pdf", landscape=False)
    assert sheet["map"][1] == sheet["map"][3], "no frame"
    assert sheet["legend"] == [0, 0, 0, 0], "no key to what is not there"
    assert "葫芦岛" in first
    for route in held:
        route.continue_()
    page.locator("#map .leaflet-marker-pane > *").first.wait_for()
    _, sheet, _ = printed(page, tmp_path / "view.pdf", landscape=False)
    assert sheet["map"][3] - sheet["map"][1] > 100
