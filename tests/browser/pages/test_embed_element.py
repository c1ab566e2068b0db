"""`<planmap-embed>` in a page that holds it: it waits, keeps its view, says what happens."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>
<script>
const said = [];
for (const kind of ["ready", "view", "select", "error"]) {
    addEventListener(`planmap-${kind}`, (event) => said.push({ kind, ...event.detail }));
}
</script>
<script type="module" src="%s/static/js/entries/planmap-embed.v1.js"></script>
<planmap-embed %s></planmap-embed>
<div id="elsewhere"></div></body>"""


def hosted(open_page: OpenPage, site: str, attributes: str, policy: str = "") -> Page:
    page = open_page("/static/icon.svg", ready="svg")
    headers = {
        "Content-Type": "text/html",
        **({"Content-Security-Policy": policy} if policy else {}),
    }
    host = f"{site}/host.html"
    page.route(host, lambda route: route.fulfill(body=PAGE % (site, attributes), headers=headers))
    page.goto(host)
    return page


def said(page: Page, kind: str, number: int = 1) -> list[dict[str, Any]]:
    page.wait_for_function(
        "([kind, n]) => said.filter((one) => one.kind === kind).length >= n", arg=[kind, number]
    )
    found: list[dict[str, Any]] = page.evaluate(
        "kind => said.filter((one) => one.kind === kind)", kind
    )
    return found


def told(page: Page, view: str) -> None:
    """Until the map has said that it shows a view."""
    page.wait_for_function(
        "view => said.findLast((one) => one.kind === 'view')?.view === view", arg=view
    )


ELEMENT = "document.querySelector('planmap-embed')"


def test_what_is_set_before_the_map_is_ready_is_shown_when_it_is(
    open_page: OpenPage, site: str, index: list[dict[str, Any]]
) -> None:
    policy = (
        f"default-src 'self'; script-src 'unsafe-inline' {site}; img-src data:; frame-src {site}"
    )
    page = hosted(open_page, site, 'view="layer=water" legend="0" lang="en"', policy)
    page.evaluate(
        "customElements.whenDefined('planmap-embed').then(() => {"
        f"{ELEMENT}.set({{view: 'layer=energy'}}) }})"
    )
    told(page, "layer=energy&lang=en")
    (ready,) = said(page, "ready")
    assert page.evaluate(f"{ELEMENT}.ready") == {"version": ready["version"]}
    assert page.evaluate("said[0].kind") == "ready"
    count = sum(one["layer"] == "energy" for one in index)
    assert said(page, "view")[-1]["count"] == count
    expect(page.frame_locator("iframe").locator("#legend")).to_be_hidden()


def test_attributes_are_the_view_and_events_say_what_is_chosen(
    open_page: OpenPage, site: str
) -> None:
    page = hosted(open_page, site, 'view="layer=water"')
    said(page, "view")
    page.evaluate(f"{ELEMENT}.setAttribute('view', 'focus=park-dongdaihe')")
    assert said(page, "select")[0]["id"] == "park-dongdaihe"
    page.evaluate(f"{ELEMENT}.setAttribute('lang', 'en')")
    page.wait_for_function("said.at(-1).view?.endsWith('&lang=en')")
    shown = said(page, "view")[-1]["view"]
    assert shown.startswith("focus=park-dongdaihe&")
    page.evaluate(f"{ELEMENT}.view = 'layer=nosuch'")
    assert said(page, "error")[0]["problems"] == [{"name": "layer", "value": "nosuch"}]
    assert page.evaluate(f"{ELEMENT}.view") == shown


def test_an_element_that_moves_or_changes_its_theme_shows_the_same_view(
    open_page: OpenPage, site: str
) -> None:
    page = hosted(open_page, site, "")
    said(page, "view")
    page.evaluate(f"{ELEMENT}.set({{view: 'layer=transport'}})")
    told(page, "layer=transport")
    page.evaluate(f"elsewhere.append({ELEMENT})")
    said(page, "ready", 2)
    told(page, "layer=transport")
    page.evaluate(f"{ELEMENT}.setAttribute('theme', 'dark')")
    said(page, "ready", 3)
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("data-theme", "dark")
    assert said(page, "view")[-1]["view"].startswith("layer=transport")


def test_what_was_set_while_nobody_saw_the_map_is_sent_again_when_it_is_shown(
    open_page: OpenPage, site: str
) -> None:
    page = hosted(open_page, site, 'style="display: none"')
    said(page, "view")
    page.evaluate(f"{ELEMENT}.set({{view: 'county=211421'}})")
    told(page, "county=211421")
    before = len(said(page, "view"))
    page.evaluate(f"{ELEMENT}.style.display = 'block'")
    assert said(page, "view", before + 1)[-1]["view"] == "county=211421"
    expect(page.frame_locator("iframe").locator("#header .count")).to_be_visible()


def test_a_hosts_own_copy_is_told_where_the_service_is(open_page: OpenPage, site: str) -> None:
    page = hosted(open_page, site, f'service="{site}" view="layer=water" title="Waters"')
    told(page, "layer=water")
    expect(page.locator("planmap-embed iframe")).to_have_attribute("title", "Waters")


def test_its_types_are_text(open_page: OpenPage, site: str) -> None:
    page = open_page("/static/icon.svg", ready="svg")
    answer = page.request.get(f"{site}/static/js/entries/planmap-embed.v1.d.ts")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "planmap-view" in answer.text()
