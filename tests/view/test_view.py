"""The view's query string, by the same table that the page's reader is held to."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from app.catalog.catalog import Catalog
from app.domain.errors import BadValue, RequestError, UnknownParameter
from app.domain.text.characters import spelt_out
from app.pack.pack import Pack
from app.view.view import View, ViewPlace, Vocabulary, parse_view, read_view

TABLE = json.loads(
    (Path(__file__).parents[1] / "shared" / "view_cases.json").read_text(encoding="utf-8")
)
WORDS = Vocabulary(
    layers=tuple(TABLE["vocabulary"]["layer"]),
    categories=tuple(TABLE["vocabulary"]["category"]),
    counties={code: code for code in TABLE["vocabulary"]["county"]},
    names=TABLE["vocabulary"]["names"],
    terms=tuple(TABLE["vocabulary"]["term"]),
    sites=tuple(TABLE["vocabulary"]["site"]),
    places=lambda: {
        name: ViewPlace(name, tuple(at)) for name, at in TABLE["vocabulary"]["places"].items()
    },
    languages=tuple(TABLE["vocabulary"]["lang"]),
    bases=tuple(TABLE["vocabulary"]["base"]),
    foreign=tuple(TABLE["vocabulary"]["foreign"]),
)


def parse(query: str) -> View:
    return parse_view(parse_qsl(query, keep_blank_values=True), WORDS)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_the_view_is_read_and_written_as_the_table_says(case: dict[str, Any]) -> None:
    pairs = parse_qsl(case["query"], keep_blank_values=True)
    view, problems = read_view(pairs, WORDS)
    assert view.query_string() == case["canonical"]
    refused = [[spelt_out(name), spelt_out(value)] for name, value in case.get("refused", [])]
    assert [said(problem, pairs) for problem in problems] == refused


def said(problem: RequestError, pairs: list[tuple[str, str]]) -> list[str]:
    """Name and value of what was refused; of an unknown name, the value it came with."""
    if isinstance(problem, UnknownParameter):
        return [problem.name, dict(pairs)[problem.name]]
    assert isinstance(problem, BadValue)
    return [problem.name, str(problem.value)]


@pytest.mark.parametrize(
    "case",
    [case for case in TABLE["cases"] if "refused" in case],
    ids=lambda case: case["name"],
)
def test_a_file_is_refused_for_what_a_page_names(case: dict[str, Any]) -> None:
    with pytest.raises(RequestError):
        parse(case["query"])


@pytest.mark.parametrize(
    "case",
    [case for case in TABLE["cases"] if "refused" not in case],
    ids=lambda case: case["name"],
)
def test_the_canonical_form_reads_back_to_itself(case: dict[str, Any]) -> None:
    assert parse(case["canonical"]).query_string() == case["canonical"]


def test_a_county_is_chosen_by_its_name_though_the_city_is_called_the_same(tiny: Path) -> None:
    plan = tiny / "geodata" / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace('place = "小城"', 'place = "东县"'), "utf-8")
    words = Vocabulary.of(Catalog(Pack(tiny)))
    assert words.counties["东县"] == words.counties["900001"] == "900001"
    assert words.counties["city"] == "city"


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(BadValue, match="separated by commas"):
        parse("county=100001&county=100002")


def test_a_title_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadValue, match="at most 120"):
        parse(f"title={'x' * 121}")


def test_near_needs_something_to_be_near_to() -> None:
    with pytest.raises(BadValue, match="a focus or a place"):
        parse("near=5")


def test_an_unknown_place_is_named_and_where_to_look_said() -> None:
    with pytest.raises(BadValue, match=r"(?s)月亮.*gazetteer"):
        parse("place=月亮&near=5")


def test_a_place_comes_before_the_item_in_focus() -> None:
    assert parse("focus=park-one&near=5").query().near == ("park-one", 5.0)
    assert parse("focus=park-one&place=东镇&near=5").query().near == ((10.3, 50.1), 5.0)


def test_the_default_language_is_not_written() -> None:
    assert parse("lang=zh").query_string() == ""


@pytest.mark.parametrize(
    ("query", "chooses"),
    [("", False), ("lang=en&title=T&theme=dark", False), ("hidden=a,b", False), ("q=港", True),
     ("layer=farms", True), ("county=city", True), ("hidden=a&status=existing", True)],
)  # fmt: skip
def test_a_view_chooses_where_it_leaves_items_out_beside_hidden_ones(
    query: str, chooses: bool
) -> None:
    assert parse(query).chooses is chooses
