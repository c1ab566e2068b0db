"""The pairs of words, Chinese and English, that the code declares beside what they are of."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from app.settings import ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCES = ("server",)
"""Texts of data in Chinese and English, and what is answered before there is an app: in both."""


def pairs_in(path: Path) -> Iterator[tuple[str, str]]:
    """A text in Chinese followed by one without, in a tuple or a call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        parts = node.elts if isinstance(node, ast.Tuple) else []
        parts = node.args if isinstance(node, ast.Call) else parts
        for one, other in pairwise(parts):
            if is_text(one) and is_text(other):
                words = str(one.value), str(other.value)  # type: ignore[attr-defined]
                if CHINESE.search(words[0]) and not CHINESE.search(words[1]):
                    yield words


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def declared() -> dict[str, str]:
    """English → Chinese of every pair of the product."""
    files = [
        path for path in sorted(ROOT.glob("app/**/*.py"))
        if not any(one in path.parts or path.name == one for one in SENTENCES)
    ]  # fmt: skip
    return {en: zh for path in files for zh, en in pairs_in(path)}
