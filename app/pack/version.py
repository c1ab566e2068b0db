"""The data version: twelve hex digits over every file that is served or built from."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from app.pack.storage.journal import DATA_FOLDER, FEATURES_FILE

READ_SUFFIXES = (".csv", ".geojson", ".md", ".png", ".toml")
"""Endings of the files that the product reads; editors' copies and hidden files are nobody's."""
DIGITS = 12
PART = 1 << 20
"""Bytes read at a time: no file has to fit into memory."""
VERSION = re.compile(rf"[0-9a-f]{{{DIGITS}}}")


def version_of(root: Path) -> str:
    """Changes exactly when a file of the pack does, whoever wrote it."""
    digest = hashlib.sha256()
    for path in files_of_pack(root):
        name = path.relative_to(root).as_posix()
        with path.open("rb") as file:
            digest.update(f"{name}\0{os.fstat(file.fileno()).st_size}\0".encode())
            while part := file.read(PART):
                digest.update(part)
    return digest.hexdigest()[:DIGITS]


def files_of_pack(root: Path) -> list[Path]:
    """Every file of a pack that decides its version, in order."""
    files = (root / FEATURES_FILE, *files_of(root / DATA_FOLDER))
    return [path for path in files if path.is_file()]


def files_of(data: Path) -> Iterator[Path]:
    """The files of the folder of a pack that count, in order."""
    for path in sorted(data.rglob("*")):
        hidden = any(part.startswith((".", "~")) for part in path.relative_to(data).parts)
        if path.suffix in READ_SUFFIXES and not hidden:
            yield path


def snapshots_in(folder: Path) -> list[str]:
    """The data versions kept in a folder."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if VERSION.fullmatch(path.name))


def digest_of(body: bytes) -> str:
    """Twelve hex digits of a text, however its lines end."""
    return hashlib.sha256(body.replace(b"\r\n", b"\n")).hexdigest()[:DIGITS]
