"""A large file of features is read as a small one is, a feature at a time."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import PackError
from app.main import load_service
from app.pack import built
from app.pack.feature_file import FeatureFile
from app.pack.pack import Pack
from app.settings import Settings


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "LARGE", 0)


def read(root: Path) -> Sequence[dict[str, Any]]:
    return Pack(root).features


def test_each_feature_is_what_the_whole_file_says(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = read(tiny)
    monkeypatch.setattr(built, "LARGE", 10**9)
    assert isinstance(large, FeatureFile)
    assert list(large) == read(tiny)
    assert large[1:3] == [large[1], large[2]]
    assert large[-1] == list(large)[-1]


def test_the_features_stay_when_the_file_is_replaced(tiny: Path) -> None:
    large = read(tiny)
    before = list(large)
    path = tiny / "projects.geojson"
    path.rename(tiny / "other")
    path.write_text("{}", encoding="utf-8")
    assert list(large) == before


def test_a_file_in_another_form_is_read_whole(tiny: Path) -> None:
    path = tiny / "projects.geojson"
    before = list(read(tiny))
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    found = read(tiny)
    assert not isinstance(found, FeatureFile)
    assert found == before


def test_what_cannot_be_printed_is_left_out(tiny: Path) -> None:
    path = tiny / "projects.geojson"
    text = path.read_text(encoding="utf-8")
    name = str(read(tiny)[0]["properties"]["name"])
    path.write_text(text.replace(f'"{name}"', f'"{name}\\u0007"'), encoding="utf-8")
    assert read(tiny)[0]["properties"]["name"] == name


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"type": "Feature",', '"type": "Thing",', "a GeoJSON Feature"),
        ("\n}\n],\n", "\n", "readable GeoJSON"),
    ],
)
def test_what_is_wrong_is_said(tiny: Path, old: str, new: str, expected: str) -> None:
    path = tiny / "projects.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(PackError, match=expected):
        read(tiny)


def test_rows_are_left_where_they_are(tiny: Path) -> None:
    pack = Pack(tiny)
    pack.read_whole()
    assert "items" not in vars(pack)
    assert list(pack.keys) == [one["id"] for one in pack.features]


def test_a_service_that_starts_reads_no_row(tiny: Path) -> None:
    pack = Pack(tiny)
    pack.read_whole()
    load_service(Settings(pack=tiny), pack)
    assert "items" not in vars(pack)
