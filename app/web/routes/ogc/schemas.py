"""What a collection's features look like, and by what they are filtered and sorted (Part 5)."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.catalog.collections import Collection
from app.domain.json_schema import DIALECT, property_schema
from app.domain.schema import Property
from app.domain.text.languages import word_in
from app.web.api.codes import choices_of, with_titles
from app.web.api.documents import DOCUMENT_NAMES, asked_language, document
from app.web.api.links import own_url
from app.web.dependencies import CollectionDep, Service, ServiceDep, checked, titled
from app.web.http.representations import HTML, SCHEMA
from app.web.openapi.describe import describe_route
from app.web.params.queries import sortables as sortables_of

router = APIRouter(prefix="/api", tags=["Schemas"])

SCHEMA_AND_PAGE = (SCHEMA, HTML)
PRIMARY = {"x-ogc-role": "primary-geometry"}
OUTLINES = "schema.outlines"


@router.get(
    "/collections/{collectionId}/schema", summary="Schema of the features",
    response_class=Response, openapi_extra=describe_route(SCHEMA_AND_PAGE),
)  # fmt: skip
async def schema(request: Request, service: ServiceDep, collection: CollectionDep) -> Response:
    """The properties of the features (returnables), with types, titles, closed lists and units."""
    return schema_document(request, service, collection, collection.properties, geometry=True)


@router.get(
    "/collections/{collectionId}/queryables", summary="What a filter may name",
    response_class=Response, openapi_extra=describe_route(SCHEMA_AND_PAGE),
)  # fmt: skip
async def queryables(request: Request, service: ServiceDep, collection: CollectionDep) -> Response:
    """The properties a filter may name; dots lead into properties that are objects."""
    return schema_document(request, service, collection, collection.queryables, geometry=True)


@router.get(
    "/collections/{collectionId}/sortables", summary="What items may be sorted by",
    response_class=Response, openapi_extra=describe_route(SCHEMA_AND_PAGE),
)  # fmt: skip
async def sortables(request: Request, service: ServiceDep, collection: CollectionDep) -> Response:
    """The properties `sortby` may name."""
    properties = sortables_of(collection).values()
    return schema_document(request, service, collection, properties, geometry=False)


def schema_document(
    request: Request,
    service: Service,
    collection: Collection,
    properties: Iterable[Property],
    geometry: bool,
) -> Response:
    """A JSON Schema of some properties, closed: nothing else may be named."""
    lang = asked_language(request, service, checked(request, DOCUMENT_NAMES))
    named = {
        one.id: with_titles(
            with_role(one, property_schema(one, lang)),
            choices_of(one, service.catalog, collection.layers)
            if collection.of_plan
            else one.choices,
            lang,
        )
        for one in properties
    }
    if geometry:
        described = {"description": word_in(OUTLINES, lang)} if collection.of_plan else {}
        named["geometry"] = PRIMARY | described | {"format": collection.geometry_format}
    body: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": own_url(request),
        "type": "object",
        "title": titled(collection, lang),
        "description": titled(collection, lang, "description"),
        "properties": in_order(named),
        "additionalProperties": False,
    }
    return document(
        request, service, body, "api/schema.html", offered=SCHEMA_AND_PAGE, linked=False,
        collection=collection, kind=request.url.path.rsplit("/", 1)[-1],
    )  # fmt: skip


def with_role(one: Property, schema: dict[str, Any]) -> dict[str, Any]:
    """The id's role, as Part 5 marks it."""
    return {**schema, "x-ogc-role": "id"} if one.id in ("id", "code") else schema


def in_order(named: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each property with its place among the others, as Part 5 says it."""
    return {
        name: {**schema, "x-ogc-propertySeq": place}
        for place, (name, schema) in enumerate(named.items(), start=1)
    }
