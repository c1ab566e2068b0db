"""What a pack that cannot be read is told: file, row, column, value, what is expected."""

from collections.abc import Callable
from operator import attrgetter
from pathlib import Path

import pytest

from app.build.build import build
from app.build.check_pack import check_pack
from app.domain.errors import PackError
from app.pack.pack import Pack

SEATS = "place,lng,lat,uncertainty_m,source\n东门,120.1,40.1,500,survey\n"


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


@pytest.mark.parametrize(
    ("name", "columns", "read"),
    [
        ("sources.csv", "id", attrgetter("sources")),
        ("terms.csv", "zh", attrgetter("term_words")),
        ("plan_outline.csv", "chapter, section, box", attrgetter("outline")),
        ("reference_seats.csv", "place, source", attrgetter("reference_seats")),
    ],
)
def test_a_key_that_stands_twice_is_named(
    name: str, columns: str, read: Callable[[Pack], object], tiny: Path
) -> None:
    table = tiny / "geodata" / name
    if not table.exists():
        table.write_text(SEATS, encoding="utf-8")
    read(Pack(tiny))
    rows = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([*rows, rows[1]]), encoding="utf-8")
    twice = rf"{name}:{len(rows) + 1} .*every {columns} only once; it is in row 2 too"
    with pytest.raises(PackError, match=twice):
        read(Pack(tiny))


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


PLAN_FAULTS = [
    ('title = "小城规划图"\n', "", r"plan.toml title: a value for pack '?tiny"),
    ('title = "小城规划图"', "title = 5", r"plan.toml title '5': for pack tiny: a text, in quotes"),
    ('title = "', 'titel = "x"\ntitle = "', r"plan.toml titel 'x': no such key .* one of id"),
    ('code = "900001"', "code = 900001", r"plan.toml code '900001': .* a text, in quotes"),
    ('code = "900001"', 'code = "东"', r"plan.toml code '东': .*lower-case letters"),
    ('code = "900001"', 'code = "city"', r"plan.toml code 'city': another than city and outside"),
    ('code = "900001"', 'code = "900002"', r"plan.toml code '900002': each county only once"),
    ('name = "东县"', 'name = "西县"', r"plan.toml name '西县': each county only once"),
    ('port = ["东港"]', 'port = "东港"', r"plan.toml access.port '东港': texts in a list"),
    ("[access]", "[[access]]", r"plan.toml access .*: a table of kinds"),
    ("frame = [9.9, ", "frame = [", r"plan.toml frame '\[49.9, 10.5, 50.3\]': \[west"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), PLAN_FAULTS)
def test_a_fault_of_the_plan_is_named_by_key_and_value(
    tiny: Path, old: str, new: str, expected: str
) -> None:
    pack = edited(tiny, "plan.toml", old, new)
    with pytest.raises(PackError, match=expected):
        _ = pack.info


LAYER_FAULTS = [
    ("[[families]]", "[[familys]]", r"layers.toml: one \[\[families\]\] or more"),
    ('colour = "#1660b5"', 'colour = "blue"', r"colour 'blue': for family works: a colour like"),
    ('family = "works"', 'family = "none"', r"family 'none': for layer sites: one of works"),
    ("access = true", 'access = "yes"', r"access 'yes': for layer sites: true or false"),
    ("access = true", "acces = true", r"acces 'true': no such key is known of layer sites"),
    ('id = "sites"', 'id = "../sites"', r"id '../sites': for layer: lower-case letters"),
    ('id = "sites"', 'id = "ways"', r"id 'ways': each layer only once"),
    ('id = "sites"', 'id = "plan"', r"id 'plan': another id"),
    ('id = "sites"', 'id = "ways-points"', r"id 'ways-points': another id"),
    ('id = "works", title', 'id = "a,b", title', r"id 'a,b': for category: lower-case letters"),
    ("access = true", 'also = "地"', r"also '地': texts in a list"),
    ("fields = [", "fields = 5\nmore = [", r"fields '5': entries, each begun by"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), LAYER_FAULTS)
def test_a_fault_of_the_layers_is_named_by_key_and_value(
    tiny: Path, old: str, new: str, expected: str
) -> None:
    pack = edited(tiny, "layers.toml", old, new)
    with pytest.raises(PackError, match=expected):
        _ = pack.layers


def test_a_pack_without_layers_or_counties_says_so(tiny: Path) -> None:
    layers = tiny / "geodata" / "layers.toml"
    layers.write_text("", encoding="utf-8")
    with pytest.raises(PackError, match=r"layers.toml: one \[\[families\]\] or more"):
        _ = Pack(tiny).layers
    plan = edited(tiny, "plan.toml", "[[counties]]", "[[districts]]").data / "plan.toml"
    plan.write_text(plan.read_text().replace("[[counties]]", "[[districts]]"), encoding="utf-8")
    with pytest.raises(PackError, match=r"plan.toml: one \[\[counties\]\] or more"):
        _ = Pack(tiny).info


def test_toml_is_read_as_windows_saves_it_and_refused_in_another_encoding(tiny: Path) -> None:
    path = tiny / "geodata" / "plan.toml"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert Pack(tiny).info.title == "小城规划图"
    path.write_bytes(text.encode("gbk"))
    with pytest.raises(PackError, match=r"plan.toml:2: .* looks like GB18030.*小城规划图"):
        _ = Pack(tiny).info


@pytest.mark.parametrize(
    "feature",
    ["{}", '{"properties": null, "geometry": null}',
     '{"properties": {"code": 900001}, "geometry": {"type": "Point", "coordinates": [1, 2]}}',
     '{"properties": {"code": "900001"}, "geometry": {"type": "Polygon", "coordinates": 5}}'],
)  # fmt: skip
def test_an_outline_that_is_none_is_named_by_its_feature(tiny: Path, feature: str) -> None:
    path = tiny / "geodata" / "boundaries.geojson"
    path.write_text(f'{{"features": [{feature}]}}', encoding="utf-8")
    with pytest.raises(PackError, match=r"boundaries.geojson: feature 1: a property code"):
        _ = Pack(tiny).boundaries


def test_no_place_is_known_better_than_exactly(tiny: Path) -> None:
    pack = edited(tiny, "gazetteer.csv", ",400,", ",-400,")
    with pytest.raises(PackError, match=r"uncertainty_m '-400': a radius in metres, 0 or more"):
        _ = pack.gazetteer


def test_what_is_built_has_each_id_once(tiny: Path) -> None:
    path = tiny / "geodata" / "items" / "sites.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.split("\n")[1] + "\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"items/sites.csv:\d+ id '.*': an id not used in items/si"):
        build(Pack(tiny))


START_FAULTS = [
    ('[start]\ntitle = "要点"', r"plan.toml view: a value for start 要点; it is missing"),
    ("start = 5", r"plan.toml start '5': a table"),
    ('[start]\nview = ""\ntitle = "要点"\nlead = "图"\n[[start.doors]]\ntitle = "图"\nicon = "x"\n'
     'tour = "figures"', r"plan.toml tour 'figures': nothing"),
    ('[start]\nview = ""\ntitle = "要点"\nlead = "图"\n[[start.doors]]\ntitle = "图"\nicon = "x"\n'
     'to = "moon"', r"plan.toml to 'moon': one of counties, search, data, or nothing"),
    ('[start]\nview = ""\ntitle = "要点"\nlead = "图"\nsearches = "港"', r"searches '港': texts"),
    ('[[tours]]\nid = "t"\ntitle = "图"', r"plan.toml stops: one \[\[tours.stops\]\] or more in"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "expected"), START_FAULTS)
def test_a_start_or_a_tour_that_is_none_is_named(tiny: Path, entry: str, expected: str) -> None:
    key = "approval_number" if entry.startswith("start") else ""
    pack = edited(tiny, "plan.toml", 'id = "tiny"\n', f'id = "tiny"\n{entry if key else ""}\n')
    if not key:
        path = pack.data / "plan.toml"
        path.write_text(f"{path.read_text('utf-8')}\n{entry}\n", "utf-8")
    with pytest.raises(PackError, match=expected):
        _ = Pack(tiny).info


@pytest.mark.parametrize("day", ["1979-12-31", "2108-01-01"])
def test_a_date_no_archive_can_hold_is_refused(tiny: Path, day: str) -> None:
    pack = edited(tiny, "plan.toml", "2030-01-31", day)
    with pytest.raises(PackError, match=f"updated '{day}': a date from 1980 to 2107"):
        _ = pack.info


@pytest.mark.parametrize("frame", ["[9.9, 49.9, 960.0, 50.3]", "[9.9, 49.9, 10.5, 930.0]"])
def test_a_frame_lies_on_the_globe(tiny: Path, frame: str) -> None:
    pack = edited(tiny, "plan.toml", "[9.9, 49.9, 10.5, 50.3]", frame)
    with pytest.raises(PackError, match="within ±180, south < north within ±90"):
        _ = pack.info


BOW_TIE = (
    '{"properties": {"code": "900001"}, "geometry": {"type": "Polygon", '
    '"coordinates": [[[10, 50], [11, 51], [11, 50], [10, 51], [10, 50]]]}}'
)


@pytest.mark.parametrize(
    ("file", "feature", "expected"),
    [
        ("boundaries", "5", "boundaries.geojson '5': feature 1: a GeoJSON Feature"),
        ("boundaries", BOW_TIE, "'900001': feature 1: a valid polygon; Self-intersection"),
        ("base/counties", BOW_TIE, "'900001': feature 1: a valid polygon; Self-intersection"),
        ("base/coast", '{"properties": {"name": "mainland"}, "geometry": null}', "one line as"),
    ],
)
def test_a_shape_that_cannot_be_drawn_on_is_named(
    tiny: Path, file: str, feature: str, expected: str
) -> None:
    path = tiny / "geodata" / f"{file}.geojson"
    path.write_text(f'{{"features": [{feature}]}}', encoding="utf-8")
    with pytest.raises(PackError, match=expected):
        check_pack(Pack(tiny))


def test_a_line_whose_points_are_one_is_named(tiny: Path) -> None:
    rows = [f"环线,Loop,motorway,{seq},10.1,50.1,,A,300,survey" for seq in (1, 2)]
    with (tiny / "geodata" / "lines.csv").open("a", encoding="utf-8") as lines:
        lines.write("\n".join([*rows, ""]))
    with pytest.raises(PackError, match="name '环线': at least two points that differ"):
        check_pack(Pack(tiny))


@pytest.mark.parametrize(
    ("file", "text"), [("synonyms.csv", "word\n港\n"), ("base/land.geojson", "{")]
)
def test_a_file_that_no_rule_looks_into_is_read_by_check_too(
    tiny: Path, file: str, text: str
) -> None:
    (tiny / "geodata" / file).write_text(text, encoding="utf-8")
    found = [one for one in check_pack(Pack(tiny)) if one.rule == "every_part_can_be_read"]
    assert [one.file for one in found] == [file]
