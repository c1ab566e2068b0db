"""Changes several files of a pack together, by a write-ahead journal.

Git and people want the files of a pack under their usual names, and the features stand beside the
folder of the rows; so there is no single folder whose rename could switch a pack. Instead every new
text is first written and synced inside `geodata/.pending.part`, with a list of where each belongs.
Renaming that folder to `.pending` decides the change. Then the files are moved into place. Whoever
opens the pack next, after a crash, finishes what was decided and removes what was not: a pack is
read before the change or after it, never in between. One lock per pack keeps writers apart.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.domain.errors import PackError
from app.pack.storage.files import (
    inside,
    leftover_paths,
    move_into_place,
    remove,
    sync_folder,
    write_synced,
)
from app.pack.storage.lock import LOCK, locked

DATA_FOLDER = "geodata"
FEATURES_FILE = "projects.geojson"
PENDING, STAGED = ".pending", ".pending.part"
LIST = "files.json"
OLD_PART = ("*.csv.part", "*.geojson.part", "*.toml.part")
"""What earlier releases left when they were killed."""

Bodies = Mapping[Path, bytes]


def commit(root: Path, bodies: Bodies) -> None:
    """Write files of a pack, all or none. The caller holds the lock and has recovered the pack."""
    data = root / DATA_FOLDER
    placed = {place_of(root, path): body for path, body in bodies.items()}
    if not placed:
        return
    try:
        stage(data, placed)
        (data / STAGED).rename(data / PENDING)
    except OSError as error:
        with suppress(OSError):
            remove(data / STAGED)
        raise PackError(
            str(data), f"room and the right to write; nothing written ({error})"
        ) from None
    sync_folder(data)
    finish(root)


def stage(data: Path, placed: Mapping[str, bytes]) -> None:
    """Write everything beside, with the list of where it belongs; all of it synced."""
    folder = data / STAGED
    folder.mkdir()
    listed = {}
    for number, (name, body) in enumerate(placed.items()):
        write_synced(folder / str(number), body, like=target(data.parent, data, name))
        listed[name] = {"file": str(number), "sha256": hashlib.sha256(body).hexdigest()}
    write_synced(folder / LIST, json.dumps(listed, ensure_ascii=False).encode())
    sync_folder(folder)


def finish(root: Path) -> None:
    """Move the files of a decided change into place; those already moved stay."""
    data = root / DATA_FOLDER
    folder = data / PENDING
    try:
        for name, entry in decided(folder).items():
            half, path = inside(folder, str(entry["file"])), target(root, data, name)
            if half.exists():
                if hashlib.sha256(half.read_bytes()).hexdigest() != entry["sha256"]:
                    raise damaged_journal(folder)
                make_folder(path.parent)
                move_into_place(half, path)
        (folder / LIST).unlink(missing_ok=True)
        remove(folder)
        sync_folder(data)
    except OSError as error:
        expected = f"the right to finish a change that was begun; then run this again ({error})"
        raise PackError(str(folder), expected) from None


def decided(folder: Path) -> dict[str, dict[str, str]]:
    """Name → staged file of a decided change; nothing where all is done."""
    try:
        entries = json.loads((folder / LIST).read_text(encoding="utf-8"))
        return {str(name): dict(entry) for name, entry in entries.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError):
        raise damaged_journal(folder) from None


def damaged_journal(folder: Path) -> PackError:
    return PackError(
        str(folder), "a whole journal of a change; it is damaged: restore the pack from its copy"
    )


def place_of(root: Path, path: Path) -> str:
    """A file of the pack as the journal names it: `projects.geojson` or a path in `geodata/`."""
    name = path.relative_to(root).as_posix()
    target(root, root / DATA_FOLDER, name)
    return name


def target(root: Path, data: Path, name: str) -> Path:
    """Where a named file of the pack lies. Raises PackError for any name that leads outside."""
    first, _, rest = name.partition("/")
    if name == FEATURES_FILE:
        return inside(root, name)
    if first == DATA_FOLDER and rest and not rest.startswith("."):
        return inside(data, rest)
    raise PackError(DATA_FOLDER, f"{FEATURES_FILE}, or a file in this folder", value=name[:80])


def make_folder(folder: Path) -> None:
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def leftovers(root: Path) -> list[Path]:
    """What a killed command left in a pack."""
    data = root / DATA_FOLDER
    paths = [data / name for name in (PENDING, STAGED, LOCK) if (data / name).exists()]
    folders = [data, *(path for path in data.rglob("*") if path.is_dir() and path.name[0] != ".")]
    for folder in (root, *folders):
        paths += leftover_paths(folder)
        if folder != root:
            paths += [path for ending in OLD_PART for path in sorted(folder.glob(ending))]
    return [*paths, *root.glob(f"{FEATURES_FILE}.part")]


def recover(root: Path) -> None:
    """Finish or undo what a killed command began, as soon as nobody else writes.

    Raises PackError where a change was decided and this user may not finish it.
    """
    data = root / DATA_FOLDER
    if not leftovers(root):
        return
    if os.access(data, os.W_OK):
        with locked(data):
            recover_locked(root)
    elif (data / PENDING).exists():
        expected = "no change half done; run `planmap check` as a user who may write here"
        raise PackError(str(data / PENDING), f"{expected}, it finishes the change")


def recover_locked(root: Path) -> None:
    """The same for a writer that holds the lock."""
    data = root / DATA_FOLDER
    if (data / PENDING).exists():
        finish(root)
    for path in leftovers(root):
        if path != data / LOCK:
            remove(path)
