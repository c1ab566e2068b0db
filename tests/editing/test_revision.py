"""A change of a pack is judged on a copy and written whole or not at all."""

from pathlib import Path

import pytest

from app.build.check_pack import check_pack
from app.domain.errors import PackChanged
from app.editing.revision import apply, revise
from app.pack.pack import Pack
from tests.editing.cell_bytes import files


def edited(tiny: Path, old: str, new: str) -> dict[str, str]:
    text = (tiny / "geodata" / "items" / "sites.csv").read_text(encoding="utf-8")
    assert old in text
    return {"items/sites.csv": text.replace(old, new, 1)}


def test_nothing_changed_is_nothing_to_write(tiny: Path) -> None:
    assert revise(Pack(tiny), {}).files == {}
    assert revise(Pack(tiny), edited(tiny, "东镇纺织厂", "东镇纺织厂")).files == {}


def test_a_good_change_writes_the_table_and_what_is_built_from_it(tiny: Path) -> None:
    before = files(tiny)
    revision = revise(Pack(tiny), edited(tiny, "东镇的一家纺织厂。", "东镇的一家老厂。"))
    assert files(tiny) == before
    apply(revision)
    now = files(tiny)
    changed = {name for name in now if now[name] != before.get(name)}
    assert changed == {"geodata/items/sites.csv", "projects.geojson"}
    assert not [name for name in now if name.endswith(".part")]


def test_a_change_that_breaks_a_rule_writes_nothing(tiny: Path) -> None:
    revision = revise(Pack(tiny), edited(tiny, "existing", "done"))
    assert [finding.rule for finding in revision.findings] == ["status_is_known"]
    assert revision.files == {}


def test_a_change_that_cannot_be_read_is_a_finding_with_its_place(tiny: Path) -> None:
    (finding,) = revise(Pack(tiny), edited(tiny, "东县", "南县")).findings
    assert (finding.rule, finding.file, finding.row) == ("county_is_known", "items/sites.csv", 2)
    assert (finding.column, finding.value) == ("counties", "南县")


def test_a_new_file_finds_its_folder(tiny: Path) -> None:
    revision = revise(Pack(tiny), {"extra/notes.txt": "x\n"})
    assert apply(revision) == [tiny / "geodata" / "extra" / "notes.txt"]


def test_of_two_changes_judged_on_one_state_the_second_is_refused(tiny: Path) -> None:
    first = revise(Pack(tiny), edited(tiny, "东镇的一家纺织厂。", "东镇的一家老厂。"))
    second = revise(Pack(tiny), edited(tiny, "东镇纺织厂", "东镇新厂"))
    apply(first)
    before = files(tiny)
    with pytest.raises(PackChanged, match="run the command again"):
        apply(second)
    assert files(tiny) == before
    assert check_pack(Pack(tiny)) == []


def test_check_names_what_was_not_built_anew(tiny: Path) -> None:
    assert check_pack(Pack(tiny)) == []
    path = tiny / "geodata" / "items" / "sites.csv"
    path.write_text(
        path.read_text("utf-8").replace("东镇的一家纺织厂。", "东镇的一家老厂。"), "utf-8"
    )
    roads = tiny / "geodata" / "base" / "roads.geojson"
    roads.write_bytes(roads.read_bytes() + b"\n")
    assert [(one.rule, one.file) for one in check_pack(Pack(tiny))] == [
        ("built_files_are_what_the_rows_give", "projects.geojson"),
        ("built_files_are_what_the_rows_give", "geodata/base/roads.geojson"),
    ]
