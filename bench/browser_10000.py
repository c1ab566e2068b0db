"""How smoothly the map pans and zooms with 10,000 items, as a ratio to the committed data.

    .venv/bin/python bench/browser_10000.py [--site http://127.0.0.1:8000] [--items 10000]
    .venv/bin/python bench/browser_10000.py --pack FOLDER       # of bench/large_pack.py

Starts the service unless --site names one that runs. The page is opened twice in Chromium: once
as it is, once with an index.json of synthetic points put in the answer's place (the same items
again and again, each moved at random inside the map's frame; seeded, so every run has the same
points). Both times the same steps are taken: the map is panned with the arrow keys and zoomed
with + and −. With --pack it is another pack, as its own service sends it.
The time of a step is its longest frame: how long the picture stands still.
Printed: the median and the slowest step of each kind, and the ratio of the medians. Ends with 1
when the median pan step with 10,000 items takes more than 100 ms. No part of the test suite:
its numbers are this machine's.
"""

import argparse
import json
import random
import statistics
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import CHROMIUM, FLAGS, service  # noqa: E402

SMOOTH_MS = 100
SEED = 145
STEPS = {
    "pan": ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"] * 5,
    "zoom": ["+", "+", "-", "-"] * 4,
}
TIMED = """async (key) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const code = {
        ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, "+": 187, "-": 189,
    }[key];
    await frame();
    const start = performance.now();
    let [last, longest] = [start, 0];
    document.querySelector("#map").dispatchEvent(
        new KeyboardEvent("keydown", { key, keyCode: code, bubbles: true }));
    // A pan glides for a quarter of a second, then everything is drawn where it has come to rest.
    while (last - start < 600) {
        await frame();
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
    }
    return longest;
}"""


def synthetic(index: dict[str, Any], frame: list[float], n: int) -> dict[str, Any]:
    """The index with `n` points in the place of its items."""
    draw = random.Random(SEED)
    west, south, east, north = frame
    features = []
    for number in range(n):
        item = index["features"][number % len(index["features"])]
        place = [round(draw.uniform(west, east), 5), round(draw.uniform(south, north), 5)]
        features.append(
            {
                **item, "id": f"{item['id']}-{number}", "method": "point", "precision": "village",
                "basis": "published", "geometry": {"type": "Point", "coordinates": place},
            }
        )  # fmt: skip
    return {**index, "features": features}


def steps(page: Page) -> dict[str, list[float]]:
    """Milliseconds of each step, by kind."""
    page.locator("#map .leaflet-control-zoom").wait_for()
    page.wait_for_timeout(1500)
    page.locator("#map").focus()
    return {kind: [page.evaluate(TIMED, key) for key in keys] for kind, keys in STEPS.items()}


def measured(browser: Browser, site: str, index: dict[str, Any] | None) -> dict[str, list[float]]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    if index:
        body = json.dumps(index)
        page.route(
            "**/index.json", lambda route: route.fulfill(body=body, content_type="application/json")
        )
    page.goto(site)
    found = steps(page)
    page.close()
    return found


def answer(url: str) -> Any:
    with urlopen(url) as body:
        return json.load(body)


def main() -> int:
    options = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    options.add_argument("--site")
    options.add_argument("--items", type=int, default=10_000)
    options.add_argument("--pack", help="a pack to be served instead of synthetic points")
    chosen = options.parse_args()
    with service(chosen.site) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        index, frame = answer(f"{site}/index.json"), answer(f"{site}/pack.json")["frame"]
        few = measured(browser, site, None)
        if chosen.pack:
            with service(None, PLANMAP_PACK=chosen.pack) as large:
                many = measured(browser, large, None)
        else:
            many = measured(browser, site, synthetic(index, frame, chosen.items))
        browser.close()
    for kind in STEPS:
        real, made = statistics.median(few[kind]), statistics.median(many[kind])
        print(
            f"{kind}: {len(index['features'])} items {real:.0f} ms (slowest {max(few[kind]):.0f}), "
            f"{chosen.pack or chosen.items} {made:.0f} ms (slowest {max(many[kind]):.0f}), "
            f"ratio {made / real:.1f}"
        )
    return 0 if statistics.median(many["pan"]) <= SMOOTH_MS else 1


if __name__ == "__main__":
    sys.exit(main())
