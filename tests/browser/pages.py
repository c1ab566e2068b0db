"""What the tests read off the page."""

import re
from urllib.parse import quote

from playwright.sync_api import Page

ZERO_OR_MORE = re.compile(r"\d[\d,]*")


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
