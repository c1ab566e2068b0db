"""Each writer's file, opened by a real reader."""

import io
import re
import struct
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import segno
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from app.formats import BY_EXT
from app.pack.pack import Pack
from app.picture.formats import facts_of, slide_task
from app.picture.page.compose import compose
from app.picture.scene.fonts import FAMILY
from app.picture.writers.png import write_png
from app.picture.writers.slide_xml import FONT
from tests.picture.conftest import Select

SVG = "{http://www.w3.org/2000/svg}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
PARKS = "layer=industrial-parks"
COUNTY = "county=211421"


def draw(select: Select, ext: str, query: str, **options: str) -> bytes:
    return BY_EXT[ext].render(select(query, **options))


@pytest.mark.parametrize("ext", ["png", "svg", "pdf", "pptx"])
def test_the_same_request_gives_the_same_bytes(select: Select, ext: str) -> None:
    assert draw(select, ext, PARKS, qr="1") == draw(select, ext, PARKS, qr="1")


def test_a_png_has_the_size_and_density_asked_for(select: Select) -> None:
    body = draw(select, "png", PARKS, size="a4", dpi="100")
    with Image.open(io.BytesIO(body)) as image:
        image.load()
        assert image.size == (827, 1169)
        assert image.info["dpi"] == pytest.approx((100, 100), abs=0.1)


def test_a_png_is_no_empty_sheet(select: Select, pack: Pack) -> None:
    (colour,) = [layer.colour for layer in pack.layers if layer.id == "industrial-parks"]
    with Image.open(io.BytesIO(draw(select, "png", PARKS, size="800x600"))) as image:
        colours = image.convert("RGB").getcolors(800 * 600)
    assert colours is not None
    found = {colour for _, colour in colours}
    assert tuple(bytes.fromhex(colour[1:])) in found
    assert (0xD8, 0xE6, 0xEE) in found  # the sea


def test_a_dark_picture_is_dark(select: Select) -> None:
    with Image.open(io.BytesIO(draw(select, "png", f"{PARKS}&theme=dark"))) as image:
        grey = image.convert("L").resize((1, 1)).getpixel((0, 0))
    assert isinstance(grey, int)
    assert grey < 60


def test_an_svg_has_real_text_named_groups_and_titles(select: Select) -> None:
    tree = ElementTree.fromstring(draw(select, "svg", PARKS))
    texts = {text.text for text in tree.iter(f"{SVG}text")}
    assert {"九大工业园区", "辽宁东戴河新区", "绥中县", "渤海"} <= texts
    names = {group.get("data-name") for group in tree.iter(f"{SVG}g")}
    assert {"map", "ground", "points", "labels", "panel", "source"} <= names
    titles = {title.text for title in tree.iter(f"{SVG}title")}
    assert {"九大工业园区", "辽宁东戴河新区"} <= titles
    assert tree.get("lang") == "zh-CN"
    assert FAMILY in (tree.get("font-family") or "")


def test_an_svg_asks_nobody_and_links_only_to_the_map(select: Select) -> None:
    text = draw(select, "svg", COUNTY).decode()
    addresses = set(re.findall(r'(?:href|src)="([^"]*)"', text))
    assert addresses
    assert all(address.startswith("http://map.test/?focus=") for address in addresses)
    assert "<script" not in text
    assert "<image" not in text


def test_what_a_reader_types_as_title_is_only_text(select: Select) -> None:
    body = draw(select, "svg", "layer=industrial-parks&title=%3C/text%3E%3Cscript%3E%22%26")
    tree = ElementTree.fromstring(body)
    assert not list(tree.iter(f"{SVG}script"))
    assert '</text><script>"&' in {text.text for text in tree.iter(f"{SVG}text")}


@pytest.mark.parametrize("ext", ["png", "svg", "pdf", "pptx"])
@pytest.mark.parametrize("title", ["%F0%9F%97%BA%20map", "%3C%26%22%27%3E", "x" * 120])
def test_any_title_can_be_drawn(select: Select, ext: str, title: str) -> None:
    body = draw(select, ext, f"{PARKS}&title={title}", size="800x600")
    assert len(body) > 10_000


def test_a_pdf_is_one_page_of_its_paper_with_chinese_that_can_be_copied(select: Select) -> None:
    reader = PdfReader(io.BytesIO(draw(select, "pdf", PARKS, size="a3")))
    (page,) = reader.pages
    assert [float(n) / 72 * 25.4 for n in page.mediabox[2:]] == pytest.approx([297, 420], abs=0.1)
    text = page.extract_text()
    for name in ("九大工业园区", "辽宁东戴河新区", "绥中县"):
        assert name in text
    assert text.count("辽宁东戴河新区") == 2  # on the map and in the list; no halo copies
    assert reader.metadata is not None
    assert reader.metadata.title == "九大工业园区"


def test_a_pdf_embeds_the_part_of_the_font_it_needs_and_no_picture(select: Select) -> None:
    body = draw(select, "pdf", PARKS)
    fonts = PdfReader(io.BytesIO(body)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        entry = font.get_object()
        assert re.match(r"/[A-Z]{6}\+NotoSansSC", entry["/BaseFont"])
        assert "/FontFile2" in entry["/FontDescriptor"]
    assert b"/Subtype /Image" not in body
    assert len(body) < 1_000_000


def test_a_pdf_links_each_item_to_the_map(select: Select) -> None:
    page = PdfReader(io.BytesIO(draw(select, "pdf", PARKS))).pages[0]
    links = {annotation.get_object()["/A"]["/URI"] for annotation in page["/Annots"]}
    assert "http://map.test/?focus=park-dongdaihe" in links
    assert len(links) == 9


@pytest.fixture(scope="module")
def deck(select: Select) -> bytes:
    return draw(select, "pptx", PARKS)


def shapes(body: bytes, slide: int = 0) -> dict[str, ElementTree.Element]:
    """Name → element of every shape and group of a slide."""
    part = Presentation(io.BytesIO(body)).slides[slide]
    tree = ElementTree.fromstring(part.part.blob)
    found = {}
    for kind, box in (("sp", "nvSpPr"), ("grpSp", "nvGrpSpPr")):
        for element in tree.iter(f"{SLIDE}{kind}"):
            head = element.find(f"{SLIDE}{box}/{SLIDE}cNvPr")
            assert head is not None
            found[head.get("name", "")] = element
    return found


def test_a_slide_has_every_county_and_item_as_a_named_native_shape(deck: bytes) -> None:
    found = shapes(deck)
    for name in ("绥中县", "兴城市", "辽宁东戴河新区", "南票循环产业园区", "图例", "九大工业园区"):
        assert name in found
    assert not list(ElementTree.fromstring(slide_xml(deck)).iter(f"{SLIDE}pic"))
    assert "<p:style" not in slide_xml(deck)


def slide_xml(body: bytes) -> str:
    return Presentation(io.BytesIO(body)).slides[0].part.blob.decode()


def test_every_shape_has_an_id_of_its_own(deck: bytes) -> None:
    ids = re.findall(r'<p:cNvPr id="(\d+)"', slide_xml(deck))
    assert len(ids) == len(set(ids))


def test_shapes_of_a_slide_have_few_points(select: Select) -> None:
    text = draw(select, "pptx", COUNTY)
    tree = ElementTree.fromstring(slide_xml(text))
    for shape in tree.iter(f"{DRAWING}path"):
        figures = len(shape.findall(f"{DRAWING}moveTo"))
        assert len(list(shape.iter(f"{DRAWING}pt"))) <= 300 or figures > 20  # a hatch


def test_the_text_of_a_slide_can_be_edited_in_a_chinese_font(deck: bytes) -> None:
    runs = re.findall(r"<a:rPr .*?</a:rPr>", slide_xml(deck))
    assert len(runs) > 30
    for run in runs:
        assert re.findall(r"<a:(latin|ea|cs) typeface=\"([^\"]+)\"", run) == [
            ("latin", FONT), ("ea", FONT), ("cs", FONT),
        ]  # fmt: skip
        assert 'lang="zh-CN"' in run


def test_a_slide_has_a_title_for_outline_and_screen_reader(deck: bytes) -> None:
    slide = Presentation(io.BytesIO(deck)).slides[0]
    assert slide.shapes.title is not None
    assert slide.shapes.title.text_frame.text == "九大工业园区"


def test_a_slide_says_where_things_are_links_them_and_lists_them_in_its_notes(deck: bytes) -> None:
    slide = Presentation(io.BytesIO(deck)).slides[0]
    descriptions = re.findall(r'descr="([^"]+)"', slide_xml(deck))
    park = next(words for words in descriptions if words.startswith("辽宁东戴河新区"))
    assert "第" in park  # where the plan says so
    targets = {one.target_ref for one in slide.part.rels.values() if one.is_external}
    assert "http://map.test/?focus=park-dongdaihe" in targets
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    assert "辽宁东戴河新区" in notes.text
    assert "OpenStreetMap" in notes.text


def test_a_slide_for_each_county(select: Select) -> None:
    body = draw(select, "pptx", PARKS, split="county")
    slides = Presentation(io.BytesIO(body)).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert list(dict.fromkeys(titles)) == [f"{name} · 九大工业园区" for name in
                      ("连山区", "龙港区", "南票区", "绥中县", "建昌县", "兴城市")]  # fmt: skip


@pytest.mark.parametrize(("size", "ratio"), [("", 16 / 9), ("4:3", 4 / 3), ("a4", 210 / 297)])
def test_a_slide_has_the_form_asked_for(select: Select, size: str, ratio: float) -> None:
    deck = Presentation(io.BytesIO(draw(select, "pptx", PARKS, size=size)))
    assert deck.slide_width is not None
    assert deck.slide_height is not None
    assert deck.slide_width / deck.slide_height == pytest.approx(ratio, rel=0.001)


def convert(body: bytes, folder: Path) -> Path:
    """The slides as LibreOffice prints them."""
    source = folder / "deck.pptx"
    source.write_bytes(body)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
               "--convert-to", "pdf", "--outdir", str(folder), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=1200)
    return folder / "deck.pdf"


def test_libreoffice_shows_the_slide_as_it_was_drawn(
    select: Select, deck: bytes, tmp_path: Path
) -> None:
    printed = convert(deck, tmp_path)
    pages = PdfReader(printed).pages
    assert len(pages) == len(Presentation(io.BytesIO(deck)).slides)
    assert all("九大工业园区" in page.extract_text() for page in pages)
    assert "辽宁东戴河新区" in pages[0].extract_text()
    command = ["pdftoppm", "-r", "72", "-png", "-singlefile", str(printed), str(tmp_path / "page")]
    subprocess.run(command, check=True, timeout=1200)
    picture_request = slide_task(select(PARKS))
    drawn = write_png(
        compose(picture_request),
        picture_request.page,
        picture_request.assets,
        facts_of(picture_request),
    )
    difference = mean_difference((tmp_path / "page.png").read_bytes(), drawn)
    assert difference < 8


def mean_difference(one: bytes, other: bytes) -> float:
    """Of grey levels, 0 to 255, at a size at which single letters do not matter."""
    pairs = list(zip(thumbnail(one), thumbnail(other), strict=True))
    return sum(abs(a - b) for a, b in pairs) / len(pairs)


def thumbnail(body: bytes) -> bytes:
    with Image.open(io.BytesIO(body)) as image:
        return image.convert("L").resize((96, 54)).tobytes()


def test_the_qr_code_holds_the_address(select: Select) -> None:
    """Read back module by module: the same matrix that the library makes of the address."""
    tree = ElementTree.fromstring(draw(select, "svg", PARKS, qr="1"))
    group = next(one for one in tree.iter(f"{SVG}g") if one.get("data-name") == "qr")
    base_map, code = list(group.iter(f"{SVG}path"))[:2]
    left, top, right, bottom = bounds(base_map)
    matrix = [list(row) for row in segno.make(f"http://map.test/?{PARKS}", error="m").matrix]
    side = len(matrix)
    module = (right - left) / (side + 4)
    dark = {
        (round((y - top) / module - 2), round((x - left) / module - 2) + offset)
        for x, y, width in rectangles(code)
        for offset in range(round(width / module))
    }
    assert dark == {
        (row, column) for row in range(side) for column in range(side) if matrix[row][column]
    }
    assert bottom - top == pytest.approx(right - left)


def bounds(path: ElementTree.Element) -> tuple[float, float, float, float]:
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d", ""))]
    return min(numbers[0::2]), min(numbers[1::2]), max(numbers[0::2]), max(numbers[1::2])


def rectangles(path: ElementTree.Element) -> list[tuple[float, float, float]]:
    """x, y and width of each run of modules."""
    found = []
    for figure in path.get("d", "").split("Z"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", figure)]
        if numbers:
            found.append(
                (min(numbers[0::2]), min(numbers[1::2]), max(numbers[0::2]) - min(numbers[0::2]))
            )
    return found


def test_a_png_says_its_density_in_a_valid_chunk(select: Select) -> None:
    body = draw(select, "png", PARKS, size="800x600", dpi="200")
    at = body.index(b"pHYs")
    assert struct.unpack(">IIB", body[at + 4 : at + 13]) == (7874, 7874, 1)
