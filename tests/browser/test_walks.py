"""How many scripts a press runs: a reader of the code walks the same way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

MOST = 50
"""Files of static/js/ whose functions run when a county is pressed until all stands still."""

CALM = """() => new Promise((done) =>
    requestIdleCallback(() => setTimeout(() => requestIdleCallback(done), 800)))"""


def scripts_run(page: Page, county: str) -> Iterator[str]:
    """By the browser's own count, from a press on a county on."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Profiler.enable")
    devtools.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
    devtools.send("Profiler.takePreciseCoverage")
    page.locator(f'[data-land="{county}"]').first.dispatch_event("click")
    page.locator(f'[data-choose="county:{county}"][aria-pressed="true"]').wait_for()
    page.evaluate(CALM)
    for script in devtools.send("Profiler.takePreciseCoverage")["result"]:
        if any(one["count"] for each in script["functions"] for one in each["ranges"]):
            yield script["url"].partition("/static/js/")[2]


def test_a_county_pressed_runs_few_scripts(open_page: OpenPage) -> None:
    page = open_page("/?debug")
    page.locator("#map .base-maps button").wait_for()
    page.locator("#legend .legend-layers").wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(CALM)
    found = sorted(filter(None, scripts_run(page, "211421")))
    assert {"map/map.js", "ui/panel/list.js"} < set(found)
    assert len(found) <= MOST, "\n".join(found)
