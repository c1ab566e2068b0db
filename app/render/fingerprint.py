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
SOURCES = frozenset((".py", ".html", ".txt"))


def code_digest(static: Path) -> str:
    """Of our code, and of the front end, which an offline page is made of."""
    digest = hashlib.sha256()
    for path in code_files(static):
        digest.update(path.name.encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()


def last_modified(pack: Path, static: Path) -> datetime:
    """When the newest file was written that an answer is made of, to the second."""
    files = (*code_files(static), *files_of_pack(pack))
    newest = max(path.stat().st_mtime for path in files)
    return min(datetime.fromtimestamp(int(newest), UTC), datetime.now(UTC).replace(microsecond=0))


def code_files(static: Path) -> Iterator[Path]:
    """Our code, the words and the front end, in order."""
    sources = (path for path in files_below(CODE) if path.suffix in SOURCES)
    files = [*sources, *files_below(static), *FOLDER.iterdir()]
    yield from sorted(path for path in files if path.is_file())


def files_below(root: Path) -> Iterator[Path]:
    """As `rglob` finds them, in a tenth of the time."""
    for folder, _, names in os.walk(root):
        yield from (Path(folder, name) for name in names)
