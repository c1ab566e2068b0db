"""Links of items and of pages of them, beside those to themselves."""

from fastapi import Request

from app.catalog.collections import Collection
from app.store.base import Query, ResultPage
from app.view.view import reject_repeats
from app.web.api.links import Link, api_url, base_url, link, own_url, with_query
from app.web.http.representations import HTML, JSON, SCHEMA, Representation


def collection_links(request: Request, collection: Collection) -> list[Link]:
    """To what features belong to, and to what they are made of."""
    url = api_url(request, "collections", collection.id)
    schema = api_url(request, "collections", collection.id, "schema")
    return [link(url, "collection", JSON.type), link(schema, "describedby", SCHEMA.type, "Schema")]


def page_links(
    request: Request, chosen: Representation, query: Query, page: ResultPage
) -> list[Link]:
    """Links to the next page and the previous; all other parameters stay as they are."""
    if query.limit is None:
        return []
    end = query.offset + len(page.features)
    offsets = {
        "next": end if query.offset < end < page.matched else None,
        "prev": max(query.offset - query.limit, 0) if query.offset > 0 else None,
    }
    there = {rel: offset for rel, offset in offsets.items() if offset is not None}
    if not there:
        return []
    url = own_url(request)
    values = reject_repeats(request.query_params.multi_items())
    return [
        link(
            with_query(url, {**values, "offset": str(offset), "limit": str(query.limit)}),
            rel, chosen.link_type,
        )
        for rel, offset in there.items()
    ]  # fmt: skip


def item_links(request: Request, collection: Collection, id: str) -> list[Link]:
    """Where the item belongs, and where it is on the map."""
    found = collection_links(request, collection)
    if collection.of_plan:
        on_map = with_query(f"{base_url(request)}/", {"focus": id})
        found.append(link(on_map, "related", HTML.link_type, "On the map"))
    return found
