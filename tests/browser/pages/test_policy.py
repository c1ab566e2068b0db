"""A strict policy on every page, and every page works under it."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.conftest import OpenPage, watch_policy
from tests.browser.page_objects import settled

pytestmark = pytest.mark.browser

MAP = "#map .leaflet-control-zoom"
STATES = [
    ("/?county=211421&focus=park-dongdaihe", "#card h2"),
    ("/?layer=transport&table=1", "#table table"),
    ("/?present=1&layer=industrial-parks", "#map [data-ids]"),
    ("/?choropleth=1&layer=water&theme=dark&lang=en", MAP),
    ("/?compare=park-dongdaihe,park-bajiazi", "#tray *"),
    ("/?place=葫芦岛站&near=10", MAP),
    ("/?layer=moon", "#messages *"),
    ("/embed?county=211421&list=1&legend=1", "#header .count"),
    ("/embed?origin=https://a.example/path", "main h1"),
    ("/data?lang=en", "h1"),
    ("/data/sources", "h1"),
    ("/api?f=html", "h1"),
    ("/api/collections/transport?f=html", ".small-map[data-ready]"),
    ("/api/collections/transport/items?f=html&limit=5", ".small-map[data-ready]"),
    ("/api/docs", "#swagger .opblock"),
    ("/view.html?county=211421", "#results [data-pick]"),
    ("/nosuch", "main h1"),
    ("/view.svg?county=211421", "svg text"),
    ("/static/embed-example.html", "#log li"),
]


@pytest.mark.parametrize(("path", "ready"), STATES, ids=[path for path, _ in STATES])
def test_a_page_does_all_it_does_within_its_policy(
    open_page: OpenPage, path: str, ready: str
) -> None:
    """`open_page` fails on any violation."""
    page = open_page(path, ready=ready)
    settled(page)


def test_dialogs_menus_and_print_stay_within_it(open_page: OpenPage) -> None:
    page = open_page("/?county=211421")
    for number in range(page.locator("#header button").count()):
        button = page.locator("#header button").nth(number)
        if button.is_visible() and button.is_enabled():
            button.click()
            settled(page)
            page.keyboard.press("Escape")
    page.locator("#map [data-ids]").first.dispatch_event("click")  # it may lie beyond the window
    page.locator("#map .leaflet-control-zoom-in").click()
    page.emulate_media(media="print")
    page.pdf()


def test_an_operation_can_be_tried_in_the_documentation(open_page: OpenPage) -> None:
    page = open_page("/api/docs", ready="#swagger .opblock")
    page.locator(".opblock-summary-control").first.click()
    page.get_by_role("button", name="Execute").first.click()
    expect(page.locator(".live-responses-table").first).to_be_visible()


ATTACKS = [
    "</title><script>hacked=1</script>'\"><svg onload=hacked=1><img src=x onerror=hacked=1>",
    "javascript:hacked=1//{{7*7}}${hacked=1}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_a_link_brings_runs(open_page: OpenPage, attack: str) -> None:
    text = quote(attack, safe="")
    for path, ready in (
        (f"/?title={text}&q={text}", MAP), (f"/?place={text}&near=3", MAP),
        (f"/?layer={text}&focus={text}&{text}=1", "#messages *"),
        (f"/embed?title={text}", "#header .count"), (f"/embed?origin={text}", "main h1"),
        (f"/county/{text}", "main h1"), (f"/view.svg?title={text}&county=211421", "svg text"),
        (f"/view.html?title={text}&county=211421", "#results [data-pick]"),
        (f"/api/collections/{text}?f=html", "main h1"), (f"/data?lang={text}", "main h1"),
    ):  # fmt: skip
        page = open_page(path, ready=ready)
        assert page.evaluate("typeof hacked") == "undefined", path
        page.close()


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server without a log."""

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def host_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Frame]]:
    """Puts markup into a page of another site, or of no site; returns the frame within."""
    errors: list[str] = []
    context = browser.new_context()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()

        def opened(markup: str, *, from_file: bool = False) -> Frame:
            (tmp_path / "host.html").write_text(f"<!doctype html>{markup}", encoding="utf-8")
            page: Page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            watch_policy(page, errors)
            web = f"http://localhost:{server.server_port}/host.html"
            page.goto((tmp_path / "host.html").as_uri() if from_file else web)
            return page.frames[1]

        yield opened
        context.close()
        server.shutdown()
        thread.join()
    assert errors == []


def test_the_embed_works_in_a_page_opened_from_a_file(
    host_page: Callable[..., Frame], site: str
) -> None:
    framed = f'<iframe width=600 height=400 src="{site}/embed?county=211421"></iframe>'
    frame = host_page(framed, from_file=True)
    expect(frame.locator("#header .count")).to_be_visible()


@pytest.mark.parametrize("path", ["/?county=211421", "/embed?county=211421"])
def test_a_page_works_without_storage_in_a_sandboxed_frame(
    host_page: Callable[..., Frame], site: str, path: str
) -> None:
    frame = host_page(
        f'<iframe sandbox="allow-scripts" width=1200 height=800 src="{site}{path}"></iframe>'
    )
    frame.locator(MAP).wait_for()
    expect(frame.locator("#messages")).to_be_empty()


def test_what_is_not_meant_to_be_framed_is_not(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_context().new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    (tmp_path / "host.html").write_text(f'<!doctype html><iframe src="{site}/data"></iframe>')
    page.goto((tmp_path / "host.html").as_uri())
    assert any("frame-ancestors" in text for text in told)
    page.context.close()
