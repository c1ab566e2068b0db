"""Links of the API's documents, each made in one place."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.datastructures import URL

from app.catalog.collections import Collection
from app.domain.text.languages import name_of_language, tag_of, title_in
from app.store.base import Query, ResultPage
from app.web.http.representations import HTML, JSON, SCHEMA, Representation

Link = dict[str, str]
SAFE = "/:@!$&'()*+,;=~"
"""What may stand in a path as it is (RFC 3986 §3.3)."""


def base_url(request: Request) -> str:
    """Scheme, host and path prefix as the client sees them, no slash at the end."""
    return quoted(request.base_url).rstrip("/")


def own_url(request: Request) -> str:
    """The address that was asked for, without its query."""
    return quoted(request.url.replace(query=""))


def quoted(url: URL) -> str:
    """An address with its path encoded, which a request holds as it reads."""
    return str(url.replace(path=quote(url.path, safe=SAFE)))


def api_url(request: Request, *parts: str) -> str:
    """An address under /api; each part is one step of the path."""
    return "/".join((f"{base_url(request)}/api", *(quote(part, safe="") for part in parts)))


def link(href: str, rel: str, type: str, title: str = "") -> Link:
    """One link object (OGC API Common)."""
    members = {"href": href, "rel": rel, "type": type}
    return {**members, "title": title} if title else members


def with_query(url: str, values: Mapping[str, str]) -> str:
    """A URL with a query string; no question mark when there is nothing to say."""
    query = urlencode(values, quote_via=quote, safe=",:")
    return f"{url}?{query}" if query else url


def own_links(
    request: Request,
    current: Representation,
    offered: Iterable[Representation],
    lang: str,
    languages: Iterable[str] = (),
) -> list[Link]:
    """`self`, and an `alternate` for every other format and language of the same document."""
    url = own_url(request)
    values = dict(request.query_params.multi_items())
    here = [link(with_query(url, values), "self", current.link_type)]
    here[0]["hreflang"] = tag_of(lang)
    for other in languages:
        if other != lang:
            href = with_query(url, {**values, "lang": other})
            there = link(href, "alternate", current.link_type, name_of_language(other))
            here.append({**there, "hreflang": tag_of(other)})
    others = (file_format for file_format in offered if file_format is not current)
    return here + [
        link(
            with_query(url, {**values, "f": one.name}), "alternate", one.link_type,
            title_in(one, lang),
        )
        for one in others
    ]  # fmt: skip


def header_links(links: Iterable[Link]) -> str:
    """The links as a Link header (RFC 8288), for formats that cannot hold them."""
    return ", ".join(f'<{one["href"]}>; rel="{one["rel"]}"; type="{one["type"]}"' for one in links)


def collection_links(request: Request, collection: Collection) -> list[Link]:
    """To what features belong to, and to what they are made of."""
    url = api_url(request, "collections", collection.id)
    schema = api_url(request, "collections", collection.id, "schema")
    return [link(url, "collection", JSON.type), link(schema, "describedby", SCHEMA.type, "Schema")]


def page_links(
    url: str, values: Mapping[str, str], link_type: str, query: Query, page: ResultPage
) -> list[Link]:
    """Links to the next page and the previous; all other parameters stay as they are."""
    if query.limit is None:
        return []
    end = query.offset + len(page.features)
    offsets = {
        "next": end if query.offset < end < page.matched else None,
        "prev": max(query.offset - query.limit, 0) if query.offset > 0 else None,
    }
    return [
        link(
            with_query(url, {**values, "offset": str(offset), "limit": str(query.limit)}),
            rel, link_type,
        )
        for rel, offset in offsets.items()
        if offset is not None
    ]  # fmt: skip


def item_links(request: Request, collection: Collection, id: str) -> list[Link]:
    """Where the item belongs, and where it is on the map."""
    links = collection_links(request, collection)
    if collection.of_plan:
        on_map = with_query(f"{base_url(request)}/", {"focus": id})
        links.append(link(on_map, "related", HTML.link_type, "On the map"))
    return links
