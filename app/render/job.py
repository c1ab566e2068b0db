"""What is to be made: a view in a format, named by a key that holds all it depends on."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.formats import BY_EXT, Format, Selection


@dataclass(frozen=True, slots=True)
class RenderJob:
    """A file to make. `selection` names the view; its features are looked up by who makes it, but
    where they are given.
    """

    key: str
    ext: str
    selection: Selection
    patience: float = 1.0
    """How many times longer than a picture it may take."""
    features: Sequence[Any] | None = None
    """The view's, as their store has them, or as they are sent (app/render/sent_features.py)."""

    into: Path | None = None
    """The file it is written into, where others read it meanwhile."""

    @property
    def name(self) -> str:
        """As messages call it."""
        return f"view.{self.ext}" if self.ext in BY_EXT else self.ext


def job_of(file_format: Format, selection: Selection, code_version: str) -> RenderJob:
    key = key_of(file_format, selection, code_version)
    return RenderJob(key, file_format.ext, selection, file_format.patience)


def key_of(file_format: Format, selection: Selection, code_version: str) -> str:
    """The same for the same file: what is shown, of which data, made by which code."""
    parts = (
        code_version, file_format.ext, selection.catalog.info.id, selection.version,
        selection.view.query_string(), selection.lang, selection.url, selection.options.key(),
        selection.projection.uri, ",".join(selection.compared),
        selection.window.key() if selection.window else "",
        *(f"{part.view.query_string()}\0{part.talk}" for part in selection.parts),
    )  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]
