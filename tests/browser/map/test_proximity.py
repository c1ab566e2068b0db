"""What lies near a place: found by typing, listed with distances, drawn, shared."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import drawn, listed, number_in, total

pytestmark = pytest.mark.browser

STATION = "葫芦岛站"


SAID = re.compile(r"(约 0–)?([\d.]+) (公里|米)")
"""A distance, or a range where its doubt is larger."""


def metres(said: re.Match[str]) -> float:
    """`1.5 公里` or `300 米` in metres."""
    return float(said[2]) * (1000 if said[3] == "公里" else 1)


def test_a_place_is_suggested_by_its_initials_and_its_surroundings_are_listed(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    page.locator("#q").fill("hldz")
    page.locator(f'[data-suggestion="place:{STATION}"]').click()
    expect(page.locator("#map .place-mark")).to_have_count(1)
    expect(page.locator("#map .uncertainty.is-ring")).to_have_count(1)
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["place"], asked["near"]) == ([STATION], ["10"])
    expect(page.locator("#q")).to_have_value("")
    ten = listed(page)
    assert len(ten) == total(page)
    assert drawn(page) <= set(ten)
    distances = page.locator("#results .item-meta").all_text_contents()
    said = [SAID.fullmatch(one.rsplit(" · ", 1)[1]) for one in distances]
    assert all(said)
    away = [metres(one) for one in said if one and not one[1]]
    assert 0 < len(away) < len(said)
    assert away == sorted(away)

    page.locator('[data-around="5"]').click()
    expect(page).to_have_url(page.url.replace("near=10", "near=5"))
    assert set(listed(page)) < set(ten)
    page.locator('[data-drop="near"]').click()
    expect(page.locator("#map .place-mark")).to_have_count(0)
    assert total(page) > len(ten)


@pytest.mark.parametrize(
    "view", [f"place={STATION}&near=5", "place=120.85,40.72&near=3&layer=transport"]
)
def test_page_embed_and_file_agree_on_what_is_near(
    open_page: OpenPage, site: str, view: str
) -> None:
    page = open_page(f"/?{view}")
    expect(page.locator("#map .place-mark")).to_have_count(1)
    ids = [one["id"] for one in page.request.get(f"{site}/view.geojson?{view}").json()["features"]]
    assert len(ids) > 0
    assert sorted(listed(page)) == sorted(ids)
    frame = open_page(f"/embed?{view}")
    expect(frame.locator("#map .place-mark")).to_have_count(1)
    assert number_in(frame.locator("#header .count").inner_text()) == len(ids)


def test_a_place_nobody_knows_is_named_and_nothing_is_hidden(open_page: OpenPage) -> None:
    page = open_page("/?place=月亮湾码头&near=5")
    expect(page.locator("#messages")).to_contain_text("place=月亮湾码头")
    assert total(page) > 700


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("sz", "county:211421"),
        ("jdgyyq", "layer:industrial-parks"),
        ("生物医", "term:生物医药"),
        ("建昌县水利", "both:211422:water"),
        ("一核一带四区", "layer:tourism-layout"),
    ],
)
def test_counties_layers_and_words_are_suggested(
    open_page: OpenPage, typed: str, choice: str
) -> None:
    page = open_page("/")
    page.locator("#q").fill(typed)
    page.locator(f'[data-suggestion="{choice}"]').click()
    id = choice.rpartition(":")[2]
    expect(page.locator(f'[data-drop$=":{id}"]')).to_be_visible()
    assert 0 < total(page) < 815
