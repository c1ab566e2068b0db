"""The symbol of a placemark, as a picture inside the file: as on the page, in its colours."""

import base64
from functools import lru_cache

from app.domain.models import Layer
from app.formats.maplibre.sprite import SpriteCell, symbol
from app.formats.maplibre.style import Palette
from app.picture.scene.assets import load_assets
from app.picture.scene.symbols import FIELD
from app.picture.writers.raster import png_of_shapes
from app.picture.writers.svg import lines_of
from app.selection.selection import Selection

RATIO = 2
"""Pixels a unit: readers draw it half as large."""


def icon(selection: Selection, layer: Layer, glyph: str, status: str) -> str:
    """A `data:` address of the symbol of a layer and a glyph in the form of a status."""
    files = selection.files
    assert files, "symbols need the front end's files"
    assets = load_assets(files.static, files.packages, files.font)
    shapes = {family.id: family.shape for family in selection.catalog.families}
    cell = SpriteCell((), layer, glyph, status, 0, 0)
    palette = Palette(assets.palettes["light"], "light")
    drawn = symbol(cell, shapes[layer.family], assets.symbols, palette)
    return address_of("".join(lines_of(drawn)))


@lru_cache(maxsize=512)
def address_of(drawn: str) -> str:
    """A PNG of a drawing in a field of its own."""
    png = png_of_shapes(drawn, FIELD, FIELD, ratio=RATIO)
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
