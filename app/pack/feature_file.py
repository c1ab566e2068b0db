"""The features of a large `projects.geojson`, each read when it is asked for.

Held as Python objects they would take ten times the bytes of the file. A build writes a feature
from `{` to `}` at the beginning of a line, and nothing within it begins a line so.
"""

import mmap
import os
import weakref
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.domain.on_demand import OnDemand
from app.domain.text.characters import has_forbidden, printable
from app.pack.reading import parsed

HEAD = b'{\n"type": "FeatureCollection",\n"features": [\n'
BEGIN, END, LAST = b"{\n", b"\n}", b"],\n"
LARGE = 32_000_000
"""Bytes of a file from which on its features are not held."""


class FeatureFile(OnDemand[dict[str, Any]]):
    """Some features of a file, in some order; the file may be replaced meanwhile."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError where a build has not written the file."""
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._file)
        self._starts, self._lengths = array("q"), array("q")
        with mmap.mmap(self._file, 0, access=mmap.ACCESS_READ) as text:
            self._forbidden = has_forbidden(text)
            self.others: dict[str, Any] = parsed(b"{" + text[self._find(text) :])
            """The members of the collection beside its features."""

    def _find(self, text: mmap.mmap) -> int:
        """Note where the features are; where they end."""
        if text[: len(HEAD)] != HEAD:
            raise ValueError("not the beginning that a build writes")
        at = len(HEAD)
        while text[at : at + len(BEGIN)] == BEGIN:
            end = text.find(END, at) + len(END)
            if end < at:
                break
            self._starts.append(at)
            self._lengths.append(end - at)
            at = end + (2 if text[end : end + 1] == b"," else 1)
        if text[at : at + len(LAST)] != LAST:
            raise ValueError("not the end that a build writes")
        return at + len(LAST)

    def put_in_order(self, order: Iterable[int]) -> None:
        """Put what stands at these places first, second, third."""
        chosen = list(order)
        self._starts = array("q", [self._starts[at] for at in chosen])
        self._lengths = array("q", [self._lengths[at] for at in chosen])

    def __len__(self) -> int:
        return len(self._starts)

    def member(self, at: int) -> dict[str, Any]:
        feature: dict[str, Any] = parsed(os.pread(self._file, self._lengths[at], self._starts[at]))
        return printable(feature) if self._forbidden else feature
