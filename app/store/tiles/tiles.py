"""The tiles of a store, each made when first asked for."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.geometry_families import FAMILY_OF
from app.store.tiles.attributes import Attributes, Feature
from app.store.tiles.blocks import Blocks, area_of, tiles_of
from app.store.tiles.commands import chosen, joined, of_points, of_shapes
from app.store.tiles.grid import Ints, Shapes, Tile, in_world, units
from app.store.tiles.mvt import Drawing, layer_bytes, zigzag
from app.store.tiles.numbers import numbers_of
from app.store.tiles.outlines import Outlines, clipped, solid
from app.store.tiles.points import Points
from app.work.ambient import check

HELD_BYTES = 64_000_000
"""Of tiles in memory, each reckoned a little more than its bytes."""
OVERHEAD = 300
PLACES_HELD, PLACES_LEAST = 8, 200_000
"""Numbers for each row, and for few rows, that say what is in some layers, and in which tiles."""
NONE = -1


class TileLayer(NamedTuple):
    """An MVT layer: its name, the layers whose items it holds and their families of geometry;
    all of the store where none is named.
    """

    name: str
    layers: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


class LayerRows(NamedTuple):
    """What some layers hold."""

    numbers: list[NDArray[np.int16]]
    """Which of the layers hold each row: the number of one, and again of others where there are;
    less than 0 where there are no more.
    """
    places: Ints
    """Where theirs are in `Points`."""
    cells: list[int]


class ZoomRows(NamedTuple):
    """What is sent of them at a zoom."""

    blocks: Blocks
    """The points."""
    shapes: Ints
    """Places of the others among all of them."""
    outlines: NDArray[np.bool_]
    """Which outlines these have."""


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
        self._held = BoundedCache(HELD_BYTES)
        self._making = threading.Lock()
        places = max(PLACES_HELD * len(ids), PLACES_LEAST)
        self._rows_held, self._sent_held = BoundedCache(places), BoundedCache(places)

    def held(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str = "") -> bytes | None:
        """A tile that has been made before."""
        body: bytes | None = self._held.get((layers, tile, lang))
        return body

    def get(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str = "") -> bytes:
        """A tile of these layers, its names in a language; those that are empty are left out."""
        with self._making:  # what all tiles of a zoom share is made once
            body = self.held(layers, tile, lang)
            if body is None:
                made = self._make(layers, tile, lang)
                for one, found in made.items():
                    self._held.put((layers, one, lang), found, len(found) + OVERHEAD)
                body = made[tile]
        return body

    def forget(self) -> None:
        """Every tile is to be made anew."""
        with self._making:
            self._held = BoundedCache(HELD_BYTES)

    def _make(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str) -> dict[Tile, bytes]:
        """The tile; where there are only points, those of its block too."""
        sent = self._sent(layers, tile.zoom)
        block = sent.blocks.around(tile)
        if block == tile or len(self._near(sent, area_of(block, tile.zoom))):
            rows, drawing = self._drawn(sent, tile)
            tiles, of_tile = [tile], np.zeros(len(rows), dtype=np.int64)
        else:
            tiles = tiles_of(block, tile.zoom)
            rows, drawing, of_tile = self._drawn_block(sent.blocks, tiles, block)
        check()
        at, part = self._parts(layers, rows, of_tile)
        own = rows[at]
        counts = np.bincount(part, minlength=len(tiles) * len(layers))
        filled = np.flatnonzero(counts)
        places, names = np.divmod(filled, len(layers))
        made = layer_bytes(
            [layers[name].name for name in names.tolist()], counts[filled], self._numbers[own],
            drawing[at] if isinstance(drawing, np.ndarray) else chosen(drawing, at),
            self._attributes.tags(tile.zoom, own, lang),
        )  # fmt: skip
        ends = (2 * np.searchsorted(places, np.arange(len(tiles) + 1))).tolist()
        return {
            one: b"".join(made[start:end])
            for one, (start, end) in zip(tiles, pairwise(ends), strict=True)
        }

    def _parts(self, layers: tuple[TileLayer, ...], rows: Ints, of_tile: Ints) -> tuple[Ints, Ints]:
        """What is sent of some rows, part by part, a part being a layer of a tile: the place among
        the rows, and the number of the part.
        """
        held = [numbers[rows] for numbers in self._layer_rows(layers).numbers]
        places = [np.flatnonzero(numbers >= 0) for numbers in held]
        at = np.concatenate(places)
        part = of_tile[at] * len(layers)
        part += np.concatenate([one[some] for one, some in zip(held, places, strict=True)])
        short = part.astype(np.uint16) if part.max(initial=0) < 1 << 16 else part  # sorts quicker
        order = np.argsort(short, kind="stable")
        return at[order], part[order]

    def _drawn_block(
        self, blocks: Blocks, tiles: Sequence[Tile], block: Tile
    ) -> tuple[Ints, Ints, Ints]:
        """The points in the tiles of a block, tile by tile: the rows, the places as they are drawn,
        the number of each one's tile.
        """
        of_tile, places = blocks.within(block)
        corners = np.array([one.corner for one in tiles])
        at = np.rint(self._points.at[places] * units(tiles[0].zoom)).astype(np.int64)
        points = at - corners[of_tile]
        return self._point_rows[places], zigzag(points), of_tile

    def _near(self, sent: ZoomRows, area: Any) -> Ints:
        """The outlines of what is sent in an area."""
        near = np.sort(self._tree.query(area, predicate="intersects"))
        return near[sent.outlines[near]]

    def _drawn(self, sent: ZoomRows, tile: Tile) -> tuple[Ints, Drawing | Ints]:
        """The rows in a tile, in plan order, and how each is drawn."""
        point_rows, points, _ = self._drawn_block(sent.blocks, [tile], tile)
        near = self._near(sent, tile.area)
        if not len(near):
            return point_rows, points
        shapes = clipped(self._outlines.at(tile.zoom, near), tile)
        seen = ~shapely.is_empty(shapes)
        near, shapes = near[seen], shapes[seen]
        drawings = [of_points(points), *([of_shapes(shapes)] if len(shapes) else [])]
        at = np.full(len(self._outlines.shapes), -1)
        at[near] = np.arange(len(near)) + len(points)
        spread = at[self._outline_of[sent.shapes]]
        rows = np.concatenate((point_rows, self._shape_rows[sent.shapes[spread >= 0]]))
        which = np.concatenate((np.arange(len(points)), spread[spread >= 0]))
        order = np.argsort(rows)
        return rows[order], chosen(joined(drawings), which[order])

    def _sent(self, layers: tuple[TileLayer, ...], zoom: int) -> ZoomRows:
        found: ZoomRows | None = self._sent_held.get((layers, zoom))
        if found is None:
            rows, points = self._layer_rows(layers), len(self._point_rows)
            places = self._points.sent(rows.places, rows.cells[zoom])
            blocks = Blocks(self._points.at, places[places < points], zoom)
            shapes = places[places >= points] - points
            outlines = np.zeros(len(self._outlines.shapes), dtype=np.bool_)
            outlines[self._outline_of[shapes]] = True
            found = ZoomRows(blocks, shapes, outlines)
            self._sent_held.put((layers, zoom), found, len(blocks) + len(shapes) + len(outlines))
        return found

    def _layer_rows(self, layers: tuple[TileLayer, ...]) -> LayerRows:
        found: LayerRows | None = self._rows_held.get(layers)
        if found is None:
            numbers = self._layer_numbers(layers)
            places = np.flatnonzero(numbers[0][self._placed_rows] >= 0)
            found = LayerRows(numbers, places, self._points.cells(places))
            self._rows_held.put(layers, found, len(numbers) * len(self._shapes) + len(places))
        return found

    def _layer_numbers(self, layers: tuple[TileLayer, ...]) -> list[NDArray[np.int16]]:
        found = [np.full(len(self._shapes), NONE, dtype=np.int16)]
        for number, layer in enumerate(layers):
            left = self._of(layer)
            for numbers in found:
                free = left & (numbers == NONE)
                numbers[free] = number
                left &= ~free
            if left.any():
                found.append(np.where(left, number, NONE).astype(np.int16))
        return found

    def _of(self, layer: TileLayer) -> NDArray[np.bool_]:
        """Which rows a layer holds."""
        mask = np.ones(len(self._shapes), dtype=np.bool_)
        if layer.layers:
            known, codes = self._layer_codes
            mask &= np.isin(known, layer.layers)[codes]
        if layer.families:
            mask &= np.isin(self._families, layer.families)
        return mask

    @cached_property
    def _layer_codes(self) -> tuple[NDArray[np.object_], NDArray[np.int32]]:
        """The layers there are, and which of them each row is of."""
        known: dict[Any, int] = {}
        codes = [known.setdefault(one, len(known)) for one in self._layers]
        return np.array(list(known), dtype=object), np.array(codes, dtype=np.int32)

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
    def _placed_rows(self) -> Ints:
        """The row of each in `_points`."""
        return np.concatenate((self._point_rows, self._shape_rows))

    @cached_property
    def _points(self) -> Points:
        """Of all points, then of all other shapes."""
        points = in_world(shapely.get_coordinates(self._shapes[self._point_rows]))
        bounds = shapely.bounds(self._outlines.shapes)[self._outline_of]
        low, high = bounds[:, :2], bounds[:, 2:]
        sizes = np.concatenate((np.zeros(len(points)), (high - low).max(axis=1)))
        kinds = 2 * self._layer_codes[1][self._placed_rows]
        kinds[len(points) :] += 1
        return Points(np.concatenate((points, (low + high) / 2)), kinds, sizes)

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
        near = self._points.near(np.arange(len(self._placed_rows)))
        order = np.concatenate((np.flatnonzero(~self._drawable), self._placed_rows[near]))
        return Attributes(self._features, order, self._points.fullest())

    @cached_property
    def _numbers(self) -> Ints:
        return numbers_of(self._ids)


class BoundedCache:
    """What has been made, bounded in size; the oldest goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._found: OrderedDict[Any, tuple[Any, int]] = OrderedDict()

    def get(self, key: Any) -> Any:
        """None where it is not there."""
        found = self._found.get(key)
        return found and found[0]

    def put(self, key: Any, one: Any, size: int) -> None:
        """Keep one, the last whatever its size; for one thread at a time."""
        self._size += size - self._found.pop(key, (None, 0))[1]
        self._found[key] = one, size
        while self._size > self._most and len(self._found) > 1:
            self._size -= self._found.popitem(last=False)[1][1]
