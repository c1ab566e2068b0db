"""The pages people open, and the files they are made of."""

import json
import mimetypes
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.content_policy import framed, page_policy
from app.domain.errors import BadValue, NotFound
from app.domain.models import County
from app.domain.text.folding import readings
from app.online_base_maps import image_hosts, offered_base_maps
from app.pack.version import snapshots_in
from app.settings import Settings
from app.view.values import known_as, shown
from app.view.view import PAGE_PARAMETERS, VIEW_PARAMETERS, parse_view
from app.web.api.links import base_url
from app.web.api.wechat import sdk_of
from app.web.dependencies import Service, ServiceDep, checked_page
from app.web.http.headers import OURS, POLICY
from app.web.http.responses import REVALIDATE, answer, answer_large
from app.web.pages.built import built
from app.web.pages.head import page_head
from app.web.pages.html import HTML
from app.web.pages.scripts import STRIPPED
from app.web.versions import PREFIX
from app.work.ambient import DATA, run

DEBUG = "debug"
"""In a page's address: load the modules and styles one by one, as they are written."""
HOUR = "public, max-age=3600"
FOR_GOOD = "public, max-age=31536000, immutable"
MAP_PAGE = "index.html"
UNKNOWN = "application/octet-stream"
TYPES = {".ts": "text/plain; charset=utf-8"}
"""What others take for a film."""

router = APIRouter(include_in_schema=False)

ORIGIN = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.I)
"""Of the page that holds an embed; static/js/io/embedding.js says the same."""

BESIDE_COUNTY = tuple(name for name in (*VIEW_PARAMETERS, *PAGE_PARAMETERS) if name != "county")
"""What the page of a county may be asked for beside it."""


@router.get("/")
async def home(request: Request, service: ServiceDep) -> Response:
    """The map. Any query is the page's own to read, so that a wrong one gets words, not a code."""
    return await page(request, service, MAP_PAGE)


@router.get("/county/{county}")
async def county_page(request: Request, service: ServiceDep, county: str) -> Response:
    """The page of one county: the map and its table, opened by code or name.

    What else the query chooses goes along; `county` itself is said by the path.
    """
    values = checked_page(request, service, BESIDE_COUNTY)
    code = county_code(service, county)
    chosen = {name: text for name, text in values.items() if name in VIEW_PARAMETERS}
    view = replace(parse_view(chosen.items(), service.words), county=(code,))
    shown = {**values, "table": "1"}
    own = [(name, shown[name]) for name in PAGE_PARAMETERS if shown.get(name)]
    query = f"{view.query_string()}&{urlencode(own, quote_via=quote, safe=',')}"
    return RedirectResponse(f"{base_url(request)}/?{query}", status_code=307)


def county_code(service: Service, text: str) -> str:
    """The code of a county by its code or name, in Chinese or English. Raises NotFound."""
    words = service.words
    known = words.with_names("county", words.counties)
    if name := known_as(shown(text), known):
        return known[name]
    english = english_names(service.catalog.info.counties)
    code = english.get(plain_name(readings(shown(text))[1]))
    if not code:
        raise NotFound("county", text, words.counties)
    return code


def english_names(counties: Iterable[County]) -> dict[str, str]:
    """English name → code: the whole name, and its first word where that means one county only."""
    names = {county.code: plain_name(county.name_en) for county in counties}
    first = Counter(name.partition(" ")[0] for name in names.values())
    short = {name.partition(" ")[0]: code for code, name in names.items()}
    return {
        **{word: code for word, code in short.items() if first[word] == 1},
        **{name: code for code, name in names.items()},
    }


def plain_name(text: str) -> str:
    """A name as an address may have it: any case, hyphens or underscores for spaces."""
    return " ".join(re.split(r"[\s_-]+", text.casefold().strip()))


@router.get("/embed")
async def embed(request: Request, service: ServiceDep) -> Response:
    """The map for an iframe: the same view, a small frame around it.

    With `version=` it is the map as it was on that data, where that version is kept.
    """
    check_origin(request.query_params.get("origin", ""))
    version = request.query_params.get("version", "")
    if version != service.store.version and version in snapshots_in(service.settings.versions):
        return RedirectResponse(
            f"{base_url(request)}{PREFIX}/{version}/embed?{request.url.query}", status_code=307
        )
    return await page(request, service, "embed.html")


def check_origin(text: str) -> None:
    """Raises BadValue for an address that is more than an origin, or none at all."""
    if text and not ORIGIN.fullmatch(text):
        raise BadValue("origin", text, "an origin: http:// or https://, a host, perhaps a port")


async def page(request: Request, service: Service, name: str) -> Response:
    """A page of the front end, with the head of its view, what it may load, who may frame it."""
    settings = service.settings
    text = (settings.static / name).read_text(encoding="utf-8")
    files = await run(DATA, built, settings.static, settings.packages)
    if files and DEBUG not in request.query_params:
        text = files.page(name, text)
    hosts = image_hosts(offered_base_maps(settings.base_maps, settings.tianditu_key))
    sdk = sdk_of(settings) if name == MAP_PAGE else ()
    text = text.replace(
        "</head>",
        "".join(f'<meta name="wechat-sdk" content="{one}">\n' for one in sdk) + "</head>",
        1,
    )
    policy = framed(page_policy(text, images=hosts, scripts=sdk), settings.frame_ancestors)
    return answer(
        request, await page_head(request, service, text), HTML, headers={POLICY: policy},
    )  # fmt: skip


@router.get("/vendor/{package}/{path:path}")
async def vendor(request: Request, service: ServiceDep, package: str, path: str) -> Response:
    """A file of an npm package that package.json lists under planmap.vendor."""
    folders = vendor_folders(service.settings)
    if package not in folders:
        raise NotFound("package", package, folders)
    return file_in(request, folders[package], path)


def vendor_folders(settings: Settings) -> dict[str, Path]:
    """Name in the URL → folder of the installed package."""
    listed = json.loads((settings.packages.parent / "package.json").read_text(encoding="utf-8"))
    return {
        name: settings.packages / folder for name, folder in listed["planmap"]["vendor"].items()
    }


@router.get("/built/{digest}/{path:path}")
async def built_file(request: Request, service: ServiceDep, digest: str, path: str) -> Response:
    """A file of the front end in one piece. An address of another state answers with today's."""
    settings = service.settings
    files = await run(DATA, built, settings.static, settings.packages)
    body = files.files.get(path) if files else None
    if files is None or body is None:
        raise NotFound("file", path)
    media_type = mimetypes.guess_type(path)[0] or UNKNOWN
    cache = FOR_GOOD if digest == files.digest else REVALIDATE
    return await answer_large(request, body, media_type, cache=cache, dense=True)


@router.get("/static/{path:path}")
async def static(request: Request, service: ServiceDep, path: str) -> Response:
    """A file of the front end."""
    return file_in(request, service.settings.static, path, own=True)


def file_in(request: Request, folder: Path, path: str, *, own: bool = False) -> Response:
    """A file of a folder, and nothing outside it; styles and our own scripts are stripped."""
    file = found_in(folder, path)
    if file is None:
        raise NotFound("file", path)
    media_type = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or UNKNOWN
    bare = file.suffix == ".css" or (own and file.suffix in STRIPPED)
    body = stripped_file(file, file.stat().st_mtime_ns) if bare else file.read_bytes()
    if media_type == "text/html":  # the example frames the map
        policy = framed(page_policy(body.decode(), more={"frame-src": OURS}), OURS)
        return answer(request, body, HTML, headers={POLICY: policy})
    # Pictures of the page itself: asked for again and again while one is read.
    cache = HOUR if file.suffix == ".svg" else REVALIDATE
    return answer(request, body, media_type, cache=cache)


@lru_cache(maxsize=300)
def stripped_file(file: Path, _: int) -> bytes:
    """A script or style without its comments, as it was when it was written last."""
    return STRIPPED[file.suffix](file.read_bytes())


def found_in(folder: Path, path: str) -> Path | None:
    """The file of a folder at a path, or None.

    A path may be one no file system can have: a null byte, a name too long.
    """
    try:
        file = (folder / path).resolve()
        inside = file.is_relative_to(folder.resolve()) and file.is_file()
    except (OSError, ValueError):
        return None
    return file if inside else None
