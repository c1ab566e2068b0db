"""A file that is read while a worker writes it: an entry of the cache before it is whole.

The worker writes behind the room for the entry's header; that comes last, with the digest.
"""

import os
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from app.render.disk_cache import HEADER, header_of, keyed_digest

AT_ONCE = 1 << 18
"""Bytes that are written at once."""


class GrowingFile:
    """The file as it is read, from the first byte of the body; whoever reads keeps it open."""

    def __init__(self, file: IO[bytes]) -> None:
        self._number = os.dup(file.fileno())
        self.path = Path(file.name)
        weakref.finalize(self, os.close, self._number)

    @property
    def size(self) -> int:
        return max(0, os.fstat(self._number).st_size - HEADER.size)

    def read(self, at: int, most: int) -> bytes:
        """Bytes from a place on, as far as they are there."""
        return os.pread(self._number, most, HEADER.size + at)

    def whole(self) -> bytes:
        """All of it, once it is written."""
        found: list[bytes] = []
        at = 0
        while piece := self.read(at, self.size - at):
            found.append(piece)
            at += len(piece)
        return found[0] if len(found) == 1 else b"".join(found)


def write_entry(path: Path, key: str, pieces: Iterable[bytes]) -> None:
    """Write an entry that others read meanwhile; the same bytes where it was begun before."""
    digest, length = keyed_digest(key), 0
    with path.open("r+b", buffering=AT_ONCE) as file:
        file.seek(HEADER.size)
        for piece in pieces:
            digest.update(piece)
            length += file.write(piece)
        file.truncate()
        file.seek(0)
        file.write(header_of(length, digest.digest()))
