"""Finished files on disk, bounded in bytes: what has not been asked for longest goes first.

An entry holds the length and the digest of what it keeps, so that one that was cut off, emptied or
changed is noticed, dropped and made anew. A disk that fails costs time, never an answer, and is
said: in the log and by `problem`.
"""

import contextlib
import fcntl
import hashlib
import logging
import os
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

log = logging.getLogger(__name__)

SUFFIX, PARTIAL = ".entry", ".tmp"
LEFTOVERS = (f"*{PARTIAL}", "*.picture", "tmp????????")
"""What a process that was killed may have left, and what earlier releases kept."""

HEADER = struct.Struct(">4sQ16s")
MAGIC = b"PMC1"


class DiskCache:
    """A folder of files named by their key; several processes may share it."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder, self.max_bytes = folder, max_bytes
        self.problem = ""
        """Why nothing can be kept at present; empty where all is well."""
        self.hits = self.misses = self.dropped = 0
        self.clear_leftovers()
        self._try_out()

    def get(self, key: str, counted: bool = True) -> bytes | None:
        """The bytes under a key, or None. An entry that is not whole goes."""
        body = self._read(key)
        if counted:
            self.hits += body is not None
            self.misses += body is None
        return body

    def _read(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        body = unpacked(key, data)
        if body is None:
            self.dropped += 1
            log.warning("cache entry %s is damaged; it is dropped and made anew", path)
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):  # a folder that is only read serves all the same
            os.utime(path)
        return body

    def put(self, key: str, body: bytes) -> None:
        """Keep bytes under a key, all or nothing, and make room."""
        if HEADER.size + len(body) > self.max_bytes:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write(self._path(key), packed(key, body), body)
            self._make_room()
        except OSError as error:
            self._set_problem(str(error))
        else:
            self._set_problem("")

    @contextlib.contextmanager
    def begun(self, key: str) -> Iterator[IO[bytes] | None]:
        """A file of the folder for an entry that somebody else writes; None where none can be. At
        the end it is kept where it is whole, and is gone otherwise; who has it open reads on.
        """
        try:
            file = tempfile.NamedTemporaryFile(  # noqa: SIM115
                dir=self.folder, prefix=key, suffix=PARTIAL, delete=False
            )
        except OSError:
            yield None
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield file
            is_whole = os.pread(file.fileno(), len(MAGIC), 0) == MAGIC
            if is_whole and os.fstat(file.fileno()).st_size <= self.max_bytes:
                with contextlib.suppress(OSError):
                    os.replace(file.name, self._path(key))
                    self._make_room()
        finally:
            file.close()
            with contextlib.suppress(OSError):
                os.unlink(file.name)

    @property
    def held(self) -> int:
        """What the entries take on disk."""
        return sum(size for _, size, _ in self._entries())

    def clear_leftovers(self) -> None:
        """Remove half-written files that nobody is writing any more."""
        for pattern in LEFTOVERS:
            with contextlib.suppress(OSError):
                for path in self.folder.glob(pattern):
                    remove_unless_locked(path)

    def _write(self, path: Path, header: bytes, body: bytes) -> None:
        """Write beside and rename. Locked meanwhile: what is not locked is a leftover."""
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=path.stem, suffix=PARTIAL)
        try:
            with os.fdopen(handle, "wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(header)
                file.write(body)
                file.flush()
                os.replace(name, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise

    def _try_out(self) -> None:
        """Say at the start, not with the first picture, that the folder cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            self._set_problem(str(error))

    def _set_problem(self, problem: str) -> None:
        """Note what is wrong, or that it is no more, and log each change once."""
        if problem and not self.problem:
            log.warning(
                "cache folder %s cannot be written (%s): pictures and files are made anew each "
                "time; mend the folder or set PLANMAP_CACHE", self.folder, problem,
            )  # fmt: skip
        elif self.problem and not problem:
            log.warning("cache folder %s can be written again", self.folder)
        self.problem = problem

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{SUFFIX}"

    def _entries(self) -> list[tuple[int, int, Path]]:
        """When it was last used, its size, and where it is, of each entry."""
        entries = []
        with contextlib.suppress(OSError):
            for path in self.folder.glob(f"*{SUFFIX}"):
                with contextlib.suppress(OSError):  # gone meanwhile
                    stat = path.stat()
                    entries.append((stat.st_mtime_ns, stat.st_size, path))
        return entries

    def _make_room(self) -> None:
        """Remove the files longest unused until the rest fits."""
        entries = self._entries()
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self.max_bytes:
                return
            path.unlink(missing_ok=True)
            total -= size


def packed(key: str, body: bytes) -> bytes:
    """The header of an entry."""
    return header_of(len(body), digest_of(key, body))


def header_of(length: int, digest: bytes) -> bytes:
    return HEADER.pack(MAGIC, length, digest)


def unpacked(key: str, data: bytes) -> bytes | None:
    """What an entry keeps; None where it is not whole or not of this key."""
    if len(data) < HEADER.size:
        return None
    magic, length, digest = HEADER.unpack_from(data)
    body = data[HEADER.size :]
    if (magic, length) != (MAGIC, len(body)) or digest != digest_of(key, body):
        return None
    return body


def digest_of(key: str, body: bytes) -> bytes:
    digest = keyed_digest(key)
    digest.update(body)
    return digest.digest()


def keyed_digest(key: str) -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=16, key=key.encode()[:64])


def remove_unless_locked(path: Path) -> None:
    """Remove a file, unless a process is writing it."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
