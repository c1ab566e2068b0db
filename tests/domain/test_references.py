"""How a plan writes its references: what a pack may say of it, and what it may not."""

from typing import Any

import pytest

from app.domain.text.references import DEFAULT, Grammar, check_grammar


@pytest.mark.parametrize(
    "table",
    [{}, DEFAULT, {"chapter": "Capítulo {n}"}, {"box": ["Box {n}", "Table {n}"], "join_pt": "; "},
     {"section_pt": "Secção {n}"}],
)  # fmt: skip
def test_a_table_of_forms_with_a_number_each_is_taken(table: dict[str, Any]) -> None:
    assert check_grammar(table)


@pytest.mark.parametrize(
    "table",
    [
        None, [], "chapter", {"verse": "{n}"}, {"chapter_": 3}, {"chapter_ENGLISH": "{n}"},
        {"chapter": "no number"}, {"chapter": "{n} of {n}"}, {"chapter": 3}, {"box": []},
        {"box": ["Box {n}", 3]}, {"box": ["Box {n}", "none"]}, {"join": 3}, {"join": [" "]},
        {"chapter": "Chapter {n}", "section": ""},
    ],
)  # fmt: skip
def test_anything_else_is_refused(table: Any) -> None:
    assert not check_grammar(table)


def test_a_part_that_has_no_form_in_a_language_stands_as_it_is() -> None:
    grammar = Grammar({"box": ["专栏{n}", "表{n}"], "box_en": ["Box {n}"]})
    assert grammar.part_in("专栏5-1", "en") == "Box 5-1"
    assert grammar.part_in("表2", "en") == "表2"
    assert grammar.part_in("附件", "en") == "附件"
