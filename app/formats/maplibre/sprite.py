"""The sprite of the style: symbols by layer, category and status, as the page draws them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import STATUSES, Layer
from app.formats.maplibre.style import Palette
from app.picture.scene.scene import Group
from app.picture.scene.symbol_style import SymbolStyle
from app.picture.scene.symbols import FIELD, Symbols
from app.picture.writers.raster import png_of_shapes
from app.picture.writers.svg import lines_of

COLUMNS = 16
RATIOS = (1, 2)
SIZE = 25.5
"""Of a symbol in its field: none, with its light edge, reaches into the next."""


@dataclass(frozen=True, slots=True)
class SpriteCell:
    """A symbol of the sprite: whose, of which status, under which names, where."""

    names: tuple[str, ...]
    layer: Layer
    glyph: str
    status: str
    x: int
    y: int


def cells(catalog: Catalog) -> list[SpriteCell]:
    """Every layer in every status; categories with a glyph of their own as the data has them."""
    placed = []
    for place, (names, layer, glyph, status) in enumerate(wanted(catalog)):
        row, column = divmod(place, COLUMNS)
        placed.append(SpriteCell(names, layer, glyph, status, column * FIELD, row * FIELD))
    return placed


def wanted(catalog: Catalog) -> Iterator[tuple[tuple[str, ...], Layer, str, str]]:
    """`transport-planned`, `transport.port-planned`; a layer by itself is one that stands."""
    plain = {"existing": "", "planned": "-hollow"}
    held = {
        (p["layer"], p.get("category"), p.get("status"))
        for p in (feature["properties"] for feature in catalog.features)
    }
    for layer in catalog.layers:
        for status in STATUSES:
            also = (layer.id + plain[status],) if status in plain else ()
            yield (f"{layer.id}-{status}", *also), layer, layer.symbol, status
        for category in layer.categories:
            for status in STATUSES:
                if category.symbol and (layer.id, category.id, status) in held:
                    yield (f"{layer.id}.{category.id}-{status}",), layer, category.symbol, status


def index(catalog: Catalog, ratio: int) -> dict[str, Any]:
    """Where each symbol lies in the picture."""
    side = FIELD * ratio
    return {
        name: {
            "x": cell.x * ratio, "y": cell.y * ratio, "width": side, "height": side,
            "pixelRatio": ratio,
        }
        for cell in cells(catalog)
        for name in cell.names
    }  # fmt: skip


def picture(catalog: Catalog, symbols: Symbols, palette: Palette, ratio: int) -> bytes:
    """A PNG of all symbols."""
    shapes = {family.id: family.shape for family in catalog.families}
    lines: list[str] = []
    bottom = FIELD
    for cell in cells(catalog):
        lines += lines_of(symbol(cell, shapes[cell.layer.family], symbols, palette))
        bottom = cell.y + FIELD
    return png_of_shapes("".join(lines), COLUMNS * FIELD, bottom, ratio=ratio)


def symbol(cell: SpriteCell, shape: str, symbols: Symbols, palette: Palette) -> Group:
    """One symbol in the middle of its field, as pictures draw it."""
    colour = palette.of_status(cell.layer, cell.status)
    style = SymbolStyle(symbols.shape(shape), colour, cell.status, palette.colours)
    at = (cell.x + FIELD / 2, cell.y + FIELD / 2, SIZE)
    glyph = symbols.glyph(cell.glyph, cell.layer.symbol)
    return Group("", [*style.body(*at), *style.glyph(glyph, *at)])
