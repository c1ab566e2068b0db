"""Addresses of the service, said again for a folder of files."""

from dataclasses import replace

import pytest

from app.publish import Edition
from app.publish.pages import moved, placed

SITE = Edition("https://example.org/plan/", ["csv"], ["zh", "en"])


@pytest.mark.parametrize(
    ("folder", "address", "there"),
    [
        ("data/", "#notes", "data/#notes"),
        ("en/data/", "#notes", "en/data/#notes"),
        ("data/", "?lang=en", "en/data/"),
        ("en/data/", "?lang=zh", "data/"),
        ("en/data/", "?lang=en", "en/data/"),
        ("data/", "./?lang=zh", "./?lang=zh"),
        ("data/", "./data?lang=zh", "data/"),
        ("data/", "./data/sources?lang=en", "en/data/sources/"),
        ("data/sources/", "../data?lang=zh", "data/"),
        ("data/", "./view.csv", "view.csv"),
        ("en/data/", "./view.csv", "en/view.csv"),
        ("data/", "./view.kml", None),
        ("data/", "./api/quality", "api/quality.json"),
        ("data/", "./api?f=html&lang=zh", None),
        ("data/", "./?focus=a&lang=zh", "./?focus=a&lang=zh"),
        ("data/", "https://example.org/", "https://example.org/"),
        ("data/", "mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_where_the_site_has_something(
    folder: str, address: str, there: str | None
) -> None:
    assert moved(address, folder, SITE) == there


def test_a_page_in_a_folder_has_the_root_as_its_base() -> None:
    page = '<head>\n<link href="../static/a.css"></head><ul><li><a href="../api">x</a></li></ul>'
    found = placed(page, "data/sources/index.html", SITE)
    assert '<base href="../../">' in found
    assert 'href="static/a.css"' in found
    assert "<li>" not in found


def test_a_preview_is_a_file_and_there_is_no_oembed() -> None:
    page = (
        '<head><meta property="og:image" content="https://x/view.png?size=1200x630">\n'
        '<link rel="alternate" type="application/json+oembed" href="https://x/oembed?url=y">\n</head>'
    )
    found = placed(page, "index.html", replace(SITE, formats=["csv", "png"]))
    assert 'content="https://example.org/plan/preview.png"' in found
    assert "preview.png" not in placed(page, "index.html", SITE)
    assert "oembed" not in found
    assert "<base" not in found
