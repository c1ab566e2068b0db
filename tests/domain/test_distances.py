"""Distances and references in words: the same in the data as on the page."""

import json
from typing import Any

import pytest

from app.domain.models import PlanRef
from app.domain.text.distances import access_words, away_words, distance_words
from app.settings import ROOT

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (ROOT / "tests" / "shared" / "distance_cases.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["distances"], ids=lambda case: case["en"])
def test_a_distance_is_said_as_on_the_page(case: dict[str, Any]) -> None:
    assert distance_words(case["metres"]) == (case["zh"], case["en"])


@pytest.mark.parametrize("case", CASES["away"], ids=lambda case: case["en"])
def test_a_distance_less_than_its_doubt_is_a_range(case: dict[str, Any]) -> None:
    assert away_words(case["metres"], case["doubt"]) == (case["zh"], case["en"])


@pytest.mark.parametrize("case", CASES["access"], ids=lambda case: case["en"])
def test_how_far_the_port_is_is_said_as_on_the_page(case: dict[str, Any]) -> None:
    assert access_words(case["nearest"]) == (case["zh"], case["en"])


@pytest.mark.parametrize("case", CASES["references"], ids=lambda case: case["en"])
def test_a_reference_is_said_as_on_the_page(case: dict[str, Any]) -> None:
    ref = PlanRef(case["chapter"], case["section"], case["box"])
    assert (ref.citation("zh"), ref.citation("en")) == (case["zh"], case["en"])
