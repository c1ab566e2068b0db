"""Style sheets are sent stripped and hold the same rules."""

from pathlib import Path

from app.web.pages.scripts import strip_style
from tests.browser.conftest import OpenPage

ROOT = Path(__file__).parents[3]
RULES = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map(rule => rule.cssText);
}"""


def test_every_style_sent_holds_the_rules_of_its_file(open_page: OpenPage) -> None:
    page = open_page()
    files = [*(ROOT / "static/css").rglob("*.css"), ROOT / "node_modules/leaflet/dist/leaflet.css"]
    assert len(files) > 8
    for file in files:
        whole = file.read_bytes()
        sent = strip_style(whole)
        assert len(sent) < len(whole)
        assert page.evaluate(RULES, sent.decode()) == page.evaluate(RULES, whole.decode()), file
    assert page.evaluate(RULES, "a { color: red }") != page.evaluate(RULES, "a { color: blue }")
