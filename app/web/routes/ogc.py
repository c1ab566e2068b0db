"""OGC API – Features under /api: landing, conformance, collections, items, item."""

from dataclasses import replace
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.plan.errors import BadValue, NotFound
from app.store.store import Query
from app.view import once, parse_view
from app.web.collections import Collection, collection_of, collections
from app.web.dependencies import Service, ServiceDep, checked, language, titled
from app.web.links import Link, base_url, link, with_query
from app.web.parameters import FILTERS, parameter, whole
from app.web.responses import answer

router = APIRouter(prefix="/api", tags=["OGC API – Features"])

JSON, GEOJSON, OPENAPI = (
    "application/json",
    "application/geo+json",
    "application/vnd.oai.openapi+json;version=3.0",
)
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
)
FEATURE_FILTERS = ("county", "category", "status", "precision", "q", "bbox")
OFFSET_MOST = 10_000_000
FORMAT = parameter("f", "Format", {"type": "string", "enum": ["json"]})
PAGING = [
    parameter("limit", "Items a page", {"type": "integer", "minimum": 1, "default": 100}),
    parameter("offset", "Items to skip", {"type": "integer", "minimum": 0, "default": 0}),
]
ITEM_PARAMETERS = [*PAGING, *(FILTERS[name] for name in FEATURE_FILTERS), FORMAT]
ITEM_NAMES = tuple(one["name"] for one in ITEM_PARAMETERS)


@router.get("", summary="Landing page", response_class=Response)
@router.get("/", include_in_schema=False)
async def landing(request: Request, service: ServiceDep) -> Response:
    """What is here, and where to go on."""
    format_of(checked(request, ("f",)))
    base, lang = base_url(request), language(request, service)
    info = service.pack.info
    body = {
        "title": titled(info, lang),
        "description": titled(info, lang, "plan"),
        "attribution": titled(info, lang, "attribution"),
        "links": [
            link(f"{base}/api", "self", JSON, "This page"),
            link(f"{base}/openapi.json", "service-desc", OPENAPI, "OpenAPI document"),
            link(f"{base}/api/docs", "service-doc", "text/html", "API documentation"),
            link(f"{base}/api/conformance", "conformance", JSON, "Conformance classes"),
            link(f"{base}/api/collections", "data", JSON, "Collections"),
            link(f"{base}/", "alternate", "text/html", "The map"),
        ],
    }
    return answer(request, orjson.dumps(body), JSON)


@router.get("/conformance", summary="Conformance classes", response_class=Response)
async def conformance(request: Request) -> Response:
    """Exactly what is true of this service."""
    format_of(checked(request, ("f",)))
    return answer(request, orjson.dumps({"conformsTo": CONFORMANCE}), JSON)


@router.get("/collections", summary="Collections", response_class=Response)
async def list_collections(request: Request, service: ServiceDep) -> Response:
    """Every layer, and the whole plan."""
    format_of(checked(request, ("f",)))
    base = base_url(request)
    body = {
        "links": [link(f"{base}/api/collections", "self", JSON)],
        "collections": [
            await description(request, service, one) for one in collections(service).values()
        ],
    }
    return answer(request, orjson.dumps(body), JSON)


@router.get("/collections/{collection}", summary="One collection", response_class=Response)
async def one_collection(request: Request, service: ServiceDep, collection: str) -> Response:
    """Title, extent and links of a collection."""
    found = collection_of(service, collection)
    format_of(checked(request, ("f",)))
    return answer(request, orjson.dumps(await description(request, service, found)), JSON)


@router.get(
    "/collections/{collection}/items",
    summary="Items of a collection",
    response_class=Response,
    openapi_extra={"parameters": ITEM_PARAMETERS},
)
async def items(request: Request, service: ServiceDep, collection: str) -> Response:
    """The features that match, a page at a time, with links to the next and the previous."""
    found = collection_of(service, collection)
    values = checked(request, ITEM_NAMES)
    format_of(values)
    query = item_query(service, found, values)
    page = await service.store.search(query)
    links = page_links(request, query, page.matched)
    head = {"type": "FeatureCollection", "numberMatched": page.matched,
            "numberReturned": len(page.features), "links": links}  # fmt: skip
    body = orjson.dumps(head)[:-1] + b',"features":[' + b",".join(page.features) + b"]}"
    return answer(request, body, GEOJSON, headers={"Content-Crs": f"<{CRS84}>"})


@router.get("/collections/{collection}/items/{id}", summary="One item", response_class=Response)
async def item(request: Request, service: ServiceDep, collection: str, id: str) -> Response:
    """One feature with all its evidence."""
    found = collection_of(service, collection)
    format_of(checked(request, ("f",)))
    body = await feature_of(service, found, id)
    base = base_url(request)
    here = f"{base}/api/collections/{collection}"
    links = [
        link(f"{here}/items/{id}", "self", GEOJSON),
        link(here, "collection", JSON),
        link(f"{base}/?focus={id}", "alternate", "text/html", "On the map"),
    ]
    body = body[:-1] + b',"links":' + orjson.dumps(links) + b"}"
    return answer(request, body, GEOJSON, headers={"Content-Crs": f"<{CRS84}>"})


async def feature_of(service: Service, collection: Collection, id: str) -> bytes:
    """The bytes of a feature of a collection."""
    for layer in collection.layers:
        body = await service.store.feature(layer.id, id)
        if body is not None:
            return body
    raise NotFound(f"item in {collection.id}", id)


async def description(request: Request, service: Service, one: Collection) -> dict[str, Any]:
    """A collection as its document says it."""
    here = f"{base_url(request)}/api/collections/{one.id}"
    lang = language(request, service)
    query = one.query()
    found: dict[str, Any] = {
        "id": one.id,
        "title": titled(one, lang),
        "description": titled(one, lang, "description"),
        "itemType": "feature",
        "itemCount": await service.store.count(query),
        "crs": [CRS84],
        "links": [
            link(here, "self", JSON),
            link(f"{here}/items", "items", GEOJSON, titled(one, lang)),
        ],
    }
    extent = await service.store.extent(query.layers)
    if extent:
        found["extent"] = {"spatial": {"bbox": [extent], "crs": CRS84}}
    return found


def item_query(service: Service, collection: Collection, values: dict[str, str]) -> Query:
    """The query of an items request: the view's own words, and paging."""
    chosen = [(name, values[name]) for name in FEATURE_FILTERS if name in values]
    view = parse_view(chosen, service.words)
    most = service.settings.page_limit_most
    limit = (
        min(whole("limit", values["limit"], 1, 2**31), most)
        if "limit" in values
        else service.settings.page_limit
    )
    offset = whole("offset", values["offset"], 0, OFFSET_MOST) if "offset" in values else 0
    return replace(
        view.query(), layers=collection.query().layers, bbox=view.bbox, limit=limit, offset=offset
    )


def page_links(request: Request, query: Query, matched: int) -> list[Link]:
    """Links to this page, the next and the previous; all other parameters stay as they are."""
    url = str(request.url.replace(query=""))
    values = once(request.query_params.multi_items())
    limit = query.limit or matched
    links = [link(with_query(url, values), "self", GEOJSON)]
    if query.offset + limit < matched:
        following = {**values, "offset": str(query.offset + limit), "limit": str(limit)}
        links.append(link(with_query(url, following), "next", GEOJSON))
    if query.offset > 0:
        before = {**values, "offset": str(max(query.offset - limit, 0)), "limit": str(limit)}
        links.append(link(with_query(url, before), "prev", GEOJSON))
    here = url.removesuffix("/items")
    return [*links, link(here, "collection", JSON)]


def format_of(values: dict[str, str]) -> str:
    """The format asked for by `f`."""
    asked = values.get("f", "json")
    if asked not in ("json", "geojson"):
        raise BadValue("f", asked, "json or geojson")
    return asked
