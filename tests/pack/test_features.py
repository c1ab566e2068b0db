"""What a search looks through, and how its words are read."""

import random

import pytest

from app.catalog.catalog import Catalog
from app.catalog.search import search_texts
from app.domain.text.search import search_tokens, split_compounds
from app.pack.pack import Pack


class Plain(list[str]):
    """Texts that are searched one by one."""

    def holds(self, word: str) -> bool:
        return any(word in text for text in self)

    def hold_together(self, first: str, second: str) -> bool:
        return any(first in text and second in text for text in self)


TEXTS = Plain(("甲 东县 水利", "乙 东县 交通", "丙 水利工程"))


@pytest.fixture(scope="module")
def texts(pack: Pack) -> dict[str, str]:
    return search_texts(Catalog(pack), pack.features)


def found(texts: dict[str, str], typed: str) -> set[str]:
    tokens = split_compounds(search_tokens(typed), Plain(texts.values()))
    return {id for id, text in texts.items() if all(token in text for token in tokens)}


def test_a_word_nobody_has_is_taken_apart_into_two_that_one_text_has() -> None:
    assert split_compounds(("东县水利",), TEXTS) == ("东县", "水利")
    assert split_compounds(("skiing", "bodies", "is"), Plain(["ski\nbody", "i"])) == (
        "ski",
        "body",
        "is",
    )
    assert split_compounds(("水利工程", "西县水利"), TEXTS) == ("水利工程", "西县水利")


def test_marks_between_words_are_nothing() -> None:
    assert search_tokens("一核、一带“四区” Port") == ("一核一带四区", "port")


@pytest.mark.parametrize("typed", ["建昌 水利", "建昌县水利", "建昌水利", "Jianchang water"])
def test_a_county_and_a_layer_find_the_county_s_items_of_the_layer(
    pack: Pack, texts: dict[str, str], typed: str
) -> None:
    features = pack.features
    within = {
        one["id"]
        for one in features
        if one["properties"]["layer"] == "water" and "211422" in one["properties"]["counties"]
    }
    assert len(within) >= 10
    assert within <= found(texts, typed)


@pytest.mark.parametrize(
    ("typed", "layer"),
    [
        ("一核一带四区", "tourism-layout"),
        ("两园两中心五基地", "agri-layout"),
        ("一主一副", "urban-structure"),
        ("双心两湾", "urban-structure"),
    ],
)
def test_the_plan_s_own_terms_find_their_layer(
    pack: Pack, texts: dict[str, str], typed: str, layer: str
) -> None:
    layers = {one["id"]: one["properties"]["layer"] for one in pack.features}
    assert {layers[id] for id in found(texts, typed)} >= {layer}


def test_a_token_is_taken_apart_as_by_trying_every_cut() -> None:
    chance = random.Random(7)
    texts = Plain("".join(chance.choices("abc", k=chance.randint(0, 12))) for _ in range(40))
    found = set()
    for _ in range(2000):
        token = "".join(chance.choices("abc", k=chance.randint(1, 9)))
        expected = tried_at_every_cut(token, texts)
        assert split_compounds([token], texts) == expected
        found.add(len(expected))
    assert found == {1, 2}


def tried_at_every_cut(token: str, texts: list[str]) -> tuple[str, ...]:
    if any(token in text for text in texts):
        return (token,)
    for cut in range(len(token) - 2, 1, -1):
        first, second = token[:cut], token[cut:]
        if any(first in text and second in text for text in texts):
            return first, second
    return (token,)


def test_a_long_word_nobody_has_is_looked_up_a_few_times_a_text() -> None:
    class Counting(str):
        looked = 0

        def __contains__(self, word: object) -> bool:
            Counting.looked += 1
            return super().__contains__(word)  # type: ignore[operator]

    split_compounds(["ab" * 99 + "x"], Plain(Counting("ab" * 300 + "bx") for _ in range(10)))
    assert Counting.looked <= 10 * 22
