"""The PNG writer: the SVG, drawn with the font of the kit and no other."""

import struct
import zlib

import resvg_py

from app.faces.picture.fonts import FAMILY
from app.faces.picture.kit import Kit
from app.faces.picture.options import Page
from app.faces.picture.scene import Scene
from app.faces.picture.svg import write_svg

HEADER = 33
"""Bytes of signature and IHDR, after which pHYs may stand (PNG, 11.3.4.3)."""
INCH_PER_METRE = 39.3701


def write_png(scene: Scene, page: Page, kit: Kit) -> bytes:
    """The picture in its pixels, with its dots per inch."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=write_svg(scene, page).decode(),
        width=page.pixel_width,
        height=page.pixel_height,
        skip_system_fonts=True,
        font_files=[str(kit.regular.path), str(kit.bold.path)],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
    return with_density(bytes(drawn), page.dpi)


def with_density(png: bytes, dpi: float) -> bytes:
    """Say how large a pixel is, for programs that place the picture on paper."""
    per_metre = round(dpi * INCH_PER_METRE)
    data = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + data + struct.pack(">I", zlib.crc32(data))
    return png[:HEADER] + chunk + png[HEADER:]
