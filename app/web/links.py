"""Links of the API's documents, each made in one place."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from fastapi import Request

Link = dict[str, str]


def base_url(request: Request) -> str:
    """Scheme, host and path prefix as the client sees them, no slash at the end."""
    return str(request.base_url).rstrip("/")


def link(href: str, rel: str, type: str, title: str = "") -> Link:
    """One link object (OGC API Common)."""
    found = {"href": href, "rel": rel, "type": type}
    return {**found, "title": title} if title else found


def with_query(url: str, values: Mapping[str, str]) -> str:
    """A URL with a query string; no question mark when there is nothing to say."""
    query = urlencode(values, quote_via=quote, safe=",:")
    return f"{url}?{query}" if query else url
