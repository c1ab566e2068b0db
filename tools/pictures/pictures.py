"""Write the views of views.py to a folder, with a contact sheet to look at them (`make pictures`).

    .venv/bin/python -m tools.pictures.pictures [FOLDER] [WORD …]

With words, only views whose name holds one of them. PLANMAP_SITE names a service that runs already.
"""

import os
import sys
from html import escape
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, service
from tests.browser.page_objects import settled
from tools.pictures.views import Shot, shots

ROOT = Path(__file__).resolve().parents[2]

LONGEST_MS, REST_MS = 120_000, 2_500
"""Of a page; what it loads once it rests, symbols of the list among it, comes within the second."""


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "var" / "pictures")
    words = sys.argv[2:]
    wanted = [one for one in shots() if not words or any(word in one.name for word in words)]
    folder.mkdir(parents=True, exist_ok=True)
    with service(os.environ.get("PLANMAP_SITE")) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for number, shot in enumerate(wanted, 1):
            take(browser, site, shot, folder / file_of(shot))
            print(f"{number}/{len(wanted)} {shot.name}", flush=True)
        browser.close()
    (folder / "index.html").write_text(contact_sheet(wanted), encoding="utf-8")
    print(folder / "index.html")


def take(browser: Browser, site: str, shot: Shot, path: Path) -> None:
    """A page as a reader sees it once it is still; a picture as it is sent."""
    if shot.window is None:
        with urlopen(site + shot.address) as answer:
            path.write_bytes(answer.read())
        return
    width, height = shot.window
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(LONGEST_MS)
    page.goto(site + shot.address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(REST_MS)
    settled(page)
    page.screenshot(path=path)
    context.close()


def file_of(shot: Shot) -> str:
    return f"{shot.name.replace(',', '').replace(' ', '-')}.png"


def contact_sheet(wanted: list[Shot]) -> str:
    """All of them on one page, each with its name and address."""
    figures = "".join(
        f'<figure><a href="{file_of(one)}"><img src="{file_of(one)}" loading="lazy"></a>'
        f"<figcaption>{escape(one.name)}<br><code>{escape(one.address)}</code></figcaption>"
        "</figure>"
        for one in wanted
    )
    style = (
        "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}"
        "figure{margin:0;width:440px}img{width:440px;height:300px;object-fit:contain;background:#eee}code{font-size:11px}"
    )
    return f"<!doctype html><meta charset=utf-8><title>Views</title><style>{style}</style>{figures}"


if __name__ == "__main__":
    main()
