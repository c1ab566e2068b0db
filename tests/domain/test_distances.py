"""Distances and references in words: the same in the data as on the page."""

import json
from typing import Any

import pytest

from app.domain.models import PlanRef
from app.domain.text.distances import distance_words
from app.settings import ROOT

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (ROOT / "tests" / "shared" / "distance_cases.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["distances"], ids=lambda case: case["en"])
def test_a_distance_is_said_as_on_the_page(case: dict[str, Any]) -> None:
    found = [distance_words(case["metres"], lang) for lang in ("zh", "en")]
    assert found == [case["zh"], case["en"]]


@pytest.mark.parametrize("case", CASES["references"], ids=lambda case: case["en"])
def test_a_reference_is_said_as_on_the_page(case: dict[str, Any]) -> None:
    ref = PlanRef(case["chapter"], case["section"], case["box"])
    assert (ref.citation("zh"), ref.citation("en")) == (case["zh"], case["en"])
