"""The landing page, the conformance classes, the functions of filters, the OpenAPI document."""

from functools import partial
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.store.cql.operators.functions import FUNCTIONS, Function
from app.web.api.conformance import CONFORMANCE
from app.web.api.dataset import facts_of, licence_link, whole_dataset
from app.web.api.documents import DOCUMENT_NAMES, JSON_AND_PAGE, asked_language, document
from app.web.api.links import Link, api_url, base_url, link
from app.web.dependencies import Service, ServiceDep, checked, titled
from app.web.http.representations import HTML, JSON, OPENAPI, negotiated
from app.web.http.responses import answer_large
from app.web.openapi.describe import describe_route, reference
from app.web.openapi.document import openapi
from app.web.per_version import PerVersion, PerVersionDep
from app.work.ambient import DATA, run

router = APIRouter(prefix="/api", tags=["Capabilities"])

REL = "http://www.opengis.net/def/rel/ogc/1.0"


@router.get(
    "", summary="Landing page", response_class=Response,
    openapi_extra=describe_route(JSON_AND_PAGE, schema=reference("landingPage")),
)  # fmt: skip
@router.get("/", include_in_schema=False)
async def landing(request: Request, service: ServiceDep) -> Response:
    """What is here, and where to go on."""
    lang = asked_language(request, service, checked(request, DOCUMENT_NAMES))
    info = service.catalog.info
    body = {
        "title": titled(info, lang),
        "description": titled(info, lang, "plan"),
        "attribution": titled(info, lang, "attribution"),
        **facts_of(service, lang),
        "links": [*landing_links(request), licence_link(base_url(request), lang)],
    }
    return document(
        request, service, body, "api/landing.html",
        collections=list(service.collections.values()), projections=service.projections.values(),
        dataset=whole_dataset(service, base_url(request), lang),
    )  # fmt: skip


def landing_links(request: Request) -> list[Link]:
    """Where to go on."""
    return [
        link(api_url(request, "openapi.json"), "service-desc", OPENAPI.media_type, "OpenAPI 3.0"),
        link(api_url(request, "docs"), "service-doc", HTML.link_type, "API documentation"),
        link(api_url(request, "conformance"), "conformance", JSON.type, "Conformance classes"),
        link(api_url(request, "collections"), "data", JSON.type, "Collections"),
        link(api_url(request, "functions"), f"{REL}/functions", JSON.type, "Filter functions"),
        link(api_url(request, "tiles"), f"{REL}/tilesets-vector", JSON.type, "Vector tiles"),
        link(
            api_url(request, "tileMatrixSets"), f"{REL}/tiling-schemes", JSON.type, "Tile grids"
        ),
        link(f"{base_url(request)}/", "related", HTML.link_type, "The map"),
    ]  # fmt: skip


@router.get(
    "/conformance", summary="Conformance classes", response_class=Response,
    openapi_extra=describe_route(JSON_AND_PAGE, schema=reference("conformance")),
)  # fmt: skip
async def conformance(request: Request, service: ServiceDep) -> Response:
    """Exactly what is true of this service."""
    return document(request, service, {"conformsTo": CONFORMANCE}, "api/conformance.html")


@router.get(
    "/functions", summary="Functions of filters", response_class=Response,
    openapi_extra=describe_route((JSON,)),
)  # fmt: skip
async def functions(request: Request, service: ServiceDep) -> Response:
    """The functions a CQL2 filter may call, beside CQL2's own operators."""
    lang = asked_language(request, service, checked(request, DOCUMENT_NAMES))
    documented = [function_words(one, lang) for one in FUNCTIONS.values()]
    return document(request, service, {"functions": documented})


def function_words(one: Function, lang: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "description": titled(one, lang, "description"),
        "arguments": [{"title": arg.title, "type": [json_type(arg.kind)]} for arg in one.arguments],
        "returns": [json_type(one.returns)],
    }


def json_type(kind: str) -> str:
    """A kind as Features Part 3 names types in /functions."""
    return {"text": "string"}.get(kind, kind)


@router.get(
    "/openapi.json", summary="OpenAPI document", response_class=Response,
    openapi_extra=describe_route((OPENAPI,)),
)  # fmt: skip
async def openapi_json(request: Request, service: ServiceDep, cache: PerVersionDep) -> Response:
    """The OGC API as OpenAPI 3.0, its paths relative to /api."""
    return await openapi_answer(request, service, cache, under="/api")


async def openapi_answer(
    request: Request, service: Service, cache: PerVersion, under: str
) -> Response:
    """The document for the paths under a prefix."""
    values = checked(request, DOCUMENT_NAMES)
    negotiated(request, values.get("f", ""), (OPENAPI,))
    server = f"{base_url(request)}{under}"

    async def dump() -> bytes:
        make = partial(openapi, request.app, service, server, under)
        return await run(DATA, lambda: orjson.dumps(make()))

    body = await cache.get(f"openapi {server}", dump)
    return await answer_large(request, body, OPENAPI.media_type)
