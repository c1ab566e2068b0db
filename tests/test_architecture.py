"""The shape of the house: what may import what, how large a file may grow, no city in the code."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.plan.pack import Pack
from app.settings import ROOT

MOST_LINES = 400
CODE = sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("static/**/*.js")])


def test_imports_point_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_thing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_the_code_knows_no_city(pack: Pack) -> None:
    info = pack.info
    words = [info.place, info.place_en, *(county.name for county in info.counties)]
    words += [county.code for county in info.counties]
    words += [county.name_en.split()[0] for county in info.counties]
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    for path in [*CODE, *ROOT.glob("static/locale/*.json"), *ROOT.glob("app/**/*.html")]:
        found = pattern.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found}"


def test_nothing_happens_at_import() -> None:
    code = "import app.main, sys; sys.exit(any('projects' in str(m) for m in vars(app.main)))"
    assert subprocess.run([sys.executable, "-c", code], cwd="/", check=False).returncode == 0
