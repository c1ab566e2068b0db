"""A new pack runs at once: it keeps every rule, is built, is served, goes out and comes back."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.build.build import build, stale
from app.domain.errors import PackError
from app.editing.new_pack import new_pack
from app.editing.workbook import export_workbook, import_workbook
from app.main import create_app
from app.pack.pack import Pack
from app.rules import check
from app.settings import Settings


def test_it_keeps_every_rule_and_is_built(tmp_path: Path) -> None:
    written = new_pack(tmp_path / "city")
    pack = Pack(tmp_path / "city")
    assert check(pack) == []
    assert stale(build(pack)) == []
    assert pack.features_path in written


def test_it_is_served_whole(tmp_path: Path) -> None:
    new_pack(tmp_path / "city")
    with TestClient(create_app(Settings(pack=tmp_path / "city"))) as client:
        assert client.get("/healthz").json()["features"] == 3
        for path in ("/", "/pack.json", "/index.json", "/view.csv", "/api/quality", "/data"):
            assert client.get(path).status_code == 200, path
        for name in client.get("/pack.json").json()["base"]:
            assert client.get(f"/base/{name}.geojson").status_code == 200, name


def test_it_says_that_it_is_a_sample(tmp_path: Path) -> None:
    new_pack(tmp_path / "city")
    info = Pack(tmp_path / "city").info
    assert "样例" in info.plan
    assert "sample" in info.plan_en
    assert "样例" in (tmp_path / "city/geodata/README.md").read_text(encoding="utf-8")


def test_it_goes_out_as_a_workbook_and_comes_back(tmp_path: Path) -> None:
    new_pack(tmp_path / "city")
    pack = Pack(tmp_path / "city")
    export_workbook(pack, tmp_path / "city.xlsx")
    taken = import_workbook(pack, tmp_path / "city.xlsx")
    assert (taken.changes, taken.problems) == ((), ())


def test_an_empty_folder_will_do_and_a_full_one_will_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert new_pack(tmp_path / "empty")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", encoding="utf-8")
    for taken in (tmp_path / "full", tmp_path / "full" / "letter.txt"):
        with pytest.raises(PackError, match="a folder that is empty or does not exist yet"):
            new_pack(taken)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]
