"""Zip archives whose bytes depend on their content alone: no clock, one order, one level."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date

Body = bytes | Iterable[bytes]


def zipped(entries: Iterable[tuple[str, Body]], day: str) -> bytes:
    """An archive of named files, each dated `day` (ISO 8601); a body may come in pieces."""
    stamp = date.fromisoformat(day)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, body in entries:
            info = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w") as file:
                for piece in (body,) if isinstance(body, bytes) else body:
                    file.write(piece)
    return out.getvalue()


def unzipped(body: bytes) -> list[tuple[str, bytes]]:
    """Name and content of each file, in the archive's order."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]
