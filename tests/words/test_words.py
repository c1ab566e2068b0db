"""The words of the code: plain ones, each for one thing (docs/glossary.md)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import ROOT

BANNED = {
    "aside": "offset",
    "beads": "dotted link",
    "draft": "lenient pack, map drawing",
    "entitle": "set title",
    "face": "format",
    "faces": "formats",
    "furniture": "map elements",
    "hearts": "core points",
    "kit": "assets",
    "knot": "control point, junction",
    "knots": "control points, junctions",
    "obey": "apply",
    "press": "render pool",
    "shelf": "disk cache",
    "sketch": "structure diagram",
    "sketched": "structure diagram",
    "sketching": "structure diagram",
    "stranger": "unknown",
    "strangers": "unknown",
    "stretch": "segment, substring",
    "teller": "messages",
    "told": "text",
    "tray": "compare bar",
    "veil": "mask",
    "veiled": "masked",
}
"""Word → what stands for it."""
NOT_IN_PROSE = re.compile(r"\b(beads|hearts|kit|knots?|teller)\b", re.IGNORECASE)
"""The banned words that have no plain use in a sentence of this house."""
PYTHON = sorted(
    path for top in ("app", "tests", "tools", "bench") for path in ROOT.glob(f"{top}/**/*.py")
)
SCRIPTS = sorted(ROOT.glob("static/js/**/*.js"))
DECLARED = re.compile(r"\b(?:function\*?|class|const|let)\s+(\w+)")


def words_of(name: str) -> list[str]:
    """`kmlIcon`, `KML_ICON` → kml, icon."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def names_in(path: Path) -> Iterator[str]:
    """What a file declares: itself, its functions, classes, parameters, constants, fields."""
    yield path.stem
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        yield from DECLARED.findall(text)
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


@pytest.mark.parametrize("path", [*PYTHON, *SCRIPTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_names_are_plain_words(path: Path) -> None:
    if path.name.startswith("test_"):
        return  # its names are sentences
    found = {name for name in names_in(path) if BANNED.keys() & set(words_of(name))}
    assert not found, {
        name: [BANNED[word] for word in words_of(name) if word in BANNED] for name in found
    }


def test_a_banned_word_would_be_seen(tmp_path: Path) -> None:
    bad = tmp_path / "veil.py"
    bad.write_text("class MapTray: ...\ndef told(knot: int) -> None:\n    FACES = 1\n")
    assert {word for name in names_in(bad) for word in words_of(name)} & BANNED.keys() == {
        "veil", "tray", "told", "knot", "faces"
    }  # fmt: skip


def test_comments_use_plain_words() -> None:
    texts = ((path, path.read_text(encoding="utf-8")) for path in ROOT.glob("app/**/*.py"))
    scripts = ((path, path.read_text(encoding="utf-8")) for path in SCRIPTS)
    found = {
        path.relative_to(ROOT).as_posix(): word[0]
        for path, text in (*texts, *scripts)
        if (word := NOT_IN_PROSE.search(text))
    }
    assert found == {}


def test_a_class_name_stands_once() -> None:
    places: dict[str, list[str]] = {}
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def glossary() -> list[list[str]]:
    """Chinese, English and meaning of each word."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| ")][1:]
    return [[cell.strip() for cell in row] for row in rows]


@pytest.mark.parametrize("column", [0, 1], ids=["Chinese", "English"])
def test_the_glossary_says_each_word_once(column: int) -> None:
    words = [row[column] for row in glossary()]
    assert len(words) == len(set(words)) >= 60


def test_the_code_uses_each_word_of_the_glossary() -> None:
    """A word that went from the code goes from the glossary."""
    files = (*ROOT.glob("app/**/*.py"), *SCRIPTS, *ROOT.glob("words/*.json"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    lost = {
        word
        for _, word, *_ in glossary()
        if not re.search(re.sub(r"[ -]", "[ _-]?", word), code, re.IGNORECASE)
    }
    assert lost == set()


NAMED = re.compile(r"(?<![\w/.])((?:app|static|tests|tools)/[\w./-]*\w\.(?:py|js|json|css|html))\b")


def test_code_names_files_that_are_there() -> None:
    """Twins and shared cases are found by the paths that they name."""
    files = [
        *ROOT.glob("app/**/*.py"),
        *ROOT.glob("static/js/**/*.js"),
        *ROOT.glob("tools/**/*.py"),
    ]
    lost = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in files
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    }
    assert lost == set()
