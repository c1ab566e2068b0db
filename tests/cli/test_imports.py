"""Which libraries a command loads: only those it works with, so that none waits for the others."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.commands import MODULES, app_of
from app.settings import ROOT

WEB = {"fastapi", "starlette", "uvicorn", "jinja2"}
FILES = {"openpyxl", "folium", "branca", "pptx", "reportlab", "resvg", "geopandas", "pandas",
         "pyogrio", "requests", "PIL", "ezdxf", "pyarrow"}  # fmt: skip
HEAVY = WEB | FILES | {"numpy", "shapely", "pyproj", "pypinyin", "fontTools", "tomlkit", "pebble"}

SERVICE = """
from app.main import create_app
from app.startup import load_settings
import app.server.run, app.server.guard
create_app(load_settings())
"""
COMMAND = """
from app.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


def loaded(code: str, *words: str) -> set[str]:
    """The heavy libraries that a program has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n', *sys.modules)", *words],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return HEAVY & {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_help_loads_nothing_heavy() -> None:
    assert not loaded(COMMAND, "--help")


@pytest.mark.parametrize("words", [("check",), ("build", "--check")])
def test_judging_and_building_load_geometry_alone(tiny: Path, words: tuple[str, ...]) -> None:
    assert loaded(COMMAND, *words, "--pack", str(tiny)) == {"numpy", "shapely", "pyproj"}


def test_a_workbook_needs_no_web(tiny: Path, tmp_path: Path) -> None:
    book = str(tmp_path / "book.xlsx")
    found = loaded(COMMAND, "export-xlsx", book, "--pack", str(tiny))
    assert "openpyxl" in found
    assert not found & (WEB | {"folium", "pptx", "reportlab", "geopandas", "pypinyin"})


def test_a_service_starts_without_what_only_its_files_need() -> None:
    found = loaded(SERVICE)
    assert found >= {"fastapi", "uvicorn", "shapely"}
    assert not found & (FILES | {"pypinyin", "tomlkit"})


def test_a_command_hardly_looks_for_rubbish_in_what_it_loads(tiny: Path) -> None:
    """That was a third of what a short command cost."""
    told = "import gc; print(gc.get_stats()[2]['collections'], gc.get_freeze_count())"
    done = subprocess.run(
        [sys.executable, "-c", f"{COMMAND}\n{told}", "check", "--pack", str(tiny)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    searched, left = map(int, done.stdout.splitlines()[-1].split())
    assert searched <= 1
    assert left > 50_000


def test_help_says_of_a_command_what_the_command_says() -> None:
    app = app_of(*MODULES)
    commands = {one.name: one.callback for one in app.registered_commands}
    said = {name: ((one and one.__doc__) or "").splitlines()[0] for name, one in commands.items()}
    assert said == {name: says for name, (_, says) in MODULES.items()}
