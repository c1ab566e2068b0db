"""A change of a pack: judged by every rule on a copy, then written whole or not at all."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.build.build import build, stale, write_texts
from app.domain.errors import PackError
from app.pack.pack import Pack
from app.pack.storage.files import inside
from app.rules import Finding, check

Texts = Mapping[str, str]
"""File of the pack, as a path inside `geodata/` → its whole text."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What a change would write, or why it may not."""

    findings: tuple[Finding, ...]
    files: dict[Path, str]
    """Path → text of everything that would differ; empty when there are findings."""
    root: Path | None = None
    """The pack it changes."""
    since: str = ""
    """The version of the pack it was judged on; it is written to no other."""


def revise(pack: Pack, texts: Texts) -> Revision:
    """Judge and build the pack as it would be with these files; write nothing to it."""
    if not texts:
        return Revision((), {})
    for name in texts:
        inside(pack.data, name)
    with TemporaryDirectory() as folder:
        trial = copy_of(pack, Path(folder))
        for name, text in texts.items():
            save(inside(trial / pack.data.name, name), text)
        try:
            changed = Pack(trial)
            findings = tuple(check(changed))
            built = {} if findings else build(changed)
        except PackError as error:
            return Revision((finding_of(error),), {})
        if findings:
            return Revision(findings, {})
        files = {pack.data / name: text for name, text in texts.items()}
        files |= {pack.root / path.relative_to(trial): text for path, text in built.items()}
        return Revision((), different(files), pack.root, pack.version)


def apply(revision: Revision) -> list[Path]:
    """Write what differs, all or nothing. Raises PackChanged if it was judged on another state."""
    if revision.root is None:
        return []
    return write_texts(revision.root, revision.files, revision.since)


def copy_of(pack: Pack, folder: Path) -> Path:
    """The pack's own files, without whatever else stands beside them."""
    root = folder / "pack"
    shutil.copytree(pack.data, root / pack.data.name, ignore=shutil.ignore_patterns(".*"))
    if pack.features_path.exists():
        shutil.copy(pack.features_path, root / pack.features_path.name)
    return root


def save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def different(files: dict[Path, str]) -> dict[Path, str]:
    """Those that are not yet on disk as they should be."""
    return {path: files[path] for path in stale(files)}


def finding_of(error: PackError) -> Finding:
    """What cannot even be read is a finding too."""
    return Finding("readable", error.file, error.row, error.column, error.value, error.expected)
