"""The links of a workbook: on every item, but on none where Excel would call the sheet broken."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from app.catalog.catalog import Catalog
from app.formats.tabular import xlsx
from app.selection.selection import Selection
from app.view.view import View

ITEMS = 10


def links(catalog: Catalog) -> int:
    """How many of the items are linked."""
    nothing: Any = None
    selection = Selection(
        catalog=catalog, version="v", view=View(), features=catalog.features[:ITEMS], lang="zh",
        url="http://testserver/", files=nothing,
    )  # fmt: skip
    sheet = load_workbook(io.BytesIO(xlsx.render(selection))).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, max_col=1))
    assert len(rows) == ITEMS
    return sum(1 for (one,) in rows if one.hyperlink)


def test_every_item_is_linked_or_none(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "LINKS_MOST", ITEMS)
    assert links(catalog) == ITEMS
    monkeypatch.setattr(xlsx, "LINKS_MOST", ITEMS - 1)
    assert links(catalog) == 0
