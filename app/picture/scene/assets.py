"""What pictures are drawn with: fonts, symbols, colours. Found once, when the service starts."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.picture.scene.fonts import Font, find_font
from app.picture.scene.palette import Palette, read_palettes
from app.picture.scene.symbols import Symbols, read_symbols


@dataclass(frozen=True, slots=True)
class DrawingAssets:
    regular: Font
    bold: Font
    symbols: Symbols
    palettes: dict[str, Palette]

    def font(self, bold: bool) -> Font:
        return self.bold if bold else self.regular


@cache
def load_assets(static: Path, packages: Path, font: Path | None = None) -> DrawingAssets:
    """Find everything. Raises MissingFont."""
    return DrawingAssets(
        find_font(packages, font, "regular"),
        find_font(packages, font, "bold"),
        read_symbols(static / "js" / "draw" / "glyphs.js"),
        read_palettes(static / "css" / "tokens.css"),
    )
