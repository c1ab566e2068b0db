"""What a deck of slides is as a whole: its size by name, whose it is, of which day.

The library's template is a deck of 4:3 that somebody made in 2013; nothing of that may be left.
"""

from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from pptx.util import Emu

from app.selection.about import About

APP_PART = "/docProps/app.xml"
APPLICATION = "Planmap"
TEXT_MOST = 255
"""Characters that the library allows for a property."""

APP = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>{application}</Application><PresentationFormat>{format}</PresentationFormat>\
<Slides>{slides}</Slides><Notes>{slides}</Notes><HiddenSlides>0</HiddenSlides>\
<Company>{company}</Company></Properties>"""

RATIOS = {(16, 9): "screen16x9", (4, 3): "screen4x3", (16, 10): "screen16x10"}
PAPERS = {"a4": "A4", "a3": "A3"}
"""Names of slide sizes (ECMA-376, ST_SlideSizeType); any other size is `custom`."""
FORMATS = {
    "screen16x9": "On-screen Show (16:9)", "screen16x10": "On-screen Show (16:10)",
    "screen4x3": "On-screen Show (4:3)", "A4": "A4 Paper (210x297 mm)",
    "A3": "A3 Paper (297x420 mm)", "custom": "Custom",
}  # fmt: skip


def resize(deck: Any, width: int, height: int, paper: str) -> None:
    """Slides of a size, and what stands on the master and its layouts moved into it."""
    across, down = width / deck.slide_width, height / deck.slide_height
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    size_element(deck).set("type", size_name(width, height, paper))
    for page in (deck.slide_master, *deck.slide_layouts):
        for one in page._element.iter():
            name = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
            for attribute, share in SCALED.get(name, {}).items():
                scaled = {"across": across, "down": down}[share]
                if one.get(attribute):  # extensions are called `ext` too
                    one.set(attribute, str(round(int(one.get(attribute)) * scaled)))


SCALED = {
    "off": {"x": "across", "y": "down"},
    "ext": {"cx": "across", "cy": "down"},
    "chOff": {"x": "across", "y": "down"},
    "chExt": {"cx": "across", "cy": "down"},
}
"""Elements of DrawingML that say where a shape stands."""


def size_element(deck: Any) -> Any:
    return deck.element.find(f"{{{deck.element.nsmap['p']}}}sldSz")


def size_name(width: int, height: int, paper: str) -> str:
    """What programs call a size.

    >>> size_name(12_192_000, 6_858_000, "")
    'screen16x9'
    """
    if paper:
        return PAPERS[paper.partition("-")[0]]
    for (across, down), name in RATIOS.items():
        if abs(width * down - height * across) <= across * down:
            return name
    return "custom"


def sign(deck: Any, facts: About, slides: int) -> None:
    """Title, subject, author, language and day of the whole deck, whatever its first slide is."""
    core, day = deck.core_properties, datetime.fromisoformat(facts.day)
    core.title = facts.title[:TEXT_MOST]
    core.subject = facts.subject[:TEXT_MOST]
    core.author = core.last_modified_by = facts.publisher[:TEXT_MOST]
    core.comments = facts.citation[:TEXT_MOST]
    core.keywords = facts.version
    core.language = facts.language
    core.created = core.modified = day
    core.revision = 1
    kind = size_element(deck).get("type")
    app = APP.format(
        application=APPLICATION, format=FORMATS[kind], slides=slides,
        company=escape(facts.publisher),
    )  # fmt: skip
    for part in deck.part.package.iter_parts():
        if part.partname == APP_PART:
            part._blob = app.encode()
