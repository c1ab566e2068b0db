"""The shape of the house: what may import what, how large a file may grow, no city in the code."""

import ast
import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.pack.pack import Pack
from app.settings import ROOT

MOST_LINES = 400
MOST_FILES = 12
CODE = sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("static/**/*.js")])


def test_imports_point_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def files_that_use(*names: str) -> set[str]:
    """The files of app/ in whose code one of these names stands."""
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    found = (path for path in ROOT.glob("app/**/*.py") if pattern.search(code_of(path)))
    return {path.relative_to(ROOT / "app").as_posix() for path in found}


def code_of(path: Path) -> str:
    """A file without its docstrings and comments, which speak of anything."""
    return ast.unparse(without_docstrings(ast.parse(path.read_text(encoding="utf-8"))))


def without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not is_text(one)] or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_a_geodataframe_is_only_a_way_to_write_gis_files() -> None:
    assert files_that_use("geopandas", "GeoDataFrame") == {
        f"formats/gis/{name}.py" for name in ("parquet", "record_batches")
    }


KNOW_THE_FEATURES_FILE = {
    "build/build.py", "cli/commands.py", "cli/ready.py", "editing/revision.py", "pack/built.py",
    "pack/pack.py", "pack/snapshots.py", "pack/storage/journal.py", "pack/version.py",
    "rules/tables/references.py", "settings.py",
}  # fmt: skip
"""Who reads, writes, moves, digests, misses, judges or explains it. Whoever answers or draws asks
a store.
"""


def test_only_who_keeps_the_pack_knows_where_its_features_lie() -> None:
    names = ("FEATURES_FILE", "features_path", "projects.geojson", "read_built")
    assert files_that_use(*names) == KNOW_THE_FEATURES_FILE


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_thing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in CODE}), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_folder_holds_at_most_a_dozen_files(folder: Path) -> None:
    files = [path.name for path in CODE if path.parent == folder and path.name != "__init__.py"]
    assert len(files) <= MOST_FILES, files


def test_the_code_knows_no_city(pack: Pack) -> None:
    info = pack.info
    words = [info.place, info.place_en, *(county.name for county in info.counties)]
    words += [county.code for county in info.counties]
    words += [county.name_en.split()[0] for county in info.counties]
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    for path in [*CODE, *ROOT.glob("words/*.json"), *ROOT.glob("app/**/*.html")]:
        found = pattern.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found}"


def done_at_import(package: str, folder: Path = ROOT) -> list[str]:
    """What the modules of a package do while they are imported, and how many there are."""
    found = subprocess.run(
        [sys.executable, ROOT / "tests" / "import_watch.py", package],
        cwd="/", env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return found.stdout.splitlines()


def test_nothing_happens_at_import() -> None:
    """No file is read, no connection made, no environment looked at by importing a module."""
    modules = list(ROOT.glob("app/**/*.py"))
    assert done_at_import("app") == [f"{len(modules)} modules"]


ACTS = {
    "opens": "open(__file__).close()",
    "reads": "import pathlib; pathlib.Path(__file__).read_bytes()",
    "lists": "import os; os.listdir('/')",
    "globs": "import pathlib; list(pathlib.Path(__file__).parent.glob('*'))",
    "runs": "import subprocess; subprocess.run(['true'])",
    "connects": "import socket; socket.socket().close()",
    "names": "import socket; socket.getaddrinfo('127.0.0.1', 1)",
    "environ": "import os; os.environ.get('PLANMAP_PACK')",
    "getenv": "import os; os.getenv('PLANMAP_PACK')",
    "contains": "import os; 'PLANMAP_PACK' in os.environ",
    "copies": "import os; dict(os.environ)",
    "settings": "from pydantic_settings import BaseSettings; BaseSettings()",
    "makes": "import tempfile; tempfile.mkdtemp()",
}


def test_whatever_happens_at_import_would_be_seen(tmp_path: Path) -> None:
    package = tmp_path / "eager"
    package.mkdir()
    (package / "__init__.py").write_text("import json\n")
    for name, act in ACTS.items():
        (package / f"{name}.py").write_text(f"def act():\n    {act}\n\nact()\n")
    *done, count = done_at_import("eager", tmp_path)
    assert {line.partition(".py:")[0] for line in done} == set(ACTS)
    assert count == f"{len(ACTS) + 1} modules"


def test_tools_and_bench_import_what_is_there() -> None:
    """Nothing else runs them but who measures, and finds out too late."""
    lost = set()
    for path in (*ROOT.glob("bench/*.py"), *ROOT.glob("tools/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "app":
                module = import_module(str(node.module))
                lost |= {
                    (path.name, module.__name__, one.name)
                    for one in node.names
                    if not hasattr(module, one.name) and not is_module(module.__name__, one.name)
                }
    assert lost == set()


def is_module(package: str, name: str) -> bool:
    return find_spec(f"{package}.{name}") is not None
