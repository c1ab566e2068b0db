"""A property is called the same in every list that names it: schema, queryables, workbook, the
page's table, comparison and card, the cards of files, and the pages about errors.
"""

import io
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from app.catalog.catalog import Catalog
from app.domain.schema import BUILT, ROW
from app.domain.table_schema import DESTINATIONS
from app.domain.text.languages import title_in, word_in
from app.formats.tabular.card import LABELS
from app.formats.tabular.table import columns, heading
from app.pack.pack import Pack
from app.words import catalogue_texts

ROOT = Path(__file__).parents[2]
LAYER = "industrial-parks"
ON_PAGE = {
    "table.name": "name", "table.layer": "layer", "table.category": "category",
    "counties": "counties", "facet.precision": "precision", "table.radius": "uncertainty_m",
    "card.summary": "summary", "card.facts": "facts", "card.origin": "origin",
    "card.plan": "plan_refs", "card.place": "located_by", "card.note": "note",
    "card.related": "related", "card.access": "access",
}  # fmt: skip
"""Words of the page → the property they head."""
ON_ERRORS = ("layer", "category", "precision")
"""Parameters that are called as the property that they choose by."""
BY_ID = {one.id: one for one in (*ROW, *BUILT)}
LANGUAGES = ("zh", "en")


def flat_id(id: str) -> str:
    """`located_by.method` → `method`, `access.port.km` → `access_port_km`: as a table has it."""
    return id.removeprefix("located_by.").replace(".", "_")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("document", ["schema", "queryables", "sortables"])
def test_documents_of_the_api_call_a_property_as_tables_do(
    client: TestClient, pack: Pack, document: str, lang: str
) -> None:
    titles = {one.id: title_in(one, lang) for one in columns(Catalog(pack), [LAYER])}
    path = f"/api/collections/{LAYER}/{document}?lang={lang}"
    told = {
        flat_id(id): one["title"]
        for id, one in client.get(path).json()["properties"].items()
        if "title" in one
    }
    shared = titles.keys() & told.keys()
    assert len(shared) > 5
    assert {id: told[id] for id in shared} == {id: titles[id] for id in shared}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_heads_its_columns_so(client: TestClient, pack: Pack, lang: str) -> None:
    file = client.get(f"/view.xlsx?layer={LAYER}&lang={lang}").content
    items, _, fields = openpyxl.load_workbook(io.BytesIO(file)).worksheets
    headings = [cell.value for cell in items[1]]
    wanted = [heading(one, lang) for one in columns(Catalog(pack), [LAYER])]
    assert headings[: len(wanted)] == wanted
    rows = list(fields.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == headings
    csv_head = client.get(f"/view.csv?layer={LAYER}").text.lstrip("\ufeff").split("\r\n")[0]
    assert [row[1] for row in rows][: len(wanted)] == csv_head.split(",")[: len(wanted)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_and_the_pages_about_errors_call_it_so(lang: str) -> None:
    words = catalogue_texts(lang)
    wanted = {key: title_in(BY_ID[id], lang) for key, id in ON_PAGE.items()}
    assert {key: words[key] for key in ON_PAGE} == wanted
    kinds = {kind: word_in(titles, lang) for kind, titles in DESTINATIONS.items()}
    assert {kind: words[f"access.{kind}"] for kind in kinds} == kinds
    called = {id: words[f"error.name.{id}"] for id in ON_ERRORS}
    assert called == {id: title_in(BY_ID[id], lang) for id in ON_ERRORS}


def test_cards_in_files_call_it_so_and_no_two_properties_share_a_title() -> None:
    assert all(LABELS[id] == BY_ID[id] for id in LABELS)
    for lang in LANGUAGES:
        titles = [title_in(one, lang) for one in BY_ID.values()]
        assert len(titles) == len({*titles})
