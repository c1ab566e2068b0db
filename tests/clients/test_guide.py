"""Every example of the guide, against its library from npm, in a real browser."""

import io
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx2
import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from app.settings import ROOT
from app.web.pages.guide import EXAMPLES
from tests.browser.conftest import CHROMIUM, FLAGS, LONGEST_MS
from tests.clients.test_maplibre import WEBGL

GUIDE = "/embed/guide/"
SHOWN = {
    "leaflet": "document.querySelectorAll('path.leaflet-interactive').length >= PARKS",
    "openlayers": "window.map?.getAllLayers().at(-1)"
    ".getFeaturesInExtent(map.getView().calculateExtent()).length > 20",
    "maplibre": "window.map?.loaded() && map.queryRenderedFeatures().length > 50",
    "mapbox": "window.map?.loaded()"
    " && map.queryRenderedFeatures({ layers: ['parks'] }).length >= PARKS",
    "echarts": "window.chart?.getOption().series[1].data.length >= PARKS"
    " && chart.getOption().series[0].data.length === COUNTIES",
    "d3": "document.querySelectorAll('svg a path').length >= PARKS"
    " && document.querySelectorAll('svg text').length === COUNTIES",
    "maptalks": "window.layer?.getCount() > 20 && layer.isLoaded()",
    "vega": "document.querySelectorAll('#map .mark-shape path').length >= PARKS + COUNTIES"
    " && window.view?.data('counties').length === COUNTIES",
}
"""By library, what is true once everything is there."""


@pytest.fixture(scope="module")
def root(api: str) -> str:
    return api.removesuffix("/api")


@pytest.fixture(scope="module")
def site(root: str) -> Iterator[str]:
    """Where an integrator has put the examples: a site of his own, beside node_modules."""

    class ExampleSite(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/node_modules/"):
                super().do_GET()
                return
            answer = httpx2.get(root + GUIDE.rstrip("/") + self.path)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["content-type"])
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test looks at the page."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(ExampleSite, directory=str(ROOT))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = [flag for flag in FLAGS if flag != "--disable-gpu"]
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=[*flags, *WEBGL])
        yield found
        found.close()


@pytest.mark.parametrize("id", [one.id for one in EXAMPLES])
def test_an_example_shows_the_plan(browser: Browser, site: str, root: str, id: str) -> None:
    parks = httpx2.get(f"{root}/view.geojson?layer=industrial-parks").json()["features"]
    points = sum((one["geometry"] or {}).get("type") == "Point" for one in parks)
    counties = httpx2.get(f"{root}/api/collections/boundaries/items").json()["numberMatched"]
    page = browser.new_page(viewport={"width": 900, "height": 620})
    page.set_default_timeout(LONGEST_MS)
    problems: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/{id}.html", wait_until="domcontentloaded")
    shown = SHOWN[id].replace("PARKS", str(points)).replace("COUNTIES", str(counties))
    page.wait_for_function(f"() => {shown}")
    assert problems == []
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("blob:", "data:"))}
    assert hosts == {"127.0.0.1"}
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    colours = image.getcolors(1 << 20) or ()
    assert len(colours) > 40
    page.close()


def test_the_page_shows_the_files_for_its_own_address(root: str) -> None:
    for lang in ("zh", "en"):
        text = httpx2.get(f"{root}/embed/guide?lang={lang}").text
        for one in EXAMPLES:
            assert f"npm install {one.package}" in text
            body = httpx2.get(f"{root}{GUIDE}{one.id}.html").text
            assert f'const plan = "{root}";' in body
    answer = httpx2.get(f"{root}{GUIDE}cesium.html")
    assert answer.status_code == 404
    assert "leaflet" in answer.json()["allowed"]


def test_there_are_eight_and_each_is_on_the_page_as_it_is_tested() -> None:
    assert len(EXAMPLES) == len(SHOWN) == 8
    folder = ROOT / "app" / "web" / "templates" / "guide"
    assert {file.stem for file in folder.iterdir()} == {one.id for one in EXAMPLES} == set(SHOWN)
