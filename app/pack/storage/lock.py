"""A lock for one writer at a time; it ends with its process.

The lock is the kernel's (flock) on a small file that names who holds it, so that another can be
told. The file goes with the lock; where a killed process left it, nobody holds it any more.
"""

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.domain.errors import PackError

WAIT_SECONDS = 20.0
STEP_SECONDS = 0.05
LOCK = ".lock"


@contextmanager
def locked(folder: Path, name: str = LOCK, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of a folder. Raises PackError that names the holder, after waiting a while."""
    path = folder.resolve() / name
    number = taken(path, time.monotonic() + wait)
    try:
        os.ftruncate(number, 0)
        os.pwrite(number, f"process {os.getpid()} ({command()})".encode(), 0)
        yield
    finally:
        try:
            path.unlink(missing_ok=True)
        finally:
            os.close(number)


def taken(path: Path, until: float) -> int:
    """The open, locked file; the one that has the name, not one that was just removed."""
    while True:
        number = opened(path)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(number, 400, 0).decode(errors="replace") or "another process"
            os.close(number)
            if time.monotonic() > until:
                expected = f"nobody else writing here; {holder} does, try again when it has ended"
                raise PackError(str(path.parent), expected) from None
            time.sleep(STEP_SECONDS)
            continue
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(number), path.stat()):
                return number
        os.close(number)


def opened(path: Path) -> int:
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        return os.open(path, flags, 0o644)
    except OSError as error:
        expected = f"a folder this user may write to ({error.strerror})"
        raise PackError(str(path.parent), expected) from None


def command() -> str:
    """This program as it was called, short."""
    words = [Path(sys.argv[0]).name, *sys.argv[1:]]
    return " ".join(words)[:200]
