"""The font of the pictures: where it is, how wide its texts are, what their outlines look like."""

from functools import cached_property
from itertools import pairwise
from pathlib import Path
from threading import RLock
from typing import Any

from fontTools.misc.transform import Scale
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont, TTLibError

from app.domain.errors import MissingFont
from app.picture.scene.font_tables import advances_of, glyphs_of
from app.picture.scene.scene import Step, moved

FAMILY = "Noto Sans SC"
PACKAGE = Path("@expo-google-fonts") / "noto-sans-sc"
WEIGHTS = {
    "regular": Path("400Regular") / "NotoSansSC_400Regular.ttf",
    "bold": Path("700Bold") / "NotoSansSC_700Bold.ttf",
}
ELLIPSIS = "…"
CJK = 0x2E80
"""From this character on all fonts are equally wide: a square each."""


class Font:
    """One font file; it is opened when first asked for something."""

    def __init__(self, path: Path, widening: float = 1.0) -> None:
        self.path, self._widening = path, widening
        self._shapes: dict[int, list[Step]] = {}
        self._reading = RLock()  # threads share the file and where it has been read to

    def check(self) -> None:
        """Raises an error of whatever kind where the file is damaged: a table reaches beyond it,
        or is not what its checksum says. The outlines, nearly all of it, are not read for that.
        """
        with TTFont(self.path, lazy=True, checkChecksums=2) as font:
            size = self.path.stat().st_size
            for name, entry in font.reader.tables.items():
                if entry.offset + entry.length > size:
                    raise TTLibError(f"its table {name} is cut off")
                if name != "glyf":
                    font.reader[name]

    @cached_property
    def _font(self) -> TTFont:
        return TTFont(self.path, lazy=True)

    @cached_property
    def _glyphs(self) -> dict[int, int]:
        with self._reading:
            return glyphs_of(self._font)

    @cached_property
    def _advances(self) -> list[int]:
        with self._reading:
            return advances_of(self._font)

    @cached_property
    def _widths(self) -> dict[str, float]:
        """Character → advance; of Latin as wide as it may become elsewhere."""
        advances = self._advances
        return {
            chr(code): advances[glyph] * (self._widening if code < CJK else 1)
            for code, glyph in self._glyphs.items()
        }

    @cached_property
    def _em(self) -> int:
        with self._reading:
            return int(self._font["head"].unitsPerEm)

    @cached_property
    def family(self) -> str:
        """The family's own name, as an SVG or a slide must call it."""
        with self._reading:
            names = self._font["name"]
        return str(names.getDebugName(16) or names.getDebugName(1))

    def has(self, char: str) -> bool:
        """Whether the font can draw a character."""
        return ord(char) in self._glyphs

    def width(self, text: str, size: float) -> float:
        """How wide a line of text is."""
        widths = self._widths
        return sum(widths.get(char, self._em) for char in text) * size / self._em

    def fitted(self, text: str, size: float, most: float) -> str:
        """The text, cut with an ellipsis where it would be wider than allowed."""
        if self.width(text, size) <= most:
            return text
        while text and self.width(text + ELLIPSIS, size) > most:
            text = text[:-1]
        return text.rstrip() + ELLIPSIS

    def outline(self, text: str, x: float, y: float, size: float) -> list[Step]:
        """The text as a shape whose baseline begins at x, y."""
        scale = size / self._em
        steps: list[Step] = []
        for char in text:
            glyph = self._glyphs.get(ord(char))
            if glyph is not None:
                steps += moved(self._shape(glyph), x, y, scale)
                x += self._advances[glyph] * scale
        return steps

    def _shape(self, glyph: int) -> list[Step]:
        """A glyph in the font's own units, y downwards; most come again and again."""
        with self._reading:
            if glyph not in self._shapes:
                glyphs = self._font.getGlyphSet()
                pen = DecomposingRecordingPen(glyphs)
                turn: Any = Scale(1, -1)
                glyphs[self._font.getGlyphName(glyph)].draw(TransformPen(pen, turn))
                self._shapes[glyph] = steps_of(pen.value)
            return self._shapes[glyph]


def steps_of(recorded: list[tuple[str, tuple[Any, ...]]]) -> list[Step]:
    """What a pen recorded, as steps; quadratic curves become cubic ones."""
    steps: list[Step] = []
    here = (0.0, 0.0)
    for op, points in recorded:
        if op in ("closePath", "endPath"):
            steps += [("Z", ())] if op == "closePath" else []
            continue
        if op == "qCurveTo":
            for corner, end in quadratics(points):
                steps.append(("C", (*between(here, corner), *between(end, corner), *end)))
                here = end
            continue
        letter = {"moveTo": "M", "lineTo": "L", "curveTo": "C"}[op]
        steps.append((letter, tuple(float(n) for point in points for n in point)))
        here = (float(points[-1][0]), float(points[-1][1]))
    return steps


def quadratics(points: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    """A TrueType curve as (corner, end) pairs: between two corners lies an unwritten point."""
    *corners, last = points
    ends = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(corners)]
    return list(zip(corners, [*ends, last], strict=True))


def between(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Two thirds of the way: the handle that makes a cubic curve of a quadratic one."""
    return a[0] + (b[0] - a[0]) * 2 / 3, a[1] + (b[1] - a[1]) * 2 / 3


def find_font(packages: Path, folder: Path | None, weight: str, widening: float = 1.0) -> Font:
    """A weight of the font: in `folder` if one is set, else among the installed packages.

    Raises MissingFont, which says where it was looked for.
    """
    root = folder if folder else packages / PACKAGE
    for path in (root / WEIGHTS[weight], root / WEIGHTS[weight].name):
        if path.is_file():
            return Font(path, widening)
    raise MissingFont(str(root / WEIGHTS[weight]))
