"""What files are made by, as a digest: it changes when what is made might."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import app
from app.pack.version import files_of_pack
from app.words import FOLDER

CODE = Path(app.__file__).parent
SOURCES = (".py", ".html", ".txt")
COMPILED = "__pycache__"


def code_digest(static: Path) -> str:
    """Of our code, and of the front end, which an offline page is made of."""
    digest = hashlib.sha256()
    for path in code_files(static):
        digest.update(os.path.basename(path).encode() + b"\0")
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def last_modified(pack: Path, static: Path) -> datetime:
    """When the newest file was written that an answer is made of, to the second."""
    files = (*code_files(static), *map(str, files_of_pack(pack)))
    newest = max(os.stat(path).st_mtime for path in files)
    return min(datetime.fromtimestamp(int(newest), UTC), datetime.now(UTC).replace(microsecond=0))


def code_files(static: Path) -> list[str]:
    """Our code, the words and the front end, in order."""
    sources = (path for path in files_below(CODE) if path.endswith(SOURCES))
    return sorted((*sources, *files_below(static), *files_below(FOLDER)))


def files_below(root: Path) -> Iterator[str]:
    """The files in a folder and those within, but what Python has compiled."""
    for folder, folders, names in os.walk(root):
        if COMPILED in folders:
            folders.remove(COMPILED)
        yield from (os.path.join(folder, name) for name in names)
