"""The symbols of families and layers, read from the page's own drawings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from app.domain.text.drawings import drawings_in
from app.picture.scene.fonts import steps_of
from app.picture.scene.scene import Step, moved

FIELD, GLYPH_FIELD, DIAGRAM_MIDDLE = 28, 16, (14, 9)


@dataclass(frozen=True, slots=True)
class SymbolShape:
    """An outline about the origin, 1 unit wide, and where a glyph has room in it."""

    outline: list[Step]
    half: list[Step]
    """Its lower half."""
    glyph_y: float
    glyph_scale: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is filled and what is drawn, about the origin, 1 unit wide."""

    fill: list[Step]
    line: list[Step]


@dataclass(frozen=True, slots=True)
class Symbols:
    shapes: dict[str, SymbolShape]
    glyphs: dict[str, Glyph]
    diagram: dict[str, list[Step]]
    """Kinds of the plan's own diagram, about the origin."""

    def shape(self, name: str) -> SymbolShape:
        return self.shapes.get(name, self.shapes["circle"])

    def glyph(self, *names: str) -> Glyph:
        """The first that there is."""
        return next((self.glyphs[name] for name in names if name in self.glyphs), Glyph([], []))


def read_symbols(path: Path) -> Symbols:
    """Read `glyphs.js`: a comment, then a module whose default export is JSON."""
    drawings = drawings_in(path.read_text(encoding="utf-8"))
    return Symbols(
        {name: shape_of(entry) for name, entry in drawings["shapes"].items()},
        {name: glyph_of(entry) for name, entry in drawings["glyphs"].items()},
        {kind: about(d, *DIAGRAM_MIDDLE) for kind, d in drawings["diagram"].items()},
    )


def shape_of(entry: dict[str, Any]) -> SymbolShape:
    half = FIELD / 2
    return SymbolShape(
        centred(entry["d"], FIELD),
        centred(entry["half"], FIELD),
        (entry["y"] - half) / FIELD,
        entry["scale"] * GLYPH_FIELD / FIELD,
    )


def glyph_of(entry: dict[str, Any]) -> Glyph:
    return Glyph(
        centred(entry.get("fill", ""), GLYPH_FIELD), centred(entry.get("line", ""), GLYPH_FIELD)
    )


def centred(d: str, field: int) -> list[Step]:
    """SVG path data of a square field as steps about its middle, the field being 1 wide."""
    return moved(about(d, field / 2, field / 2), 0, 0, 1 / field)


def about(d: str, x: float, y: float) -> list[Step]:
    """SVG path data as steps about a position."""
    pen = RecordingPen()
    parse_path(d, pen)
    return moved(steps_of(pen.value), -x, -y)
