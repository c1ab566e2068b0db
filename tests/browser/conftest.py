"""A real server on a free port, a real Chromium, and no way out to any other host."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.installed import need

ROOT = Path(__file__).parents[2]
SHELL, WHOLE = Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")
"""One engine; the shell has no window of its own to draw, which saves a third of a page's work."""
CHROMIUM = Path(os.environ.get("PLANMAP_CHROMIUM") or (SHELL if SHELL.exists() else WHOLE))
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--process-per-site",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]  # fmt: skip
START_SECONDS = 300
LONGEST_MS = 120_000
"""A state of a page is waited for so long: no test says how soon a busy machine must come to it."""
expect.set_options(timeout=LONGEST_MS)

LOOPBACK = ("127.0.0.1", "localhost")

OpenPage = Callable[..., Page]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until the service answers; a service that has ended never will."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url} within {START_SECONDS} s")


@contextmanager
def service(named: str | None, **settings: str) -> Iterator[str]:
    """The address of the service that is named, else of one started for the while on the committed
    pack, which gives work its time on a busy machine.
    """
    if named:
        yield named.rstrip("/")
        return
    port = free_port()
    patient = {
        **os.environ, "PLANMAP_PICTURE_SECONDS": "300", "PLANMAP_WORK_SECONDS": "300", **settings,
    }  # fmt: skip
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)], cwd=ROOT, env=patient,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the service, or of one that runs already."""
    with service(os.environ.get("PLANMAP_SITE")) as found:
        yield found


@pytest.fixture(scope="session")
def index(site: str) -> list[dict[str, Any]]:
    """Every item as the page gets it."""
    with urlopen(f"{site}/index.json") as answer:
        features: list[dict[str, Any]] = json.load(answer)["features"]
    return features


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need(CHROMIUM.exists(), f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
    "Content Security Policy:", event.effectiveDirective, event.blockedURI, event.sourceFile));
"""


def watch_policy(page: Page, errors: list[str]) -> None:
    """Collect whatever the Content-Security-Policy of a page forbids it, or a browser warns of."""
    page.add_init_script(VIOLATIONS)
    page.on(
        "console",
        lambda entry: (
            errors.append(entry.text) if "Content Security Policy" in entry.text else None
        ),
    )


class Windows:
    """Pages of one kind share a process and what is fetched, and nothing that a page remembers.

    A page that stays open keeps the process: to start one and to compile every script anew is
    half of what opening a page costs.
    """

    def __init__(self, browser: Browser, site: str, **options: Any) -> None:
        self._site = site
        self._context: BrowserContext = browser.new_context(
            reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"], **options
        )
        self._context.set_default_timeout(LONGEST_MS)
        self._keeper = self._context.new_page()
        self._keeper.goto(f"{site}/robots.txt")
        self._storage: CDPSession = self._context.new_cdp_session(self._keeper)

    def page(self, width: int, height: int) -> Page:
        page = self._context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        return page

    def forget(self) -> None:
        """Close every page, and clear what it kept."""
        for page in self._context.pages:
            if page is not self._keeper:
                page.close()
        self._context.set_offline(False)
        self._context.clear_cookies()
        cleared = {"origin": self._site, "storageTypes": "all"}
        self._storage.send("Storage.clearDataForOrigin", cleared)


@pytest.fixture(scope="session")
def windows(browser: Browser, site: str) -> Callable[..., Windows]:
    """The windows of a kind: which options a context is given."""
    kinds: dict[str, Windows] = {}

    def of(**options: Any) -> Windows:
        kind = repr(sorted(options.items()))
        if kind not in kinds:
            kinds[kind] = Windows(browser, site, **options)
        return kinds[kind]

    return of


@pytest.fixture
def open_page(windows: Callable[..., Windows], site: str) -> Iterator[OpenPage]:
    """Opens an address in a window of its own; at the end nothing may have gone wrong."""
    used: set[Windows] = set()
    outside: list[str] = []
    errors: list[str] = []

    def asked(request: Request) -> None:
        if urlsplit(request.url).hostname in LOOPBACK and not request.url.startswith(site):
            outside.append(request.url)

    def failed(request: Request) -> None:
        if "NAME_NOT_RESOLVED" in (request.failure or ""):
            outside.append(request.url)

    def opened(
        path: str = "/",
        width: int = 1440,
        height: int = 900,
        ready: str = "#map .leaflet-control-zoom",
        **options: Any,
    ) -> Page:
        kind = windows(**options)
        used.add(kind)
        page = kind.page(width, height)
        page.on("request", asked)
        page.on("requestfailed", failed)
        page.on("pageerror", lambda error: errors.append(str(error)))
        watch_policy(page, errors)
        page.goto(path if path.startswith("http") else site + path)
        page.locator(ready).first.wait_for()
        if options.get("java_script_enabled", True):
            # The list as it was sent has come to life.
            page.locator("#results #plain").wait_for(state="detached")
        return page

    yield opened
    for kind in used:
        kind.forget()
    assert errors == []
    assert outside == [], "the page asked other hosts"
