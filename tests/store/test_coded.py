"""Columns by their different values: found so is what is found row by row."""

import re
from typing import Any

import numpy as np
import pytest

from app.store.columns import FeatureColumns
from app.store.cql import Evaluation, coded, evaluate, read_filter, searched_in
from app.store.cql.coded import coded_texts, plain_part
from app.store.cql.effort import AT_ONCE
from app.store.cql.operators.comparison import pattern_of
from app.store.cql.values import GEOMETRY, LIST, NUMBER, TEXT
from tests.store.plain_cql import holds

WORDS = ("港口", "物流", "Port", "é", "a%b", "a_b", "\\", "")
KINDS = {"name": TEXT, "kind": TEXT, "terms": LIST, "size": NUMBER, "geometry": GEOMETRY}
COUNT = 3 * coded.FEW
PATTERNS = (
    "%12%", "Port%", "%物流", "港口_1%7", "%", "", "_%", "a\\%b%", "%\\\\%", "%a%1%2%", "Port 12",
    "%\0%", "\U0010ffff%", "%港口%é%",
)  # fmt: skip


def feature(at: int) -> dict[str, Any]:
    name = f"{WORDS[at % len(WORDS)]}{' ' * (at % 2)}{WORDS[at // 7 % len(WORDS)]}{at}"
    return {
        "geometry": None if at % 11 == 0 else {"type": "Point", "coordinates": [at % 360 / 2, 40]},
        "properties": {
            "name": None if at % 13 == 0 else name, "kind": WORDS[at % 5],
            "terms": list(WORDS[: at % 3]), "size": at % 17,
        },
    }  # fmt: skip


FEATURES = [feature(at) for at in range(COUNT)]


@pytest.fixture(scope="module")
def columns() -> FeatureColumns:
    return FeatureColumns(FEATURES, KINDS)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("of", ["name", "kind"])
def test_a_pattern_finds_what_it_finds_text_by_text(
    columns: FeatureColumns, of: str, pattern: str
) -> None:
    matches = pattern_of(pattern).fullmatch
    texts = [one["properties"][of] for one in FEATURES]
    expected = [text is not None and matches(text) is not None for text in texts]
    quoted = pattern.replace("'", "''")
    found = evaluate({"op": "like", "args": [{"property": of}, quoted]}, columns)
    assert found.tolist() == expected


@pytest.mark.parametrize("text", [
    "name < 'Port'", "'Port' < name", "name >= '港口'", "NOT name = 'Port Port2'", "kind <> 'é'",
    "name = name", "kind < name", "name IN ('x', '港口港口0', 'Port')", "kind NOT IN ('Port')",
    "size IN (1, 2.5, 3)", "name BETWEEN 'A' AND 'b'", "name = ''", "name > '\U0010ffff'",
    "CASEI(name) LIKE CASEI('%PORT%')", "ACCENTI(kind) = 'e'", "char_length(name) > 7",
    "A_CONTAINS(terms, ('物流'))", "A_EQUALS(terms, ())", "A_OVERLAPS(('Port','港口'), terms)",
    "A_CONTAINEDBY(terms, terms)",
])  # fmt: skip
def test_a_filter_finds_what_it_finds_feature_by_feature(
    columns: FeatureColumns, text: str
) -> None:
    expression = read_filter(text)
    for _ in range(2):  # what was kept says the same
        found = evaluate(expression, columns)
        assert found.tolist() == [holds(expression, one) is True for one in FEATURES]


def test_of_a_pattern_with_a_plain_part_only_texts_that_hold_it_are_looked_at() -> None:
    texts = coded_texts([one["properties"]["name"] or "" for one in FEATURES])
    seen: list[str] = []

    def matches(text: str) -> bool:
        seen.append(text)
        return True

    texts.matching(matches, "1234")
    assert seen
    assert all("1234" in text for text in seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(("pattern", "part"), [
    ("%abc%", "abc"), ("a%bcd_e", "bcd"), ("a\\%bcd", "bcd"), ("%", ""), ("abc\\", "abc\\"),
])  # fmt: skip
def test_the_longest_plain_part_of_a_pattern(pattern: str, part: str) -> None:
    assert plain_part(pattern) == part
    assert part in "".join(re.sub(r"\\(.)", r"\1", pattern))


def test_equal_values_are_one_object(columns: FeatureColumns) -> None:
    for name, most in (("kind", 5), ("terms", 3)):
        assert len(set(map(id, columns.column(name).data))) <= most


def test_all_columns_of_a_filter_are_read_together() -> None:
    reads = []

    class Counted(list[Any]):
        def __iter__(self) -> Any:
            reads.append(1)
            return super().__iter__()

    columns = FeatureColumns(Counted(FEATURES), KINDS)
    columns.make(("name", "kind", "name", "moon"))
    assert len(reads) == 1
    columns.make(("name",))
    assert len(reads) == 1
    assert columns.held("size") is None


@pytest.mark.parametrize(("text", "short"), [
    ("kind = 'é' AND size BETWEEN 3 AND 4", True), ("name LIKE 'Port%'", True),
    ("kind IN ('a','b') OR NOT size IS NULL", True), ("name LIKE '%1_2%'", True),
    ("name LIKE '%_%'", False), ("kind = name", False), ("UPPER(name) = 'x'", False),
    ("S_INTERSECTS(geometry, POINT(1 1))", False), ("TRUE", False), ("A_EQUALS(terms, ())", True),
    (" OR ".join(["size = 1"] * 300), False), (f"kind IN ({','.join(['1'] * 101)})", False),
])  # fmt: skip
def test_what_is_known_to_be_short(columns: FeatureColumns, text: str, short: bool) -> None:
    expression = read_filter(text)
    columns.make(KINDS)
    evaluate(read_filter("name LIKE '%1%'"), columns)
    assert (Evaluation(expression, columns).effort(columns) <= AT_ONCE) is short


def test_what_is_not_made_yet_may_be_long() -> None:
    columns = FeatureColumns(FEATURES, KINDS)
    part = read_filter("name LIKE '%1%'")
    assert Evaluation(part, columns).effort(columns) == np.inf
    columns.make(("name",))
    assert Evaluation(part, columns).effort(columns) == np.inf, "nor what its texts contain"
    for once in columns.searching(searched_in([part])):
        once.get()
    assert Evaluation(part, columns).effort(columns) < AT_ONCE
    folded = read_filter("CASEI(name) = 'x'")
    assert Evaluation(folded, columns).effort(columns) == np.inf
    evaluate(folded, columns)
    assert Evaluation(folded, columns).effort(columns) < AT_ONCE
