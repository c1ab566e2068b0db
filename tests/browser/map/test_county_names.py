"""A county's name stands within its county, or touches it by a short leader line."""

from typing import Any

import pytest
from playwright.sync_api import Page
from shapely import Polygon, box, union_all
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import number_in, settled

pytestmark = pytest.mark.browser

LEADER_PX = 20
SLACK_PX = 1.5
"""Leaflet draws outlines to a pixel."""
WHOLE = "bbox=118,38.5,123,42.5"
VIEWS = {
    "wide": ("/?", 1440, 900, 6),
    "notebook": ("/?", 1366, 768, 6),
    "phone": ("/?", 390, 844, 5),
    "small frame": ("/embed?", 400, 300, 3),
    "embed": ("/embed?", 480, 360, 5),
    "smallest embed": ("/embed?", 320, 240, 4),
    "far out": (f"/?{WHOLE}", 1440, 900, 5),
    "one layer": ("/?layer=industrial-parks", 1024, 700, 6),
}
SEEN = """() => {
    const on = (path, pair) => {
        const [x, y] = pair.trim().split(/[ ,]+/).map(Number);
        const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
        return [at.x, at.y];
    };
    const rings = (path) => path.getAttribute("d").split(/[Mz]+/).filter(Boolean)
        .map((ring) => ring.split("L").map((pair) => on(path, pair)));
    const box = (one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return [left, top, right, bottom];
    };
    const all = (choice) => [...document.querySelectorAll("#map " + choice)];
    return {
        names: all(".county-name").map((one) =>
            ({ code: one.dataset.county, boxes: [...one.children].map(box) })),
        leaders: all(".name-leader").flatMap(rings),
        lands: all("[data-land]").flatMap((one) => rings(one)
            .filter((ring) => ring.length > 3).map((ring) => [one.dataset.land, ring])),
    };
}"""


def lands_of(seen: dict[str, Any]) -> dict[str, BaseGeometry]:
    """County → its shape as the page draws it."""
    parts: dict[str, list[BaseGeometry]] = {}
    for code, ring in seen["lands"]:
        parts.setdefault(code, []).append(Polygon(ring).buffer(0))
    return {code: union_all(found) for code, found in parts.items()}


def misplaced(page: Page) -> tuple[list[str], list[str]]:
    """Codes of the names that stand, and those of them that stand where they may not."""
    settled(page)
    seen = page.evaluate(SEEN)
    lands = lands_of(seen)
    leaders = [LineString(ends) for ends in seen["leaders"]]
    wrong = []
    for name in seen["names"]:
        own = lands[name["code"]]
        for each in name["boxes"]:
            shape = box(*each)
            if own.buffer(SLACK_PX).contains(shape):
                continue
            others = union_all([land for code, land in lands.items() if code != name["code"]])
            whole = box(*union_all([box(*one) for one in name["boxes"]]).bounds)
            led = any(
                line.length <= LEADER_PX + SLACK_PX
                and line.distance(whole) <= SLACK_PX
                and line.distance(own) <= SLACK_PX
                for line in leaders
            )
            if not led or others.buffer(-SLACK_PX).intersects(shape):
                wrong.append(name["code"])
    return [name["code"] for name in seen["names"]], wrong


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_county_s_name_stands_within_its_county_or_is_led_to_it(
    open_page: OpenPage, view: str, lang: str
) -> None:
    path, width, height, least = VIEWS[view]
    page = open_page(f"{path}&lang={lang}", width=width, height=height)
    page.locator("#map .county-name").first.wait_for(state="attached")
    standing, wrong = misplaced(page)
    assert wrong == []
    assert len(standing) == len(set(standing)) >= least


@pytest.mark.parametrize(("path", "size"), [("/?", (390, 844)), ("/embed?", (320, 240))])
def test_counted_counties_have_their_number_in_them(
    open_page: OpenPage, path: str, size: tuple[int, int]
) -> None:
    """Without the name of the county where that has no room."""
    page = open_page(f"{path}choropleth=1", width=size[0], height=size[1])
    page.locator("#map .tally").first.wait_for(state="attached")
    standing, wrong = misplaced(page)
    assert (wrong, len(standing)) == ([], 6)


def test_no_county_s_name_lies_on_a_badge_of_the_plan_s_figure(open_page: OpenPage) -> None:
    """Badges are moved apart on a small map; names know where to."""
    page = open_page("/embed?layer=agri-layout", width=480, height=360)
    page.locator("#map .badge-mark").first.wait_for(state="attached")
    settled(page)
    boxes = """(choice) => [...document.querySelectorAll(choice)].map((one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return [left, top, right, bottom];
    })"""
    names = [box(*one) for one in page.evaluate(boxes, "#map .county-name > *")]
    badges = [box(*one).buffer(-SLACK_PX) for one in page.evaluate(boxes, "#map .badge-mark")]
    assert names
    assert len(badges) > 9
    assert not [one for one in names if any(one.intersects(badge) for badge in badges)]


def middle_of(page: Page, code: str) -> tuple[float, float]:
    """A place within a county that nothing else lies over."""
    settled(page)
    shape = lands_of(page.evaluate(SEEN))[code]
    west, north, east, south = shape.bounds
    spots = [
        (west + (east - west) * i / 24, north + (south - north) * k / 24)
        for i in range(1, 24)
        for k in range(1, 24)
    ]
    here = f"""(spots) => spots.find(([x, y]) =>
        document.elementFromPoint(x, y)?.dataset.land === "{code}")"""
    found: list[float] = page.evaluate(here, spots)
    return found[0], found[1]


def test_a_county_says_its_counts_when_pointed_at_and_is_chosen_by_a_click(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=industrial-parks")
    x, y = middle_of(page, "211421")
    page.mouse.move(x, y)
    tip = page.locator(".leaflet-tooltip.tip")
    tip.wait_for()
    assert "绥中县" in tip.inner_text()
    in_list = page.locator('[data-choose="county:211421"]').inner_text()
    assert number_in(tip.inner_text().split(" · ")[1]) == number_in(in_list)
    page.mouse.click(x, y)
    page.wait_for_url("**/*county=211421*")
    land = page.locator('#map [data-land="211421"]')
    assert land.first.get_attribute("aria-pressed") == "true"


def test_a_county_is_reached_and_chosen_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/?lang=en")
    land = page.locator('#map [data-land="211422"]').first
    assert "Jianchang County" in str(land.get_attribute("aria-label"))
    land.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/*county=211422*")
    assert page.evaluate("document.activeElement.dataset.land") == "211422"


def draws(page: Page) -> int:
    count: int = page.evaluate("performance.getEntriesByName('map:draw').length")
    return count


def test_one_choice_draws_the_map_once(open_page: OpenPage) -> None:
    page = open_page("/")
    settled(page)
    for choose in (
        '[data-choose="county:211422"]', '[data-choose="county:211422"]', "#results [data-id]",
    ):  # fmt: skip
        before = draws(page)
        page.locator(choose).first.click()
        settled(page)
        assert draws(page) == before + 1, choose
