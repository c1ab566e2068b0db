"""The front end as few files: the scripts and styles of a page in one piece, parts apart.

Made of static/ when first asked for, in this process: there is nothing to be built by hand, and
nothing that can be out of date. The address holds a digest of all of it, so that a browser may
keep what it has for good. `?debug` has the pages load the modules and style sheets as they lie in
static/.
"""

import hashlib
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.formats.page.bundle import UnknownForm, lazy_parts, module, modules_of
from app.web.pages.scripts import strip_script, strip_style

log = logging.getLogger(__name__)

FOLDER = "built"
ENTRIES = {"index.html": "main", "embed.html": "embed"}
"""Page → the script it begins with, in js/entries/."""
AT_ONCE = "map/map.js"
"""A part that every page goes on to load: it is asked for with the page."""
LAST = "phone.css"
"""The style sheet before which parts put theirs (static/js/io/styles.js)."""
LEAFLET = "vendor/leaflet/leaflet.js"
EXTERNAL = re.compile(r'^import [^;]*?"(?:leaflet|gcoord)";\n', re.M)
GIVEN = ("leaflet", "gcoord")
STYLES = re.compile(r'[ \t]*<link rel="stylesheet" href="([^"]+)"( media="print")?>\n')
SCRIPT = re.compile(r'<script type="module" src="static/js/entries/(\w+)\.js"></script>')
CSS_ADDRESS = re.compile(r"url\((?![\"']?(?:#|data:))[\"']?([^\"')]+)[\"']?\)")
BLANK_LINES = re.compile(rb"\n+")

START = """const modules = {};
const parts = new Map();
const part = (name) => import(`./%s/${name.replaceAll("/", ".")}`).then(() => modules[name]);
const lazy = (name) => {
    if (modules[name]) return Promise.resolve(modules[name]);
    if (!parts.has(name)) parts.set(name, part(name));
    return parts.get(name);
};
export { modules, lazy };
"""
"""What an entry begins with: the modules it holds, and how it comes to others."""
PART = 'import { modules, lazy } from "../%s.js";\n'
"""What a part begins with."""


@dataclass(frozen=True, slots=True)
class Built:
    """Files by name, under a folder named by what is in them."""

    digest: str
    files: Mapping[str, bytes]

    def page(self, name: str, text: str) -> str:
        """A page with its own few files in the place of the many."""
        folder, entry = f"{FOLDER}/{self.digest}", ENTRIES[name]
        styles = [f"{entry}.css", *([LAST] if f"css/{LAST}" in text else [])]
        links = "".join(f'    <link rel="stylesheet" href="{folder}/{one}">\n' for one in styles)
        first = STYLES.search(text)
        assert first, f"{name} has no style sheets"
        text = f"{text[: first.start()]}{links}{STYLES.sub('', text[first.start() :])}"
        text = text.replace(LEAFLET, f"{folder}/leaflet.js")
        part = f"{entry}/{AT_ONCE.replace('/', '.')}"
        ahead = "".join(
            f'<link rel="modulepreload" href="{folder}/{one}">\n    '
            for one in ("leaflet.js", part)
        )
        script = f'{ahead}<script type="module" src="{folder}/{entry}.js"></script>'
        return SCRIPT.sub(script, text)


def built(static: Path, packages: Path) -> Built | None:
    """The front end as it lies there now; None where a module is in a form that is not known."""
    stamp = max(path.stat().st_mtime_ns for path in static.rglob("*") if path.is_file())
    return built_at(static, packages, stamp)


@lru_cache(maxsize=4)
def built_at(static: Path, packages: Path, _: int) -> Built | None:
    try:
        files = dict(built_files(static, packages, {}))
    except UnknownForm as problem:
        log.warning("pages load their modules one by one: %s", problem)
        return None
    digest = hashlib.blake2b(digest_size=8)
    for name, body in files.items():
        digest.update(name.encode() + body)
    return Built(digest.hexdigest(), files)


def built_files(
    static: Path, packages: Path, instead: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Name and body of every file; `instead`: modules that another takes the place of."""
    yield "leaflet.js", (packages / "leaflet/dist/leaflet.js").read_bytes()
    for page, entry in ENTRIES.items():
        yield from styles_of(static, packages, page, entry)
        yield from scripts_of(static / "js", entry, instead)


def styles_of(static: Path, packages: Path, page: str, entry: str) -> Iterator[tuple[str, bytes]]:
    """What the page's own list of style sheets names: as one, and the last apart."""
    sheets = STYLES.findall((static / page).read_text(encoding="utf-8"))
    bodies = {address: style_at(static, packages, address, media) for address, media in sheets}
    last = [address for address in bodies if address.endswith(LAST)]
    after = [address for address, media in sheets if media]
    yield (
        f"{entry}.css",
        b"\n".join(body for address, body in bodies.items() if address not in (*last, *after)),
    )
    if last:
        yield LAST, b"\n".join(bodies[one] for one in (*last, *after))


def style_at(static: Path, packages: Path, address: str, media: str) -> bytes:
    """A style sheet, its own addresses as they are seen from the folder of built files."""
    root, _, rest = address.partition("/")
    if root == "vendor":
        package, _, rest = rest.partition("/")
        path = packages / package / "dist" / rest
    else:
        path = static / rest
    body = strip_style(path.read_bytes()).decode()
    folder = address.rpartition("/")[0]
    body = CSS_ADDRESS.sub(lambda found: f'url("../../{folder}/{found[1]}")', body)
    return (f"@media print{{{body}}}" if media else body).encode()


def scripts_of(root: Path, entry: str, instead: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The entry with all that it imports, and each part loaded on use with what it adds."""
    own = list(dict.fromkeys(modules_of(root, f"entries/{entry}.js")))
    yield f"{entry}.js", script(root, own, START % entry, instead)
    seen: set[str] = set()
    todo = [part for name in own for part in lazy_parts(root, name)]
    while todo:
        part = todo.pop()
        if part in seen or part in own:
            continue
        seen.add(part)
        more = [one for one in dict.fromkeys(modules_of(root, part)) if one not in own]
        todo += [one for name in more for one in lazy_parts(root, name)]
        yield f"{entry}/{part.replace('/', '.')}", script(root, more, PART % entry, instead)


def script(root: Path, names: list[str], start: str, instead: Mapping[str, str]) -> bytes:
    """Modules one after the other, each run once whatever file it comes in first."""
    bodies = [
        module(root, name, GIVEN, file=instead.get(name, name), lazy="lazy") for name in names
    ]
    outside = {
        line for name in names for line in EXTERNAL.findall((root / name).read_text("utf-8"))
    }
    text = "".join([*sorted(outside), start, *bodies])
    return BLANK_LINES.sub(b"\n", strip_script(text.encode()))
