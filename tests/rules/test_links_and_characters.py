"""Characters no file can hold, and addresses a click must not open, wherever they stand."""

from pathlib import Path

import pytest

from app.pack.pack import Pack
from app.rules import check
from tests.rules.breaks import text


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("items/sites.csv", "East Town Mill", "East\x00 Mill", "items/sites.csv:2 name_en"),
        ("items/sites.csv", "East Town Mill", "East\x0c Mill", "items/sites.csv:2 name_en"),
        ("gazetteer.csv", "East Town", "East\x1b Town", "gazetteer.csv:2 name_en"),
        ("sources.csv", "CC BY", "CC\uffff BY", "sources.csv:2 licence"),
        ("plan_outline.csv", "The east", "The\x07 east", "plan_outline.csv:"),
        ("plan.toml", 'title_en = "', 'title_en = "\\u0007', "plan.toml title_en"),
        ("layers.toml", 'title_en = "Area"', 'title_en = "A\\uFFFE"', "layers.toml title_en"),
        ("drawn/site-drawn.geojson", "survey", "sur\\ud800vey", "drawn/site-drawn.geojson "),
        ("boundaries.geojson", '"properties": {', '"properties": {"x": "\\u001b", ', "boundaries"),
    ],
)
def test_a_character_no_file_can_hold_is_named_where_it_stands(
    file: str, old: str, new: str, said: str, tiny: Path
) -> None:
    text(file, old, new)(tiny)
    found = [one for one in check(Pack(tiny)) if one.rule == "characters_can_be_written"]
    assert len(found) == 1
    assert str(found[0]).startswith(said)
    assert "U+" in found[0].value
    assert found[0].expected.startswith("text without U+")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("plan.toml", 'id = "tiny"', 'id = "tiny"\nfeedback = "  JavaScript:alert(1)"'),
        ("plan.toml", 'id = "tiny"', 'id = "tiny"\nfeedback = "java\\tscript:alert(1)"'),
        ("plan.toml", 'id = "tiny"', 'id = "tiny"\nfeedback = "www.example.org"'),
        ("plan.toml", 'id = "tiny"', 'id = "tiny"\nfeedback = "//example.org/x"'),
        ("plan.toml", 'id = "tiny"', 'id = "tiny"\ncontact = "data:text/html,<script>"'),
        ("plan.toml", 'id = "tiny"', 'id = "tiny"\ncontact_en = "ftp://example.org"'),
        ("items/sites.csv", "East Town Mill", "vbscript:x"),
        ("items/sites.csv", "East Town Mill", "file:///etc/passwd"),
        ("gazetteer.csv", "East Town", "javascript&#58;x"),
    ],
)
def test_an_address_a_click_must_not_open_is_named(
    file: str, old: str, new: str, tiny: Path
) -> None:
    text(file, old, new)(tiny)
    found = [one for one in check(Pack(tiny)) if one.rule == "address_is_for_the_web"]
    assert [(one.file, "mailto:" in one.expected) for one in found] == [(file, True)]


@pytest.mark.parametrize(
    "line",
    ["[a](javascript:x)", "[a]( <JAVASCRIPT:x> )", "![a](data:text/html,x)", "[a]: vbscript:x",
     "<javascript:x>", "[a](java&#115;cript:x)", "[a](ftp://example.org)"],
)  # fmt: skip
def test_a_link_in_a_text_of_the_pack_is_judged_too(line: str, tiny: Path) -> None:
    (tiny / "geodata" / "SOURCES.md").write_text(f"# Sources\n\n{line}\n", encoding="utf-8")
    (found,) = check(Pack(tiny))
    assert (found.rule, found.file, found.row) == ("address_is_for_the_web", "SOURCES.md", 3)


@pytest.mark.parametrize(
    ("address", "findings"),
    [("https://example.org/#{id}", 0), ("https://example.org/#{page}", 1), ("{id}", 1)],
)
def test_an_address_of_the_plan_s_text_names_only_what_is_known(
    address: str, findings: int, tiny: Path
) -> None:
    text("plan.toml", 'id = "tiny"', f'id = "tiny"\ntext_url = "{address}"')(tiny)
    assert [one.rule for one in check(Pack(tiny))] == ["address_is_for_the_web"] * findings


def test_addresses_of_the_web_and_of_mailboxes_may_stand(tiny: Path) -> None:
    text("plan.toml", 'id = "tiny"', 'id = "tiny"\nfeedback = "mailto:a@example.org?subject=x"')(
        tiny
    )
    lines = "[a](https://example.org) <mailto:a@example.org> [b](README.md#c) 12:30 注：data: x"
    (tiny / "geodata" / "SOURCES.md").write_text(lines, encoding="utf-8")
    assert check(Pack(tiny)) == []
