"""A word is found in all texts at once, and in the same ones as by looking at each."""

import random

from app.store.search_index import BLOCK, SearchIndex

SHARED = (("east county", "dongxian"), ("项目", "project"), (), ("港口 port",))


def parts_and_texts(count: int) -> tuple[list[tuple[str, list[tuple[str, ...]]]], list[str]]:
    chance = random.Random(3)
    parts = [
        ("\n".join("".join(chance.choices("ab东港é𠀀", k=4)) for _ in range(3)),
         chance.sample(SHARED, chance.randint(0, 3)))
        for _ in range(count)
    ]  # fmt: skip
    return parts, ["\n".join((own, *(" ".join(one) for one in some))) for own, some in parts]


def test_words_are_found_where_looking_at_each_text_finds_them() -> None:
    parts, texts = parts_and_texts(2 * BLOCK + 7)
    index = SearchIndex(parts)
    for word in ("a", "ab", "东", "港", "港东", "é𠀀", "port", "county", "项目", "dongxian", "zz"):
        expected = [word in text for text in texts]
        assert index.rows(word).tolist() == expected, word
        assert index.holds(word) == any(expected)
    assert len(index) == len(texts)
    assert sorted(index.holding("ab", "项目")) == sorted(
        text for text in texts if "ab" in text and "项目" in text
    )


def test_no_word_begins_in_one_text_and_ends_in_the_next() -> None:
    index = SearchIndex([("ab", [("cd",)]), ("ef", [])])
    assert not index.holds("be")
    assert not index.holds("bcd")
    assert not index.holds("cdef")


def test_no_texts_hold_nothing() -> None:
    assert not SearchIndex([]).holds("a")


def test_what_many_texts_share_is_held_once_and_a_word_is_looked_up_once() -> None:
    index = SearchIndex((f"{number}号", [SHARED[0]]) for number in range(500))
    assert index.rows("dongxian") is index.rows("dongxian")
    assert index.rows("dongxian").all()
    assert [one for one in vars(index)["_shared"] if one] == ["east county dongxian"]
