"""The PDF writer: vectors, and text in the embedded part of the font that it needs."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from time import gmtime
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from app.domain.text.languages import tag_of
from app.picture.scene.assets import DrawingAssets
from app.picture.scene.scene import Group, Node, Paint, Path, Scene, Step, Text, box_of, turned_box
from app.picture.writers.svg import HALO, SLANT
from app.selection.about import About
from app.selection.picture_options import PagePixels

POINTS_PER_MM = 72 / 25.4
FONTS = {False: "plan-regular", True: "plan-bold"}
OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
"""Of a path (ISO 32000-1, 8.5.2)."""
rl_config.useA85 = 0
"""Streams as they are: a quarter less to make and to send, and every reader takes them."""
LINK_DOWN, LINK_UP = 0.25, 0.95
"""Of a text's size, how far its link reaches below and above the baseline."""


def write_pdf(scene: Scene, page: PagePixels, assets: DrawingAssets, facts: About) -> bytes:
    """The scene as a one-page document; the same scene gives the same bytes."""
    return write_pages([scene], page, assets, facts)


def write_pages(
    scenes: Sequence[Scene], page: PagePixels, assets: DrawingAssets, facts: About
) -> bytes:
    """A page for each scene, listed by its bookmark where it has one."""
    register(assets)
    out = io.BytesIO()
    size = page.mm_width * POINTS_PER_MM, page.mm_height * POINTS_PER_MM
    first = scenes[0]
    canvas = Canvas(
        out, pagesize=size, invariant=1, pageCompression=1, lang=tag_of(first.lang),
        initialFontName=FONTS[False],
    )  # fmt: skip
    sign(canvas, facts)
    for number, scene in enumerate(scenes, 1):
        canvas.bookmarkPage(str(number))
        if scene.bookmark:
            canvas.addOutlineEntry(scene.bookmark, str(number))
        canvas.setPageDuration(scene.seconds or None)
        Pen(canvas, scene, assets, size[0] / scene.width, size[1]).draw()
        if scene.said:
            canvas.textAnnotation(scene.said, (4, 4, 24, 24))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def sign(canvas: Canvas, facts: About) -> None:
    """What the document is, whose, of which day: the library would date it 2000."""
    canvas.setTitle(facts.title)
    canvas.setSubject(facts.subject)
    canvas.setAuthor(facts.publisher)
    canvas.setCreator(facts.publisher)
    canvas.setProducer(facts.publisher)
    canvas.setKeywords([facts.version, facts.citation])
    stamp: Any = canvas._doc._timeStamp
    stamp.t = datetime.fromisoformat(facts.day).replace(tzinfo=UTC).timestamp()
    stamp.lt = gmtime(stamp.t)
    stamp.YMDhms = tuple(stamp.lt)[:6]


def register(assets: DrawingAssets) -> None:
    """Make the fonts known to the library, which keeps them by name for the whole process."""
    for bold, name in FONTS.items():
        path = str(assets.font(bold).path)
        known = name in pdfmetrics.getRegisteredFontNames()
        if not known or pdfmetrics.getFont(name).face.filename != path:
            pdfmetrics.registerFont(TTFont(name, path))


class Pen:
    """Draws a scene, whose y runs downwards, on a page whose y runs upwards."""

    def __init__(
        self, canvas: Canvas, scene: Scene, assets: DrawingAssets, scale: float, height: float
    ) -> None:
        self.canvas, self.scene, self.assets = canvas, scene, assets
        self.scale, self.height = scale, height

    def draw(self) -> None:
        self.canvas.setFillColor(self.scene.background)
        width = self.scene.width * self.scale
        self.canvas.rect(0, 0, width, self.height, stroke=0, fill=1)
        self.node(self.scene.root)

    def node(self, node: Node) -> None:
        match node:
            case Group():
                for child in node.children:
                    self.node(child)
            case Path():
                self.path(node.steps, node.paint)
                if node.link:
                    self.link(node.link, *box_of(node.steps))
            case Text():
                self.text(node)

    def place(self, x: float, y: float) -> tuple[float, float]:
        return x * self.scale, self.height - y * self.scale

    def path(self, steps: Sequence[Step], paint: Paint) -> None:
        """A shape with its fill and stroke."""
        canvas = self.canvas
        outline = PDFPathObject(code=[self.step(step) for step in steps])
        if paint.fill:
            canvas.setFillColor(paint.fill, alpha=paint.fill_opacity)
        if paint.stroke:
            canvas.setStrokeColor(paint.stroke, alpha=paint.opacity)
            canvas.setLineWidth(paint.width * self.scale)
            canvas.setDash([length * self.scale for length in paint.dash])
            canvas.setLineCap(0 if paint.butt else 1)
            canvas.setLineJoin(1)
        canvas.drawPath(
            outline, stroke=int(bool(paint.stroke)), fill=int(bool(paint.fill)),
            fillMode=FILL_EVEN_ODD,
        )  # fmt: skip

    def step(self, step: Step) -> str:
        """An operator with its numbers, rounded no finer than anybody sees."""
        op, numbers = step
        scale, height = self.scale, self.height
        placed = [
            f"{height - n * scale if i % 2 else n * scale:.3f}" for i, n in enumerate(numbers)
        ]
        return " ".join([*placed, OPERATORS[op]])

    def text(self, text: Text) -> None:
        """A text; its halo is drawn as a shape, so that copying the text finds it once."""
        font = self.assets.font(text.bold)
        width = font.width(text.string, text.size)
        left = text.x - width * {"start": 0, "middle": 0.5, "end": 1}[text.anchor]
        with self.turned(text):
            if text.halo:
                edge = Paint(stroke=text.halo, width=text.size * HALO, opacity=0.9)
                self.path(font.outline(text.string, left, text.y, text.size), edge)
            self.canvas.setFillColor(text.colour, alpha=1)
            self.canvas.setFont(FONTS[text.bold], text.size * self.scale)
            self.canvas.drawString(*self.place(left, text.y), text.string)
        if text.link:
            top, bottom = text.y - text.size * LINK_UP, text.y + text.size * LINK_DOWN
            box = left, top, left + width, bottom
            self.link(text.link, *turned_box(box, (text.x, text.y), text.turn))

    @contextmanager
    def turned(self, text: Text) -> Iterator[None]:
        """What is drawn meanwhile is turned, and leans, as the text does."""
        if not text.turn and not text.slant:
            yield
            return
        x, y = self.place(text.x, text.y)
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.rotate(-text.turn)
        self.canvas.transform(1, 0, SLANT if text.slant else 0, 1, 0, 0)
        self.canvas.translate(-x, -y)
        yield
        self.canvas.restoreState()

    def link(self, url: str, left: float, top: float, right: float, bottom: float) -> None:
        corners = (*self.place(left, bottom), *self.place(right, top))
        if url.startswith("#"):  # a page of the same document
            self.canvas.linkRect("", url[1:], corners, relative=0, thickness=0)
        else:
            self.canvas.linkURL(url, corners, relative=0, thickness=0)
