"""Every rule is shown to fail on a pack that breaks it, and only it or its kin."""

from pathlib import Path

import pytest

from app.build.build import build, write
from app.domain.errors import PackError
from app.pack.pack import Pack
from app.rules import RULES, check
from app.rules.wording.english import title_case
from app.rules.wording.fingerprint import winnowed, write_fingerprint
from app.rules.wording.texts import FINGERPRINT, RADIUS
from tests.conftest import TINY
from tests.edit_pack import change, read, remove
from tests.edit_pack import write as write_rows
from tests.rules.breaks import Break, cell, text, twin


def columns(layer: str, *names: str) -> Break:
    """Add empty columns to a layer's table."""

    def edit(pack: Path) -> None:
        path = pack / "geodata" / "items" / f"{layer}.csv"
        rows = read(path)
        write_rows(path, [{**row, **dict.fromkeys(names, "")} for row in rows])

    return edit


def each(*breaks: Break) -> Break:
    return lambda pack: [one(pack) for one in breaks].clear()


def seat(*rows: str) -> Break:
    """Reference seats for the pack: `place,lng,lat,uncertainty_m,source`."""

    def edit(pack: Path) -> None:
        lines = ("place,lng,lat,uncertainty_m,source", *rows, "")
        path = pack / "geodata" / "reference_seats.csv"
        path.write_text("\n".join(lines), encoding="utf-8")

    return edit


SENTENCE = "加快推进东部工业区基础设施建设并引导企业向园区集中布局"


def copy_a_sentence(pack: Path) -> None:
    """A summary that repeats the plan word for word."""
    known = winnowed(f"总体要求是{SENTENCE}形成集聚效应")
    (pack / "geodata" / FINGERPRINT).write_text(write_fingerprint(known), encoding="ascii")
    change(pack, "sites", "site-mill", summary=f"{SENTENCE}。")


def headed_by_nothing(pack: Path) -> None:
    """A heading over a word that no item has."""
    rows = "name,name_en,words,also\n轻工业,Light industry,月亮石,\n"
    (pack / "geodata" / "industries.csv").write_text(rows, encoding="utf-8")


BREAKS: dict[str, Break] = {
    "address_is_for_the_web": text(
        "plan.toml", 'id = "tiny"', 'id = "tiny"\nfeedback = "javascript:x()"'
    ),
    "characters_can_be_written": cell("sites", "site-mill", note_en="A\ufffe mill."),
    "county_is_known": cell("sites", "site-mill", counties="999999"),
    "cell_can_be_read": cell("sites", "site-mill", area_ha="abc"),
    "county_of_a_place_is_known": text("gazetteer.csv", "township,东县", "township,南县"),
    "field_id_is_free": each(
        text("layers.toml", 'id = "area_ha"', 'id = "Area ha"'),
        text("items/sites.csv", "area_ha", "Area ha"),
    ),
    "field_is_titled_in_both_languages": text("layers.toml", 'title_en = "Area"', 'title_en = ""'),
    "field_means_one_thing": each(
        text(
            "layers.toml",
            'categories = [{ id = "road"',
            'fields = [{ id = "note_no", type = "text", title = "号", title_en = "No." }]\n'
            'categories = [{ id = "road"',
        ),
        text("layers.toml", 'id = "area_ha"', 'id = "note_no"'),
        text("items/sites.csv", "area_ha", "note_no"),
        columns("ways", "note_no"),
    ),
    "drawing_is_known": text("layers.toml", 'symbol = "factory"', 'symbol = "factori"'),
    "source_is_known": text("gazetteer.csv", "survey", "hearsay"),
    "reference_seat_names_a_place": seat("天边,10.3,50.1,1500,survey"),
    "place_agrees_with_other_sources": seat("西镇,10.15,50.1,1500,survey"),
    "better_source_is_used": seat("北村,10.31,50.14,1500,survey"),
    "id_is_a_slug": cell("sites", "site-lost", id="Site Lost"),
    "id_is_unique": twin(
        "sites", "site-lost", name="又一处", summary="另一句。", summary_en="Another."
    ),
    "category_is_the_layers": cell("sites", "site-mill", category="road"),
    "status_is_known": cell("sites", "site-mill", status="done"),
    "scope_is_known": cell("sites", "site-lost", scope="world"),
    "counties_fit_the_scope": cell("sites", "site-mill", counties=""),
    "counties_are_named_once": cell("sites", "site-mill", counties="东县|东县"),
    "county_basis_is_known": cell("sites", "site-mill", county_basis="guess"),
    "text_is_there_in_both_languages": cell("sites", "site-mill", name_en=""),
    "facts_are_paired": cell("sites", "site-mill", facts="1座|2层"),
    "contact_is_published": each(
        columns("sites", "telephone"), cell("sites", "site-mill", telephone="0429-1234567")
    ),
    "headings_stand_over_words_in_use": headed_by_nothing,
    "unlocated_says_why": cell("sites", "site-lost", place_note="", place_note_en=""),
    "plan_reference_exists": cell("sites", "site-mill", plan_refs="第九章"),
    "plan_reference_is_given_once": cell("sites", "site-mill", plan_refs="第一章|第一章"),
    "heading_has_english": text("plan_outline.csv", "The east", ""),
    "place_can_be_located": cell("sites", "site-mill", places="天边"),
    "related_exists_and_is_mutual": cell("sites", "site-mill", related=""),
    "list_terms_have_english": cell("sites", "site-mill", industries="染色"),
    "built_ids_are_kept_or_explained": lambda pack: remove(pack, "sites", "site-lost"),
    "characters_are_half_width": cell("sites", "site-mill", facts="１座"),
    "punctuation_is_tidy": cell("sites", "site-mill", summary="东镇的一家工厂，。"),
    "summary_is_short": cell("sites", "site-mill", summary="长" * 200),
    "english_is_english": cell("sites", "site-mill", summary_en="A 厂 in East Town."),
    "english_quotes_are_straight": cell("sites", "site-mill", note_en="Said to be a “mill”."),
    "english_name_is_in_title_case": cell("sites", "site-mill", name_en="East Town mill"),
    "radius_is_not_typed": cell(
        "sites", "site-mill", place_note="按镇取点，误差约12公里。", place_note_en="At the town."
    ),
    "no_two_items_are_identical": twin(
        "sites", "site-mill", id="site-other", summary="另一句。", summary_en="Another.", related=""
    ),
    "no_summary_repeats_another": cell("sites", "site-lost", summary="东镇的一家纺织厂。"),
    "text_is_in_our_own_words": copy_a_sentence,
    "geometry_is_in_the_frame": cell("sites", "site-mill", places="岛外"),
    "outside_is_outside": cell("sites", "site-mill", scope="outside", counties=""),
    "line_is_no_point": each(
        text(
            "layers.toml",
            'title = "公路", title_en = "Road"',
            'title = "公路", title_en = "Road", extent = "line"',
        ),
        cell("ways", "way-out", method="point", places="东镇"),
    ),
    "area_is_no_seat": each(
        text("layers.toml", 'title_en = "Zone"', 'title_en = "Zone", extent = "area"'),
        cell("sites", "site-zone", method="points"),
    ),
    "unknown_site_is_no_seat": cell(
        "sites", "site-mill", place_note="厂址未载，按镇标示。", place_note_en="No site given."
    ),
    "unknown_reach_is_no_course": cell(
        "ways", "way-part", place_note="改造路段未载。", place_note_en="Which part is not said."
    ),
    "point_stands_in_its_counties": cell("sites", "site-mill", counties="西县"),
}

ON_RESULTS = {
    "geometry_is_valid",
    "polygons_are_right_handed",
    "uncertainty_is_there",
    "line_keeps_to_the_land",
    "county_is_touched",
}
"""Rules the build itself never breaks: shown failing on made-up results in test_geometry_rules."""


def test_the_tiny_city_keeps_every_rule() -> None:
    assert check(Pack(TINY)) == []


def test_every_rule_is_shown_to_fail() -> None:
    assert {rule.__name__ for rule in RULES} == set(BREAKS) | ON_RESULTS


@pytest.mark.parametrize("rule", list(BREAKS))
def test_a_broken_pack_is_found_by_its_rule(rule: str, tiny: Path) -> None:
    BREAKS[rule](tiny)
    findings = check(Pack(tiny))
    assert rule in {finding.rule for finding in findings}
    finding = next(finding for finding in findings if finding.rule == rule)
    assert finding.file
    assert finding.expected


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("东镇,10.302,50.1,1500,survey", id="agrees, and is no better"),
        pytest.param("东,10.302,50.1,1500,survey", id="by an alias"),
        pytest.param("北村,10.25,50.15,9000,survey", id="coarser than the estimate, and agrees"),
        pytest.param("无处,10.1,50.1,1500,survey", id="a place nobody has placed yet"),
    ],
)
def test_a_source_that_agrees_is_no_finding(row: str, tiny: Path) -> None:
    seat(row)(tiny)
    assert check(Pack(tiny)) == []


def test_a_contradiction_names_the_place_and_how_far_apart_the_sources_are(tiny: Path) -> None:
    seat("东镇,10.3,50.1,1500,survey", "西镇,10.15,50.1,1500,survey")(tiny)
    (finding,) = check(Pack(tiny))
    assert (finding.file, finding.row, finding.value) == ("gazetteer.csv", 3, "10.1 50.1")
    for word in ("10.15 50.1", "survey", "reference_seats.csv:3", "3.6 km", "3.0 km"):
        assert word in finding.expected


@pytest.mark.parametrize("place", ["东镇", "东港"])
def test_a_line_is_at_no_point_whatever_the_place(place: str, tiny: Path) -> None:
    text("layers.toml", 'title_en = "Road"', 'title_en = "Road", extent = "line"')(tiny)
    for method, found in (("point", {"line_is_no_point"}), ("near", set())):
        change(tiny, "ways", "way-out", method=method, places=place)
        assert {finding.rule for finding in check(Pack(tiny))} == found


def test_what_is_not_known_may_be_at_a_port_of_its_own(tiny: Path) -> None:
    """Only a seat's point is never the site: a port's may be, so the rule leaves it to the row."""
    note = {"place_note": "厂址未载，按港区标示。", "place_note_en": "No site given."}
    change(tiny, "sites", "site-mill", places="东港", **note)
    assert check(Pack(tiny)) == []


@pytest.mark.parametrize("row", ["东镇,,,1500,survey", "东镇,10.3,50.1,0,survey"])
def test_a_reference_without_position_or_radius_is_refused(row: str, tiny: Path) -> None:
    seat(row)(tiny)
    with pytest.raises(PackError, match=r"reference_seats\.csv"):
        check(Pack(tiny))


def test_a_cell_nobody_can_read_hides_nothing_else(tiny: Path) -> None:
    """All at once, each once: no county, no number, no place on the earth."""
    wrong = {"status": "done", "counties": "999999", "area_ha": "abc", "places": "天边"}
    change(tiny, "sites", "site-mill", **wrong)
    text("gazetteer.csv", "10.1,50.1", "x,95")(tiny)
    text("gazetteer.csv", "东港,,", "东港,东,")(tiny)
    found = [(finding.rule, finding.column, finding.value) for finding in check(Pack(tiny))]
    assert found == [
        ("county_is_known", "counties", "999999"),
        ("cell_can_be_read", "area_ha", "abc"),
        ("cell_can_be_read", "lng", "x"),
        ("cell_can_be_read", "lat", "95"),
        ("cell_can_be_read", "aliases", "东"),
        ("status_is_known", "status", "done"),
        ("place_can_be_located", "places", "天边"),
    ]


def test_a_build_still_refuses_what_it_cannot_read(tiny: Path) -> None:
    change(tiny, "sites", "site-mill", area_ha="abc")
    with pytest.raises(PackError, match="area_ha 'abc'"):
        build(Pack(tiny))


def test_every_place_nobody_knows_is_named_with_those_it_looks_like(tiny: Path) -> None:
    change(tiny, "sites", "site-pair", places="东镇村|天边|无人")
    found = [finding for finding in check(Pack(tiny)) if finding.rule == "place_can_be_located"]
    assert [finding.value for finding in found] == ["东镇村", "天边", "无人"]
    assert "perhaps 东镇" in found[0].expected


@pytest.mark.parametrize(
    "note",
    ["误差约12公里。", "半径500米。", "在5公里以内。", "Shown here, within about 9 km.",
     "The end may be 9 km off.", "Known to ±300 m."],
)  # fmt: skip
def test_a_radius_is_known_in_either_language(note: str) -> None:
    assert RADIUS.search(note)


@pytest.mark.parametrize(
    "note",
    ["误差较大。", "误差圈包含两地。", "供电半径缩短。", "长12公里的一段在市外。", "取5处中的3处。",
     "Only within those two.", "The road is 12 km long."],
)  # fmt: skip
def test_a_length_or_a_doubt_without_a_figure_is_no_radius(note: str) -> None:
    assert not RADIUS.search(note)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Longgang wetland park", "Longgang Wetland Park"),
        ("Waste-to-energy plant Of the city", "Waste-to-Energy Plant of the City"),
        ("kuanbang 500 kV switching station", "Kuanbang 500 kV Switching Station"),
        ("Railway upgrade to 250 km/h", "Railway Upgrade to 250 km/h"),
        ("Red Route (the eastern part of it)", "Red Route (The Eastern Part of It)"),
        ("People's hospital, Nü'er River", "People's Hospital, Nü'er River"),
        ("Ways to pass through", "Ways to Pass Through"),
        ("10,000-mu forest and 5A site", "10,000-mu Forest and 5A Site"),
        ('"from victory to victory" route', '"From Victory to Victory" Route'),
    ],
)
def test_an_english_name_is_in_title_case(typed: str, meant: str) -> None:
    assert title_case(typed) == meant
    assert title_case(meant) == meant


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("gazetteer.csv", "East Town", "East town"), ("lines.csv", "Avenue", "avenue")],
)
def test_names_of_places_and_lines_are_judged_too(
    file: str, old: str, new: str, tiny: Path
) -> None:
    text(file, old, new)(tiny)
    found = [finding for finding in check(Pack(tiny)) if finding.column == "name_en"]
    assert [(finding.file, finding.expected) for finding in found] == [(file, old)]


def test_a_finding_reads_as_file_row_column_value_and_expectation(tiny: Path) -> None:
    change(tiny, "sites", "site-mill", status="done")
    (finding,) = check(Pack(tiny))
    assert str(finding) == (
        "items/sites.csv:2 status 'done': "
        "one of existing, building, planned, upgrade, programme [status_is_known]"
    )


def test_a_removed_id_that_is_explained_is_no_finding(tiny: Path) -> None:
    remove(tiny, "sites", "site-lost")
    (tiny / "geodata" / "CORRECTIONS.md").write_text("- `site-lost`: merged\n", encoding="utf-8")
    assert check(Pack(tiny)) == []


def test_a_rebuilt_pack_keeps_every_rule(tiny: Path) -> None:
    change(tiny, "sites", "site-mill", places="西镇", counties="西县")
    write(build(Pack(tiny)))
    assert check(Pack(tiny)) == []
