"""A scene's nodes as DrawingML: `p:grpSp`, `p:sp` with a custom geometry, text boxes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from app.picture.scene.assets import DrawingAssets
from app.picture.scene.scene import (
    TITLE_GROUP,
    Box,
    Group,
    Node,
    Paint,
    Path,
    Point,
    Scene,
    Step,
    Text,
    box_of,
    rotated,
    turned_box,
)

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FONT = "Microsoft YaHei"
"""Comes with Office on Windows and Mac; other programs put their own Chinese font in its place."""
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
POINT_EMU = 12_700
FIRST_ID = 10
MIDDLE = 0.36
"""How far above the baseline the middle of a line of Chinese lies, as a share of its size."""
HEIGHT = 1.3
TURN = 60_000
HALO_ALPHA = 55_000
FULL = 100_000


@dataclass(slots=True)
class Writer:
    """Writes one scene; ids count up, so that no search for a free one is needed."""

    assets: DrawingAssets
    scene: Scene
    emu: float
    """English metric units per page unit."""
    relation: Callable[[str], str]
    """Address → relationship id."""
    next_id: int = FIRST_ID
    titled: bool = False

    def shapes(self) -> Iterator[str]:
        """The top-level shapes, from the bottom up; a title in a group would be none."""
        for child in self.scene.root.children:
            if isinstance(child, Group) and child.name == TITLE_GROUP:
                yield from (self.node(text, NAMESPACES) for text in child.children)
            else:
                yield self.node(child, NAMESPACES)

    def node(self, node: Node, namespaces: str = "") -> str:
        match node:
            case Group():
                return self.group(node, namespaces)
            case Path():
                return self.shape(node, namespaces)
            case Text():
                return self.text(node, namespaces)

    def group(self, group: Group, namespaces: str) -> str:
        """A group whose own coordinates are the slide's."""
        head = self.head("Grp", group.name, group.title, group.link)
        x, y, cx, cy = self.extent(self.box(group))
        children = "".join(self.node(child) for child in group.children)
        return (
            f"<p:grpSp {namespaces}><p:nvGrpSpPr>{head}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f'<p:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/>'
            f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{cx}" cy="{cy}"/></a:xfrm></p:grpSpPr>'
            f"{children}</p:grpSp>"
        )

    def shape(self, path: Path, namespaces: str) -> str:
        """A freeform."""
        head = self.head("Shape", path.name, "", path.link)
        box = box_of(path.steps)
        x, y, cx, cy = self.extent(box)
        steps = "".join(self.step(step, box) for step in path.steps)
        open_line = "" if path.paint.fill else ' fill="none"'
        return (
            f"<p:sp {namespaces}><p:nvSpPr>{head}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
            f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            '<a:rect l="0" t="0" r="r" b="b"/>'
            f'<a:pathLst><a:path w="{cx}" h="{cy}"{open_line}>{steps}</a:path></a:pathLst>'
            f"</a:custGeom>{fill_of(path.paint)}{self.line(path.paint)}</p:spPr></p:sp>"
        )

    def step(self, step: Step, box: Box) -> str:
        """One step of a path, relative to its box."""
        op, numbers = step
        if op == "Z":
            return "<a:close/>"
        points = "".join(
            f'<a:pt x="{round((numbers[i] - box[0]) * self.emu)}" '
            f'y="{round((numbers[i + 1] - box[1]) * self.emu)}"/>'
            for i in range(0, len(numbers), 2)
        )
        tag = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}[op]
        return f"<a:{tag}>{points}</a:{tag}>"

    def line(self, paint: Paint) -> str:
        """The outline, or none."""
        if not paint.stroke:
            return "<a:ln><a:noFill/></a:ln>"
        cap = "flat" if paint.butt else "rnd"
        dashes = "".join(
            f'<a:ds d="{round(on / paint.width * FULL)}" sp="{round(off / paint.width * FULL)}"/>'
            for on, off in zip(paint.dash[0::2], paint.dash[1::2], strict=True)
        )
        return (
            f'<a:ln w="{round(paint.width * self.emu)}" cap="{cap}">'
            f"{solid(paint.stroke, paint.opacity)}"
            + (f"<a:custDash>{dashes}</a:custDash>" if dashes else "")
            + "<a:round/></a:ln>"
        )

    def text(self, text: Text, namespaces: str) -> str:
        """A text box without margins about the middle of its text; the title is a placeholder."""
        is_title = self.scene.title in (text.string, text.name) and not self.titled
        self.titled |= is_title
        head = self.head("Text", text.name or text.string, "", text.link)
        left, top, right, bottom = self.text_box(text)
        if is_title:  # a placeholder breaks its line at the box, so the box is as wide as the page
            right = self.scene.width - left
        x, y, cx, cy = self.extent((left, top, right, bottom))
        kind = '<p:nvPr><p:ph type="title"/></p:nvPr>' if is_title else "<p:nvPr/>"
        box = "" if is_title else ' txBox="1"'
        base_map = solid(text.halo, HALO_ALPHA / FULL) if text.halo else "<a:noFill/>"
        align = {"start": "l", "middle": "ctr", "end": "r"}[text.anchor]
        return (
            f"<p:sp {namespaces}><p:nvSpPr>{head}<p:cNvSpPr{box}/>{kind}</p:nvSpPr><p:spPr>"
            f'<a:xfrm{turn_of(text)}><a:off x="{x}" y="{y}"/>'
            f'<a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{base_map}</p:spPr>'
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr">'
            "<a:noAutofit/></a:bodyPr><a:lstStyle/>"
            f'<a:p><a:pPr algn="{align}"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
            '<a:spcBef><a:spcPts val="0"/></a:spcBef></a:pPr>'
            f"<a:r>{self.run(text)}<a:t>{escape(text.string)}</a:t></a:r></a:p></p:txBody></p:sp>"
        )

    def run(self, text: Text) -> str:
        """Font and colour; `a:latin`, `a:ea`, `a:cs` in the order of the schema."""
        size = round(text.size * self.emu / POINT_EMU * 100)
        lang = LANGUAGES.get(self.scene.lang, self.scene.lang)
        slant = ' i="1"' if text.slant else ""
        return (
            f'<a:rPr lang="{lang}" sz="{size}" b="{int(text.bold)}"'
            f'{slant} dirty="0">'
            f"{solid(text.colour)}"
            + "".join(f'<a:{script} typeface="{FONT}"/>' for script in ("latin", "ea", "cs"))
            + "</a:rPr>"
        )

    def head(self, kind: str, name: str, words: str, link: str) -> str:
        """Id, name, alternative text, link."""
        self.next_id += 1
        descr = f" descr={quoteattr(words)}" if words else ""
        click = f'<a:hlinkClick r:id="{self.relation(link)}"/>' if link else ""
        shown = quoteattr(name or f"{kind} {self.next_id}")
        return f'<p:cNvPr id="{self.next_id}" name={shown}{descr}>{click}</p:cNvPr>'

    def box(self, node: Node) -> Box:
        """The room a node takes."""
        if isinstance(node, Path):
            return box_of(node.steps)
        if isinstance(node, Group):
            return around(self.box(child) for child in node.children)
        box = self.text_box(node)
        return turned_box(box, middle_of(box), node.turn)

    def text_box(self, text: Text) -> Box:
        """The room of a text before it is turned, about where its middle is when it is."""
        width = self.assets.font(text.bold).width(text.string, text.size)
        left = text.x - width * {"start": 0, "middle": 0.5, "end": 1}[text.anchor]
        flat = left + width / 2, text.y - text.size * MIDDLE
        x, y = rotated(flat, (text.x, text.y), text.turn)
        half = text.size * HEIGHT / 2
        return x - width / 2, y - half, x + width / 2, y + half

    def extent(self, box: Box) -> tuple[int, int, int, int]:
        """Offset and size in EMU; never flat, since a path is scaled by its size."""
        left, top, right, bottom = box
        return (
            round(left * self.emu),
            round(top * self.emu),
            max(1, round((right - left) * self.emu)),
            max(1, round((bottom - top) * self.emu)),
        )


def middle_of(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def turn_of(text: Text) -> str:
    """The turn of a text box about its middle, in 60000ths of a degree, or nothing."""
    return f' rot="{round(text.turn % 360 * TURN)}"' if text.turn else ""


def around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def fill_of(paint: Paint) -> str:
    return solid(paint.fill, paint.fill_opacity) if paint.fill else "<a:noFill/>"


def solid(colour: str, opacity: float = 1.0) -> str:
    alpha = f'<a:alpha val="{round(opacity * FULL)}"/>' if opacity < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}">{alpha}</a:srgbClr></a:solidFill>'
