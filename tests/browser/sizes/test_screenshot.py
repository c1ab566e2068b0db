"""The picture in the README is what the page looks like: taken here, on the committed data."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, OpenPage
from tests.browser.page_objects import settled

pytestmark = pytest.mark.browser

PICTURE = ROOT / "docs" / "screenshot.png"
LEAST_BYTES = 50_000


def test_the_readme_has_a_picture_of_the_page(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/", width=1280, height=800)
    expect(page.locator("#map .point").first).to_be_visible()
    settled(page)
    taken = tmp_path / "screenshot.png"
    page.screenshot(path=taken)
    assert taken.stat().st_size > LEAST_BYTES
    if not PICTURE.exists():
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_bytes(taken.read_bytes())
