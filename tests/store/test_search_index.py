"""A word is found in all texts at once, and in the same ones as by looking at each."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import pytest

from app.store.search import SearchIndex
from app.store.search.grams import BLOCK, GROUP, Grams
from app.store.search.index import Sought

SHARED = (("east county", "dongxian"), ("项目", "project"), (), ("港口 port",))
LETTERS = "ab东港é𠀀"


def parts_and_texts(count: int) -> tuple[list[tuple[str, list[tuple[str, ...]]]], list[str]]:
    chance = random.Random(3)
    parts = [
        ("\n".join("".join(chance.choices(LETTERS, k=4)) for _ in range(3)),
         chance.sample(SHARED, chance.randint(0, 3)))
        for _ in range(count)
    ]  # fmt: skip
    return parts, ["\n".join((own, *(" ".join(one) for one in some))) for own, some in parts]


def rows_of(index: SearchIndex, words: Iterable[str]) -> list[int]:
    return list(index.matching(words, np.arange(len(index))).tolist())


def test_words_are_found_where_looking_at_each_text_finds_them() -> None:
    parts, texts = parts_and_texts(2 * BLOCK + 7)
    index = SearchIndex(parts)
    for word in ("a", "ab", "东", "港", "港东", "é𠀀", "port", "county", "项目", "dongxian", "zz"):
        expected = [row for row, text in enumerate(texts) if word in text]
        assert rows_of(index, [word]) == expected, word
        assert rows_of(index, [word]) == expected, word
        assert index.holds(word) == bool(expected)
    assert len(index) == len(texts)


@pytest.mark.parametrize("count", [1, 15, 16, 17, 3 * BLOCK - 1])
def test_words_made_by_chance_are_found_among_any_rows(count: int) -> None:
    parts, texts = parts_and_texts(count)
    index, chance = SearchIndex(parts), random.Random(5)
    whole = np.arange(count)
    for _ in range(150):
        words = [word_by_chance(chance) for _ in range(chance.randint(1, 3))]
        rows = whole[whole % chance.choice((1, 1, 2, 7, 101)) == 0]
        expected = [row for row in rows.tolist() if all(word in texts[row] for word in words)]
        assert index.matching(words, rows).tolist() == expected, words
        both = any(words[0] in text and words[-1] in text for text in texts)
        assert index.hold_together(words[0], words[-1]) == both, words


def word_by_chance(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return chance.choice(("port", "港口", "项目", "east", "dong", "口"))
    return "".join(chance.choices(LETTERS, k=chance.randint(1, 4)))


def test_what_many_texts_have_is_found_in_those_that_have_it() -> None:
    """Words alone and pairs of characters are common only from some text on, and more and more."""
    chance, words = random.Random(9), ["park", "parking", "港口", "湿地", "ar"]
    own = [
        " ".join(chance.choices(words[: 2 + row // BLOCK], k=3))
        + "".join(chance.choices("港口湿地公园" if row > BLOCK else "港口", k=4))
        for row in range(3 * BLOCK + 5)
    ]
    index = SearchIndex((text, ()) for text in own)
    asked = ("park", "ark", "parkin", "ar", "a", "港口", "口港", "港口湿", "湿地公园", "地", "g口")
    for word in asked:
        expected = [row for row, text in enumerate(own) if word in text]
        assert rows_of(index, [word]) == expected, word
        assert index.holds(word) == bool(expected), word
    for word in asked:  # with those of the others marked
        assert rows_of(index, [word, "湿地"]) == [
            row for row, text in enumerate(own) if word in text and "湿地" in text
        ]


def test_what_a_word_implies_is_found_where_the_text_itself_has_it() -> None:
    own = ["old harbour", "port", "port of call", "airport", "harbour"] * 400
    implied = [("port", ("harbour", "quay")), ("quay", ("pier",)), ("call", ("harbour", "quay"))]
    index = SearchIndex(((text, [("port",)] if text == "harbour" else []) for text in own), implied)
    holding = [row for row, text in enumerate(own) if "port" in text]
    assert rows_of(index, ["quay"]) == holding
    assert rows_of(index, ["harbour"]) == list(range(len(own)))
    assert rows_of(index, ["port"]) == [row for row in range(len(own)) if row % 5]
    assert not index.holds("pier")


def test_no_word_begins_in_one_text_and_ends_in_the_next() -> None:
    index = SearchIndex([("ab", [("cd",)]), ("ef", [])])
    assert not index.holds("be")
    assert not index.holds("bcd")
    assert not index.holds("cdef")


def test_no_texts_hold_nothing() -> None:
    index = SearchIndex([])
    assert not index.holds("a")
    assert not index.holds("abcd")
    assert not rows_of(index, ["abcd"])


def test_what_many_texts_share_is_held_once() -> None:
    index = SearchIndex((f"{number}号", [SHARED[0]]) for number in range(500))
    assert len(rows_of(index, ["dongxian"])) == 500
    assert vars(index)["_shared"].codes("dongxian") == [0]


def looked_at(monkeypatch: pytest.MonkeyPatch, count: int, words: list[str]) -> int:
    """How many texts a search looks at, of so many that each have a number and the same words."""
    index = SearchIndex((f"港口 port {number:07}号地", ()) for number in range(count))
    looked = Counter[str]()
    own, alone = SearchIndex._scan, SearchIndex._row_holds

    def scan(index: SearchIndex, sought: Sought, number: int) -> Iterator[int]:
        looked["own"] += int(sought.groups[number]).bit_count() * GROUP
        return own(index, sought, number)

    def row_holds(index: SearchIndex, sought: Sought, row: int) -> bool:
        looked["row"] += 1
        return alone(index, sought, row)

    monkeypatch.setattr(SearchIndex, "_scan", scan)
    monkeypatch.setattr(SearchIndex, "_row_holds", row_holds)
    assert rows_of(index, words) == [count // 2]
    return looked.total()


def test_a_word_that_few_have_is_looked_for_where_it_may_be_and_others_there_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few, many = (
        looked_at(monkeypatch, count, ["port", "港口", f"{count // 2:07}"])
        for count in (4 * BLOCK, 40 * BLOCK)
    )
    assert many <= 2 * few
    assert many < BLOCK


def test_groups_are_those_that_have_the_pieces_of_a_word() -> None:
    grams = Grams()
    texts = [f"number {number:04} 港口".encode() for number in range(40)]
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    grams.add(b"\n".join(texts), starts)
    grams.settle()
    assert grams.holding("港口".encode()).tolist() == [0b111]
    assert grams.holding("港湾".encode()).tolist() == [0]
    assert grams.holding(b"0039").tolist() == [0b100]
    assert grams.holding(b"er").tolist() == [0b111]
    assert grams.holding(b"").tolist() == [0b111]
