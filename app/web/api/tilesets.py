"""The documents of OGC API – Tiles: the grid, the tile sets, TileJSON."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from app.catalog.collections import Collection
from app.domain.projections import CRS84, Box
from app.domain.schema import ROW, Property
from app.store.tiles import HALF_WORLD_M, RICH, ZOOM_MOST, Tile, TileLayer
from app.store.tiles.grid import BUFFER, EXTENT
from app.store.tiles.points import POINTS_MOST
from app.view.view import parse_choice
from app.web.dependencies import Service
from app.web.http.responses import REVALIDATE
from app.words import translator

GRID = "WebMercatorQuad"
GRID_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{GRID}"
GRID_CRS = "http://www.opengis.net/def/crs/EPSG/0/3857"
GRID_ZOOMS = 25
SMALL = 4_000
"""Bytes of a tile that are compressed at once; they come by the dozen."""
A_YEAR = "public, max-age=31536000, immutable"
"""For an address that names its data version: another version is another address."""
SIDE_PIXELS = 256
MEDIUM_PIXELS = 600
STRIP = BUFFER / EXTENT
"""How far a tile reaches into the next, in tiles."""
PIXEL_M = 0.00028
"""The standard's pixel, by which a resolution becomes a scale."""

LATITUDE_MOST = 85.05112877980659


def grid() -> dict[str, Any]:
    """The tile matrix set (OGC 17-083r4, Annex D.1)."""
    return {
        "id": GRID,
        "title": "Google Maps Compatible for the World",
        "uri": GRID_URI,
        "crs": GRID_CRS,
        "orderedAxes": ["X", "Y"],
        "boundingBox": {
            "lowerLeft": [-HALF_WORLD_M, -HALF_WORLD_M],
            "upperRight": [HALF_WORLD_M, HALF_WORLD_M],
            "crs": GRID_CRS,
        },
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [matrix(zoom) for zoom in range(GRID_ZOOMS)],
    }


def matrix(zoom: int) -> dict[str, Any]:
    """One level of the grid."""
    cell = 2 * HALF_WORLD_M / SIDE_PIXELS / 2**zoom
    return {
        "id": str(zoom),
        "scaleDenominator": cell / PIXEL_M,
        "cellSize": cell,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-HALF_WORLD_M, HALF_WORLD_M],
        "tileWidth": SIDE_PIXELS,
        "tileHeight": SIDE_PIXELS,
        "matrixWidth": 2**zoom,
        "matrixHeight": 2**zoom,
    }


def limits(box: Box) -> list[Mapping[str, Any]]:
    """The tiles of each zoom that may hold something, be it in the strip shared with the next."""
    return [limit_at(zoom, box) for zoom in range(ZOOM_MOST + 1)]


@lru_cache(maxsize=1000)
def limit_at(zoom: int, box: Box) -> Mapping[str, Any]:
    west, south, east, north = box
    left, top = cell_of(west, north, zoom, -STRIP)
    right, bottom = cell_of(east, south, zoom, STRIP)
    return {
        "tileMatrix": str(zoom),
        "minTileRow": top, "maxTileRow": bottom, "minTileCol": left, "maxTileCol": right,
    }  # fmt: skip


def cell_of(lng: float, lat: float, zoom: int, further: float = 0.0) -> tuple[int, int]:
    """Column and row of the tile that holds a place, or what lies so many tiles further on."""
    side = 2**zoom
    column, row = (lng + 180) / 360 * side, mercator(lat) * side
    return cell(column + further, side), cell(row + further, side)


def cell(at: float, side: int) -> int:
    return min(max(math.floor(at), 0), side - 1)


def mercator(lat: float) -> float:
    """How far down the grid a latitude lies, from 0 to 1."""
    lat = math.radians(min(max(lat, -LATITUDE_MOST), LATITUDE_MOST))
    return (1 - math.asinh(math.tan(lat)) / math.pi) / 2


def names_lang(service: Service, lang: str) -> str:
    """The language that the names of a tile are in: the one asked for; empty where that is the
    first. Raises BadValue for one that there is not.
    """
    languages = service.words.languages
    chosen = parse_choice("lang", lang, languages) if lang else languages[0]
    return "" if chosen == languages[0] else chosen


def about_tiles(lang: str) -> str:
    """What is not in every tile."""
    return translator(lang)("api.tiles.about", most=POINTS_MOST)


def tileset(title: str, box: Box | None, layers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The metadata of one tile set."""
    placed: dict[str, Any] = {}
    if box is not None:
        placed = {
            "boundingBox": {"lowerLeft": box[:2], "upperRight": box[2:], "crs": CRS84.uri},
            "tileMatrixSetLimits": limits(box),
        }
    return {
        "title": title,
        "dataType": "vector",
        "crs": GRID_CRS,
        "tileMatrixSetId": GRID,
        "tileMatrixSetURI": GRID_URI,
        "layers": list(layers),
        **placed,
    }


def layer(collection: Collection, title: str) -> dict[str, Any]:
    """One layer of a tile set: what it is and which attributes it has."""
    return {
        "id": collection.id,
        "title": title,
        "dataType": "vector",
        "minTileMatrix": "0",
        "maxTileMatrix": str(ZOOM_MOST),
        "propertiesSchema": {
            "type": "object",
            "properties": {one.id: {"type": type_of(one)} for one in carried(collection)},
        },
    }


def carried(collection: Collection) -> list[Property]:
    """The properties of a collection that its tiles have; an id is one of each."""
    known = {one.id for one in collection.properties}
    ids = [one for one in ROW if one.id == "id" and one.id not in known]
    return ids + [one for one in collection.properties if one.id in RICH]


def type_of(one: Property) -> str:
    return {"number": "number", "integer": "integer", "boolean": "boolean"}.get(one.type, "string")


def centre_of(frame: Box) -> list[float]:
    """Middle and zoom at which a frame fits a map of medium size."""
    west, south, east, north = frame
    top, bottom = (mercator(lat) for lat in (north, south))
    widest = max((east - west) / 360, bottom - top)
    zoom = math.floor(math.log2(MEDIUM_PIXELS / SIDE_PIXELS / widest))
    return [round((west + east) / 2, 6), round((south + north) / 2, 6), max(zoom, 0)]


def layers_of(service: Service) -> list[Collection]:
    """Every layer of the plan: what the whole's tiles hold."""
    return [
        collection
        for collection in service.collections.values()
        if collection.of_plan and collection.layers and not collection.whole
    ]


def tile_layers(collections: Iterable[Collection]) -> tuple[TileLayer, ...]:
    return tuple(
        TileLayer(collection.id, collection.layers, collection.query.families)
        for collection in collections
    )


def cache_of(service: Service, version: str) -> str:
    """How long a tile may be kept whose address names a data version, or none."""
    return A_YEAR if version == service.store.version else REVALIDATE


def is_within(at: Tile, box: Box | None) -> bool:
    """Whether a tile is one of those the tile set's metadata says it has."""
    limit = box and limit_at(at.zoom, box)
    return not limit or (
        limit["minTileRow"] <= at.row <= limit["maxTileRow"]
        and limit["minTileCol"] <= at.column <= limit["maxTileCol"]
    )


def tilejson(
    title: str,
    url: str,
    box: Box | None,
    frame: Box,
    collections: Sequence[tuple[Collection, str]],
) -> dict[str, Any]:
    """TileJSON 3.0.0, for MapLibre, Mapbox and QGIS: bounds around all there is, the centre in the
    pack's frame, wherever else single items lie.
    """
    placed: dict[str, Any] = {"center": centre_of(frame)}
    if box is not None:
        placed["bounds"] = box
    return {
        "tilejson": "3.0.0",
        "name": title,
        "scheme": "xyz",
        "tiles": [url],
        "minzoom": 0,
        "maxzoom": ZOOM_MOST,
        **placed,
        "vector_layers": [
            {
                "id": one.id,
                "description": name,
                "minzoom": 0,
                "maxzoom": ZOOM_MOST,
                "fields": {part.id: type_of(part).capitalize() for part in carried(one)},
            }
            for one, name in collections
        ],
    }
