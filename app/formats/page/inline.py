"""Everything a page needs inside the page (styles, images, scripts), and a check that it fetches
nothing.
"""

import base64
import mimetypes
import re
from html.parser import HTMLParser
from pathlib import Path

import orjson

CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
CSS_IMPORT = re.compile(r"@import[^;]+;")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.M)
FETCHED = {"src", "srcset", "data", "poster", "background", "action", "formaction", "manifest"}
"""Attributes whose address a browser opens by itself; so does `href` of a link element."""


class OutsideReference(Exception):
    """A page that must stand alone asks for something that is not in it: a mistake in the code."""


def stylesheet(path: Path) -> str:
    """A style sheet with its pictures inside; what it imports the caller puts before it."""
    text = CSS_IMPORT.sub("", path.read_text(encoding="utf-8"))
    return CSS_URL.sub(lambda found: f'url("{as_data_url(path.parent, found[1])}")', text)


def as_data_url(folder: Path, address: str) -> str:
    """The address of a file beside a style sheet as a data URL; what is none stays."""
    if address.startswith(("data:", "#")):
        return address
    path = folder / address
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def script(path: Path) -> str:
    """A classic script to stand between script tags."""
    return script_text(SOURCE_MAP.sub("", path.read_text(encoding="utf-8")))


def script_text(text: str) -> str:
    """A script that cannot end its own tag, nor hide the end of it."""
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def json_text(value: object) -> str:
    """JSON to stand between script tags."""
    text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    return text.replace("<", "\\u003c")


def check_alone(page: str) -> None:
    """Raise OutsideReference when a page would fetch anything at all."""
    reader = References()
    reader.feed(page)
    reader.close()
    outside = [one for one in reader.found if not one.startswith(("data:", "#"))]
    if outside:
        raise OutsideReference(f"the offline page asks for {', '.join(outside)}")


class References(HTMLParser):
    """Collects every address that a browser would open by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_style = tag == "style"
        for name, value in attrs:
            opened = name in FETCHED or (
                name in ("href", "xlink:href") and tag not in ("a", "area")
            )
            if opened and value:
                self.found.append(value)
            if name == "style" and value:
                self.found += CSS_URL.findall(value)

    def handle_endtag(self, tag: str) -> None:
        self.in_style = False

    def handle_data(self, data: str) -> None:
        if self.in_style:
            self.found += CSS_URL.findall(data)
            self.found += CSS_IMPORT.findall(data)
