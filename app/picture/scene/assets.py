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


WIDENING = {"regular": 1.1, "bold": 1.18}
"""How much wider Latin is in DejaVu Sans, which stands in for a slide's font where that is missing;
no usual font is wider.
"""


@cache
def load_assets(
    static: Path, packages: Path, font: Path | None = None, *, any_font: bool = False
) -> DrawingAssets:
    """Find everything; with widths that hold in `any_font` of the reader's. Raises MissingFont."""
    regular, bold = (
        find_font(packages, font, weight, widening if any_font else 1.0)
        for weight, widening in WIDENING.items()
    )
    return DrawingAssets(
        regular,
        bold,
        read_symbols(static / "js" / "draw" / "glyphs.js"),
        read_palettes(static / "css" / "tokens.css"),
    )
