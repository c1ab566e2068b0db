"""A search forgives: synonyms of the pack find what the plan calls otherwise, in every format."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.catalog.catalog import Catalog
from app.catalog.search import search_texts
from app.pack.pack import Pack
from tests.test_one_truth import api_ids, file_ids, page_answers

PAIRS = (
    ("高铁站", "hub-huludao-north"), ("火车站", "hub-huludao-north"),
    ("高鐵站", "hub-huludao-north"),
    ("gaotiezhan", "hub-huludao-north"), ("high-speed rail station", "hub-huludao-north"),
    ("飞机场", "airport-suizhong-ga"), ("airport", "airport-suizhong-ga"),
    ("交通项目", "airport-suizhong-ga"), ("transport projects", "airport-suizhong-ga"),
    ("码头", "port-suizhong"), ("动车", "rail-qinshen"),
)  # fmt: skip


def test_what_readers_type_finds_the_same_on_the_page_in_the_file_and_in_the_api(
    client: TestClient,
) -> None:
    queries = [f"q={typed}" for typed, _ in PAIRS]
    of_file, of_api = file_ids(client, queries), api_ids(client, queries)
    for (typed, id), page, rows, ids in zip(
        PAIRS, page_answers(client, queries), of_file, of_api, strict=True
    ):
        assert page["ids"] == rows == ids, typed
        assert id in ids, typed


@pytest.mark.parametrize("layer", ["transport", "water", "energy", "industry", "culture-tourism"])
def test_a_layer_s_projects_are_all_its_items(
    client: TestClient, catalog: Catalog, layer: str
) -> None:
    title = next(one.title for one in catalog.layers if one.id == layer)
    found, wanted = api_ids(client, [f"q={title.removesuffix('项目')}项目", f"layer={layer}"])
    assert set(wanted) <= set(found)


def test_every_word_with_synonyms_is_held_by_some_item(pack: Pack) -> None:
    texts = "\n".join(search_texts(Catalog(pack), pack.features).values())
    unheld = [word for one in pack.synonyms for word in one.words if word not in texts]
    assert unheld == []


def test_a_pack_without_the_list_searches_its_own_words(tiny: Path) -> None:
    assert Pack(tiny).synonyms == ()


def test_a_known_contact_is_found_by_its_number_and_by_what_it_is(tiny: Path) -> None:
    pack = Pack(tiny)
    (feature, *_) = pack.features
    known = {**feature, "properties": {**feature["properties"], "telephone": "0429-1234567"}}
    (text,) = search_texts(Catalog(pack), [known]).values()
    assert "联系电话" in text
    assert "0429-1234567" in text
    (text,) = search_texts(Catalog(pack), [feature]).values()
    assert "联系电话" not in text
