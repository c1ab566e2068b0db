"""A presenter prepares a map and a talk: each journey with the clicks that it takes."""

import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import listed, settled

pytestmark = pytest.mark.browser

PARKS = "/?layer=industrial-parks"


def asked(page: Page, name: str) -> str:
    """A part of the address; empty where it is not there."""
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def press_map(page: Page, across: float, down: float) -> None:
    """A press on the map, at shares of its width and height."""
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def editing(open_page: OpenPage, query: str = "", **more: object) -> Page:
    page = open_page(f"{PARKS}{query}", **more)
    page.locator(".map-tool.annotate").click()
    page.locator(".note-panel").wait_for()
    return page


def test_three_clicks_put_a_text_on_the_map_and_the_link_keeps_it(open_page: OpenPage) -> None:
    page = editing(open_page)  # 1
    page.get_by_role("button", name="文字", exact=True).click()  # 2
    press_map(page, 0.3, 0.3)  # 3
    page.keyboard.type("新港区：2025")
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-notes-pane .note")).to_have_text("新港区：2025")
    assert asked(page, "notes").endswith(":新港区：2025")
    page.get_by_role("button", name="完成").click()
    expect(page.locator(".note-panel")).to_have_count(0)
    page.reload()
    expect(page.locator(".leaflet-notes-pane .note")).to_have_text("新港区：2025")


def test_an_arrow_takes_four_clicks_and_is_taken_back_by_one(open_page: OpenPage) -> None:
    page = editing(open_page)
    page.get_by_role("button", name="箭头", exact=True).click()
    press_map(page, 0.3, 0.3)
    press_map(page, 0.5, 0.5)
    expect(page.locator(".note-head")).to_have_count(1)
    assert asked(page, "notes").count(",") == 3
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".note-head")).to_have_count(0)
    assert asked(page, "notes") == ""


def test_an_item_is_hidden_by_two_presses_and_comes_back_by_its_chip(open_page: OpenPage) -> None:
    page = editing(open_page)
    page.locator('[data-spot="park-dongdaihe"]').click()
    page.get_by_role("button", name="隐藏此项").click()
    expect(page.locator('[data-spot="park-dongdaihe"]')).to_have_count(0)
    assert "park-dongdaihe" not in listed(page)
    assert asked(page, "hidden") == "park-dongdaihe"
    page.locator('[data-drop="hidden"]').click()
    expect(page.locator('[data-spot="park-dongdaihe"]')).to_have_count(1)


def test_a_name_is_moved_by_keys_and_stands_once(open_page: OpenPage) -> None:
    page = editing(open_page)
    page.locator('[data-spot="park-dongdaihe"]').click()
    page.get_by_role("button", name="移动名称").click()
    before = asked(page, "names")
    page.locator('[data-mark="name-park-dongdaihe"]').focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator('[data-mark="name-park-dongdaihe"]')).to_be_focused()
    assert before != asked(page, "names")
    page.get_by_role("button", name="完成").click()
    settled(page)
    expect(page.locator("#map .name", has_text="辽宁东戴河新区")).to_have_count(1)
    moved = page.locator("#map .name.is-moved")
    expect(moved).to_have_text("辽宁东戴河新区")
    # As every other name it has the colour of the status, where colours say that.
    expect(moved).to_have_class(re.compile(r"\bstatus-existing\b"))


def test_all_of_it_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(PARKS)
    page.locator(".map-tool.annotate").focus()
    page.keyboard.press("Enter")
    text = page.get_by_role("button", name="文字", exact=True)
    expect(text).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("中央")
    page.keyboard.press("Enter")
    mark = page.get_by_role("button", name="标注：中央")
    expect(mark).to_have_count(1)
    mark.focus()
    page.keyboard.press("Delete")
    expect(mark).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".note-panel")).to_have_count(0)


def test_a_finger_does_on_a_phone_what_a_mouse_does(open_page: OpenPage) -> None:
    page = editing(open_page, width=390, height=844)
    page.get_by_role("button", name="文字", exact=True).click()
    press_map(page, 0.5, 0.2)
    expect(page.locator(".note-panel input")).to_be_focused()
    for one in page.locator(".note-panel button, .note-panel input").all():
        box = one.bounding_box()
        assert box
        assert box["height"] >= 44


MARKS = "&notes=120.3,40.2:重点;121.3,40.4,121.02,40.65&hidden=park-bajiazi"


def test_an_embed_and_a_slide_show_what_the_page_shows(open_page: OpenPage, site: str) -> None:
    page = open_page(f"/embed{PARKS[1:]}{MARKS}", ready="#map .point")
    expect(page.locator(".leaflet-notes-pane .note")).to_have_text("重点")
    expect(page.locator(".note-head")).to_have_count(1)
    assert page.locator(".map-tool.annotate").count() == 0
    address = f"{site}/view.pptx{quote(PARKS[1:] + MARKS, safe='?&=,:;')}"
    with urlopen(address) as answer:
        slides = Presentation(io.BytesIO(answer.read())).slides
    named = set(names(slides[0].shapes))
    assert {"重点", "箭头"} <= named
    assert "葫芦岛八家子经济开发区" not in named


def names(shapes: object) -> Iterator[str]:
    """What the shapes of a slide are called, those in groups too."""
    for one in shapes:  # type: ignore[attr-defined]
        yield one.name
        yield from names(getattr(one, "shapes", ()))


def test_one_click_plays_the_five_figures_and_one_more_takes_the_deck(open_page: OpenPage) -> None:
    page = open_page("/", ready="#start a[href*='present=1']")
    page.get_by_role("link", name="连放：规划五张图").click()
    caption = page.locator("#caption")
    expect(caption.locator("h2")).to_have_text("城镇空间：一主一副一带三轴")
    expect(caption.locator(".caption-steps")).to_contain_text("1 / 5")
    deck = caption.get_by_role("link", name="PPT")
    assert deck.get_attribute("href").count("view=") == 5  # type: ignore[union-attr]


def test_what_is_said_is_written_beside_a_view_and_shown_when_asked_for(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=water")
    page.get_by_role("button", name="演示清单").click()
    page.get_by_role("button", name="加入清单").click()
    page.get_by_role("button", name=re.compile("的讲稿与停留")).click()
    page.locator(".stop-talk textarea").fill("先说水库")
    page.locator(".stop-talk input").fill("20")
    deck = page.locator("[data-key='deck:pptx']").get_attribute("href") or ""
    assert "dwell%3D20" in deck
    page.get_by_role("button", name="开始演示").click()
    expect(page.locator(".caption-notes")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator(".caption-notes")).to_have_text("先说水库")


def test_a_view_gives_way_to_the_next_after_its_time_unless_halted(open_page: OpenPage) -> None:
    stops = ",".join(quote(f"?layer={one}&dwell=1", safe="") for one in ("water", "energy"))
    page = open_page(f"/?present=1#tour={stops}", ready="#caption h2")
    expect(page.locator(".caption-steps")).to_contain_text("2 / 2")
    page.get_by_role("button", name="暂停").click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".caption-steps")).to_contain_text("1 / 2")
    expect(page.get_by_role("button", name="暂停")).to_have_attribute("aria-pressed", "true")


def test_a_tour_with_much_to_say_is_taken_away_too(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    page.get_by_role("button", name="演示清单").first.click()
    dialog = page.get_by_role("dialog")
    for number in range(2):
        dialog.get_by_role("button", name="加入清单").click()
        dialog.locator(f'[data-tell="{number}"]').click()
        said = dialog.locator("textarea")
        expect(said).to_be_focused()
        said.fill(f"第{number}幅" + "讲" * 490)
    with page.expect_download() as found:
        dialog.get_by_role("link", name="PPT").click()
    assert found.value.suggested_filename == "deck.pptx"
    slides = Presentation(str(found.value.path())).slides
    notes = [one.notes_slide.notes_text_frame.text for one in slides]
    assert sum("讲" * 490 in note for note in notes) == 2
    expect(dialog.locator(".stop-title a").first).to_have_text("九大工业园区")


TOUR = "#tour=%3Flayer%3Dindustrial-parks,%3Fcounty%3D211421,%3Flayer%3Dtransport"


def test_who_loads_the_page_again_goes_on_at_the_same_stop(open_page: OpenPage) -> None:
    page = open_page(f"/?layer=industrial-parks&present=1{TOUR}", ready="#caption h2")
    steps = page.locator(".caption-steps")
    expect(steps).to_contain_text("1 / 3")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#caption h2")).to_have_text("绥中县")
    page.reload()
    expect(steps).to_contain_text("2 / 3")
    expect(page.locator("#caption h2")).to_have_text("绥中县")
    page.keyboard.press("Escape")
    expect(page.locator("#caption")).to_be_hidden()
    page.locator('[data-key="present"]').click()
    expect(steps).to_contain_text("1 / 3")


def test_layers_presented_one_by_one_are_all_there_after_the_page_is_loaded_again(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=industrial-parks,transport,water")
    page.locator('[data-key="present"]').click()
    steps = page.locator(".caption-steps")
    expect(steps).to_contain_text("1 / 4")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#caption h2")).to_have_text("交通")
    page.reload()
    expect(steps).to_contain_text("3 / 4")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#caption h2")).to_have_text("水利")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"\?layer=industrial-parks,transport,water$"))


def test_the_title_of_a_stop_is_left_with_it(open_page: OpenPage) -> None:
    titled = TOUR.replace("211421", "211421%26title%3D看绥中")
    page = open_page(f"/?layer=water&present=1{titled}", ready="#caption h2")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_title("看绥中")
    page.reload()
    expect(page.locator("#caption h2")).to_have_text("看绥中")
    page.keyboard.press("Escape")
    expect(page.locator("#caption")).to_be_hidden()
    expect(page).to_have_title(re.compile("^水利"))


def test_what_the_pointer_was_left_on_covers_no_stop(open_page: OpenPage) -> None:
    page = open_page(f"/?layer=industrial-parks&present=1{TOUR}", ready="#caption h2")
    settled(page)
    tip = page.locator("#map .leaflet-tooltip.tip")
    page.mouse.move(720, 520)
    page.mouse.move(722, 522)
    expect(tip).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#caption h2")).to_have_text("绥中县")
    settled(page)
    assert page.locator("#map .leaflet-tooltip.tip:visible").count() == 0
    page.mouse.move(700, 500)
    page.mouse.move(690, 490)
    expect(tip).to_be_visible()


def test_tools_of_the_map_keep_their_order_in_another_language(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    tools = page.locator("#map .leaflet-top.leaflet-left :is(a, button)")
    expect(tools).to_have_count(7)
    page.locator('[data-key="lang"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(tools).to_have_count(7)
    expect(tools.first).to_have_attribute("aria-label", "Zoom in")
    expect(tools.last).to_have_attribute("aria-label", "Base map")
