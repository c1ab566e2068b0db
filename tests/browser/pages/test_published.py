"""The published folder behind Python's plain file server: the page works with no service."""

import csv
import io
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from app.settings import ROOT
from tests.browser.conftest import watch_policy
from tests.browser.page_objects import listed, total

pytestmark = pytest.mark.browser

OpenPath = Callable[[str], Page]


class QuietHandler(SimpleHTTPRequestHandler):
    """A plain file server without a log."""

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the published site; it stands under a path, as on a shared server."""
    root = tmp_path_factory.mktemp("www")
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(QuietHandler, directory=str(root))
    ) as server:
        url = f"http://127.0.0.1:{server.server_port}/plan/"
        command = [sys.executable, "-c", "from app.cli import main; main()", "publish"]
        formats = ["--face", "csv", "--face", "geojson"]
        # A process of its own: this one has a browser's event loop running.
        subprocess.run([*command, root / "plan", "--url", url, *formats], cwd=ROOT, check=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield url
        server.shutdown()
        thread.join()


@pytest.fixture
def open_path(browser: Browser, published: str) -> Iterator[OpenPath]:
    """Opens a page of the site; nothing may be missing, nor asked of another host."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    bad: list[str] = []

    def opened(path: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: bad.append(str(error)))
        watch_policy(page, bad)
        page.on("response", lambda answer: bad.append(answer.url) if answer.status >= 400 else None)
        page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith((published, "data:")) else bad.append(asked.url)
            ),
        )
        page.goto(published + path)
        return page

    yield opened
    context.close()
    assert bad == []


def test_the_map_the_list_and_the_county_filter_work(open_path: OpenPath) -> None:
    page = open_path("")
    page.locator("#map .leaflet-control-zoom").wait_for()
    whole = total(page)
    assert len(listed(page)) == whole
    page.locator("#filters .chip", has_text="兴城").first.click()
    page.wait_for_url("**county=211481**")
    assert 0 < total(page) < whole
    assert page.locator("#map .point, #map .cluster").count() > 0


def test_a_card_opens_with_its_place_in_the_plan(open_path: OpenPath) -> None:
    page = open_path("?layer=industrial-parks&focus=park-bajiazi")
    page.locator("#card .refs").wait_for()
    assert "专栏5-1" in page.locator("#card").inner_text()


def test_a_download_holds_what_is_on_the_screen(open_path: OpenPath, published: str) -> None:
    page = open_path("?county=211481")
    page.locator("#map .leaflet-control-zoom").wait_for()
    shown = listed(page)
    page.get_by_role("button", name="分享").click()
    link = page.locator("dialog a[href$='.csv']")
    with page.expect_download() as started:
        link.click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    assert sorted(row["id"] for row in csv.DictReader(io.StringIO(text))) == sorted(shown)


def test_a_view_without_a_file_offers_none(open_path: OpenPath) -> None:
    page = open_path("?county=211481&layer=transport")
    page.locator("#map .leaflet-control-zoom").wait_for()
    page.get_by_role("button", name="分享").click()
    assert page.locator("dialog .faces a").count() == 0
    assert "静态发布版" in page.locator("dialog").inner_text()


def test_what_is_compared_is_promised_in_no_file(open_path: OpenPath) -> None:
    page = open_path("?layer=industrial-parks&compare=park-dongdaihe,park-bajiazi")
    page.locator("dialog.compare").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="分享").click()
    page.locator("dialog .downloads .hint").first.wait_for()
    hints = " ".join(page.locator("dialog .downloads .hint").all_inner_texts())
    assert "都没有对比" in hints
    assert "Excel" not in hints


def test_the_search_works(open_path: OpenPath) -> None:
    page = open_path("?q=泳装")
    page.locator("#results [data-id='cluster-xingcheng-swimwear']").wait_for()


def test_a_frame_works(open_path: OpenPath) -> None:
    page = open_path("embed?layer=industrial-parks&lang=en")
    page.locator("#map .leaflet-control-zoom").wait_for()
    assert "9 items" in page.locator("#header").inner_text()


def test_the_page_about_the_data_leads_nowhere_that_is_not_there(
    open_path: OpenPath, published: str
) -> None:
    for path in ("data/", "en/data/", "data/sources/"):
        page = open_path(path)
        links = page.locator("a[href], link[href]").evaluate_all("all => all.map(a => a.href)")
        own = {urldefrag(one)[0] for one in links if one.startswith(published)}
        assert own
        for address in sorted(own):
            with urlopen(urljoin(published, address)) as answer:
                assert answer.status == 200, address


def test_nothing_of_the_site_names_another_place(published: str) -> None:
    with urlopen(published + "index.html") as answer:
        text = answer.read().decode()
    assert "testserver" not in text
    assert f'href="{published}"' in text
