"""The sprite of the MapLibre style."""

import io

import numpy as np
import pytest
from PIL import Image

from app.catalog.catalog import Catalog
from app.formats.maplibre.sprite import COLUMNS, index, picture
from app.formats.maplibre.style import Palette
from app.pack.pack import Pack
from app.picture.scene.assets import load_assets
from app.settings import Settings


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_symbol_reaches_into_the_field_of_another(theme: str, pack: Pack) -> None:
    settings, catalog = Settings(), Catalog(pack)
    assets = load_assets(settings.static, settings.packages, settings.font)
    palette = Palette(assets.palettes[theme], theme)
    body = picture(catalog, assets.symbols, palette, 2)
    alpha = np.asarray(Image.open(io.BytesIO(body)).getchannel("A"))
    places = {(p["x"], p["y"], p["width"]) for p in index(catalog, 2).values()}
    assert len(places) > COLUMNS
    for x, y, side in places:
        field = alpha[y : y + side, x : x + side]
        assert field.any()
        edges = (field[0], field[-1], field[:, 0], field[:, -1])
        assert not any(edge.any() for edge in edges)
