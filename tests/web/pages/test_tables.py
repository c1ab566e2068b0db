"""On a phone a row of a table is a name and labels with values: each cell knows its column."""

import re

import pytest
from fastapi.testclient import TestClient

from app.web.pages.tables import with_labels

PAGES = [
    "/data", "/data/boxes/box-5-1?lang=en", "/data/checking/绥中", "/data/pack",
    "/api/collections?f=html", "/api/collections/industrial-parks/items?f=html",
    "/api/collections/industrial-parks/items/park-dongdaihe?f=html&lang=en",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_cell_of_a_page_says_its_column(client: TestClient, path: str) -> None:
    page = client.get(path).text
    cells = re.findall(r"<td[^>]*>", page)
    assert cells
    assert not [cell for cell in cells if not re.search('data-label="[^"]+"', cell)]


def test_a_label_is_the_plain_title_of_its_column() -> None:
    table = (
        '<table><thead><tr><th>A</th><th><i class="x"></i>B "b" &amp; c</th></tr></thead>'
        "<tbody><tr><th>1</th><td>2</td></tr></tbody></table>"
    )
    assert '<th>1</th><td data-label="B &quot;b&quot; &amp; c">2</td>' in with_labels(table)


def test_a_table_without_titles_stays_as_it_is() -> None:
    table = "<table><tr><td>1</td></tr></table>"
    assert with_labels(table) == table
