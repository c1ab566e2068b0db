"""Windows of the map join: each shows a part of one drawing, whatever its CRS and scale."""

import io
import math
from collections.abc import Callable

import orjson
import pytest
from PIL import Image, ImageChops, ImageColor

from app.catalog.catalog import Catalog
from app.domain.models import STATUSES
from app.formats import WINDOW_BY_EXT, FrontEnd, Selection
from app.picture.scene.assets import load_assets
from app.picture.scene.scene import Group, Paint, Path, Text, circle, shifted
from app.picture.scene.viewport import Rect
from app.picture.window.free_grid import FreeGrid
from app.selection.map_window import MapWindow
from app.settings import Settings
from app.view.view import Vocabulary, parse_view

WORLD = 20_037_508.342789244
Draw = Callable[..., bytes]


def tile(zoom: int, column: int, row: int, *, wide: int = 1, high: int = 1) -> MapWindow:
    side = 2 * WORLD / 2**zoom
    left, top = column * side - WORLD, WORLD - row * side
    edges = (left, top - high * side, left + wide * side, top)
    return MapWindow("EPSG:3857", edges, 256 * wide, 256 * high)


def tile_at(zoom: int, lng: float, lat: float) -> tuple[int, int]:
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lng + 180) / 360 * 2**zoom), int(down * 2**zoom)


@pytest.fixture(scope="module")
def draw(catalog: Catalog) -> Draw:
    """What is made of a window of a view."""
    settings = Settings()
    files = FrontEnd(settings.static, settings.packages, settings.font)
    words = Vocabulary.of(catalog)

    def drawn(window: MapWindow, ext: str = "png", **view: str) -> bytes:
        asked = parse_view(view.items(), words)
        layers = asked.layer or tuple(layer.id for layer in catalog.layers)
        features = [one for one in catalog.features if one["properties"]["layer"] in layers]
        selection = Selection(
            catalog, "1", asked, features, "zh", "http://plan.test/", files, window=window
        )
        return WINDOW_BY_EXT[f"window.{ext}"].render(selection)

    return drawn


def picture(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body)).convert("RGBA")


def on_white(image: Image.Image) -> Image.Image:
    return Image.alpha_composite(Image.new("RGBA", image.size, "#ffffff"), image).convert("RGB")


@pytest.mark.parametrize("zoom", [9, 12])
def test_tiles_join_at_their_edges(draw: Draw, zoom: int) -> None:
    column, row = tile_at(zoom, 120.72, 40.6)
    whole = picture(draw(tile(zoom, column, row, wide=2, high=2)))
    joined = Image.new("RGBA", whole.size)
    for right in (0, 1):
        for down in (0, 1):
            part = picture(draw(tile(zoom, column + right, row + down)))
            joined.paste(part, (256 * right, 256 * down))
    assert max(whole.getchannel("A").getextrema()) == 255
    difference = ImageChops.difference(on_white(whole), on_white(joined)).convert("L")
    assert sum(difference.histogram()[24:]) < 100  # edges that are smoothed otherwise
    assert sum(difference.histogram()[96:]) == 0


def test_a_window_of_the_ground_has_no_gap_and_the_plan_alone_is_transparent(draw: Draw) -> None:
    column, row = tile_at(10, 120.72, 40.6)
    window = tile(10, column, row)
    assert picture(draw(window)).getchannel("A").getextrema()[0] == 0
    ground = MapWindow(window.authority, window.edges, 256, 256, ground=True, plan=False)
    assert picture(draw(ground)).getchannel("A").getextrema() == (255, 255)
    white = MapWindow(window.authority, window.edges, 256, 256, background="#ffffff")
    assert picture(draw(white)).getchannel("A").getextrema() == (255, 255)


def test_what_is_drawn_at_a_pixel_is_what_is_told(draw: Draw, catalog: Catalog) -> None:
    park = next(one for one in catalog.features if one["id"] == "park-dongdaihe")
    lng, lat = park["geometry"]["coordinates"]
    edges = (lng - 0.01, lat - 0.01, lng + 0.01, lat + 0.01)
    window = MapWindow("EPSG:4326", edges, 301, 301)
    assert "park-dongdaihe" in orjson.loads(draw(window.at((150, 150)), "found"))
    far = MapWindow("EPSG:4326", (lng, -41.0, lng + 1, -40.0), 301, 301)
    assert orjson.loads(draw(far.at((150, 150)), "found")) == []


@pytest.mark.parametrize(
    "window",
    [
        MapWindow("EPSG:4326", (-180, -90, 180, 90), 360, 180),
        MapWindow("EPSG:4528", (40_500_000, 4_400_000, 40_700_000, 4_600_000), 300, 300),
        MapWindow("EPSG:3857", (13_440_000, 4_949_000, 13_440_001, 4_949_001), 64, 64),
        MapWindow("EPSG:3857", (-WORLD, -WORLD, WORLD, WORLD), 1, 1),
    ],
)  # fmt: skip
def test_any_scale_is_drawn(draw: Draw, window: MapWindow) -> None:
    assert picture(draw(window, layer="transport")).size == (window.width, window.height)


def test_symbols_are_as_large_on_every_screen(draw: Draw) -> None:
    column, row = tile_at(11, 120.72, 40.6)
    usual = tile(11, column, row)
    fine = MapWindow(usual.authority, usual.edges, 512, 512, dpi=192)
    small = picture(draw(fine)).resize((256, 256), Image.Resampling.BOX)
    difference = ImageChops.difference(small.getchannel("A"), picture(draw(usual)).getchannel("A"))
    assert sum(difference.histogram()[64:]) < 256 * 256 // 20


def test_the_legend_stands_alone(draw: Draw) -> None:
    legend = picture(draw(tile(1, 0, 0), "legend", layer="transport"))
    assert legend.width == 288
    assert legend.height > 150


def test_the_legend_has_the_colours_that_the_map_has(draw: Draw) -> None:
    settings = Settings()
    palette = load_assets(settings.static, settings.packages, settings.font).palettes["light"]
    statuses = {ImageColor.getrgb(palette[f"status-{status}"]) for status in STATUSES}
    for colour, held in (("family", 0), ("status", len(STATUSES))):
        view = {"layer": "transport", "colour": colour}
        seen = on_white(picture(draw(tile(1, 0, 0), "legend", **view))).getcolors(288 * 2000)
        assert seen is not None
        assert len(statuses & {rgb for _, rgb in seen}) == held


def test_shifted_is_all_of_a_drawing() -> None:
    group = Group("a", [Text(1, 2, "x", 3, "#000000"), Path(circle(0, 0, 1), Paint("#000000"))])
    moved = shifted(Group("b", [group]), 10, 20)
    assert isinstance(moved, Group)
    inner = moved.children[0]
    assert isinstance(inner, Group)
    text, path = inner.children
    assert isinstance(text, Text)
    assert (text.x, text.y) == (11, 22)
    assert isinstance(path, Path)
    assert path.steps == circle(10, 20, 1)


def test_room_is_looked_up_by_cells() -> None:
    room = FreeGrid(Rect(-1000, -1000, 2000, 2000))
    room.reserve(Rect(-300, 10, 600, 20))
    assert not room.free(Rect(250, 15, 10, 5))
    assert room.free(Rect(250, 40, 10, 5))
    assert not room.free(Rect(990, 0, 20, 20))
