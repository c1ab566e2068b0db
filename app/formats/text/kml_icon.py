"""The symbol of a placemark, as a picture inside the file: a white disc that takes any colour.

Its fill says the status, as on the page.
"""

import base64
import math
import struct
import zlib

from app.domain.models import STATUSES

SIDE = 32
RADIUS = 13.0
EDGE = 2.5
"""Width of the darker edge by which neighbours are told apart."""
INNER, OUTER = 255, 150
RIM = 6.5
"""Width of the rim of what is not filled."""
PALE, FAINT = 90, 110
"""Opacity of what is half full, and of what is pale all over."""


def opacity_of(status: str, far: float, below: bool) -> float:
    """How much of a disc is to be seen so far from its middle, of 255."""
    hole = min(max(RADIUS - RIM - far + 0.5, 0.0), 1.0)
    core = min(max(RADIUS - RIM - 2 - far + 0.5, 0.0), 1.0)
    match status:
        case "planned":
            return 255 * (1 - hole)
        case "building":
            return 255 * (1 - hole) + (PALE if below else 0) * hole
        case "upgrade":
            return 255 * (1 - hole + core)
        case "programme":
            return FAINT
        case _:
            return 255


def disc(status: str) -> bytes:
    """A PNG of grey and opacity, edges smooth."""
    lines = []
    for row in range(SIDE):
        line = bytearray(b"\0")
        for column in range(SIDE):
            far = math.hypot(column - (SIDE - 1) / 2, row - (SIDE - 1) / 2)
            inside = min(max(RADIUS - EDGE - far + 0.5, 0.0), 1.0)
            opacity = min(max(RADIUS - far + 0.5, 0.0), 1.0)
            seen = opacity * opacity_of(status, far, row >= SIDE / 2)
            line += bytes((round(OUTER + (INNER - OUTER) * inside), round(seen)))
        lines.append(bytes(line))
    grey_and_opacity = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 4, 0, 0, 0)
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", grey_and_opacity),
        chunk(b"IDAT", zlib.compress(b"".join(lines), 9)),
        chunk(b"IEND", b""),
    ))  # fmt: skip


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG: length, name, data, checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


ICONS = {
    status: f"data:image/png;base64,{base64.b64encode(disc(status)).decode()}"
    for status in STATUSES
}
