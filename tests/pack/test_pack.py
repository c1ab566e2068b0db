"""What a pack that cannot be read is told: file, row, column, value, what is expected."""

from pathlib import Path

import pytest

from app.domain.errors import PackError
from app.pack.pack import Pack


def edited(pack: Path, file: str, old: str, new: str) -> Pack:
    path = pack / "geodata" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Pack(pack)


def test_an_unknown_field_type_is_an_error_that_lists_the_known_ones(tiny: Path) -> None:
    pack = edited(tiny, "layers.toml", 'type = "number"', 'type = "float"')
    with pytest.raises(PackError, match=r"layers.toml type 'float': one of text, integer, number"):
        _ = pack.layers


def test_the_date_of_the_data_is_a_date(tiny: Path) -> None:
    assert Pack(tiny).info.updated == "2030-01-31"
    pack = edited(tiny, "plan.toml", "updated = 2030-01-31", 'updated = "last spring"')
    with pytest.raises(PackError, match=r"updated 'last spring': a date like"):
        _ = pack.info


def test_a_source_stands_in_the_table_once(tiny: Path) -> None:
    pack = edited(tiny, "sources.csv", "guess,", "survey,")
    with pytest.raises(PackError, match=r"sources.csv:3 id 'survey'"):
        _ = pack.sources


def test_a_source_links_to_the_web_or_nowhere(tiny: Path) -> None:
    pack = edited(tiny, "sources.csv", "https://example.org/survey", "javascript:alert(1)")
    with pytest.raises(PackError, match=r"sources.csv:2 url"):
        _ = pack.sources


def test_a_pack_without_sources_says_what_is_missing(tiny: Path) -> None:
    (tiny / "geodata" / "sources.csv").unlink()
    with pytest.raises(PackError, match=r"sources.csv: the file is missing"):
        _ = Pack(tiny).sources


def test_a_way_to_draw_lines_that_nobody_knows_is_refused(tiny: Path) -> None:
    pack = edited(tiny, "layers.toml", 'id = "road", ', 'id = "road", line = "river", ')
    with pytest.raises(PackError, match=r"layers.toml line 'river': one of rail, motorway"):
        _ = pack.layers
