"""The sprite of the style: symbols by layer, category and status, as the page draws them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import STATUSES, Layer
from app.formats.maplibre.style import Palette
from app.picture.scene.palette import mixed
from app.picture.scene.shapes import FAINT, HALF, INNER
from app.picture.scene.symbols import FIELD, GLYPH_FIELD
from app.picture.writers.raster import png_of

COLUMNS = 16
RATIOS = (1, 2)


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
        for one in layer.categories:
            for status in STATUSES:
                if one.symbol and (layer.id, one.id, status) in held:
                    yield (f"{layer.id}.{one.id}-{status}",), layer, one.symbol, status


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


def picture(catalog: Catalog, drawings: dict[str, Any], palette: Palette, ratio: int) -> bytes:
    """A PNG of all symbols."""
    shapes = {family.id: family.shape for family in catalog.families}
    parts, bottom = [], FIELD
    for cell in cells(catalog):
        drawn = symbol(cell, shapes[cell.layer.family], drawings, palette)
        parts.append(f'<g transform="translate({cell.x} {cell.y})">{drawn}</g>')
        bottom = cell.y + FIELD
    width = COLUMNS * FIELD
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom}" '
        f'width="{width}" height="{bottom}">{"".join(parts)}</svg>'
    )
    return png_of(svg, ratio=ratio)


def symbol(cell: SpriteCell, shape: str, drawings: dict[str, Any], palette: Palette) -> str:
    """One symbol in a field of its own (static/js/draw/symbols.js, `.symbol` of map.css)."""
    outline = drawings["shapes"].get(shape) or drawings["shapes"]["circle"]
    glyphs = drawings["glyphs"]
    glyph = glyphs.get(cell.glyph) or glyphs.get(cell.layer.symbol, {})
    colour, status = palette.of_status(cell.layer, cell.status), cell.status
    inner = palette["glyph"] if status in ("existing", "upgrade") else colour
    scale = outline["scale"] * (INNER if status == "upgrade" else 1)
    half, field, middle = FIELD // 2, GLYPH_FIELD // 2, outline["y"]
    move = f"translate({half} {middle}) scale({scale}) translate(-{field} -{field})"
    return (
        f"{filled(outline, colour, status, palette)}"
        f'<g transform="{move}"><path d="{glyph.get("fill", "")}" '
        f'fill="{inner}"/><path d="{glyph.get("line", "")}" fill="none" stroke="{inner}" '
        'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></g>'
    )


def filled(outline: dict[str, Any], colour: str, status: str, palette: Palette) -> str:
    """The shape, filled as the status says."""
    d, half, middle, paper = outline["d"], FIELD // 2, outline["y"], palette["paper"]
    ground, edge, width = (
        (mixed(colour, paper, FAINT), colour, 1.0) if status == "programme"
        else (colour, paper, 1.6) if status == "existing"
        else (paper, colour, 2.2)
    )  # fmt: skip
    shape = (
        f'<path d="{d}" fill="{ground}" stroke="{edge}" stroke-width="{width}" '
        'stroke-linejoin="round"/>'
    )
    move = f"translate({half} {middle}) scale({INNER}) translate(-{half} -{middle})"
    more = {
        "building": f'<path d="{outline["half"]}" fill="{mixed(colour, paper, HALF)}"/>',
        "upgrade": f'<path d="{d}" fill="{colour}" transform="{move}"/>',
    }
    return shape + more.get(status, "")
