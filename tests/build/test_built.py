"""A service starts on features that are those of the rows, or says what is wrong with them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.build.build import build, write
from app.domain.errors import PackChanged, PackError
from app.main import create_app
from app.pack.pack import Pack
from app.settings import Settings
from tests.edit_pack import change, remove

Edit = Callable[[list[dict[str, Any]]], object]


def edited(tiny: Path, edit: Edit) -> None:
    path = tiny / "projects.geojson"
    found = json.loads(path.read_text(encoding="utf-8"))
    edit(found["features"])
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def refusal(tiny: Path) -> str:
    with pytest.raises(PackError) as refused:
        create_app(Settings(pack=tiny))
    return str(refused.value)


def set_in(number: int, name: str, value: object) -> Edit:
    return lambda features: features[number]["properties"].update({name: value})


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda features: features.clear(), "at least one item"),
        (lambda features: features.append(features[0]), "every id only once"),
        (lambda features: features.pop(), "a feature for this row"),
        (set_in(0, "layer", "moon"), "a layer of layers.toml"),
        (set_in(0, "id", "other"), "an id, twice the same"),
        (lambda features: features[0].update(id="x") or set_in(0, "id", "x")(features),
         "an id that has a row"),
        (lambda features: features[0].update(id=7), "an id"),
        (lambda features: features[0].update(type="Point"), "a GeoJSON Feature"),
        (lambda features: features.append(None), "a GeoJSON Feature"),
        (lambda features: features[0].update(properties=None), "a GeoJSON Feature"),
        (lambda features: features[0].update(geometry="POINT(1 2)"), "a geometry or null"),
    ],
)  # fmt: skip
def test_features_that_are_not_those_of_the_rows_are_refused(
    tiny: Path, edit: Edit, said: str
) -> None:
    edited(tiny, edit)
    found = refusal(tiny)
    assert found.startswith("projects.geojson")
    assert said in found
    assert "planmap build" in found


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"type": "FeatureCollection"}', '{"features": {}}', "[" * 10**5],
)
def test_what_is_no_feature_collection_is_refused(tiny: Path, text: str) -> None:
    (tiny / "projects.geojson").write_text(text, encoding="utf-8")
    assert refusal(tiny).startswith("projects.geojson: ")


def test_a_missing_file_is_named(tiny: Path) -> None:
    (tiny / "projects.geojson").unlink()
    assert refusal(tiny) == "projects.geojson: the file is missing"


@pytest.mark.parametrize(
    "name",
    ["items/sites.csv", "gazetteer.csv", "lines.csv", "layers.toml", "boundaries.geojson",
     "base/counties.geojson", "base/roads.geojson", "base/coast.geojson",
     "drawn/site-drawn.geojson"],
)  # fmt: skip
def test_a_changed_source_is_named_and_a_build_mends_it(tiny: Path, name: str) -> None:
    path = tiny / "geodata" / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert f"{name} has changed" in refusal(tiny)
    write(build(Pack(tiny)))
    create_app(Settings(pack=tiny))


@pytest.mark.parametrize("name", ["roads", "railways", "rivers", "coast"])
def test_a_missing_base_layer_is_named(tiny: Path, name: str) -> None:
    (tiny / "geodata" / "base" / f"{name}.geojson").unlink()
    assert f"base/{name}.geojson is missing" in refusal(tiny)


def test_features_that_do_not_say_what_they_were_built_from_are_refused(tiny: Path) -> None:
    path = tiny / "projects.geojson"
    found = json.loads(path.read_text(encoding="utf-8"))
    del found["built_from"]
    path.write_text(json.dumps(found), encoding="utf-8")
    assert "built_from" in refusal(tiny)


def test_a_row_changed_or_removed_is_stale(tiny: Path) -> None:
    change(tiny, "sites", "site-mill", summary="东镇的一家老厂。")
    assert "items/sites.csv has changed" in refusal(tiny)
    remove(tiny, "sites", "site-mill")
    assert "site-mill" in refusal(tiny)


def test_what_places_nothing_needs_no_build(tiny: Path) -> None:
    plan = tiny / "geodata" / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(f'approval_number = "GS(2026)1"\n{text}', encoding="utf-8")
    before = Pack(tiny).version
    create_app(Settings(pack=tiny))
    plan.write_text(text.replace("frame = [", "frame = [ "), encoding="utf-8")
    create_app(Settings(pack=tiny))
    assert Pack(tiny).version != before


def test_line_ends_of_another_system_are_no_change(tiny: Path) -> None:
    path = tiny / "geodata" / "items" / "sites.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    create_app(Settings(pack=tiny))


@pytest.mark.parametrize(
    "name", ["terms.csv", "sources.csv", "plan_outline.csv", "base/roads.geojson", "plan.toml",
             "SOURCES.md", "items/ways.csv"],
)  # fmt: skip
def test_the_version_covers_everything_that_is_served(tiny: Path, name: str) -> None:
    path = tiny / "geodata" / name
    before = Pack(tiny).version
    assert Pack(tiny).version == before
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    assert Pack(tiny).version != before


def test_editors_leavings_are_no_change(tiny: Path) -> None:
    before = Pack(tiny).version
    for name in (".~lock.sites.csv#", "~$sites.csv", "sites.csv.bak", ".hidden.csv"):
        (tiny / "geodata" / "items" / name).write_bytes(b"x")
    assert Pack(tiny).version == before


def test_a_running_service_shows_one_state(tiny: Path) -> None:
    (tiny / "geodata" / "SOURCES.md").write_text("# 旧\n", encoding="utf-8")
    asked = ("/base/roads.geojson", "/pack.json", "/index.json", "/data/sources", "/places.json",
             "/api/collections/boundaries/items?f=json")  # fmt: skip
    with TestClient(create_app(Settings(pack=tiny))) as client:
        before = [client.get(path).content for path in asked]
        for path in [*tiny.rglob("*.geojson"), *tiny.rglob("*.csv"), *tiny.rglob("*.md")]:
            path.write_bytes(b"x")
        with_the_new = [client.get(path).content for path in asked]
    assert with_the_new == before


def test_a_process_that_draws_takes_only_the_state_it_was_asked_for(tiny: Path) -> None:
    opened = Pack(tiny)
    change(tiny, "sites", "site-mill", summary="东镇的一家老厂。")
    with pytest.raises(PackChanged, match=opened.version):
        Pack(tiny, opened.version).read_whole()
