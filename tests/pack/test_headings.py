"""Industries in two levels: a heading stands for every word of the plan below it."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.catalog.catalog import Catalog
from app.domain.errors import PackError
from app.pack.pack import Pack
from app.rules import check

HEADING = "装备制造业"


def headed(pack: Path, row: str) -> Pack:
    path = pack / "geodata" / "industries.csv"
    path.write_text(f"name,name_en,words,also\n{row}\n", encoding="utf-8")
    return Pack(pack)


def word_of(pack: Path) -> str:
    """A word that an item of the small pack holds."""
    found = Pack(pack)
    lists = Catalog(found).list_fields
    return next(item.extra[name][0] for item in found.items for name in lists if name in item.extra)


def test_a_heading_is_chosen_as_a_word_and_finds_all_below_it(client: TestClient) -> None:
    heads = {one["name"]: one for one in client.get("/pack.json").json()["industries"]}
    words = ",".join(heads[HEADING]["words"])
    ask = {"layer": "industrial-parks", "lang": "en"}
    by_heading = client.get("/view.csv", params={**ask, "term": HEADING})
    by_words = client.get("/view.csv", params={**ask, "term": words})
    assert by_heading.text == by_words.text
    assert by_heading.text.count("\n") > 2
    found = client.get(
        "/api/collections/industrial-parks/items", params={"term": HEADING, "limit": 100}
    ).json()
    assert found["numberMatched"] == by_words.text.strip().count("\n")


def test_every_word_of_the_parks_stands_under_a_heading(client: TestClient) -> None:
    index = client.get("/index.json").json()["features"]
    below = {word for one in client.get("/pack.json").json()["industries"] for word in one["words"]}
    names = {one["name"] for one in client.get("/pack.json").json()["industries"]}
    for item in index:
        if item["layer"] == "industrial-parks":
            assert set(item["terms"]) <= below | names, item["id"]


@pytest.mark.parametrize("typed", ["机械", "machinery", HEADING, "Equipment manufacturing"])
def test_what_readers_call_an_industry_finds_its_items(client: TestClient, typed: str) -> None:
    asked = {"layer": "industrial-parks", "term": HEADING}
    wanted = client.get("/view.geojson", params=asked).json()["features"]
    found = client.get("/view.geojson", params={"layer": "industrial-parks", "q": typed}).json()
    assert {one["id"] for one in wanted} <= {one["id"] for one in found["features"]}


def test_a_pack_without_the_list_has_words_alone(tiny: Path) -> None:
    assert Pack(tiny).industries == ()
    word = word_of(tiny)
    assert Catalog(Pack(tiny)).with_headings([word]) == (word,)


def test_a_heading_over_a_word_nobody_uses_is_named(tiny: Path) -> None:
    good = headed(tiny, f"食品业,Food,{word_of(tiny)},")
    assert not [one for one in check(good) if one.file == "industries.csv"]
    wrong = headed(tiny, "食品业,Food,月亮石,")
    rules = [(one.rule, one.value) for one in check(wrong) if one.file == "industries.csv"]
    assert rules == [("headings_stand_over_words_in_use", "月亮石")]


def test_a_heading_called_like_a_word_is_refused(tiny: Path) -> None:
    word = word_of(tiny)
    with pytest.raises(PackError, match=word):
        _ = headed(tiny, f"{word},Food,{word},").industries
