"""The OpenAPI 3.0 document: every public route, described by the lists the routes answer from."""

import inspect
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.formats import BY_EXT
from app.web.api.tilesets import GRID
from app.web.dependencies import Service
from app.web.openapi.describe import PROBLEMS
from app.web.openapi.schemas import SCHEMAS
from app.web.params.item_parameters import item_parameters

VERSION = "3.0.3"
PROBLEM = "application/problem+json"
ITEMS = "/collections/{collectionId}/items"

OPERATION_IDS = {
    "landing": "getLandingPage",
    "conformance": "getConformance",
    "openapi_json": "getAPI",
    "list_collections": "getCollectionsList",
    "one_collection": "getCollection",
    "grids": "getTileMatrixSetsList",
    "one_grid": "getTileMatrixSet",
    "tilesets": "dataset.vector.getTileSetsList",
    "one_tileset": "dataset.vector.getTileSet",
    "tile": "dataset.vector.getTile",
    "collection_tilesets": "collection.vector.getTileSetsList",
    "collection_tileset": "collection.vector.getTileSet",
    "collection_tile": "collection.vector.getTile",
    "view_format": "view_face",
}
"""Route → its operation in the OGC's words (OGC API – Tiles 1.0, Req. 23 and Table 11); those of
tiles are what an id ends with, after the dot.
"""


def openapi(app: FastAPI, service: Service, server: str, under: str = "") -> dict[str, Any]:
    """The document for the routes whose path begins with `under`, relative to `server`."""
    info = service.catalog.info
    paths: dict[str, Any] = {}
    for path, operation in operations(app, service):
        if path.startswith(under):
            paths[path.removeprefix(under) or "/"] = {"get": operation}
    return {
        "openapi": VERSION,
        "info": {
            "title": f"{info.title} / {info.title_en}",
            "description": f"{info.plan}\n\n{info.plan_en}\n\n{info.attribution_en}",
            "version": service.store.version,
        },
        "servers": [{"url": server}],
        "tags": [{"name": name} for name in tags_of(paths)],
        "paths": paths,
        "components": {"schemas": SCHEMAS, "responses": problems()},
    }


def operations(app: FastAPI, service: Service) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path and operation of every public route; items once per collection, as each has its own
    parameters.
    """
    for route in routes_of(app.routes):
        if route.path_format.endswith(ITEMS):
            for id in service.collections:
                path = route.path_format.replace("{collectionId}", id)
                yield path, operation(route, service, id)
        else:
            yield route.path_format, operation(route, service)


def routes_of(routes: Any) -> Iterator[APIRoute]:
    """The public routes that answer GET, in their order.

    FastAPI may keep an included router whole, instead of copying its routes.
    """
    for route in routes:
        if router := getattr(route, "original_router", None):
            yield from routes_of(router.routes)
        elif (
            isinstance(route, APIRoute)
            and route.include_in_schema
            and "GET" in (route.methods or ())
        ):
            yield route


def operation(route: APIRoute, service: Service, collection: str = "") -> dict[str, Any]:
    """What a route does, what it may be asked and what it answers."""
    extra = route.openapi_extra or {}
    parameters = list(extra.get("parameters", []))
    if collection:
        parameters = [*item_parameters(service, service.collections[collection]), *parameters]
    else:
        parameters = [*path_parameters(route, service), *parameters]
    return {
        "operationId": operation_id(route, collection),
        "summary": f"{route.summary}: {collection}" if collection else route.summary,
        "description": inspect.getdoc(route.endpoint) or "",
        "tags": list(route.tags),
        "parameters": parameters,
        "responses": responses(extra, bool(route.param_convertors)),
    }


def operation_id(route: APIRoute, collection: str) -> str:
    """The name a program calls it by; before the dot of a tile's stands our own."""
    name = OPERATION_IDS.get(route.name, route.name)
    if "." in name:
        name = f"{route.name}.{name}"
    return f"{name}_{collection}" if collection else name


def path_parameters(route: APIRoute, service: Service) -> list[dict[str, Any]]:
    """The parameters in the path, with the words they may be."""
    known: dict[str, list[str]] = {
        "collectionId": list(service.collections),
        "tileMatrixSetId": [GRID],
        "ext": list(BY_EXT),
    }
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", **({"enum": known[name]} if name in known else {})},
        }
        for name in route.param_convertors
    ]


def responses(extra: dict[str, Any], has_path: bool) -> dict[str, Any]:
    """The answers a route names, and those every route may give."""
    named = extra.get("responses") or {"200": {"description": "As asked", "content": {"*/*": {}}}}
    every = {
        "304": {"description": "The copy the client has is current"},
        **{
            str(status): {"$ref": f"#/components/responses/{status}"}
            for status in PROBLEMS
            if status != 404 or has_path
        },
    }
    return {**every, **named}


def problems() -> dict[str, Any]:
    """The problem documents (RFC 9457)."""
    schema = {"$ref": "#/components/schemas/problem"}
    return {
        str(status): {"description": text, "content": {PROBLEM: {"schema": schema}}}
        for status, text in PROBLEMS.items()
    }


def tags_of(paths: dict[str, Any]) -> list[str]:
    """The tags in use, in order."""
    return list(dict.fromkeys(tag for path in paths.values() for tag in path["get"]["tags"]))
