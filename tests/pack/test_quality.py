"""What the page about the data counts and groups is what the features say."""

from collections import Counter
from pathlib import Path

from app.build.build import build, write
from app.catalog.catalog import Catalog
from app.catalog.quality import Quality, quality
from app.pack.pack import Pack
from tests.conftest import TINY
from tests.edit_pack import change, repeat


def measured(root: Path) -> Quality:
    pack = Pack(root)
    return quality(Catalog(pack), pack.features)


def test_layers_add_up_to_the_whole() -> None:
    found = measured(TINY)
    assert found.whole.items == sum(layer.items for layer in found.layers) == 10
    for precision, count in found.whole.precisions.items():
        assert count == sum(layer.precisions[precision] for layer in found.layers)
    assert found.whole.located + found.whole.unlocated == 10


def test_an_item_of_two_counties_counts_in_both() -> None:
    found = measured(TINY)
    counts = {county.title_en: county.items for county in found.counties}
    assert counts == {
        "East County": 8, "West County": 3, "All of Tiny City": 2, "Outside Tiny City": 0
    }  # fmt: skip


def test_the_cross_table_holds_every_layer_and_county_pair() -> None:
    found = measured(TINY)
    assert found.cross[("ways", "900001")] == 3
    assert found.cross[("sites", "city")] == 2
    assert ("ways", "outside") not in found.cross


def test_the_unlocated_are_grouped_by_what_is_missing_and_why(tiny: Path) -> None:
    why = {"method": "none", "places": "", "place_note": "查不到。", "place_note_en": "Not found."}
    change(tiny, "sites", "site-mill", **why)
    change(tiny, "sites", "site-zone", **why)
    write(build(Pack(tiny)))
    found = measured(tiny)
    assert [(gap.id, gap.count) for gap in found.gaps] == [("city", 1), ("county", 2)]
    (reason,) = found.gaps[1].reasons
    assert reason.text_en == "Not found."
    assert [item["id"] for item in reason.items] == ["site-mill", "site-zone"]


def test_the_most_frequent_reason_comes_first(tiny: Path) -> None:
    text = {"name": "另一处", "summary": "再一句。", "summary_en": "One more."}
    repeat(tiny, "sites", "site-lost", id="lost-b", place_note="乙。", place_note_en="B.", **text)
    repeat(tiny, "sites", "site-lost", id="lost-c", place_note="乙。", place_note_en="B.", **text)
    write(build(Pack(tiny)))
    (gap,) = measured(tiny).gaps
    assert [reason.text for reason in gap.reasons] == ["乙。", "规划未载位置。"]


def test_notes_for_the_reader_are_listed_by_layer(tiny: Path) -> None:
    change(tiny, "ways", "way-out", note="疑为笔误。", note_en="A misprint?")
    write(build(Pack(tiny)))
    ((layer, (remark,)),) = measured(tiny).doubts
    assert (layer.id, remark.text, remark.count) == ("ways", "疑为笔误。", 1)


def test_sources_say_how_much_rests_on_them() -> None:
    usages = {usage.source.id: usage for usage in measured(TINY).sources}
    assert usages["survey"].places == 3
    assert usages["guess"].places == 2
    assert usages["guess"].items == 2


def test_the_real_pack_has_an_answer_for_every_unlocated_item(pack: Pack) -> None:
    features = pack.features
    found = quality(Catalog(pack), features)
    lost = {f["id"] for f in features if f["geometry"] is None}
    reasons = [reason for gap in found.gaps for reason in gap.reasons]
    assert Counter(item["id"] for reason in reasons for item in reason.items) == Counter(lost)
    assert all(reason.text and reason.text_en for reason in reasons)
