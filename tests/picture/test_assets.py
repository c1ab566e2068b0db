"""Fonts, symbols and colours: the page's own, found at start."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from app.build.diagram import KINDS
from app.domain.errors import MissingFont
from app.pack.pack import Pack
from app.picture.scene.assets import DrawingAssets, load_assets
from app.picture.scene.fonts import Font, find_font
from app.picture.scene.palette import mixed, on_theme
from app.picture.scene.scene import box_of
from app.picture.scene.symbols import read_symbols
from app.settings import Settings


def test_a_missing_font_is_named_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingFont, match="PLANMAP_FONT") as caught:
        load_assets(Settings().static, tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_folder_of_ones_own_may_hold_the_font(tmp_path: Path) -> None:
    (tmp_path / "NotoSansSC_400Regular.ttf").write_bytes(b"any")
    assert find_font(Path("nowhere"), tmp_path, "regular").path.parent == tmp_path


def test_the_font_has_every_character_of_the_pack(assets: DrawingAssets, pack: Pack) -> None:
    text = "".join(item.name + item.name_en for item in pack.items)
    text += "".join(county.name for county in pack.info.counties) + pack.info.attribution
    text += "".join(layer.title + layer.title_en for layer in pack.layers)
    missing = {char for char in text if not assets.regular.has(char) or not assets.bold.has(char)}
    assert missing == set()


@pytest.mark.parametrize("formats", [{4, 12, 14}, {4}])
def test_widths_and_glyphs_are_those_that_a_font_library_reads(
    assets: DrawingAssets, tmp_path: Path, formats: set[int]
) -> None:
    """Also of a font without the table that is read at once."""
    with TTFont(assets.bold.path) as font:
        font["cmap"].tables = [one for one in font["cmap"].tables if one.format in formats]
        font.save(tmp_path / "font.ttf", reorderTables=False)
        wanted = {chr(code): font["hmtx"][name][0] for code, name in font.getBestCmap().items()}
    read = Font(tmp_path / "font.ttf")
    with closing(read._font):
        assert {char: read.width(char, 1000) for char in wanted} == wanted
        assert len(wanted) > 20_000
        assert not read.has("\U0001f9ff")
        assert read.outline("葫", 0, 0, 20) == assets.bold.outline("葫", 0, 0, 20)


def test_text_is_measured_and_cut(assets: DrawingAssets) -> None:
    assert assets.regular.width("葫芦岛", 20) == pytest.approx(60)
    assert assets.regular.width("iii", 20) < assets.regular.width("mmm", 20)
    cut = assets.regular.fitted("葫芦岛经济开发区", 20, 90)
    assert cut.endswith("…")
    assert assets.regular.width(cut, 20) <= 90


def test_an_outline_stands_on_its_baseline(assets: DrawingAssets) -> None:
    left, top, right, bottom = box_of(assets.regular.outline("口", 100, 50, 20))
    assert 100 < left < right < 120
    assert 30 < top < bottom < 54


def test_each_layer_has_a_glyph_and_each_family_a_shape(assets: DrawingAssets, pack: Pack) -> None:
    own = {one.symbol for layer in pack.layers for one in layer.categories if one.symbol}
    assert {layer.symbol for layer in pack.layers} | own <= set(assets.symbols.glyphs)
    assert {family.shape for family in pack.families} <= set(assets.symbols.shapes)


def test_symbols_stand_about_their_middle(assets: DrawingAssets) -> None:
    for shape in assets.symbols.shapes.values():
        left, top, right, bottom = box_of(shape.outline)
        assert -0.51 < left < -0.3
        assert 0.3 < right < 0.51
        assert -0.51 < top < bottom < 0.51


def test_the_drawings_are_json_behind_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "glyphs.js"
    path.write_text(
        '/* words */\nexport default {"shapes": {"circle": {"d": "M0 0h28v28z", '
        '"half": "M0 14h28v14H0z", "y": 14, "scale": 1}}, '
        '"glyphs": {"bar": {"line": "M0 8h16"}}, "diagram": {"belt": "M3 9H25"}};\n'
    )
    symbols = read_symbols(path)
    assert box_of(symbols.glyph("bar").line) == (-0.5, 0, 0.5, 0)
    assert symbols.shape("unknown") is symbols.shapes["circle"]
    assert symbols.glyph("unknown").fill == []
    assert box_of(symbols.diagram["belt"]) == (-11, 0, 11, 0)


def test_every_kind_of_the_diagram_has_its_key(assets: DrawingAssets) -> None:
    """In one order for the build, the page and the pictures, each within the field of 28 × 18."""
    assert tuple(assets.symbols.diagram) == KINDS
    for kind, steps in assets.symbols.diagram.items():
        west, north, east, south = box_of(steps)
        assert -14 <= west < east <= 14, kind
        assert -9 <= north <= south <= 9, kind


def test_light_and_dark_have_the_same_names_and_other_colours(assets: DrawingAssets) -> None:
    light, dark = assets.palettes["light"], assets.palettes["dark"]
    assert set(light) == set(dark)
    assert light["sea"] != dark["sea"]
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert on_theme("#336699", "light") == "#336699"
    assert on_theme("#000000", "dark") > "#000000"


def test_threads_may_draw_from_one_font(assets: DrawingAssets) -> None:
    chars = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
    alone = [assets.regular.outline(char, 0, 0, 24) for char in chars]
    for _ in range(5):
        shared = Font(assets.regular.path)
        with ThreadPoolExecutor(4) as threads, closing(shared._font):
            found = list(threads.map(lambda char, font=shared: font.outline(char, 0, 0, 24), chars))
        assert found == alone
