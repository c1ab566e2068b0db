"""SVG to pixels: nothing but the given fonts is drawn with, and what is no SVG is refused."""

import io

import pytest
from PIL import Image

from app.picture.writers.raster import png_of

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3">'
    '<rect width="2" height="3" fill="#ff0000"/><text y="3" font-size="3">港</text></svg>'
)


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_unit_is_so_many_pixels(ratio: int) -> None:
    with Image.open(io.BytesIO(png_of(SQUARE, ratio=ratio))) as image:
        assert image.size == (4 * ratio, 3 * ratio)
        assert image.getpixel((0, 0)) == (255, 0, 0, 255)
        assert image.getpixel((4 * ratio - 1, 0)) == (0, 0, 0, 0), "no font, no letter"


@pytest.mark.parametrize("text", ["", "<svg", "<html/>"])
def test_what_is_no_svg_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no SVG"):
        png_of(text)
