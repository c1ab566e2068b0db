"""Vector tiles (MVT 2.1) of some features in the WebMercatorQuad grid (OGC 17-083r4).

(0,0) ──────► column          4096 units a side, y down; shapes reach a little over the edge
│  ┌────┐                   so that strokes join those of the next tile
▼  │    │ row
"""

import contextlib
import math
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import mapbox_vector_tile
import numpy as np
import shapely
from mapbox_vector_tile.encoder import on_invalid_geometry_make_valid
from numpy.typing import NDArray
from pyproj import Transformer

Feature = Mapping[str, Any]
Shapes = NDArray[Any]

ZOOM_MOST = 16
"""Finer than the finest place is known."""

HALF_WORLD_M = math.pi * 6_378_137
EXTENT, BUFFER = 4096, 64
PIXEL = 16
"""Units in a pixel of a 256-pixel tile."""

MERGED_TO, PLAIN_TO = 9, 5
"""Up to these zooms what falls together is merged; up to the second there are few attributes."""

HELD_MOST = 4_000
"""Tiles kept in memory."""

PLAIN = ("id", "code", "layer", "category", "name", "kind")
RICH = (
    "name_en", "status", "precision", "uncertainty_m", "scope", "counties", "county", "basis",
)  # fmt: skip
"""The properties a map is styled and labelled by; the rest is a request for the item away."""


class Tile(NamedTuple):
    zoom: int
    row: int
    column: int

    @property
    def side_m(self) -> float:
        return float(2 * HALF_WORLD_M / 2**self.zoom)

    @property
    def corner(self) -> tuple[float, float]:
        """Upper left, in metres of EPSG:3857."""
        return self.column * self.side_m - HALF_WORLD_M, HALF_WORLD_M - self.row * self.side_m


class Tiles:
    """The features of a store as tiles; each is made when first asked for."""

    def __init__(self, features: Sequence[Feature], geometries: Shapes) -> None:
        convert: Any = Transformer.from_crs("OGC:CRS84", "EPSG:3857", always_xy=True).transform
        self._shapes = shapely.transform(geometries, convert, interleaved=False)
        self._tree = shapely.STRtree(self._shapes)
        self._plain = [attributes(feature, PLAIN) for feature in features]
        self._rich = [attributes(feature, (*PLAIN, *RICH)) for feature in features]
        self._held: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    def held(self, name: str, layers: tuple[str, ...], tile: Tile) -> bytes | None:
        """A tile that has been made before."""
        return self._held.get((name, layers, tile))

    def get(self, name: str, layers: tuple[str, ...], rows: NDArray[np.bool_], tile: Tile) -> bytes:
        """One MVT layer of that name with the rows chosen by `layers`; empty bytes if it is."""
        key = (name, layers, tile)
        body = self._held.get(key)
        if body is None:
            body = self._held[key] = self._make(name, rows, tile)
            with contextlib.suppress(KeyError):  # another thread may have taken the last one
                while len(self._held) > HELD_MOST:
                    self._held.popitem(last=False)
        return body

    def _make(self, name: str, rows: NDArray[np.bool_], tile: Tile) -> bytes:
        left, top = tile.corner
        margin = tile.side_m * BUFFER / EXTENT
        area = shapely.box(
            left - margin, top - tile.side_m - margin, left + tile.side_m + margin, top + margin
        )
        near = np.sort(self._tree.query(area, predicate="intersects"))
        near = near[rows[near]]
        shapes = in_units(self._shapes[near], tile)
        known = self._plain if tile.zoom <= PLAIN_TO else self._rich
        found: list[dict[str, Any]] = [
            {"geometry": shape, "properties": known[row]}
            for row, shape in zip(near, shapes, strict=True)
            if shape is not None and not shape.is_empty
        ]
        if tile.zoom <= MERGED_TO:
            found = merged(found)
        return encoded(name, found) if found else b""


def in_units(shapes: Shapes, tile: Tile) -> Shapes:
    """Shapes in the tile's units: simplified to what can be seen, clipped, specks dropped."""
    left, top = tile.corner
    scale = EXTENT / tile.side_m

    origin, factor = np.array([left, top]), np.array([scale, -scale])
    found = shapely.transform(shapes, lambda points: (points - origin) * factor)
    low, high = -BUFFER, EXTENT + BUFFER
    found = shapely.clip_by_rect(found, low, low, high, high)
    if tile.zoom < ZOOM_MOST:
        found = shapely.simplify(found, PIXEL / 2 if tile.zoom <= MERGED_TO else PIXEL / 4)
    west, south, east, north = shapely.bounds(found).T
    speck = (shapely.get_dimensions(found) > 0) & (east - west < PIXEL) & (north - south < PIXEL)
    found[speck] = None
    return found


def merged(features: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Features of a layer that fall on the same pixels are one: their count, what they share."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for one in features:
        pixels = np.round(shapely.get_coordinates(one["geometry"]) / PIXEL).astype(np.int64)
        key = (one["properties"].get("layer"), pixels.tobytes())
        groups.setdefault(key, []).append(one)
    return [
        {"geometry": group[0]["geometry"], "properties": {**shared(group), "count": len(group)}}
        for group in groups.values()
    ]


def shared(group: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The properties that all of a group have alike; one alone keeps all of its own."""
    first, *others = (one["properties"] for one in group)
    return {
        name: value
        for name, value in first.items()
        if all(other.get(name) == value for other in others)
    }


def attributes(feature: Feature, names: Iterable[str]) -> dict[str, Any]:
    """Some properties as MVT can hold them: a list as text between commas, nothing unknown."""
    found = {"id": feature["id"]}
    for name in names:
        value = feature["properties"].get(name)
        if isinstance(value, list):
            value = ",".join(map(str, value))
        if value not in (None, ""):
            found[name] = value
    return found


def encoded(name: str, features: list[dict[str, Any]]) -> bytes:
    """The bytes of a tile with one layer; such bytes may be joined to a tile of several."""
    return bytes(
        mapbox_vector_tile.encode(
            {"name": name, "features": features},
            default_options={
                "y_coord_down": True,
                "extents": EXTENT,
                "on_invalid_geometry": on_invalid_geometry_make_valid,
            },
        )
    )
