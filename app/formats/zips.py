"""Zip archives whose bytes depend on their content alone: no clock, one order, one level."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

Body = bytes | Iterable[bytes]


def zipped(entries: Iterable[tuple[str, Body]], day: str) -> bytes:
    """An archive of named files, each dated `day` (ISO 8601); a body may come in pieces."""
    out = io.BytesIO()
    for _ in write_steps(out, entries, day):
        pass
    return out.getvalue()


def zip_pieces(entries: Iterable[tuple[str, Body]], day: str) -> Iterator[bytes]:
    """The same as it is written; the size of a file stands behind it."""
    out = Outflow()
    for _ in write_steps(out, entries, day):
        if piece := out.taken():
            yield piece


def write_steps(out: Any, entries: Iterable[tuple[str, Body]], day: str) -> Iterator[None]:
    """Write an archive; between two pieces it is stopped at."""
    stamp = date.fromisoformat(day)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, body in entries:
            info = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w") as file:
                for piece in (body,) if isinstance(body, bytes) else body:
                    file.write(piece)
                    yield
    yield


class Outflow(io.RawIOBase):
    """A file that nobody goes back in: what is written is taken away."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        found = b"".join(self._written)
        self._written.clear()
        return found


def unzipped(body: bytes) -> list[tuple[str, bytes]]:
    """Name and content of each file, in the archive's order."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]
