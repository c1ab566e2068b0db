"""Every command that writes leaves the old or the new, at whatever step it is cut off."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
from openpyxl import load_workbook
from shapely import box
from typer.testing import CliRunner

import app.publish
from app.build.check_pack import check_pack
from app.cli import app as cli
from app.pack.pack import Pack
from app.pack.storage import files as durable
from app.pack.storage.journal import leftovers
from app.settings import ROOT
from tests.conftest import TINY
from tests.edit_pack import change

MOST_STEPS = 400
GIVEN = ("--layer", "sites", "--uncertainty-m", "50", "--basis", "published", "--update",
         "--source", "survey", "--set", "status=existing", "--set", "category=zone",
         "--set", "plan_refs=第一章")  # fmt: skip
STEPS = [(os, name) for name in ("replace", "rename", "fsync", "mkdir", "unlink", "rmdir", "link")]
STALE = "built_files_are_what_the_rows_give"


class Killed(BaseException):
    """A process that ends here: nothing behind it runs."""


def cut_off(patch: pytest.MonkeyPatch, last: int) -> None:
    """Let the step of that number, and all that follow, end in a kill."""
    done = [0]

    def step(real: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*given: object, **more: object) -> object:
            done[0] += 1
            if done[0] >= last:
                raise Killed
            return real(*given, **more)

        return wrapped

    for owner, name in [*STEPS, (durable, "rename_exchange")]:
        patch.setattr(owner, name, step(getattr(owner, name)))


def workbook(folder: Path) -> list[str]:
    file = folder / "in.xlsx"
    run(["export-xlsx", str(file), "--pack", str(folder / "pack")])
    book = load_workbook(file)
    book["场地"]["F2"].value = "building"
    book.save(file)
    return ["import-xlsx", str(file), "--apply"]


def shapes(folder: Path) -> list[str]:
    file = folder / "in.gpkg"
    frame = geopandas.GeoDataFrame(
        {"name": ["东山林场", "西山林场"], "id": ["forest-east", "forest-west"]},
        geometry=[box(10.31, 50.11, 10.32, 50.12), box(10.11, 50.11, 10.13, 50.12)],
        crs=4326,
    )
    frame.to_file(file, engine="pyogrio")
    return ["import-gis", str(file), *GIVEN]


def edited(folder: Path) -> list[str]:
    change(folder / "pack", "sites", "site-mill", summary="东镇的一家老厂。")
    roads = folder / "pack" / "geodata" / "base" / "roads.geojson"
    roads.write_text(roads.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return ["build"]


def kept(folder: Path) -> list[str]:
    return ["keep"]


def older_book(folder: Path) -> list[str]:
    (folder / "out.xlsx").write_bytes(b"an older workbook")
    return ["export-xlsx", str(folder / "out.xlsx"), "--force"]


def older_site(folder: Path) -> list[str]:
    site = folder / "site"
    site.mkdir()
    (site / "gone.txt").write_text("of an earlier run", encoding="utf-8")
    (site / "published.json").write_text('{"files": ["gone.txt"]}', encoding="utf-8")
    (site / "mine.txt").write_text("somebody's", encoding="utf-8")
    return ["publish", str(site), "--url", "https://example.org/", "--force"]


async def small_site(_app: object, folder: Path, *_: object) -> list[str]:
    for name in ("index.html", "a.json"):
        (folder / name).write_text(name, encoding="utf-8")
    return ["index.html", "a.json"]


def run(words: list[str]) -> None:
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output


def seen(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            found[name] = content(path)
    return found


def content(path: Path) -> str:
    if path.suffix == ".xlsx" and path.read_bytes()[:2] == b"PK":
        rows = (page.iter_rows(values_only=True) for page in load_workbook(path))
        return repr([list(page) for page in rows])
    return path.read_bytes().hex()


@pytest.mark.parametrize(
    "prepare", [workbook, shapes, edited, kept, older_book, older_site],
    ids=["import-xlsx", "import-gis", "build", "keep", "export-xlsx", "publish"],
)  # fmt: skip
def test_a_command_cut_off_at_any_step_leaves_the_old_or_the_new(
    prepare: Callable[[Path], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, template = tmp_path / "work", tmp_path / "template"
    monkeypatch.setenv("PLANMAP_VERSIONS", str(folder / "versions"))
    monkeypatch.setattr(app.publish, "write_all", small_site)
    shutil.copytree(TINY, folder / "pack")
    words = [*prepare(folder), "--pack", str(folder / "pack")]
    shutil.copytree(folder, template)
    old = seen(folder)
    run(words)
    new = seen(folder)
    assert new != old
    met = set()
    for last in range(1, MOST_STEPS):
        shutil.rmtree(folder)
        shutil.copytree(template, folder)
        with monkeypatch.context() as patch:
            cut_off(patch, last)
            try:
                run(words)
                ended = True
            except Killed:
                ended = False
        pack = Pack(folder / "pack")
        found = seen(folder)
        assert found in (old, new), f"step {last}"
        met.add(found == new)
        assert leftovers(folder / "pack") == []
        if ended:
            break
    run(words)
    assert seen(folder) == new
    assert check_pack(pack) == []
    assert [path for path in folder.rglob(".*") if path.name != ".keep"] == []
    assert ended
    assert met == {True, False}


def test_real_kills_leave_the_old_or_the_new() -> None:
    """A few of the kills that `tools/kills.py --kills 200` makes."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "kills.py", "--kills", "2", "--seed", "1"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 mixed") == 7
