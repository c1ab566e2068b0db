"""The tiles of a store, each made when first asked for."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.geometry_families import FAMILY_OF
from app.store.tiles.attributes import Attributes, Feature
from app.store.tiles.blocks import Blocks, area_of, tiles_of
from app.store.tiles.cells import DRAWN_MOST, ELSEWHERE, cells, seen_alone
from app.store.tiles.commands import chosen, joined, of_points, of_shapes
from app.store.tiles.grid import Floats, Ints, Shapes, Tile, in_world, units
from app.store.tiles.mvt import Drawing, layer_bytes, zigzag
from app.store.tiles.numbers import numbers_of
from app.store.tiles.outlines import Outlines, clipped, solid
from app.work.ambient import check

HELD_BYTES = 64_000_000
"""Of tiles in memory, each reckoned a little more than its bytes."""
OVERHEAD = 300
NONE = -1


class TileLayer(NamedTuple):
    """An MVT layer: its name, the layers whose items it holds and their families of geometry;
    all of the store where none is named.
    """

    name: str
    layers: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


class Tiles:
    """The features of a store as tiles.

    Shapes that are equal are thinned, clipped and drawn once, however many items stand for them.
    """

    def __init__(
        self,
        features: Sequence[Feature],
        shapes: Shapes,
        layers: NDArray[np.object_],
        ids: Sequence[str],
    ) -> None:
        self._features, self._shapes, self._layers, self._ids = features, shapes, layers, ids
        self._held = HeldTiles(HELD_BYTES)
        self._making = threading.Lock()
        self._numbers_of: dict[tuple[TileLayer, ...], list[NDArray[np.int16]]] = {}
        self._cells_at: dict[int, Ints] = {}
        """Of the zoom that was asked for last."""

    def held(self, layers: tuple[TileLayer, ...], tile: Tile) -> bytes | None:
        """A tile that has been made before."""
        return self._held.get((layers, tile))

    def get(self, layers: tuple[TileLayer, ...], tile: Tile) -> bytes:
        """A tile of these layers; those that are empty are left out."""
        with self._making:  # what all tiles of a zoom share is made once
            body = self._held.get((layers, tile))
            if body is None:
                made = self._make(layers, tile)
                for one, found in made.items():
                    self._held.put((layers, one), found)
                body = made[tile]
        return body

    def forget(self) -> None:
        """Every tile is to be made anew."""
        with self._making:
            self._held = HeldTiles(HELD_BYTES)

    def _make(self, layers: tuple[TileLayer, ...], tile: Tile) -> dict[Tile, bytes]:
        """The tile; where there are only points, those of its block too."""
        block = self._blocks.around(tile)
        area = area_of(block, tile.zoom)
        if block == tile or len(self._tree.query(area, predicate="intersects")):
            rows, drawing = self._drawn(tile)
            tiles, of_tile = [tile], np.zeros(len(rows), dtype=np.int64)
        else:
            tiles = tiles_of(block, tile.zoom)
            rows, drawing, of_tile = self._drawn_block(tiles, block)
        check()
        at, part = self._parts(layers, tile.zoom, rows, of_tile)
        own = rows[at]
        counts = np.bincount(part, minlength=len(tiles) * len(layers))
        filled = np.flatnonzero(counts)
        places, names = np.divmod(filled, len(layers))
        made = layer_bytes(
            [layers[name].name for name in names.tolist()], counts[filled], self._numbers[own],
            drawing[at] if isinstance(drawing, np.ndarray) else chosen(drawing, at),
            self._attributes.tags(tile.zoom, own),
        )  # fmt: skip
        ends = (2 * np.searchsorted(places, np.arange(len(tiles) + 1))).tolist()
        return {
            one: b"".join(made[start:end])
            for one, (start, end) in zip(tiles, pairwise(ends), strict=True)
        }

    def _parts(
        self, layers: tuple[TileLayer, ...], zoom: int, rows: Ints, of_tile: Ints
    ) -> tuple[Ints, Ints]:
        """What is sent of some rows, part by part, a part being a layer of a tile: the place among
        the rows, and the number of the part.
        """
        held = [numbers[rows] for numbers in self._layer_numbers(layers)]
        places = [np.flatnonzero(numbers >= 0) for numbers in held]
        at = np.concatenate(places)
        part = of_tile[at] * len(layers)
        part += np.concatenate([one[some] for one, some in zip(held, places, strict=True)])
        short = part.astype(np.uint16) if part.max(initial=0) < 1 << 16 else part  # sorts quicker
        order = np.argsort(short, kind="stable")
        if self._blocks.fullest(zoom) > DRAWN_MOST:
            order = order[seen_alone(self._cells(zoom)[rows[at[order]]], part[order])]
        return at[order], part[order]

    def _cells(self, zoom: int) -> Ints:
        """The cell each row's point lies in, in which one is drawn; ELSEWHERE where it has none."""
        if zoom not in self._cells_at:
            self._cells_at = {zoom: np.full(len(self._shapes), ELSEWHERE, dtype=np.int64)}
            self._cells_at[zoom][self._point_rows] = cells(self._points, zoom)
        return self._cells_at[zoom]

    def _drawn_block(self, tiles: Sequence[Tile], block: Tile) -> tuple[Ints, Ints, Ints]:
        """The points in the tiles of a block, tile by tile: the rows, the places as they are drawn,
        the number of each one's tile.
        """
        zoom = tiles[0].zoom
        of_tile, places = self._blocks.within(block, zoom)
        corners = np.array([one.corner for one in tiles])
        points = np.rint(self._points[places] * units(zoom)).astype(np.int64) - corners[of_tile]
        return self._point_rows[places], zigzag(points), of_tile

    def _drawn(self, tile: Tile) -> tuple[Ints, Drawing | Ints]:
        """The rows in a tile, in plan order, and how each is drawn."""
        point_rows, points, _ = self._drawn_block([tile], tile)
        near = np.sort(self._tree.query(tile.area, predicate="intersects"))
        if not len(near):
            return point_rows, points
        shapes = clipped(self._outlines.at(tile.zoom, near), tile)
        seen = ~shapely.is_empty(shapes)
        near, shapes = near[seen], shapes[seen]
        drawings = [of_points(points), *([of_shapes(shapes)] if len(shapes) else [])]
        at = np.full(len(self._outlines.shapes), -1)
        at[near] = np.arange(len(near)) + len(points)
        spread = at[self._outline_of]
        rows = np.concatenate((point_rows, self._shape_rows[spread >= 0]))
        which = np.concatenate((np.arange(len(points)), spread[spread >= 0]))
        order = np.argsort(rows)
        return rows[order], chosen(joined(drawings), which[order])

    def _layer_numbers(self, layers: tuple[TileLayer, ...]) -> list[NDArray[np.int16]]:
        """Which of some layers hold each row: the number of one, and again of others where there
        are; less than 0 where there are no more.
        """
        if layers not in self._numbers_of:
            found = [np.full(len(self._shapes), NONE, dtype=np.int16)]
            for number, layer in enumerate(layers):
                left = self._of(layer)
                for numbers in found:
                    free = left & (numbers == NONE)
                    numbers[free] = number
                    left &= ~free
                if left.any():
                    found.append(np.where(left, number, NONE).astype(np.int16))
            self._numbers_of[layers] = found
        return self._numbers_of[layers]

    def _of(self, layer: TileLayer) -> NDArray[np.bool_]:
        """Which rows a layer holds."""
        mask = np.ones(len(self._shapes), dtype=np.bool_)
        if layer.layers:
            mask &= np.isin(self._layers, layer.layers)
        if layer.families:
            mask &= np.isin(self._families, layer.families)
        return mask

    @cached_property
    def _families(self) -> NDArray[np.object_]:
        names = np.full(8, "", dtype=object)
        for type, family in FAMILY_OF.items():
            names[shapely.GeometryType[type.upper()]] = family
        families: NDArray[np.object_] = names[shapely.get_type_id(self._shapes)]
        return families

    @cached_property
    def _point_rows(self) -> Ints:
        return np.flatnonzero((shapely.get_type_id(self._shapes) == 0) & self._drawable)

    @cached_property
    def _shape_rows(self) -> Ints:
        return np.flatnonzero((shapely.get_type_id(self._shapes) > 0) & self._drawable)

    @cached_property
    def _drawable(self) -> NDArray[np.bool_]:
        return ~(shapely.is_missing(self._shapes) | shapely.is_empty(self._shapes))

    @cached_property
    def _points(self) -> Floats:
        return in_world(shapely.get_coordinates(self._shapes[self._point_rows]))

    @cached_property
    def _different(self) -> tuple[Shapes, Ints]:
        """The shapes that are no points, each once, and which of them each row has."""
        known: dict[bytes, int] = {}
        shapes = [solid(shape) for shape in self._shapes[self._shape_rows]]
        which = [known.setdefault(shapely.to_wkb(shape), len(known)) for shape in shapes]
        _, first = np.unique(np.array(which, dtype=np.int64), return_index=True)
        found = np.empty(len(first), dtype=object)
        found[:] = [shapes[row] for row in first]
        return found, np.array(which, dtype=np.int64)

    @cached_property
    def _outlines(self) -> Outlines:
        return Outlines(self._different[0])

    @cached_property
    def _outline_of(self) -> Ints:
        return self._different[1]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._outlines.shapes)

    @cached_property
    def _attributes(self) -> Attributes:
        return Attributes(self._features, self._points, self._point_rows, self._blocks)

    @cached_property
    def _blocks(self) -> Blocks:
        return Blocks(self._points)

    @cached_property
    def _numbers(self) -> Ints:
        return numbers_of(self._ids)


class HeldTiles:
    """Tiles by what they hold and where they are, bounded in bytes; the oldest goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._bodies: OrderedDict[tuple[tuple[TileLayer, ...], Tile], bytes] = OrderedDict()

    def get(self, key: tuple[tuple[TileLayer, ...], Tile]) -> bytes | None:
        return self._bodies.get(key)

    def put(self, key: tuple[tuple[TileLayer, ...], Tile], body: bytes) -> None:
        """Keep one; for one thread at a time."""
        self._bodies[key] = body
        self._size += len(body) + OVERHEAD
        while self._size > self._most:
            self._size -= len(self._bodies.popitem(last=False)[1]) + OVERHEAD
