"""A file that we wrote, changed elsewhere and taken back: what was not changed stays as it is."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import geopandas
import pytest
from fastapi.testclient import TestClient
from shapely.affinity import translate

from app.build.build import build
from app.editing.gis import GisImport, GisRequest, import_features
from app.editing.revision import apply
from app.pack.pack import Pack
from app.rules import check
from tests.edit_pack import read

FILES = ("geojson", "gpkg", "fgb")
Change = Callable[[Mapping[str, Any]], None]


def exported(client: TestClient, folder: Path, ext: str, query: str) -> Path:
    path = folder / f"export.{ext}"
    path.write_bytes(client.get(f"/view.{ext}?{query}").content)
    return path


def taken_back(pack: Path, path: Path, layer: str = "sites") -> GisImport:
    asked = GisRequest(path, layer, 50, "published", ("survey",), update=True)
    return import_features(Pack(pack), asked)


def edited(path: Path, change: Change) -> Path:
    """The GeoJSON as somebody saved it who changed something."""
    found = json.loads(path.read_text(encoding="utf-8"))
    change({one["id"]: one for one in found["features"]})
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def said(imported: GisImport) -> list[str]:
    return [str(wrong) for wrong in (*imported.faults, *imported.findings)]


@pytest.mark.parametrize("ext", FILES)
def test_an_export_that_nobody_changed_changes_nothing(
    ext: str, tiny: Path, tiny_client: TestClient, tmp_path: Path
) -> None:
    path = exported(tiny_client, tmp_path, ext, "layer=ways")
    imported = taken_back(tiny, path, "ways")
    assert said(imported) == []
    assert imported.rows == ()
    assert imported.revision is not None
    assert imported.revision.files == {}
    assert any("columns that the build makes" in note for note in imported.gis.notes)
    assert any(note.startswith("3 items are as the pack has them") for note in imported.gis.notes)


def test_a_changed_word_is_taken_and_the_item_stays_where_it_is(
    tiny: Path, tiny_client: TestClient, tmp_path: Path
) -> None:
    before = {one["id"]: one for one in Pack(tiny).features}

    def change(items: Mapping[str, Any]) -> None:
        items["site-pair"]["properties"].update(name="双厂", name_en="Twin Works")

    path = edited(exported(tiny_client, tmp_path, "geojson", "layer=sites"), change)
    imported = taken_back(tiny, path)
    assert said(imported) == []
    assert [row["id"] for row in imported.rows] == ["site-pair"]
    assert imported.revision is not None
    apply(imported.revision)
    pack = Pack(tiny)
    assert check(pack) == []
    after = {one["id"]: one for one in pack.features}
    assert after["site-pair"]["properties"]["name"] == "双厂"
    for name in ("counties", "located_by", "uncertainty_m", "plan"):
        assert after["site-pair"]["properties"][name] == before["site-pair"]["properties"][name]
    assert after["site-pair"]["geometry"] == before["site-pair"]["geometry"]
    assert {id: one for id, one in after.items() if id != "site-pair"} == {
        id: one for id, one in before.items() if id != "site-pair"
    }


def test_what_was_moved_is_drawn_from_then_on_and_keeps_its_words(
    tiny: Path, tiny_client: TestClient, tmp_path: Path
) -> None:
    path = exported(tiny_client, tmp_path, "gpkg", "layer=ways")
    ways = geopandas.read_file(path, layer="ways_lines")
    ways.geometry = [
        translate(shape, 0.001, 0) if id == "way-part" else shape
        for id, shape in zip(ways["id"], ways.geometry, strict=True)
    ]
    moved = tmp_path / "moved.gpkg"
    ways.to_file(moved, engine="pyogrio")
    before = read(tiny / "geodata" / "items" / "ways.csv")
    imported = taken_back(tiny, moved, "ways")
    assert said(imported) == []
    assert [(row["id"], row["method"]) for row in imported.rows] == [("way-part", "drawn")]
    assert imported.revision is not None
    apply(imported.revision)
    after = read(tiny / "geodata" / "items" / "ways.csv")
    places = ("method", "places", "along", "place_note", "place_note_en", "county_basis")
    for old, new in zip(before, after, strict=True):
        rest = {name for name in old if name not in places or old["id"] != "way-part"}
        assert {name: new[name] for name in rest} == {name: old[name] for name in rest}
    assert build(Pack(tiny))


def test_what_was_emptied_is_empty_and_codes_of_counties_become_names(
    tiny: Path, tiny_client: TestClient, tmp_path: Path
) -> None:
    def change(items: Mapping[str, Any]) -> None:
        items["site-mill"]["properties"].update(plan_term=None, counties=["900001", "900002"])

    path = edited(exported(tiny_client, tmp_path, "geojson", "layer=sites"), change)
    (row,) = taken_back(tiny, path).rows
    assert row["plan_term"] == ""
    names = {county.code: county.name for county in Pack(tiny).info.counties}
    assert row["counties"] == f"{names['900001']}|{names['900002']}"


def test_a_foreign_file_is_still_asked_what_its_columns_mean(
    tiny: Path, tiny_client: TestClient, tmp_path: Path
) -> None:
    """A column called `location` is nobody's to drop, unless the file is an export."""
    path = exported(tiny_client, tmp_path, "geojson", "layer=sites")

    def change(items: Mapping[str, Any]) -> None:
        for one in items.values():
            del one["properties"]["precision"]

    with pytest.raises(Exception, match="location"):
        taken_back(tiny, edited(path, change))
