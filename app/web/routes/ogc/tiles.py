"""OGC API – Tiles: vector tiles of the whole and of each collection."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.catalog.collections import BOUNDARIES, PLACES, PLAN_COLLECTION, Collection, collection_of
from app.domain.errors import NotFound
from app.domain.projections import Box, box_around_boxes
from app.store.tiles import ZOOM_MOST, Tile
from app.web.api.documents import DOCUMENT_NAMES, asked_language, document
from app.web.api.links import Link, api_url, link, own_links
from app.web.api.tilesets import (
    GRID,
    GRID_URI,
    SMALL,
    about_tiles,
    cache_of,
    grid,
    is_within,
    layer,
    layers_of,
    limit_at,
    names_lang,
    tile_layers,
    tilejson,
    tileset,
)
from app.web.dependencies import CollectionDep, Service, ServiceDep, checked, titled
from app.web.http.representations import JSON, MVT, TILEJSON, negotiated
from app.web.http.responses import answer, is_ready
from app.web.openapi.describe import describe_route
from app.web.params.parameters import LIST, TEXT, parameter
from app.work.ambient import TILES, run

router = APIRouter(prefix="/api", tags=["Tiles"])

TILE_PATH = "/{tileMatrix}/{tileRow}/{tileCol}"
SET_FORMATS = (JSON, TILEJSON)
REL_GRID = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"

COLLECTIONS = parameter("collections", "Collections (ids) in the tile; without it, layers", LIST)
VERSION = parameter("v", "Data version; with the current one the tile may be kept a year", TEXT)
PLAN_WIDE = (PLAN_COLLECTION, BOUNDARIES, PLACES)
"""What the tiles of the whole may hold."""

NO_CONTENT = {204: "Nothing in this tile"}


@router.get(
    "/tileMatrixSets", summary="Tile grids", response_class=Response,
    openapi_extra=describe_route((JSON,)),
)  # fmt: skip
async def grids(request: Request, service: ServiceDep) -> Response:
    """The one grid there is."""
    here = link(api_url(request, "tileMatrixSets", GRID), "self", JSON.type)
    body = {"tileMatrixSets": [{"id": GRID, "uri": GRID_URI, "links": [here]}]}
    return document(request, service, body)


@router.get(
    "/tileMatrixSets/{tileMatrixSetId}", summary="A tile grid", response_class=Response,
    openapi_extra=describe_route((JSON,)),
)  # fmt: skip
async def one_grid(request: Request, service: ServiceDep) -> Response:
    """Scales, sizes and origin of each level."""
    check_grid(request)
    return document(request, service, grid(), linked=False)


@router.get(
    "/tiles", summary="Tile sets of the whole", response_class=Response,
    openapi_extra=describe_route((JSON,)),
)  # fmt: skip
async def tilesets(request: Request, service: ServiceDep) -> Response:
    """The tile sets that hold every layer."""
    return await list_of_sets(request, service, None)


@router.get(
    "/tiles/{tileMatrixSetId}", summary="Tile set of the whole", response_class=Response,
    openapi_extra=describe_route(SET_FORMATS),
)  # fmt: skip
async def one_tileset(request: Request, service: ServiceDep) -> Response:
    """Layers, attributes and limits; as TileJSON for MapLibre and QGIS."""
    return await set_document(request, service, None)


@router.get(
    f"/tiles/{{tileMatrixSetId}}{TILE_PATH}", summary="Tile of the whole", response_class=Response,
    openapi_extra=describe_route((MVT,), (COLLECTIONS, VERSION), statuses=NO_CONTENT),
)  # fmt: skip
async def tile(request: Request, service: ServiceDep) -> Response:
    """Every layer in one tile, or the collections named."""
    values = checked(request, (*DOCUMENT_NAMES, "collections", "v"))
    named = [name for name in values.get("collections", "").split(",") if name]
    chosen = [collection_of(service.collections, name) for name in dict.fromkeys(named)]
    return await tile_answer(request, service, None, chosen or layers_of(service), values)


@router.get(
    "/collections/{collectionId}/tiles", summary="Tile sets of a collection",
    response_class=Response, openapi_extra=describe_route((JSON,)),
)  # fmt: skip
async def collection_tilesets(
    request: Request, service: ServiceDep, collection: CollectionDep
) -> Response:
    """The tile sets of one collection."""
    return await list_of_sets(request, service, collection)


@router.get(
    "/collections/{collectionId}/tiles/{tileMatrixSetId}", summary="Tile set of a collection",
    response_class=Response, openapi_extra=describe_route(SET_FORMATS),
)  # fmt: skip
async def collection_tileset(
    request: Request, service: ServiceDep, collection: CollectionDep
) -> Response:
    """Attributes and limits; as TileJSON for MapLibre and QGIS."""
    return await set_document(request, service, collection)


@router.get(
    f"/collections/{{collectionId}}/tiles/{{tileMatrixSetId}}{TILE_PATH}",
    summary="Tile of a collection", response_class=Response,
    openapi_extra=describe_route((MVT,), (VERSION,), statuses=NO_CONTENT),
)  # fmt: skip
async def collection_tile(
    request: Request, service: ServiceDep, collection: CollectionDep
) -> Response:
    """One collection in a tile."""
    values = checked(request, (*DOCUMENT_NAMES, "v"))
    return await tile_answer(request, service, collection, [collection], values)


async def tile_answer(
    request: Request,
    service: Service,
    one: Collection | None,
    chosen: Sequence[Collection],
    values: dict[str, str],
) -> Response:
    """Some collections in one tile of the set of `one` (of all); 204 where there is nothing."""
    check_grid(request)
    negotiated(request, values.get("f", ""), (MVT,))
    at = tile_of(request)
    check_limits(at, await extent_of(service, one))
    body = await body_of(chosen, at, names_lang(service, values.get("lang", "")))
    cache = cache_of(service, values.get("v", ""))
    if not body:
        return Response(status_code=204, headers={"Cache-Control": cache})
    make = partial(answer, request, body, MVT.media_type, cache=cache)
    return make() if is_ready(request, body, MVT.media_type, SMALL) else await run(TILES, make)


async def body_of(chosen: Sequence[Collection], at: Tile, lang: str) -> bytes:
    """The tile of some collections: those of one store at once."""
    stores = {id(one.store): one.store for one in chosen}
    bodies = []
    for store in stores.values():
        layers = tile_layers(one for one in chosen if one.store is store)
        bodies.append(await store.tile(layers, at, lang))
    return b"".join(bodies)


def check_limits(at: Tile, box: Box | None) -> None:
    """Raises NotFound for a tile beyond what the tile set's metadata says it has."""
    if box is None or is_within(at, box):
        return
    limit = limit_at(at.zoom, box)
    for name, value, what in (("Row", at.row, "tile row"), ("Col", at.column, "tile column")):
        least, most = limit[f"minTile{name}"], limit[f"maxTile{name}"]
        if not least <= value <= most:
            raise NotFound(what, str(value), [f"{least} to {most}"])


def tile_of(request: Request) -> Tile:
    """The tile the path names. Raises NotFound for one outside the grid."""
    path = request.path_params
    zoom = step(path["tileMatrix"], ZOOM_MOST, "tile matrix")
    side = 2**zoom - 1
    return Tile(
        zoom, step(path["tileRow"], side, "tile row"), step(path["tileCol"], side, "tile column")
    )


def step(text: str, most: int, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= most):
        raise NotFound(what, text, [f"0 to {most}"])
    return int(text)


def check_grid(request: Request) -> None:
    grid = request.path_params["tileMatrixSetId"]
    if grid != GRID:
        raise NotFound("tile matrix set", grid, [GRID])


async def list_of_sets(
    request: Request, service: Service, collection: Collection | None
) -> Response:
    """One entry: the grid there is."""
    lang = asked_language(request, service, checked(request, DOCUMENT_NAMES))
    here = set_url(request, collection)
    box = await extent_of(service, collection)
    entry = tileset(set_title(service, collection, lang), box, [])
    entry.pop("layers")
    entry["links"] = [link(here, "self", JSON.type), *set_links(request, service, here)]
    return document(request, service, {"tilesets": [entry]})


async def set_document(
    request: Request, service: Service, collection: Collection | None
) -> Response:
    """A tile set's metadata or TileJSON."""
    values = checked(request, DOCUMENT_NAMES)
    check_grid(request)
    chosen = negotiated(request, values.get("f", ""), SET_FORMATS)
    lang = asked_language(request, service, values)
    title, box = set_title(service, collection, lang), await extent_of(service, collection)
    held = [collection] if collection else layers_of(service)
    parts = [(one, titled(one, lang)) for one in held]
    here = set_url(request, collection)
    if chosen is TILEJSON:
        url = f"{here}/{{z}}/{{y}}/{{x}}?f=mvt&v={service.store.version}"
        if named := names_lang(service, values.get("lang", "")):
            url += f"&lang={named}"
        body = {
            "attribution": titled(service.catalog.info, lang, "attribution"),
            "description": f"data version {service.store.version}",
            **tilejson(title, url, box, service.catalog.info.frame, parts),
        }
    else:
        body = tileset(title, box, [layer(*part) for part in parts])
        body["description"] = about_tiles(lang)
        own = own_links(request, chosen, SET_FORMATS, lang, service.words.languages)
        body["links"] = [*own, *set_links(request, service, here)]
    return answer(request, orjson.dumps(body), chosen.media_type)


def set_links(request: Request, service: Service, here: str) -> list[Link]:
    """To the tiles, by a template, and to the grid."""
    template: Any = link(f"{here}{TILE_PATH}?f=mvt", "item", MVT.media_type, "Tiles")
    return [
        {**template, "templated": True},
        link(api_url(request, "tileMatrixSets", GRID), REL_GRID, JSON.type),
    ]


def set_url(request: Request, collection: Collection | None) -> str:
    under = ("collections", collection.id) if collection else ()
    return api_url(request, *under, "tiles", GRID)


def set_title(service: Service, collection: Collection | None, lang: str) -> str:
    return titled(collection or service.catalog.info, lang)


async def extent_of(service: Service, collection: Collection | None) -> Box | None:
    """The box around what a tile set may hold."""
    known, id = service.tile_extents, collection.id if collection else ""
    if id not in known:
        held = [collection] if collection else [service.collections[id] for id in PLAN_WIDE]
        known[id] = box_around_boxes([await one.store.extent(one.query) for one in held])
    return known[id]
