"""PMTiles 3: the vector tiles of a view in one file, as the API has them, read part by part."""

import gzip
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.geometry import shape

from app.domain.schema import BUILT, ROW
from app.domain.text.languages import title_in
from app.selection.about import about_selection
from app.selection.selection import Selection
from app.store.tiles import Tile, TileLayer, Tiles
from app.store.tiles.attributes import RICH

ZOOM_MOST = 12
"""Clients draw closer maps of the same tiles: a unit of them is two metres."""
E7 = 10_000_000
UntypedWriter: Any = Writer
TYPES = {"number": "Number", "integer": "Number", "boolean": "Boolean"}


def render(selection: Selection) -> bytes:
    """Each layer of the view is one of the tiles; what has no place is in none."""
    file = io.BytesIO()
    writer: Any = UntypedWriter(file)
    layers = layers_of(selection)
    found = sorted(
        (zxy_to_tileid(at.zoom, at.column, at.row), body)
        for at, body in bodies(tiles_of(selection), layers)
    )
    for number, body in found or [(0, b"")]:
        writer.write_tile(number, gzip.compress(body, mtime=0))
    writer.finalize(header(selection), metadata(selection, layers))
    return file.getvalue()


def layers_of(selection: Selection) -> tuple[TileLayer, ...]:
    known = (layer.id for layer in selection.catalog.layers)
    wanted = selection.view.layer
    return tuple(TileLayer(id, (id,)) for id in known if not wanted or id in wanted)


def tiles_of(selection: Selection) -> Tiles:
    features = selection.features
    shapes = np.empty(len(features), dtype=object)
    shapes[:] = [
        shape(feature["geometry"]) if feature["geometry"] else None for feature in features
    ]
    layers = np.array([feature["properties"]["layer"] for feature in features], dtype=object)
    return Tiles(features, shapes, layers, [feature["id"] for feature in features])


def bodies(
    tiles: Tiles, layers: tuple[TileLayer, ...], at: Tile | None = None
) -> Iterator[tuple[Tile, bytes]]:
    """A tile and those within it, as far as they hold anything."""
    at = at or Tile(0, 0, 0)
    body = tiles.get(layers, at)
    if not body:
        return
    yield at, body
    if at.zoom < ZOOM_MOST:
        for down in (0, 1):
            for right in (0, 1):
                inner = Tile(at.zoom + 1, 2 * at.row + down, 2 * at.column + right)
                yield from bodies(tiles, layers, inner)


def header(selection: Selection) -> dict[str, Any]:
    """Where a client begins: the pack's frame, as single items may lie far beyond it."""
    west, south, east, north = selection.catalog.info.frame
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
        "min_lon_e7": round(west * E7), "min_lat_e7": round(south * E7),
        "max_lon_e7": round(east * E7), "max_lat_e7": round(north * E7),
        "center_zoom": 8, "center_lon_e7": round((west + east) / 2 * E7),
        "center_lat_e7": round((south + north) / 2 * E7),
    }  # fmt: skip


def metadata(selection: Selection, layers: tuple[TileLayer, ...]) -> dict[str, Any]:
    """What it is, and what each layer has, as TileJSON says it."""
    facts = about_selection(selection)
    titles = {layer.id: title_in(layer, selection.lang) for layer in selection.catalog.layers}
    fields = {one.id: TYPES.get(one.type, "String") for one in (*ROW, *BUILT) if one.id in RICH}
    counts = Counter(feature["properties"]["layer"] for feature in selection.features)
    return {
        "name": facts.title,
        "description": facts.text(selection.lang),
        "attribution": facts.attribution,
        "version": selection.version,
        "type": "overlay",
        "vector_layers": [
            {
                "id": one.name, "description": titles[one.name],
                "minzoom": 0, "maxzoom": ZOOM_MOST, "fields": fields,
            }
            for one in layers
            if counts[one.name]
        ],
    }  # fmt: skip
