"""The symbol of a placemark, as a picture inside the file: a white disc that takes any colour."""

import base64
import math
import struct
import zlib

SIDE = 32
RADIUS = 13.0
EDGE = 2.5
"""Width of the darker edge by which neighbours are told apart."""
INNER, OUTER = 255, 150


def disc() -> bytes:
    """A PNG of grey and opacity, edges smooth."""
    lines = []
    for row in range(SIDE):
        line = bytearray(b"\0")
        for column in range(SIDE):
            far = math.hypot(column - (SIDE - 1) / 2, row - (SIDE - 1) / 2)
            inside = min(max(RADIUS - EDGE - far + 0.5, 0.0), 1.0)
            opacity = min(max(RADIUS - far + 0.5, 0.0), 1.0)
            line += bytes((round(OUTER + (INNER - OUTER) * inside), round(255 * opacity)))
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


ICON = f"data:image/png;base64,{base64.b64encode(disc()).decode()}"
