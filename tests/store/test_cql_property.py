"""Hundreds of filters, each computed twice: on columns, and plainly a feature at a time.

`EXAMPLES=5000 pytest tests/store/test_cql_property.py` tries as many as that.
"""

import os
from collections.abc import Iterator
from typing import Any

import cql2
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.catalog.catalog import Catalog
from app.catalog.collections import plan_store
from app.pack.pack import Pack
from app.store.cql import evaluate, read_filter
from app.store.feature_table import cleaned
from app.store.memory import MemoryStore
from tests.store.plain_cql import holds
from tests.store.write_cql import cql_text

EVERY = 19
"""One feature in so many is enough: every layer, method and precision is still there."""

TEXTS = ("id", "layer", "category", "name", "name_en", "status", "precision", "basis", "note",
         "plan.chapter", "plan.box", "located_by.method")  # fmt: skip
NUMBERS = ("uncertainty_m", "voltage_kv", "length_km", "area_mu")
LISTS = ("counties", "facts", "related", "source", "located_by.places", "industries")


@pytest.fixture(scope="module")
def features(pack: Pack) -> "Features":
    """Some of the plan as the store has it: an empty text is none, those without a place last."""
    some = [
        {**feature, "properties": cleaned(feature["properties"])[0]}
        for feature in pack.features[::EVERY]
    ]
    return Features(sorted(some, key=lambda feature: feature["geometry"] is None))


@pytest.fixture(scope="module")
def store(catalog: Catalog, features: list[dict[str, Any]]) -> MemoryStore:
    return plan_store(catalog, features, "test")


@pytest.fixture(scope="module")
def indexed(catalog: Catalog, features: list[dict[str, Any]]) -> Iterator[MemoryStore]:
    """The same, where every row is looked up that can be, as of very many."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("narrow.ALL_MOST", "narrow.SHARE", "coded.FEW", "coded_lists.FEW"):
            patch.setattr(f"app.store.cql.{name}", 1)
        yield plan_store(catalog, features, "test")


class Features(list[dict[str, Any]]):
    """Hypothesis writes out what a failing test was given: not all of this."""

    def __repr__(self) -> str:
        return f"{len(self)} features"


def named(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(names).map(lambda name: {"property": name})


def off(start: float, by: float) -> float:
    """A coordinate further on, with two decimals as the rest."""
    return round(start + by, 2)


def called(op: str, *args: Any) -> dict[str, Any]:
    return {"op": op, "args": list(args)}


WORDS = st.sampled_from(
    ("planned", "building", "county", "site", "point", "transport", "绥中", "港", "铁路", "第五章",
     "Port", "published", "it's", "", "é", "100%", "a_b", "专栏5-1")
)  # fmt: skip
PATTERNS = st.lists(
    st.sampled_from(("%", "_", "港", "绥", "县", "Port", "a", "e", "\\%")), max_size=5
).map("".join)
FIGURES = st.one_of(
    st.integers(-10, 60_000), st.sampled_from((0, 0.5, 300, 500.0, 2000, 8000, 66, 220, 1e9))
)
LIST_VALUES = st.lists(
    st.sampled_from(("211421", "211422", "211402", "frykit", "geonames", "绥中港", "泳装")),
    max_size=3,
)
LNG = st.integers(11910, 12120).map(lambda hundredths: hundredths / 100)
LAT = st.integers(3990, 4130).map(lambda hundredths: hundredths / 100)
POINTS = st.tuples(LNG, LAT).map(lambda at: {"type": "Point", "coordinates": list(at)})
BOXES = st.tuples(LNG, LAT, st.floats(0.05, 1), st.floats(0.05, 1)).map(
    lambda b: {"bbox": [b[0], b[1], round(b[0] + b[2], 3), round(b[1] + b[3], 3)]}
)
POLYGONS = st.tuples(LNG, LAT, st.sampled_from((0.1, 0.4, 1.0))).map(
    lambda p: {
        "type": "Polygon",
        "coordinates": [[[p[0], p[1]], [off(p[0], p[2]), p[1]], [p[0], off(p[1], p[2])],
                         [p[0], p[1]]]],
    }
)  # fmt: skip
TEXT_VALUES = st.one_of(
    named(TEXTS),
    WORDS,
    st.builds(called, st.sampled_from(("casei", "accenti", "upper", "lower")), named(TEXTS)),
)
NUMBER_VALUES = st.recursive(
    st.one_of(named(NUMBERS), FIGURES, st.builds(called, st.just("char_length"), named(TEXTS))),
    lambda inner: st.builds(called, st.sampled_from("+-*/%"), inner, inner),
    max_leaves=4,
)
SIGNS = st.sampled_from(("=", "<>", "<", "<=", ">", ">="))
SPATIAL = ("s_intersects", "s_disjoint", "s_within", "s_contains", "s_equals", "s_touches",
           "s_crosses", "s_overlaps")  # fmt: skip
PREDICATES = st.one_of(
    st.builds(called, SIGNS, TEXT_VALUES, TEXT_VALUES),
    st.builds(called, SIGNS, NUMBER_VALUES, NUMBER_VALUES),
    st.builds(called, st.just("like"), TEXT_VALUES, PATTERNS),
    st.builds(called, st.just("between"), NUMBER_VALUES, FIGURES, FIGURES),
    st.builds(called, st.just("in"), TEXT_VALUES, st.lists(WORDS, min_size=1, max_size=4)),
    st.builds(called, st.just("isNull"), named((*TEXTS, *NUMBERS, *LISTS, "geometry"))),
    st.builds(
        called, st.sampled_from(("a_contains", "a_containedBy", "a_equals", "a_overlaps")),
        named(LISTS), st.one_of(LIST_VALUES, named(LISTS)),
    ),
    st.builds(
        called, st.sampled_from(SPATIAL), st.just({"property": "geometry"}),
        st.one_of(POINTS, BOXES, POLYGONS),
    ),
    st.booleans(),
)  # fmt: skip
FILTERS = st.recursive(
    PREDICATES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: called("and", *parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: called("or", *parts)),
        st.builds(called, st.just("not"), inner),
    ),
    max_leaves=6,
)
EXAMPLES = int(os.environ.get("EXAMPLES", "600"))
SLOW_MACHINE = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@SLOW_MACHINE
@given(expression=FILTERS)
def test_a_filter_gives_the_ids_of_the_plain_computation(
    expression: Any, features: list[dict[str, Any]], store: MemoryStore
) -> None:
    rows = evaluate(expression, store.columns)
    found = {one["id"] for one, row in zip(features, rows, strict=True) if row}
    assert found == {one["id"] for one in features if holds(expression, one) is True}


@SLOW_MACHINE
@given(expression=FILTERS)
def test_what_an_index_leaves_out_is_not_true(
    expression: Any, features: list[dict[str, Any]], indexed: MemoryStore
) -> None:
    rows = evaluate(expression, indexed.columns).tolist()
    assert rows == [holds(expression, one) is True for one in features]


@settings(SLOW_MACHINE, max_examples=EXAMPLES // 3)
@given(expression=FILTERS)
def test_text_and_json_say_the_same(expression: Any) -> None:
    text = cql_text(expression)
    assert same(read_filter(text), expression)


@settings(SLOW_MACHINE, max_examples=EXAMPLES // 3)
@given(expression=FILTERS)
def test_text_reads_as_the_reference_implementation_reads_it(expression: Any) -> None:
    text = cql_text(expression)
    assume("()" not in text)  # it knows no empty array
    assume(text.count("(") < 12)  # its time doubles with each bracket
    assert same(flat(read_filter(text)), flat(cql2.parse_text(text).to_json()))


def same(one: Any, other: Any) -> bool:
    """Equal, whatever kind of number."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def flat(expression: Any) -> Any:
    """With an `or` inside an `or` taken apart, as the reference does."""
    if isinstance(expression, list):
        return [flat(one) for one in expression]
    if not isinstance(expression, dict) or "op" not in expression:
        return expression
    op, args = expression["op"], []
    for one in map(flat, expression["args"]):
        nested = isinstance(one, dict) and one.get("op") == op and op in ("and", "or")
        args += one["args"] if nested else [one]
    return {"op": op, "args": args}
