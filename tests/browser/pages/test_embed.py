"""The map in somebody else's page: small, polite with the wheel, and talking to its host only."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import settled

pytestmark = pytest.mark.browser


def messages(page: Page, kind: str) -> list[dict[str, Any]]:
    """What the map has told the example page, newest first."""
    said = [json.loads(text) for text in page.locator("#log li").all_text_contents()]
    return [one for one in said if one["type"] == f"planmap:{kind}"]


def test_the_host_sets_the_view_and_is_told_of_it(open_page: OpenPage) -> None:
    page = open_page("/static/embed-example.html", ready="#log li")
    expect(page.locator("#log")).to_contain_text("planmap:ready")
    page.get_by_role("button", name="绥中县").click()
    expect(page.locator("#log li").first).to_contain_text("county=211421")
    frame = page.frame_locator("#frame")
    told = messages(page, "view")[0]
    expect(frame.locator("#header .count")).to_contain_text(str(told["count"]))


def test_a_chosen_item_is_told_to_the_host(open_page: OpenPage) -> None:
    page = open_page("/static/embed-example.html", ready="#log li")
    expect(page.locator("#log")).to_contain_text("planmap:ready")
    page.evaluate(
        "document.querySelector('#frame').contentWindow.postMessage("
        "{type: 'planmap:set', view: 'focus=park-dongdaihe'}, location.origin)"
    )
    expect(page.locator("#log")).to_contain_text("planmap:select")
    assert messages(page, "select")[0]["id"] == "park-dongdaihe"


HOST = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<script>
addEventListener("message", (event) => {
    if (event.source === document.querySelector("iframe").contentWindow) said.push(event.data);
});
const said = [];
const send = (what) => document.querySelector("iframe").contentWindow.postMessage(what, "*");
</script>
%s</body>"""


def hosted(
    open_page: OpenPage, site: str, query: str, body: str = "", *, width: int = 700, **more: Any
) -> Page:
    """A page of the same service that holds nothing but an embed and what it says."""
    frame = f'<iframe src="{site}/embed?{query}" width="{width}" height="450"></iframe>'
    page = open_page("/static/icon.svg", ready="svg", **more)
    page.route("**/host.html", lambda route: route.fulfill(
        body=HOST % (body or frame), content_type="text/html"))  # fmt: skip
    page.goto(f"{site}/host.html")
    return page


def said(page: Page, kind: str, number: int = 1) -> list[Any]:
    """What the embed has said of a kind, once it has said so many."""
    wanted = f"planmap:{kind}"
    page.wait_for_function(
        "([kind, n]) => said.filter((one) => one.type === kind).length >= n", arg=[wanted, number]
    )
    found: list[Any] = page.evaluate("kind => said.filter((one) => one.type === kind)", wanted)
    return found


def test_ready_comes_first_and_what_was_asked_before_is_not_lost(
    open_page: OpenPage, site: str
) -> None:
    page = hosted(open_page, site, "layer=water")
    page.evaluate(
        """() => {
            const frame = document.querySelector("iframe");
            frame.onload = () => send({ type: "planmap:set", view: "county=211421" });
            said.length = 0;
            frame.src = frame.src;
        }"""
    )
    told = said(page, "view", 2)
    assert told[-1]["view"] == "county=211421"
    assert page.evaluate("said[0].type") == "planmap:ready"


UNKNOWN = ["layer=nosuch", "county=999999", "focus=nosuch", "place=nowhere"]


@pytest.mark.parametrize("query", UNKNOWN)
def test_what_an_embed_does_not_know_is_said_in_it_and_to_the_host(
    open_page: OpenPage, site: str, query: str
) -> None:
    page = hosted(open_page, site, f"{query}&lang=en")
    name, _, value = query.partition("=")
    assert said(page, "error")[0]["problems"] == [{"name": name, "value": value}]
    assert said(page, "view")[0]["count"] == 0
    frame = page.frame_locator("iframe")
    expect(frame.locator("#messages [aria-live]")).to_contain_text(query)
    expect(frame.locator("#messages")).to_contain_text("not understood")
    expect(frame.locator("#header h1")).not_to_contain_text("nowhere")


def test_an_embed_shows_what_it_understood_and_no_more(
    open_page: OpenPage, site: str, index: list[dict[str, Any]]
) -> None:
    page = hosted(open_page, site, "layer=water,nosuch&legend=2&from=singlemessage")
    assert [one["name"] for one in said(page, "error")[0]["problems"]] == ["layer", "legend"]
    waters = [one for one in index if one["layer"] == "water"]
    assert said(page, "view")[0] == {
        "type": "planmap:view", "view": "layer=water", "count": len(waters)
    }  # fmt: skip


def test_a_message_that_is_not_understood_changes_nothing_and_is_answered(
    open_page: OpenPage, site: str
) -> None:
    page = hosted(open_page, site, "layer=water")
    before = said(page, "view")[0]
    frame = page.frame_locator("iframe")
    for number, query in enumerate([*UNKNOWN, "near=5"], start=1):
        page.evaluate("view => send({type: 'planmap:set', view})", f"{query}&county=211421")
        assert said(page, "error", number)[-1]["view"] == f"{query}&county=211421"
        expect(frame.locator("#messages [aria-live]")).to_contain_text(query)
    assert said(page, "view") == [before]
    page.evaluate("send({type: 'planmap:set', view: 'layer=water'})")
    assert said(page, "view", 2)[-1] == before
    expect(frame.locator("#messages .message")).to_have_count(0)


def test_language_and_legend_are_set_and_stay(open_page: OpenPage, site: str) -> None:
    page = hosted(open_page, site, "layer=water")
    said(page, "view")
    frame = page.frame_locator("iframe")
    page.evaluate("send({type: 'planmap:set', lang: 'en', legend: 0})")
    assert said(page, "view", 2)[-1]["view"] == "layer=water&lang=en"
    expect(frame.locator("#legend")).to_be_hidden()
    expect(frame.locator("html")).to_have_attribute("lang", "en")
    page.evaluate("send({type: 'planmap:set', view: 'county=211421&legend=1'})")
    assert said(page, "view", 3)[-1]["view"] == "county=211421&lang=en"
    expect(frame.locator("#legend")).to_be_visible()
    page.evaluate("send({type: 'planmap:set', view: 'county=211421', lang: 'zh'})")
    expect(frame.locator("#header h1")).to_contain_text("绥中县")


def test_a_selection_taken_back_is_told(open_page: OpenPage, site: str) -> None:
    page = hosted(open_page, site, "layer=industrial-parks")
    said(page, "view")
    page.evaluate("send({type: 'planmap:set', view: 'focus=park-dongdaihe'})")
    assert said(page, "select")[-1]["id"] == "park-dongdaihe"
    page.frame_locator("iframe").locator("#card [data-close]").click()
    assert said(page, "select", 2)[-1]["id"] is None


def test_a_host_that_is_not_allowed_is_not_heard(open_page: OpenPage, site: str) -> None:
    """The frame was told of another origin: this host's messages are nothing to it."""
    page = hosted(open_page, site, "layer=water&origin=https://host.example")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".leaflet-control-zoom")).to_be_visible()
    title = frame.locator("#header h1").inner_text()
    page.evaluate("send({type: 'planmap:set', view: 'county=211421'})")
    # The frame's own queue is behind it by the time it answers this.
    page.frames[1].evaluate("new Promise((done) => { onmessage = done; postMessage('end', '*'); })")
    assert frame.locator("#header h1").inner_text() == title
    assert page.evaluate("said") == []


def test_a_message_that_is_not_from_the_host_is_ignored(open_page: OpenPage) -> None:
    page = open_page("/embed?county=211421")
    expect(page.locator("#header .count")).to_be_visible()
    before = page.url
    page.evaluate(
        "new Promise((done) => { addEventListener('message', done);"
        " postMessage({type: 'planmap:set', view: 'county=211422'}, '*'); })"
    )
    assert page.url == before


def scale(page: Page) -> str:
    return page.frame_locator("iframe").locator(".leaflet-control-scale").inner_text()


def test_a_map_in_a_hidden_tab_is_fitted_when_it_is_shown(open_page: OpenPage, site: str) -> None:
    # Without a legend both maps have the same room.
    query = "county=211421&layer=transport&legend=0"
    seen = hosted(open_page, site, query)
    said(seen, "view")
    hidden = hosted(
        open_page, site, "",
        f'<div id="tab" hidden><iframe src="{site}/embed?{query}" width="700" height="450">'
        "</iframe></div>",
    )  # fmt: skip
    said(hidden, "view")
    hidden.evaluate("document.querySelector('#tab').hidden = false")
    frame = hidden.frame_locator("iframe")
    expect(frame.locator(".leaflet-control-scale")).to_have_text(scale(seen))
    expect(frame.locator("#map [data-ids]").first).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_overflows_a_very_narrow_frame(open_page: OpenPage, site: str, lang: str) -> None:
    page = hosted(open_page, site, f"layer=water&county=nosuch&lang={lang}", width=200)
    said(page, "view")
    over = page.frames[1].evaluate(
        """() => [...document.querySelectorAll("body, header, header *, #messages, #messages *,"
            + " #legend, #legend *, footer, footer *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert over == []
    assert page.frames[1].evaluate("document.documentElement.scrollWidth") <= 200


def test_one_finger_scrolls_the_host_and_two_move_the_map(open_page: OpenPage, site: str) -> None:
    page = hosted(open_page, site, "layer=water", has_touch=True)
    said(page, "view")
    chart = page.frames[1].locator("#map")
    assert chart.evaluate("one => getComputedStyle(one).touchAction") == "pan-x pan-y"
    before = len(page.evaluate("said"))
    for kind in ("pointerdown", "pointermove", "pointerup"):
        chart.evaluate(
            """(one, kind) => one.dispatchEvent(new PointerEvent(kind, { pointerType: "touch",
                pointerId: 7, bubbles: true, isPrimary: true, clientX: 300, clientY: 200 }))""",
            kind,
        )
    assert not chart.evaluate("one => one.classList.contains('leaflet-touch-drag')")
    assert len(page.evaluate("said")) == before
    chart.dispatch_event("pointerdown", {"pointerType": "mouse", "bubbles": True})
    assert chart.evaluate("one => one.classList.contains('leaflet-touch-drag')")


def test_the_legend_never_covers_the_map(open_page: OpenPage) -> None:
    page = open_page("/embed?layer=industrial-parks", width=380, height=420)
    page.locator("#legend button").first.click()
    chart, legend = page.locator("#map").bounding_box(), page.locator("#legend").bounding_box()
    assert chart
    assert legend
    assert legend["y"] >= chart["y"] + chart["height"] - 1


@pytest.mark.parametrize("width", [200, 390, 700, 1200])
def test_the_legend_takes_at_most_a_fifth_folded_or_not(open_page: OpenPage, width: int) -> None:
    height = max(260, width * 2 // 3)
    page = open_page("/embed?county=211421", width, height, ready="#header .count")
    settled(page)
    legend, head = page.locator("#legend"), page.locator("#legend .legend-head")
    for _ in range(2):
        box = legend.bounding_box()
        assert box
        assert box["width"] * box["height"] <= width * height / 5
        head.click()
    expect(head).to_be_visible()


def test_options_take_parts_away(open_page: OpenPage) -> None:
    page = open_page("/embed?controls=0&legend=0&link=0", ready="#header .count")
    expect(page.locator("#header .count")).to_be_visible()
    expect(page.locator("#legend")).to_be_hidden()
    expect(page.locator(".leaflet-control-zoom")).to_be_hidden()
    expect(page.locator("#header a")).to_have_count(0)


def test_a_fixed_version_says_whether_it_is_still_served(open_page: OpenPage, site: str) -> None:
    page = open_page("/embed?version=000000000000")
    expect(page.locator("#version")).to_contain_text("000000000000")
    expect(page.locator("#version")).to_contain_text("已不在此服务")


@pytest.mark.parametrize("size", [(320, 240), (200, 200)])
def test_a_tiny_frame_is_map_for_the_most_part_and_names_its_source(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    page = open_page("/embed?layer=industrial-parks", width=size[0], height=size[1])
    page.locator("#map .point, #map .cluster").first.wait_for()
    box = page.locator("#map").bounding_box()
    assert box is not None
    assert box["height"] >= 0.6 * size[1]
    credit = page.locator("#credit").bounding_box()
    assert credit is not None
    assert credit["y"] < size[1]
