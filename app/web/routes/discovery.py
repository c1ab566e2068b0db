"""What crawlers ask for first: what they may look at, and what there is."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.catalog.boxes import box_ids, figure_ids
from app.domain.text.languages import tag_of
from app.web.api.links import base_url
from app.web.dependencies import Service, ServiceDep, checked
from app.web.http.responses import answer
from app.web.routes.quality import DOCUMENTS, has
from app.web.versions import PREFIX

router = APIRouter(include_in_schema=False)

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
CLOSED = ("/metrics", "/readyz", "/healthz", f"{PREFIX}/", "/qr.svg", "/oembed")
"""Nothing for a search engine: what operators watch, kept versions, codes of addresses."""


@router.get("/robots.txt")
async def robots(request: Request) -> Response:
    """Everything is open but what says nothing; where the list of pages is."""
    checked(request, ())
    root = request.scope.get("root_path", "")
    lines = ["User-agent: *", *(f"Disallow: {quote(root)}{path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {base_url(request)}/sitemap.xml", ""]
    return answer(request, "\n".join(lines).encode(), "text/plain; charset=utf-8")


@router.get("/sitemap.xml")
async def sitemap(request: Request, service: ServiceDep) -> Response:
    """Every page, in every language."""
    checked(request, ())
    langs = service.words.languages
    pages = [
        (f"{base_url(request)}{page}", versions(f"{base_url(request)}{page}", langs))
        for page in pages_of(service)
    ]
    body = sitemap_text(pages, service.catalog.info.updated)
    return answer(request, body.encode(), "application/xml")


def pages_of(service: Service) -> Iterator[str]:
    """The pages that stand for themselves: the map of each county and layer, data, the API."""
    yield "/"
    for name, ids in (
        ("county", service.catalog.info.county_codes),
        ("layer", (layer.id for layer in service.catalog.layers)),
    ):
        yield from (f"/?{urlencode({name: id})}" for id in ids)
    yield "/data"
    yield from (f"/data/{name}" for name, file in DOCUMENTS.items() if has(service, file))
    yield "/data/boxes"
    pages = (*box_ids(service.catalog).values(), *figure_ids(service.catalog))
    yield from (f"/data/boxes/{id}" for id in pages)
    yield "/embed/guide"
    yield "/api?f=html"
    yield "/api/collections?f=html"
    yield from (f"/api/collections/{quote(id)}?f=html" for id in service.collections)


def versions(address: str, langs: tuple[str, ...]) -> list[tuple[str, str]]:
    """The page in each language: its tag and its address."""
    if len(langs) < 2:
        return []
    sign = "&" if "?" in address else "?"
    return [(tag_of(lang), f"{address}{sign}lang={lang}") for lang in langs]


def sitemap_text(pages: Sequence[tuple[str, Sequence[tuple[str, str]]]], updated: str) -> str:
    """Sitemap protocol 0.9, the languages as links beside each page."""
    changed = f"<lastmod>{updated}</lastmod>" if updated else ""
    entries = "".join(
        f"<url><loc>{escape(address)}</loc>{changed}"
        + "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(there)}/>'
            for tag, there in langs
        )
        + "</url>\n"
        for address, langs in pages
    )
    head = f'<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{entries}</urlset>\n'
