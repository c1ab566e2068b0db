"""Glyphs for MapLibre: signed distances of 256 characters a file, in the format of its fonts.

A distance field keeps a letter sharp at every size: each cell says how far its middle is from the
letter's edge, 192 on the edge, more within (Green, Valve 2007).
"""

import io
from collections.abc import Iterator, Sequence
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from app.picture.scene.fonts import Font
from app.picture.scene.scene import Step
from app.picture.writers.raster import png_of_shapes

SIZE, BORDER = 24, 3
RADIUS, EDGE = 8.0, 0.75
FIELD, ORIGIN, BASELINE = 64, 16, 42
"""The square a letter is drawn in, and where its line begins in it."""
ASCENDER = 26
"""How far above the baseline the top is from which MapLibre counts."""
RANGE, LAST = 256, 0xFFFF
TOGETHER = 32
"""Letters measured at once: a few megabytes."""
INK = 0.5
FAR = 1e6

Floats = NDArray[np.float32]


def glyph_range(font: Font, stack: str, first: int) -> bytes:
    """The glyphs of the characters from `first` on that the font has."""
    chars = [chr(code) for code in range(first, first + RANGE) if font.has(chr(code))]
    name = field(1, stack.encode()) + field(2, f"{first}-{first + RANGE - 1}".encode())
    if not chars:
        return field(1, name)
    glyphs = []
    for start in range(0, len(chars), TOGETHER):
        some = chars[start : start + TOGETHER]
        ink = drawn(font, some)
        fields = zip(some, levels_of(ink), ink > 0, strict=True)
        glyphs += [field(3, glyph(font, *one)) for one in fields]
    return field(1, name + b"".join(glyphs))


def levels_of(ink: Floats) -> NDArray[np.uint8]:
    """The distance of each cell from the letter's edge, as a byte."""
    within, beyond = distances(ink < INK) - 0.5, 0.5 - distances(ink >= INK)
    signed = np.where(ink >= INK, within, beyond)
    signed = np.where((ink > 0) & (ink < 1), ink - INK, signed)
    return np.clip(np.rint(255 * (EDGE + signed / RADIUS)), 0, 255).astype(np.uint8)


def drawn(font: Font, chars: Sequence[str]) -> Floats:
    """How much of each cell is ink, a square a character."""
    shapes = "".join(
        f'<path d="{path_data(font.outline(char, ORIGIN, BASELINE + FIELD * row, SIZE))}"/>'
        for row, char in enumerate(chars)
    )
    height = FIELD * len(chars)
    png = png_of_shapes(shapes, FIELD, height)
    image = import_module("PIL.Image").open(io.BytesIO(png))
    alpha = np.asarray(image.getchannel("A")).astype(np.float32) / np.float32(255)
    pixels: Floats = np.zeros((len(chars), FIELD, FIELD), dtype=np.float32)
    within = slice(BORDER, -BORDER)  # the few letters wider than two are cut
    pixels[:, within, within] = alpha.reshape(pixels.shape)[:, within, within]
    return pixels


def path_data(steps: Sequence[Step]) -> str:
    return "".join(letter + " ".join(f"{number:.3f}" for number in at) for letter, at in steps)


def distances(goal: NDArray[np.bool_]) -> Floats:
    """How far each cell of each square is from the nearest that is a goal, in cells."""
    squared = np.where(goal, np.float32(0), np.float32(FAR))
    steps = np.arange(FIELD, dtype=np.float32)
    apart = (steps[:, None] - steps[None, :]) ** 2
    for _ in range(2):  # along rows, then along columns
        squared = (squared[:, :, None, :] + apart).min(axis=3).swapaxes(1, 2)
    return np.asarray(np.sqrt(squared))


def glyph(font: Font, char: str, levels: NDArray[np.uint8], ink: NDArray[np.bool_]) -> bytes:
    """One letter: its field, how large it is, where it stands and how far the next is."""
    message = number(1, ord(char)) + number(7, round(font.width(char, SIZE)))
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return message + number(3, 0) + number(4, 0) + number(5, 0) + number(6, 0)
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    bitmap = levels[top - BORDER : bottom + BORDER, left - BORDER : right + BORDER]
    return (
        message + field(2, bitmap.tobytes())
        + number(3, int(right - left)) + number(4, int(bottom - top))
        + number(5, zigzag(int(left) - ORIGIN)) + number(6, zigzag(BASELINE - int(top) - ASCENDER))
    )  # fmt: skip


def field(tag: int, content: bytes) -> bytes:
    """A part of a message that has a length (protocol buffers)."""
    return bytes(varint(tag << 3 | 2)) + bytes(varint(len(content))) + content


def number(tag: int, value: int) -> bytes:
    return bytes(varint(tag << 3)) + bytes(varint(value))


def zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def varint(value: int) -> Iterator[int]:
    while value > 127:
        yield value & 127 | 128
        value >>= 7
    yield value
