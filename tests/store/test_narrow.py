"""Filters of many features: what an index leaves is looked at, nothing else, and found alike."""

import asyncio
from typing import Any

import numpy as np
import pytest
import shapely

from app.domain.errors import BadValue, TooCostly
from app.store.base import Filter, Order, Query
from app.store.columns import FeatureColumns
from app.store.cql import (
    Evaluation,
    coded,
    coded_lists,
    effort,
    evaluate,
    narrow,
    read_filter,
    searched_in,
)
from app.store.cql.cost import Size
from app.store.cql.effort import AT_ONCE
from app.store.cql.filters import Filters, Marked
from app.store.cql.pieces import TextPieces, distinct
from app.store.facets import OfMany, OfOne
from app.store.memory import MemoryStore

NAMES = ("葫芦岛港", "兴城公路", "Port Authority", "é a", "绥中 50%", "\U00020000")
KINDS = {
    "name": "text", "kind": "text", "size": "number", "built": "date", "terms": "list",
    "tags": "list", "geometry": "geometry",
}  # fmt: skip
COUNT = 6_000


def feature(at: int) -> dict[str, Any]:
    return {
        "id": str(at),
        "geometry": {"type": "Point", "coordinates": [119 + at % 80 / 40, 40 + at // 80 / 80]},
        "properties": {
            "layer": "sites" if at % 3 else "roads", "name": f"{NAMES[at % len(NAMES)]}{at}",
            "kind": f"kind {at % 200}" if at % 7 else None, "size": at % 900 / 4,
            "built": f"20{at % 80 + 10}-01-01", "terms": [NAMES[at % 4]],
            "tags": None if at % 11 == 0 else [f"t{at % 20}", at % 2000, at % 2 == 0],
        },
    }  # fmt: skip


def store_of(count: int) -> MemoryStore:
    store = MemoryStore(map(feature, range(count)), "1", KINDS)
    store.columns.make(KINDS)
    return store


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return store_of(COUNT)


FEW_LOOKED_AT = (
    "name LIKE '%1234%'", "name LIKE '%港12%' AND size > 3", "name LIKE '葫芦岛港600%'",
    "name LIKE '%港_00%' AND kind = 'kind 100'", "name LIKE '%\U00020000100%'", "name LIKE '%无%'",
    "name LIKE '%é a12_'", "kind = 'kind 3'", "kind IN ('kind 3','nothing')", "'kind 3' = kind",
    "size = 7.25", "1 > size AND NOT kind IS NULL", "size BETWEEN 3 AND 4",
    "size IN (1, 2.5, 0.3)", "size BETWEEN 4 AND 3", "size > 223 OR kind = 'kind 5'",
    "built = DATE('2011-01-01')", "S_INTERSECTS(geometry,BBOX(119.1,40.1,119.15,40.15))",
    "S_WITHIN(geometry,POLYGON((119 40,119.05 40,119 40.05,119 40)))",
    "distance_km(geometry,POINT(120 40.5)) < 30 AND name LIKE '%99 %'",
    "A_CONTAINS(terms,('兴城公路')) AND size < 1", "A_CONTAINS(tags,(77))",
    "A_OVERLAPS((7,8),tags)",
    "A_CONTAINEDBY((7,'t7'),tags)", "A_EQUALS(tags,('t8',8,TRUE))", "A_EQUALS(tags,('t8',9))",
    "A_OVERLAPS(tags,('nothing')) OR A_CONTAINS(tags,('t8',88))",
    "char_length(name) = 5 AND size = 3",
)  # fmt: skip
FEW_TRUE = (
    *FEW_LOOKED_AT, "CASEI(name) LIKE CASEI('%AUTHORITY15%')", "name LIKE '%50\\%12%'",
    "name LIKE '%é_a1%'", "3 > size AND NOT kind IS NULL",
)  # fmt: skip
MANY_TRUE = (
    "A_OVERLAPS(tags,('t1','t2',3))", "A_CONTAINEDBY(tags,('t8',8,TRUE))", "A_CONTAINS(tags,())",
    "NOT A_CONTAINS(tags,('t1'))", "A_EQUALS(tags,tags)", "A_EQUALS((),tags)",
    "size > 3", "name LIKE '%1%'", "name LIKE '%Port%' OR size < 1",
    "NOT kind = 'kind 3'",
    "kind <> 'kind 3'", "S_DISJOINT(geometry,BBOX(119.1,40.1,119.2,40.2))", "TRUE", "name LIKE '%'",
    "size IN (0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20)", "kind IS NULL",
    "name LIKE '%1%' AND kind = kind", "name LIKE '%港%1'", "name LIKE '%\0%' OR size > 8",
)  # fmt: skip


@pytest.mark.parametrize("text", FEW_TRUE + MANY_TRUE)
def test_all_is_found_that_is_found_by_looking_at_all(
    store: MemoryStore, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expression = read_filter(text)
    query = Query(filters=(Filter(expression),))
    found = store.rows(query)
    again = Query(filters=query.filters, layers=("sites",), bbox=(119.0, 40.0, 119.3, 40.3))
    in_box = store.rows(again)
    looked_up = evaluate(expression, store.columns)
    monkeypatch.setattr(narrow, "ALL_MOST", COUNT)
    expected = np.flatnonzero(evaluate(expression, store.columns))
    assert found.tolist() == np.flatnonzero(looked_up).tolist() == expected.tolist()
    among = store.rows(Query(layers=again.layers, bbox=again.bbox))
    assert in_box.tolist() == [row for row in expected.tolist() if row in set(among.tolist())]


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many rows columns were asked for."""
    counts: list[int] = []
    of = FeatureColumns.of

    def counted(self: FeatureColumns, rows: Any) -> Any:
        counts.append(len(rows))
        return of(self, rows)

    monkeypatch.setattr(FeatureColumns, "of", counted)
    return counts


@pytest.mark.parametrize("text", FEW_LOOKED_AT)
def test_few_rows_are_looked_at(text: str, looked_at: list[int]) -> None:
    store_of(COUNT).rows(Query(filters=(Filter(read_filter(text)),)))
    assert len(looked_at) == 1
    assert max(looked_at) <= COUNT // narrow.SHARE


def test_of_ten_times_as_many_no_more_are_looked_at(looked_at: list[int]) -> None:
    text = "size > 100 AND name LIKE '%4321%'"
    for count in (COUNT, 10 * COUNT):
        store_of(count).rows(Query(filters=(Filter(read_filter(text)),)))
    few, more = looked_at
    assert few <= 3
    assert more <= 16


def test_in_a_small_box_few_are_looked_at(store: MemoryStore, looked_at: list[int]) -> None:
    box = (119.0, 40.0, 119.1, 40.1)
    inside = store.rows(Query(bbox=box))
    some = Filter(read_filter("size > 50"))
    assert len(store.rows(Query(bbox=box, filters=(some,)))) < len(inside)
    assert looked_at == [len(inside)]


@pytest.mark.parametrize("text", ["name LIKE kind", "name > 3", "nothing = 1", "name LIKE 3"])
@pytest.mark.parametrize("box", [None, (0.0, 0.0, 1.0, 1.0), (119.0, 40.0, 119.0, 40.0)])
def test_what_is_wrong_is_refused_however_few_are_looked_at(
    store: MemoryStore, text: str, box: Any
) -> None:
    expression = {"op": "and", "args": [read_filter("name = 'é a3'"), read_filter(text)]}
    with pytest.raises(BadValue):
        store.rows(Query(bbox=box, filters=(Filter(expression),)))


def test_the_cost_is_that_of_what_is_looked_at(store: MemoryStore) -> None:
    far = "distance_km(geometry,POINT(120 40.5)) < 30"
    most = 10_000
    with pytest.raises(TooCostly):
        store.rows(Query(filters=(Filter(read_filter(far)),), cost_most=most))
    few = read_filter(f"{far} AND name LIKE '%1234%'")
    assert len(store.rows(Query(filters=(Filter(few),), cost_most=most))) <= 1


def test_so_many_conditions_are_looked_up_and_no_more(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    compared = narrow.RULES["="]

    def counted(*given: Any) -> Any:
        asked.append(given)
        return compared(*given)

    monkeypatch.setitem(narrow.RULES, "=", counted)
    parts = [read_filter(f"size = {number}") for number in range(1000)]
    evaluate({"op": "and", "args": parts}, store.columns)
    assert len(asked) == narrow.LOOKUPS


@pytest.mark.parametrize("part", [slice(0, 3), slice(5, 9), slice(90, 120), slice(0, None),
                                  slice(999, 1001), slice(0, 0)])  # fmt: skip
@pytest.mark.parametrize("every", [1, 7, 400])
def test_rows_that_are_marked_are_made_as_far_as_asked_for(part: slice, every: int) -> None:
    mask = np.zeros(1000, np.bool_)
    mask[::every] = True
    mask[990:] = True
    expected = np.flatnonzero(mask)
    assert len(Marked(mask)) == len(expected)
    assert Marked(mask)[part].tolist() == expected[part].tolist()


@pytest.mark.parametrize("texts", [["", "abc", "abcabc", "中文"], [""], ["\U0010ffff" * 9, "a"]])
def test_pieces_tell_which_texts_hold_a_part(texts: list[str]) -> None:
    pieces = TextPieces(texts)
    parts = {text[start:stop] for text in texts for start in range(9) for stop in range(1, 10)}
    for part in {*parts, "x", "ab中", "a" * 99} - {""}:
        holding = {at for at, text in enumerate(texts) if part in text}
        found = pieces.texts(part).tolist()
        assert holding <= set(found)
        assert found == sorted(set(found))
        if len(part) <= pieces.length:
            assert holding == set(found)


def test_texts_of_two_pieces_are_compared() -> None:
    texts = [f"{at:04}{other}" for at in range(0, 6000, 3) for other in ("56", "5")]
    grams = TextPieces(texts)
    found = grams.texts("0456")
    assert found.tolist() == [at for at, text in enumerate(texts) if "0456" in text]
    low, high = grams.holding("30056")
    several = grams.texts("30056")
    assert {at for at, text in enumerate(texts) if "30056" in text} <= set(several.tolist())
    assert len(several) <= high - low


def test_texts_that_are_too_long_together_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coded, "CHARACTERS_MOST", 10_000)
    columns = store_of(COUNT).columns
    assert not list(columns.searching(["name"]))
    assert evaluate(read_filter("name LIKE '%1234%'"), columns).sum() == 1


def test_numbers_once_and_in_order() -> None:
    assert distinct(np.array([3, 1, 3, 1, 2])).tolist() == [1, 2, 3]
    assert distinct(np.empty(0, np.intp)).tolist() == []


def test_how_many_lie_in_a_box_is_reckoned_by_some() -> None:
    tree = shapely.STRtree([shapely.Point(at / 100, 40) for at in range(10_000)])
    assert narrow.share_in(tree, shapely.box(0, 39, 25, 41)) == pytest.approx(0.25, abs=0.02)
    assert 0 < narrow.share_in(tree, shapely.box(0, 50, 1, 51)) < 0.01
    assert narrow.share_in(shapely.STRtree([]), shapely.box(0, 0, 1, 1)) == 0


def test_sizes_are_known_with_the_columns(store: MemoryStore, monkeypatch: Any) -> None:
    monkeypatch.setattr("app.store.columns.size_of", lambda value: pytest.fail("again"))
    assert store.columns.size("name").rows == COUNT
    assert store.columns.size("nothing") == Size()
    assert Filters(store.columns).evaluations(Query()) == []


def test_which_lists_have_a_member_is_made_before_it_is_asked_at_once() -> None:
    columns = store_of(COUNT).columns
    expression = read_filter("A_CONTAINS(tags,('t1'))")
    evaluation = Evaluation(expression, columns)
    assert evaluation.effort(columns) > AT_ONCE
    for once in columns.searching(searched_in(expression)):
        once.get()
    assert evaluation.effort(columns) < AT_ONCE
    assert list(searched_in(read_filter("CASEI(name) LIKE 'x' OR kind = 'y'"))) == []


@pytest.mark.parametrize("facet", [OfOne, OfMany])
def test_rows_of_values_are_those_that_have_them(facet: type[OfOne | OfMany]) -> None:
    values = [[f"v{at % 5}", f"w{at % 3}", f"v{at % 5}"] for at in range(60)]
    known = facet()
    for own in values:
        known.add(own if isinstance(known, OfMany) else own[0])
    order = np.arange(60)[::-1] * 7 % 60
    known.settle(order)
    every = np.arange(60)
    for wanted in (["v1"], ["v1", "v4"], ["v0", "w1"], ["nothing"], [], ["v2", "nothing"]):
        assert known.rows(wanted).tolist() == every[known.has(every, wanted)].tolist()
    assert known.counts(every)["v1"] == 12
    nobody = facet()
    nobody.settle(np.arange(0))
    assert nobody.rows(["v1"]).tolist() == []


@pytest.mark.parametrize(("text", "at_once"), [("name LIKE '%1234%'", True), ("size > 3", False)])
def test_few_rows_are_sorted_at_once(text: str, at_once: bool) -> None:
    store = store_of(COUNT)
    orders = (Order("size", descending=True),)
    query = Query(filters=(Filter(read_filter(text)),), order=orders)
    for once in store.columns.searching(["name"]):
        once.get()
    page = store.search_now(query)
    assert (page is not None) is at_once
    every = Query(order=orders)
    assert store.search_now(every) is None
    assert store.rows(every).tolist() == sorted(range(COUNT), key=lambda at: -(at % 900))
    assert store.search_now(every) is not None, "they are sorted for the pages that follow"
    assert store.search_now(Query(order=orders, by_layer=True)) is None
    assert store_of(4_000).search_now(Query(order=orders)) is not None
    unmade = MemoryStore(map(feature, range(9)), "1", KINDS)
    assert unmade.search_now(Query(order=orders)) is None
    if page is not None:
        assert page.matched == asyncio.run(store.search(query)).matched == 1


def test_a_part_costs_less_than_a_pattern(store: MemoryStore) -> None:
    part, pattern = (
        Evaluation(read_filter(text), store.columns).cost()
        for text in ("name LIKE '%12%'", "name LIKE '%1_2%'")
    )
    assert part < 0.5 * pattern


def test_of_lists_with_too_many_members_each_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coded_lists, "MEMBERS_MOST", 100)
    columns = store_of(COUNT).columns
    assert evaluate(read_filter("A_CONTAINS(tags,(76))"), columns).sum() == 3


def test_what_few_rows_are_looked_at_for_is_found_at_once(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many rows there are beside these."""
    monkeypatch.setattr(effort, "ROW", 1_000_000 / COUNT)
    monkeypatch.setattr(effort, "ROW_FOUND", 1_000_000 / COUNT)
    for once in store.columns.searching(["name"]):
        once.get()
    efforts = [
        Evaluation(read_filter(text), store.columns).effort(store.columns)
        for text in ("size > 3 AND name LIKE '%1234%'", "size > 3 AND name LIKE '%1%'",
                     "name = 'x' AND distance_km(geometry,POINT(120 40)) < 3",
                     " OR ".join(f"size = {number}" for number in range(90)))
    ]  # fmt: skip
    assert efforts[0] < AT_ONCE < efforts[1]
    assert efforts[2] == efforts[3] == np.inf
