"""The slide writer: every county, line, symbol and text a shape that can be moved and edited.

Shapes are written as XML: the library's own builder is quadratic in the number of points.
"""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from app.picture.scene.assets import DrawingAssets
from app.picture.scene.palette import channels
from app.picture.scene.scene import Scene
from app.picture.writers.deck import resize, sign
from app.picture.writers.slide_xml import Writer
from app.selection.about import About
from app.selection.picture_options import PagePixels

EMU_PER_MM = 36_000
SLIDE_EMU = 12_192_000
"""Width of a slide that is not given a paper size: 13.333 inches, as slide programs have it."""
TITLE_ONLY = 5
"""The layout of the library's own template that has a title and nothing else."""
TRANSITION = (
    '<p:transition xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'advTm="{milliseconds}"/>'
)
"""To the next slide by itself, or sooner by a click."""
EPOCH = (1980, 1, 1, 0, 0, 0)


def write_pptx(
    scenes: Sequence[Scene], page: PagePixels, assets: DrawingAssets, facts: About, *, paper: str
) -> bytes:
    """A slide for each scene; the same scenes give the same bytes."""
    deck = Presentation()
    width = round(page.mm_width * EMU_PER_MM) if paper else SLIDE_EMU
    resize(deck, width, round(width * page.height / page.width), paper)
    sign(deck, facts, len(scenes))
    without_thumbnail(deck)
    for scene in scenes:
        add_slide(deck, scene, assets)
    out = io.BytesIO()
    deck.save(out)
    return timeless(out.getvalue())


def without_thumbnail(deck: Any) -> None:
    """The library's template brings a picture of itself, which is none of ours."""
    package = deck.part.package
    for id, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(id)


def add_slide(deck: Any, scene: Scene, assets: DrawingAssets) -> None:
    """One slide: background, shapes, notes."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    for placeholder in list(slide.placeholders):
        placeholder.element.getparent().remove(placeholder.element)
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = rgb(scene.background)
    links: dict[str, str] = {}

    def relation(url: str) -> str:
        if url not in links:
            links[url] = slide.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return links[url]

    writer = Writer(assets, scene, deck.slide_width / scene.width, relation)
    for xml in writer.shapes():
        slide.shapes._spTree.append(parse_xml(xml))
    slide.notes_slide.notes_text_frame.text = scene.notes
    if scene.seconds:
        after = parse_xml(TRANSITION.format(milliseconds=scene.seconds * 1000))
        slide._element.find(f"{{{slide._element.nsmap['p']}}}clrMapOvr").addnext(after)


def rgb(colour: str) -> Any:
    make: Any = RGBColor
    return make(*channels(colour))


def timeless(data: bytes) -> bytes:
    """The same archive with every date the same, so that the same slide has the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(info))
    return out.getvalue()
