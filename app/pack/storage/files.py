"""Writes files whole or not at all, and keeps names inside their folder.

A file is written beside its place, synced, and renamed: a reader, or a kill at any moment, finds
the old one or the new one. A rename is only lasting once its folder is synced too.
"""

import ctypes
import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.domain.errors import PackError

LONGEST_NAME = 255
"""Bytes of a file name, as file systems have it."""
PART = re.compile(r"\.(?P<name>.+)\.(?P<pid>\d+)\.part")
"""A file or folder in the making: `.<name>.<process>.part`."""


def inside(folder: Path, name: str) -> Path:
    """The file of that name in a folder, whatever the name says and whichever links lie there.

    Raises PackError for a name that leads out of the folder, or that no file can have.
    """
    root = folder.resolve()
    usable = "\0" not in name and all(
        0 < len(part.encode("utf-8", "replace")) <= LONGEST_NAME for part in name.split("/")
    )
    path = (root / name).resolve() if usable else root
    if path == root or not path.is_relative_to(root):
        raise PackError(folder.name, "a file name that stays in this folder", value=name[:80])
    return path


def temporary_path(path: Path) -> Path:
    """Where a file or folder is made, beside its place; says which process makes it."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def remove_leftovers(folder: Path, name: str | None = None) -> list[Path]:
    """Remove what killed processes left half made in a folder: of one name, or all there is."""
    leftovers = [
        path
        for path in leftover_paths(folder)
        if (parts := PART.fullmatch(path.name)) and name in (None, parts["name"])
    ]
    for path in leftovers:
        remove(path)
    return leftovers


def leftover_paths(folder: Path) -> list[Path]:
    """What lies half made in a folder, and nobody makes any more."""
    if not folder.is_dir():
        return []
    matches = ((path, PART.fullmatch(path.name)) for path in sorted(folder.iterdir()))
    return [path for path, half in matches if half and not is_running(int(half["pid"]))]


def is_running(pid: int) -> bool:
    """Whether a process of this number runs, and it is not this one."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def remove(path: Path) -> None:
    """Remove a file or a whole folder; a link, not what it leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder lasting."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sync_tree(folder: Path) -> None:
    """Make a folder with all that is in it lasting."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        elif path.is_dir() and not path.is_symlink():
            sync_folder(path)
    sync_folder(folder)


def write_synced(path: Path, body: bytes, like: Path | None = None) -> None:
    """Write a new file and sync it; with the mode of another, where that one exists."""
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        if like is not None and like.exists():
            os.fchmod(file.fileno(), like.stat().st_mode & 0o7777)
        os.fsync(file.fileno())


def move_into_place(half: Path, path: Path) -> None:
    """Move a synced file into its place, also from another file system."""
    try:
        os.replace(half, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = temporary_path(path)
        write_synced(beside, half.read_bytes(), like=half)
        os.replace(beside, path)
        half.unlink()
    sync_folder(path.parent)


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """Where to write a file that takes its place only when it is whole."""
    path = path.resolve()
    remove_leftovers(path.parent, path.name)
    half = temporary_path(path)
    try:
        yield half
        if path.exists():
            half.chmod(path.stat().st_mode & 0o7777)
        with half.open("rb") as file:
            os.fsync(file.fileno())
        move_into_place(half, path)
    except OSError as error:
        if error.filename == str(half):  # nobody has heard of the half
            error.filename = str(path)
        raise
    finally:
        with suppress(FileNotFoundError):
            half.unlink()


REPLACEABLE = (
    "a folder that can be replaced as a whole; a mount point (a volume) cannot: name one inside it"
)


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """Where to make a folder that takes its place only when it is whole; the old one goes then."""
    folder = folder.resolve()
    if is_mount_point(folder):
        raise PackError(str(folder), REPLACEABLE)
    folder.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder.parent, folder.name)
    half = temporary_path(folder)
    half.mkdir()
    try:
        if folder.is_dir():
            half.chmod(folder.stat().st_mode & 0o7777)
        yield half
        sync_tree(half)
        swap_folder(half, folder)
        sync_folder(folder.parent)
    finally:
        remove(half)


def swap_folder(half: Path, folder: Path) -> None:
    """Give a folder its name by one rename; what had the name before takes that of the half."""
    try:
        if folder.is_dir() and any(folder.iterdir()):
            rename_exchange(half, folder)
        else:
            half.rename(folder)
    except OSError as error:
        raise PackError(str(folder), f"{REPLACEABLE} ({error.strerror})") from None


def is_mount_point(folder: Path) -> bool:
    """Whether something is mounted there; a part of the same disk too, where the system says so."""
    if folder.is_mount():
        return True
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    escaped = re.sub(r"[ \t\n\\]", lambda found: f"\\{ord(found[0]):03o}", str(folder))
    return any(line.split(" ")[4] == escaped for line in mounts)


def rename_exchange(one: Path, other: Path) -> None:
    """Two names change places in one step (Linux: renameat2)."""
    library = ctypes.CDLL(None, use_errno=True)
    here, both = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if library.renameat2(here, os.fsencode(one), here, os.fsencode(other), both) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))
