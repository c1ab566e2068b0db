"""What a published site consists of: which answer goes into which file."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from app.catalog.boxes import box_ids, figure_ids
from app.formats import FORMATS
from app.settings import Settings
from app.store.base import CITY, OUTSIDE
from app.web.dependencies import Service
from app.web.pages.built import FOLDER, built, built_files
from app.web.routes.pages import vendor_folders
from app.web.routes.quality import DOCUMENTS
from app.web.routes.site import detail_names

Make = Callable[[bytes, Sequence[str]], list[tuple[str, bytes]]]

ADDRESSES, PUBLISHED_ADDRESSES = "js/io/addresses.js", "js/io/addresses.published.js"
"""The page's map of addresses, and the one that a published site carries in its place."""

PREVIEW, PREVIEW_FORMAT = "preview.png", "png"
PREVIEW_PATH = "/view.png?size=1200x630"
LINKED = (".html", ".css", ".js")
SKIPPED = (".map", ".md", ".ts")


@dataclass(frozen=True, slots=True)
class Edition:
    """Where a site will stand, which formats it has, its languages; the first has no folder."""

    url: str
    formats: Sequence[str]
    langs: Sequence[str] = ()
    images: Sequence[str] = ()
    """Hosts of the tiles its pages may show."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address of the service and the file its answer is written to."""

    path: str
    file: str
    make: Make | None = None
    """Makes other files of the answer."""
    whole: bool = False
    """A page that stands alone: nothing in it is to be put right."""


def targets(service: Service, formats: Sequence[str]) -> list[Target]:
    """Everything to be asked of the service, pages first."""
    return [*pages(service), *data(service), *views(service, formats)]


def pages(service: Service) -> Iterator[Target]:
    """What people open."""
    yield Target("/", "index.html")
    yield Target("/embed", "embed/index.html")
    documents = [name for name, file in DOCUMENTS.items() if file in service.catalog.documents]
    for lang, folder in languages(service):
        for page in ("data", *(f"data/{name}" for name in documents)):
            yield Target(f"/{page}?lang={lang}", f"{folder}{page}/index.html")
        yield Target(f"/data/boxes?lang={lang}", f"{folder}data/boxes/index.html")
        for id in (*box_ids(service.catalog).values(), *figure_ids(service.catalog)):
            path = f"data/boxes/{id}"
            yield Target(f"/{path}?lang={lang}", f"{folder}{path}/index.html")


def data(service: Service) -> Iterator[Target]:
    """What the pages fetch."""
    yield Target("/pack.json", "pack.json", offered)
    yield Target("/index.json", "index.json")
    yield Target("/start.json", "start.json")
    yield Target("/search.json", "search.json")
    yield Target("/places.json", "places.json")
    yield Target("/codes.json", "codes.json")
    yield Target("/tours.json", "tours.json")
    for lang in service.words.languages:
        yield Target(f"/words/{lang}.json", f"words/{lang}.json")
    yield Target("/api/quality", "api/quality.json")
    yield Target("/base.json", "base.json")
    for name in service.catalog.base:
        yield Target(f"/base/{name}.geojson", f"base/{name}.geojson")
    for name in detail_names(service):
        yield Target(f"/base/detail/{name}", f"base/detail/{name}")
    most = service.settings.page_limit_most
    for layer in service.catalog.layers:
        path = f"api/collections/{layer.id}/items"
        yield Target(f"/{path}?f=json&limit={most}", f"{path}.json", items_of(path))


def views(service: Service, formats: Sequence[str]) -> Iterator[Target]:
    """Every format of the whole, of each county and of each layer, in every language."""
    if PREVIEW_FORMAT in formats:
        yield Target(PREVIEW_PATH, PREVIEW)
    for lang, folder in languages(service):
        for part, query in parts(service):
            pairs = urlencode({**query, "lang": lang})
            for file_format in FORMATS:
                if file_format.ext in formats:
                    file = f"{folder}{part}view.{file_format.ext}"
                    yield Target(f"/view.{file_format.ext}?{pairs}", file, whole=True)


def languages(service: Service) -> Iterator[tuple[str, str]]:
    """Each language and its folder; the first one has none."""
    first, *others = service.words.languages
    yield first, ""
    for lang in others:
        yield lang, f"{lang}/"


def parts(service: Service) -> Iterator[tuple[str, dict[str, str]]]:
    """Folder and query of each view that gets files."""
    yield "", {}
    for code in (*service.catalog.info.county_codes, CITY, OUTSIDE):
        yield f"county/{code}/", {"county": code}
    for layer in service.catalog.layers:
        yield f"layer/{layer.id}/", {"layer": layer.id}


def offered(answer: bytes, formats: Sequence[str]) -> list[tuple[str, bytes]]:
    """The pack's words, with the formats that have files."""
    words = json.loads(answer)
    words["faces"] = [
        file_format for file_format in words["faces"] if file_format["ext"] in formats
    ]
    return [("pack.json", compact(words))]


def items_of(path: str) -> Make:
    """A layer's items as one file and as a file each, without links to a service."""

    def make(answer: bytes, formats: Sequence[str]) -> list[tuple[str, bytes]]:
        document = json.loads(answer)
        features = [without_links(feature) for feature in document["features"]]
        collection = {"type": "FeatureCollection", "features": features}
        return [
            (f"{path}.json", compact(collection)),
            *((f"{path}/{feature['id']}.json", compact(feature)) for feature in features),
        ]

    return make


def without_links(feature: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in feature.items() if name != "links"}


def compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def copies(settings: Settings, folder: Path) -> Iterator[tuple[str, Path]]:
    """The front end's files and the npm packages that a file of the site asks for."""
    for path in files_in(settings.static):
        name = path.relative_to(settings.static).as_posix()
        if name == ADDRESSES:
            path = settings.static / PUBLISHED_ADDRESSES  # noqa: PLW2901
        if path.parent != settings.static or path.suffix != ".html":
            yield f"static/{name}", path
    text = "".join(
        path.read_text(encoding="utf-8")
        for root in (settings.static, folder / "data")
        for path in files_in(root)
        if path.suffix in LINKED
    )
    for package, source in vendor_folders(settings).items():
        if f"vendor/{package}/" in text:
            for path in files_in(source):
                yield f"vendor/{package}/{path.relative_to(source).as_posix()}", path


def built_copies(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """The few files the pages load, with the addresses of a published site in them."""
    files = built(settings.static, settings.packages)
    if files is None:
        return
    addresses = {ADDRESSES.removeprefix("js/"): PUBLISHED_ADDRESSES.removeprefix("js/")}
    for name, body in built_files(settings.static, settings.packages, addresses):
        yield f"{FOLDER}/{files.digest}/{name}", body


def files_in(folder: Path) -> list[Path]:
    """Every file under a folder that a browser may ask for, in order."""
    if not folder.is_dir():
        return []
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if not path.name.endswith(SKIPPED))
