"""The collections and what each says of itself."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.catalog.collections import Collection
from app.domain.projections import CRS84, Box
from app.web.api.dataset import collection_dataset, facts_of, licence_link
from app.web.api.documents import DOCUMENT_NAMES, JSON_AND_PAGE, asked_language, document
from app.web.api.links import Link, api_url, base_url, link
from app.web.api.writers import ITEM_FORMATS
from app.web.dependencies import CollectionDep, Service, ServiceDep, checked, titled
from app.web.http.representations import HTML, JSON, SCHEMA
from app.web.openapi.describe import describe_route, reference
from app.web.per_version import PerVersionDep
from app.web.routes.ogc.landing import REL
from app.work.ambient import DATA, run

router = APIRouter(prefix="/api", tags=["Collections"])

Counts = tuple[int, Sequence[Box]]


@router.get(
    "/collections", summary="Collections", response_class=Response,
    openapi_extra=describe_route(JSON_AND_PAGE, schema=reference("collections")),
)  # fmt: skip
async def list_collections(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """Every layer, the whole plan, the places and the boundaries."""
    lang = asked_language(request, service, checked(request, DOCUMENT_NAMES))

    async def describe() -> list[dict[str, Any]]:
        counted = [await counts_of(service, one) for one in service.collections.values()]
        return await run(DATA, descriptions, request, service, lang, counted)

    found = await cache.get(f"collections {base_url(request)} {lang}", describe)
    body = {"crs": list(service.projections), "collections": found}
    return await run(DATA, document, request, service, body, "api/collections.html")


def descriptions(
    request: Request, service: Service, lang: str, counted: Sequence[Counts]
) -> list[dict[str, Any]]:
    each = zip(service.collections.values(), counted, strict=True)
    return [description(request, service, one, lang, counts) for one, counts in each]


@router.get(
    "/collections/{collectionId}", summary="One collection", response_class=Response,
    openapi_extra=describe_route(JSON_AND_PAGE, schema=reference("collection")),
)  # fmt: skip
async def one_collection(
    request: Request, service: ServiceDep, collection: CollectionDep
) -> Response:
    """Title, extent, CRSs and links of a collection."""
    lang = asked_language(request, service, checked(request, DOCUMENT_NAMES))
    body = description(request, service, collection, lang, await counts_of(service, collection))
    box = await collection.store.extent(collection.query)
    dataset = collection_dataset(
        service, base_url(request), lang, collection, box=box, formats=ITEM_FORMATS
    )  # fmt: skip
    return document(
        request, service, body, "api/collection.html", collection=collection, dataset=dataset
    )


async def counts_of(service: Service, one: Collection) -> Counts:
    """How many items it has, and where: the box around all, the pack's frame, and a box around what
    does not lie within it. Each feature is in the first and in one of the others (Features 1,
    /req/core/fc-md-extent).
    """
    frame, store = service.catalog.info.frame, one.store
    whole, beyond = [await store.extent(one.query, part) for part in (None, frame)]
    boxes = (whole, frame, beyond) if whole else ()
    return await store.count(one.query), [box for box in boxes if box]


def description(
    request: Request, service: Service, one: Collection, lang: str, counts: Counts
) -> dict[str, Any]:
    """A collection as its document says it."""
    count, where = counts
    document: dict[str, Any] = {
        "id": one.id,
        "title": titled(one, lang),
        "description": titled(one, lang, "description"),
        "itemType": "feature",
        "itemCount": count,
        "crs": list(service.projections),
        "storageCrs": CRS84.uri,
        **facts_of(service, lang, one),
        "links": collection_links(request, service, one, lang),
    }
    if where:
        document["extent"] = {"spatial": {"bbox": where, "crs": CRS84.uri}}
    return document


def collection_links(request: Request, service: Service, one: Collection, lang: str) -> list[Link]:
    """To its items in every format, its schemas and its tiles."""
    here = api_url(request, "collections", one.id)
    items = [
        link(
            f"{here}/items?f={format.name}", "items", format.link_type,
            f"{titled(one, lang)} ({titled(format, lang)})",
        )
        for format in ITEM_FORMATS[1:]
    ]  # fmt: skip
    return [
        link(here, "canonical", JSON.type),
        link(f"{here}/items", "items", ITEM_FORMATS[0].link_type, titled(one, lang)),
        *items,
        link(f"{here}/queryables", f"{REL}/queryables", SCHEMA.type, "Queryables"),
        link(f"{here}/sortables", f"{REL}/sortables", SCHEMA.type, "Sortables"),
        link(f"{here}/schema", f"{REL}/schema", SCHEMA.type, "Schema"),
        link(f"{here}/schema", "describedby", SCHEMA.type, "Schema"),
        link(f"{here}/tiles", f"{REL}/tilesets-vector", JSON.type, "Vector tiles"),
        link(api_url(request), "root", HTML.link_type),
        licence_link(base_url(request), lang),
        *family_links(request, service, one, lang),
    ]


def family_links(request: Request, service: Service, one: Collection, lang: str) -> list[Link]:
    """From a mixed collection to its families of geometry, and back."""
    parts = [part for part in service.collections.values() if part.whole == one.id]
    whole = [service.collections[one.whole]] if one.whole else []
    return [
        link(api_url(request, "collections", other.id), rel, JSON.type, titled(other, lang))
        for rel, others in (("related", parts), ("up", whole))
        for other in others
    ]
