"""Cards of WeChat: what a reader sends on from inside it is the view that he sees."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import service, watch_policy

WECHAT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.47 Language/zh_CN"
)
SDK = """
window.cards = [];
window.wx = {
    config(asked) { window.configured = asked; setTimeout(() => window.opened()); },
    ready(run) { window.opened = run; },
    updateAppMessageShareData: (card) => window.cards.push(card),
    updateTimelineShareData() {},
};
"""


class StandIn(BaseHTTPRequestHandler):
    """WeChat's hosts: tokens, tickets and the SDK."""

    def do_GET(self) -> None:
        found = {"access_token": "t"} if "/token" in self.path else {"ticket": "T", "expires_in": 9}
        is_script = self.path.endswith(".js")
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_script else "application/json")
        self.end_headers()
        self.wfile.write((SDK if is_script else json.dumps(found)).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is said."""


@pytest.fixture(scope="module")
def wechat() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def with_keys(wechat: str) -> Iterator[str]:
    own = {"APP_ID": "wx1", "SECRET": "s", "API": wechat, "SDK": f"{wechat}/open/jweixin.js"}
    with service(None, **{f"PLANMAP_WECHAT_{name}": text for name, text in own.items()}) as found:
        yield found


@contextmanager
def opened(browser: Browser, address: str, agent: str | None) -> Iterator[tuple[Page, list[str]]]:
    page = browser.new_page(user_agent=agent)
    asked: list[str] = []
    errors: list[str] = []
    watch_policy(page, errors)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.locator("#results #plain").wait_for(state="detached")
    page.locator("#map .leaflet-control-zoom").first.wait_for()
    yield page, asked
    page.close()
    assert errors == []


def card_of(page: Page, title: str) -> dict[str, Any]:
    page.wait_for_function("title => window.cards?.at(-1)?.title === title", arg=title)
    card: dict[str, Any] = page.evaluate("window.cards.at(-1)")
    return card


def test_a_card_is_the_view_and_follows_it(browser: Browser, with_keys: str) -> None:
    with opened(browser, f"{with_keys}/?county=建昌县&layer=water", WECHAT) as (page, asked):
        card = card_of(page, "建昌县 · 水利")
        assert page.locator("#count").inner_text() in card["desc"]
        assert card["link"] == page.url
        picture = urlsplit(card["imgUrl"])
        assert picture.path == "/view.png"
        assert parse_qs(picture.query) == {
            "county": ["211422"], "layer": ["water"], "size": ["square"],
        }  # fmt: skip
        with urlopen(card["imgUrl"]) as answer:
            assert answer.headers["Content-Type"] == "image/png"
        own = page.evaluate("window.configured")
        assert own["appId"] == "wx1"
        assert len(own["signature"]) == 40
        (signed,) = (url for url in asked if "/wechat/signature" in url)
        assert parse_qs(urlsplit(signed).query)["url"] == [page.url]
        page.locator("#results .item[data-id]").first.click()
        name = page.locator("#card h2").first.inner_text()
        assert "focus=" in card_of(page, name)["link"]


def test_apple_s_wechat_wants_the_address_by_which_the_page_was_entered(
    browser: Browser, with_keys: str
) -> None:
    entered = f"{with_keys}/?county={quote('建昌县')}&layer=water&from=timeline"
    agent = WECHAT.replace("Linux; Android 14", "iPhone; CPU iPhone OS 17_0 like Mac OS X")
    with opened(browser, entered, agent) as (page, asked):
        card_of(page, "建昌县 · 水利")
        (signed,) = (url for url in asked if "/wechat/signature" in url)
        assert parse_qs(urlsplit(signed).query)["url"] == [entered]


def test_any_other_browser_asks_nothing_of_wechat(
    browser: Browser, with_keys: str, wechat: str
) -> None:
    with opened(browser, f"{with_keys}/", None) as (page, asked):
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if url.startswith(wechat) or "wechat" in url]


def test_without_keys_wechat_is_a_browser_like_any_other(browser: Browser, site: str) -> None:
    with opened(browser, f"{site}/", WECHAT) as (page, asked):
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if not url.startswith(site) or "wechat" in url]
