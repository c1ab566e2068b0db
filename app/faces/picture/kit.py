"""What pictures are drawn with: fonts, symbols, colours. Found once, when the service starts."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.faces.picture.fonts import Font, find_font
from app.faces.picture.palette import Palette, read_palettes
from app.faces.picture.symbols import Symbols, read_symbols


@dataclass(frozen=True, slots=True)
class Kit:
    regular: Font
    bold: Font
    symbols: Symbols
    palettes: dict[str, Palette]

    def font(self, bold: bool) -> Font:
        return self.bold if bold else self.regular


@cache
def load_kit(static: Path, packages: Path, font: Path | None = None) -> Kit:
    """Find everything. Raises MissingFont."""
    return Kit(
        find_font(packages, font, "regular"),
        find_font(packages, font, "bold"),
        read_symbols(static / "js" / "glyphs.js"),
        read_palettes(static / "css" / "tokens.css"),
    )
