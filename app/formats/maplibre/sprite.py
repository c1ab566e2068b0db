"""The sprite of the style: a symbol per layer, filled and hollow, as the page draws them."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import Layer
from app.formats.maplibre.style import Palette
from app.picture.scene.symbols import FIELD, GLYPH_FIELD

COLUMNS = 8
RATIOS = (1, 2)


def cells(catalog: Catalog) -> Iterator[tuple[str, Layer, bool, int, int]]:
    """Name, layer, whether hollow, and the corner of each symbol."""
    wanted = [(layer, hollow) for layer in catalog.layers for hollow in (False, True)]
    for place, (layer, hollow) in enumerate(wanted):
        row, column = divmod(place, COLUMNS)
        yield layer.id + "-hollow" * hollow, layer, hollow, column * FIELD, row * FIELD


def index(catalog: Catalog, ratio: int) -> dict[str, Any]:
    """Where each symbol lies in the picture."""
    side = FIELD * ratio
    return {
        name: {"x": x * ratio, "y": y * ratio, "width": side, "height": side, "pixelRatio": ratio}
        for name, _, _, x, y in cells(catalog)
    }


def picture(catalog: Catalog, drawings: dict[str, Any], palette: Palette, ratio: int) -> bytes:
    """A PNG of all symbols."""
    shapes = {family.id: family.shape for family in catalog.families}
    parts, bottom = [], FIELD
    for _, layer, hollow, x, y in cells(catalog):
        drawn = symbol(layer, shapes[layer.family], hollow, drawings, palette)
        parts.append(f'<g transform="translate({x} {y})">{drawn}</g>')
        bottom = y + FIELD
    width = COLUMNS * FIELD
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom}" '
        f'width="{width}" height="{bottom}">{"".join(parts)}</svg>'
    )
    drawn = import_module("resvg_py").svg_to_bytes
    return bytes(drawn(svg_string=svg, width=width * ratio, height=bottom * ratio))


def symbol(
    layer: Layer, shape: str, hollow: bool, drawings: dict[str, Any], palette: Palette
) -> str:
    """One symbol in a field of its own (static/js/symbols.js, `.symbol` of map.css)."""
    outline = drawings["shapes"].get(shape) or drawings["shapes"]["circle"]
    glyph = drawings["glyphs"].get(layer.symbol, {})
    colour = palette.of_layer(layer)
    ground, edge, inner, width = (
        (palette["paper"], colour, colour, 2.2) if hollow
        else (colour, palette["paper"], palette["glyph"], 1.6)
    )  # fmt: skip
    half, field = FIELD // 2, GLYPH_FIELD // 2
    move = (
        f"translate({half} {outline['y']}) scale({outline['scale']}) translate(-{field} -{field})"
    )
    return (
        f'<path d="{outline["d"]}" fill="{ground}" stroke="{edge}" stroke-width="{width}" '
        f'stroke-linejoin="round"/><g transform="{move}"><path d="{glyph.get("fill", "")}" '
        f'fill="{inner}"/><path d="{glyph.get("line", "")}" fill="none" stroke="{inner}" '
        'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></g>'
    )
