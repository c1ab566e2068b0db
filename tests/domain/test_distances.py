"""Distances and references in words: the same in the data as on the page."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.domain.models import PlanRef
from app.domain.table_schema import DESTINATIONS
from app.domain.text.distances import distance_words
from app.formats.tabular.side_by_side import access_text
from app.pack.pack import Pack
from app.settings import ROOT

CASES: dict[str, list[Any]] = json.loads(
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


@pytest.mark.parametrize("case", CASES["access"], ids=lambda case: case["en"])
def test_a_comparison_says_how_far_the_port_is_as_the_card_does(case: dict[str, Any]) -> None:
    found = [access_text(case["nearest"], lang) for lang in ("zh", "en")]
    assert found == [case["zh"], case["en"]]


def test_the_page_asks_for_destinations_in_the_same_order() -> None:
    assert list(DESTINATIONS) == CASES["destinations"]


def test_the_page_is_told_what_every_part_of_a_reference_is_called(
    client: TestClient, pack: Pack
) -> None:
    told = client.get("/pack.json").json()["references"]
    assert set(told) == set(pack.info.languages)
    for ref in (ref for item in pack.items for ref in item.plan_refs):
        for lang, words in told.items():
            parts = (words["parts"].get(part, part) for part in ref.as_dict().values() if part)
            assert words["join"].join(parts) == ref.citation(lang, pack.info.grammar)
