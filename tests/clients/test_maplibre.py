"""MapLibre, from npm, opens the style in a real browser: all layers, symbols, letters, states."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Page, sync_playwright

from app.settings import ROOT
from tests.browser.conftest import CHROMIUM, FLAGS, LONGEST_MS

WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<link rel="stylesheet" href="maplibre-gl.css">
<style>#map { width: 900px; height: 700px }</style><div id="map"></div>
<script type="module">
import * as maplibregl from "./maplibre-gl.mjs";
window.errors = [];
const map = new maplibregl.Map({ container: "map", style: "STYLE", fadeDuration: 0 });
map.on("error", (event) => errors.push(String(event.error)));
map.on("styleimagemissing", (event) => errors.push(`no image ${event.id}`));
map.once("idle", () => { window.shown = map; });
</script>"""
GO = """new Promise((done) => {
    shown.once("idle", () => done());
    shown.jumpTo({ center: [120.85, 40.72], zoom: 11.5 });
})"""


@pytest.fixture(scope="module")
def library(api: str) -> Iterator[str]:
    """The library and a page with it as a site of their own, on another origin than the service."""
    html = PAGE.replace("STYLE", f"{api.removesuffix('/api')}/style.json").encode()

    class Site(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/page.html":
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test looks at the page."""

    handler = partial(Site, directory=str(ROOT / "node_modules" / "maplibre-gl" / "dist"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def page(library: str) -> Iterator[Page]:
    """A page with the map, at rest, that asks nobody but the service and the library."""
    asked: list[str] = []
    warned: list[str] = []
    with sync_playwright() as playwright:
        flags = [flag for flag in FLAGS if flag != "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*flags, *WEBGL])
        found = browser.new_page()
        found.set_default_timeout(LONGEST_MS)
        found.on("request", lambda request: asked.append(request.url))
        found.on("console", lambda said: warned.append(said.text))
        found.goto(f"{library}/page.html")
        found.wait_for_function("window.shown || window.errors?.length")
        assert found.evaluate("errors") == []
        yield found
        assert found.evaluate("errors") == []
        browser.close()
    assert [text for text in warned if "glyph" in text] == []
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("blob:", "data:"))}
    assert hosts == {"127.0.0.1"}


def rendered(page: Page, *layers: str) -> set[str]:
    """Ids of what is on the screen of some style layers, or of any."""
    named = {"layers": list(layers)} if layers else {}
    found: list[str] = page.evaluate(
        """(options) => shown.queryRenderedFeatures(undefined, options)
            .filter((one) => one.source === "plan").map((one) => one.id)""",
        named,
    )
    return set(found)


def items_in(api: str, page: Page) -> dict[str, dict[str, Any]]:
    box = page.evaluate("shown.getBounds().toArray().flat().join()")
    query = {"bbox": box, "limit": "10000"}
    answer = httpx2.get(f"{api}/collections/plan/items", params=query).json()
    return {one["id"]: one for one in answer["features"]}


def test_it_opens_on_the_city_with_every_item(page: Page, api: str) -> None:
    assert rendered(page) >= {
        id for id, one in items_in(api, page).items()
        if one["properties"]["scope"] != "outside" and one["geometry"]["type"].endswith("Point")
    }  # fmt: skip
    layers = {one["properties"]["layer"] for one in items_in(api, page).values()}
    shown = page.evaluate("""[...new Set(shown.queryRenderedFeatures()
        .filter((one) => one.source === "plan").map((one) => one.sourceLayer))]""")
    assert set(shown) == layers


def test_wide_areas_lie_beneath_all_others(page: Page) -> None:
    order = page.evaluate("shown.getStyle().layers.map((one) => one.id)")
    last_wide = max(place for place, id in enumerate(order) if id.endswith("-wide"))
    first_other = min(place for place, id in enumerate(order) if id.endswith("-areas"))
    assert last_wide < first_other
    assert order.index("county-names") == len(order) - 1


def test_symbols_and_letters_come_from_the_service(page: Page, api: str) -> None:
    layers = {one["id"] for one in httpx2.get(f"{api}/collections").json()["collections"]
              if not one["id"].endswith(("-points", "-lines", "-areas"))}  # fmt: skip
    layers -= {"plan", "boundaries", "places"}
    images = set(page.evaluate("shown.listImages()"))
    assert images >= layers | {f"{layer}-hollow" for layer in layers}
    asked = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert any(url.endswith("0-255.pbf") for url in asked)


def test_near_by_symbols_say_category_and_status_and_an_item_can_be_given_a_state(
    page: Page, api: str
) -> None:
    page.evaluate(GO)
    every = httpx2.get(f"{api}/collections/plan-points/items", params={"limit": "10000"}).json()
    points = {one["id"]: one["properties"] for one in every["features"]}
    images = page.evaluate("""Object.fromEntries(shown.queryRenderedFeatures()
        .filter((one) => one.layer.id.endsWith("-points"))
        .map((one) => [one.id, String(one.layer.layout["icon-image"])]))""")
    assert set(images) <= set(points)
    glyphs = {
        (layer["id"], category["id"])
        for layer in httpx2.get(f"{api.removesuffix('/api')}/pack.json").json()["layers"]
        for category in layer["categories"]
        if category.get("symbol")
    }
    for id, image in images.items():
        own = points[id]
        one = f".{own['category']}" if (own["layer"], own["category"]) in glyphs else ""
        assert image == f"{own['layer']}{one}-{own['status']}", id
    assert {image.rpartition("-")[2] for image in images.values()} >= {"existing", "planned"}
    assert any("." in image for image in images.values())
    halos = rendered(page, *{f"{layer}-halos" for layer, _ in glyphs})
    assert halos
    for id in halos:
        own = points[id]
        assert own["basis"] == "estimated" or own["precision"] in ("schematic", "county"), id
    id, layer = next((id, points[id]["layer"]) for id in images)
    state = page.evaluate(
        """([id, sourceLayer]) => {
            const at = { source: "plan", sourceLayer, id };
            shown.setFeatureState(at, { chosen: true });
            return shown.getFeatureState(at);
        }""",
        [id, layer],
    )
    assert state == {"chosen": True}
