"""A pack read from a copy of its own, so that what is written to the pack later touches nothing
that is being served: neither the service nor the processes that draw for it.
"""

import contextlib
import fcntl
import logging
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.domain.errors import PackChanged
from app.pack.pack import Pack
from app.pack.storage.lock import locked
from app.pack.version import files_of_pack, version_of

log = logging.getLogger(__name__)

READINGS = 3
"""How often a pack is read that changes under the reader."""


def read_pack(root: Path) -> Pack:
    """A pack, whole and of one state; read again when a command has changed it meanwhile.

    Raises PackError when it cannot be served, PackChanged when it never rests.
    """
    return patiently(partial(read_once, root))


def read_copied(root: Path, folder: Path) -> Pack:
    """The same from a copy in `folder`, which goes when nobody holds the pack any more.

    Where no copy can be made, the pack is read where it lies.
    """
    try:
        return patiently(partial(copied_once, root, folder))
    except OSError as error:
        log.warning("%s: the data cannot be copied there (%s) and is read in place", folder, error)
        return read_pack(root)


def patiently(read: Callable[[], Pack]) -> Pack:
    for _ in range(READINGS - 1):
        with contextlib.suppress(PackChanged):
            return read()
    return read()


def read_once(root: Path) -> Pack:
    pack = Pack(root)
    pack.read_whole()
    return pack


def copied_once(root: Path, folder: Path) -> Pack:
    version = Pack(root).version
    path, number = new_folder(folder)
    release = partial(remove_copy, path, number)
    try:
        copy_files(root, path)
        if version_of(path) != version:
            raise PackChanged(root, version)
        pack = Pack(path, version)
        pack.read_whole()
    except BaseException:
        release()
        raise
    weakref.finalize(pack, release)
    return pack


def copy_files(root: Path, path: Path) -> None:
    """Every file that counts, with its date. Raises PackChanged where one goes meanwhile."""
    for file in files_of_pack(root):
        target = path / file.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copy2(file, target)
        except FileNotFoundError:
            raise PackChanged(root, "") from None


def new_folder(folder: Path) -> tuple[Path, int]:
    """A new folder, locked as long as its number is open; those of ended processes go."""
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        for path in folder.iterdir():
            if path.is_dir() and (number := lock_of(path)) is not None:
                remove_copy(path, number)
        path = Path(tempfile.mkdtemp(dir=folder))
        number = lock_of(path)
        assert number is not None
    return path, number


def lock_of(path: Path) -> int | None:
    """The open, locked folder; None where a process holds it."""
    number = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        return None
    return number


def remove_copy(path: Path, number: int) -> None:
    shutil.rmtree(path, ignore_errors=True)
    os.close(number)
