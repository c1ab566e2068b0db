"""The PNG writer: the SVG, drawn with the font of the assets and no other."""

import struct
import zlib
from collections.abc import Iterator

from app.picture.scene.assets import DrawingAssets
from app.picture.scene.fonts import FAMILY
from app.picture.scene.scene import Scene
from app.picture.writers.raster import png_of
from app.picture.writers.svg import write_svg
from app.selection.about import About
from app.selection.picture_options import PagePixels

HEADER = 33
"""Bytes of signature and IHDR, after which pHYs may stand (PNG, 11.3.4.3)."""
INCH_PER_METRE = 39.3701


def write_png(scene: Scene, page: PagePixels, assets: DrawingAssets, facts: About) -> bytes:
    """The picture in its pixels, with its dots per inch and what it is."""
    texts = b"".join(text_chunk(name, text) for name, text in texts_of(facts) if text)
    return with_chunks(drawn_pixels(scene, page, assets, facts), density(page.dpi) + texts)


def drawn_pixels(scene: Scene, page: PagePixels, assets: DrawingAssets, facts: About) -> bytes:
    """The picture in its pixels, and nothing about it."""
    svg = write_svg(scene, page, facts).decode()
    return png_of(svg, fonts=(assets.regular.path, assets.bold.path), family=FAMILY)


def with_chunks(png: bytes, chunks: bytes) -> bytes:
    return png[:HEADER] + chunks + png[HEADER:]


def density(dpi: float) -> bytes:
    """How large a pixel is, for programs that place the picture on paper."""
    per_metre = round(dpi * INCH_PER_METRE)
    return chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))


def texts_of(facts: About) -> Iterator[tuple[str, str]]:
    """What a picture says of itself, by the keywords of the standard (PNG, 11.3.3.2)."""
    yield "Title", facts.title
    yield "Author", facts.publisher
    yield "Description", facts.subject
    yield "Copyright", facts.attribution
    yield "Creation Time", facts.updated
    yield "Source", facts.url
    yield "Comment", facts.citation


def text_chunk(keyword: str, text: str) -> bytes:
    """A text: tEXt where Latin letters do, else iTXt, which is UTF-8."""
    try:
        return chunk(b"tEXt", keyword.encode() + b"\0" + text.encode("latin-1"))
    except UnicodeEncodeError:
        return chunk(b"iTXt", keyword.encode() + b"\0\0\0\0\0" + text.encode())


def chunk(name: bytes, data: bytes) -> bytes:
    """Length, name, data, checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
