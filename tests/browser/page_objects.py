"""What the tests read off the page, and what they keep from it."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, Route

ZERO_OR_MORE = re.compile(r"\d[\d,]*")


def held_back(page: Page, pattern: str) -> list[Route]:
    """What is asked for there, without an answer until the test lets it go on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(pattern, hold)
    return held


def listed(page: Page) -> list[str]:
    """Ids in the list, in its order."""
    return page.locator("#results [data-id]").evaluate_all("all => all.map(a => a.dataset.id)")


def drawn(page: Page) -> set[str]:
    """Ids that a symbol, a cluster, a line or a zone on the map stands for."""
    symbols = page.locator("#map [data-ids]").evaluate_all("all => all.map(a => a.dataset.ids)")
    paths = page.locator("#map path[data-spot]").evaluate_all("all => all.map(a => a.dataset.spot)")
    return {one for text in symbols for one in text.split()} | {
        one.rsplit(".", 1)[0] for one in paths
    }


def number_in(text: str) -> int:
    """The last number in a text: 绥中县 34 → 34."""
    return int(ZERO_OR_MORE.findall(text)[-1].replace(",", ""))


def total(page: Page) -> int:
    """The number of items that the list's heading says."""
    return number_in(page.locator("#count").inner_text())


def asks(**asked: str) -> re.Pattern[str]:
    """An address whose query has these values, whatever else it has."""
    each = (f"(?=.*[?&]{name}={re.escape(quote(value))}(?:&|#|$))" for name, value in asked.items())
    return re.compile(f"^{''.join(each)}")


QUIET_FRAMES = 15
STILL = """(frames) => new Promise((done) => {
    let quiet = 0, loaded = -1;
    const changes = new MutationObserver(() => { quiet = 0; });
    const all = { attributes: true, characterData: true, childList: true, subtree: true };
    changes.observe(document, all);
    const look = () => {
        const now = performance.getEntriesByType("resource").length;
        const moving = document.getAnimations().some((one) => one.playState === "running");
        quiet = now === loaded && !moving ? quiet + 1 : 0;
        loaded = now;
        if (quiet > frames) { changes.disconnect(); done(); } else requestAnimationFrame(look);
    };
    document.fonts.ready.then(look);
})"""


def settled(page: Page) -> None:
    """Wait until the page has stood still for some frames: nothing changes, loads or moves."""
    page.evaluate(STILL, QUIET_FRAMES)
