"""The SVG writer: real text, named groups, a title for whoever cannot see a shape."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from app.domain.text.languages import tag_of
from app.picture.scene.fonts import FAMILY
from app.picture.scene.scene import Group, Node, Paint, Path, Scene, Step, Text
from app.selection.about import About
from app.selection.picture_options import PagePixels

FAMILIES = f"'{FAMILY}', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
SLANT = 0.2
"""How far a leaning text leans, as a share of its height; the font has no italics."""
HALO = 0.24
"""Width of the light edge around a text, as a share of its size."""


def write_svg(scene: Scene, page: PagePixels, facts: About) -> bytes:
    """The scene as one SVG document in page units."""
    lang = tag_of(scene.lang)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.pixel_width}" '
        f'height="{page.pixel_height}" viewBox="0 0 {number(scene.width)} {number(scene.height)}" '
        f'lang="{lang}" xml:lang="{lang}" role="img" font-family="{FAMILIES}">'
    )
    words = f"<title>{escape(scene.title)}</title><desc>{escape(scene.description)}</desc>"
    base_map = f'<rect width="100%" height="100%" fill="{scene.background}"/>'
    body = "\n".join(lines_of(scene.root))
    return f"{head}\n{words}\n{metadata(facts)}\n{base_map}\n{body}\n</svg>\n".encode()


def metadata(facts: About) -> str:
    """What it is, whose, of which day, in the terms of Dublin Core."""
    terms = {
        "title": facts.title, "creator": facts.publisher, "publisher": facts.publisher,
        "subject": facts.subject, "description": facts.citation, "date": facts.updated,
        "language": facts.language, "source": facts.url, "rights": facts.attribution,
    }  # fmt: skip
    parts = "".join(
        f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in terms.items() if text
    )
    return (
        f'<metadata><rdf:RDF xmlns:rdf="{RDF}" xmlns:dc="{DUBLIN_CORE}">'
        f'<rdf:Description rdf:about="">{parts}</rdf:Description></rdf:RDF></metadata>'
    )


def lines_of(node: Node) -> Iterator[str]:
    """The elements of a node, one a line."""
    if isinstance(node, Group):
        label = f" data-name={quoteattr(node.name)}" if node.name else ""
        open_link, close_link = link_tags(node.link)
        yield f"{open_link}<g{label}>" + title_of(node.title)
        for child in node.children:
            yield from lines_of(child)
        yield f"</g>{close_link}"
    elif isinstance(node, Path):
        title = title_of(node.name)
        inner = f">{title}</path>" if title else "/>"
        yield f'<path d="{data_of(node.steps)}"{attributes(node.paint)}{inner}'
    else:
        yield from text_lines(node)


def text_lines(text: Text) -> Iterator[str]:
    """A text; its halo is a copy beneath, since not every program knows paint-order."""
    weight = ' font-weight="700"' if text.bold else ""
    anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
    at = f"{number(text.x)} {number(text.y)}"
    moves = [f"rotate({number(text.turn)} {at})"] if text.turn else []
    if text.slant:
        moves.append(f"matrix(1 0 {-SLANT} 1 {number(text.y * SLANT)} 0)")
    turn = f' transform="{" ".join(moves)}"' if moves else ""
    where = (
        f'x="{number(text.x)}" y="{number(text.y)}" font-size="{number(text.size)}"'
        f"{weight}{anchor}{turn}"
    )
    words = escape(text.string)
    if text.halo:
        edge = (
            f'fill="none" stroke="{text.halo}" stroke-width="{number(text.size * HALO)}" '
            'stroke-linejoin="round" stroke-opacity="0.9" aria-hidden="true"'
        )
        yield f"<text {where} {edge}>{words}</text>"
    yield f'<text {where} fill="{text.colour}">{words}</text>'


def link_tags(link: str) -> tuple[str, str]:
    return (f'<a href={quoteattr(link)} target="_top">', "</a>") if link else ("", "")


def title_of(words: str) -> str:
    return f"<title>{escape(words)}</title>" if words else ""


def data_of(steps: Iterable[Step]) -> str:
    """Path data with two decimals."""
    return "".join(op + " ".join(map(number, numbers)) for op, numbers in steps)


def attributes(paint: Paint) -> str:
    """Fill and stroke; what is at its default is left out."""
    parts = [f' fill="{paint.fill or "none"}"']
    if paint.fill and paint.fill_opacity < 1:
        parts.append(f' fill-opacity="{number(paint.fill_opacity)}"')
    if paint.stroke and paint.width:
        parts.append(f' stroke="{paint.stroke}" stroke-width="{number(paint.width)}"')
        parts.append(' stroke-linejoin="round"')
        if paint.opacity < 1:
            parts.append(f' stroke-opacity="{number(paint.opacity)}"')
        if paint.dash:
            parts.append(f' stroke-dasharray="{" ".join(map(number, paint.dash))}"')
        if not paint.butt:
            parts.append(' stroke-linecap="round"')
    return "".join(parts)


def number(value: float) -> str:
    """Two decimals, no needless zero, never `-0`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
