"""Shapes at each zoom: simplified, in whole units, valid, never empty.

What a zoom shows is decided for the whole world, not for a tile: both sides of an edge agree.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.ragged import starts_of
from app.store.tiles.grid import BUFFER, EXTENT, PIXEL, Ints, Shapes, Tile, in_world, units
from app.store.tiles.simplify import Paths

COARSE_TO, SIMPLIFIED_TO = 9, 13
"""Up to the first zoom outlines keep to a pixel, up to the second to half of one, and from
there on as they are."""

LINE, AREA = (1, 5), (3, 6)
"""Shapely's types of lines and areas, one and many."""


class Outlines:
    """Some different shapes, in degrees: lines, areas, points in multitude."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapely.transform(shapes, in_world)
        self._levels: dict[int, Shapes] = {}

    def at(self, zoom: int, chosen: Ints) -> Shapes:
        """Some of them in units of the zoom; those of the lower zooms are made once."""
        if zoom > SIMPLIFIED_TO:
            parts, owners = shapely.get_parts(self.shapes[chosen], return_index=True)
            return joined(fitted(parts, parts, units(zoom)), owners, len(chosen))
        if zoom not in self._levels:
            self._levels[zoom] = self._level(zoom)
        return self._levels[zoom][chosen]

    def _level(self, zoom: int) -> Shapes:
        pixels = 1.0 if zoom <= COARSE_TO else 0.5
        parts, owners = self._parts
        thinned = self._simplified(pixels * PIXEL / units(zoom))
        return joined(fitted(parts, thinned, units(zoom)), owners, len(self.shapes))

    @cached_property
    def _parts(self) -> tuple[Shapes, Ints]:
        """Single lines, polygons and points, and which shape each is of."""
        return shapely.get_parts(self.shapes, return_index=True)

    @cached_property
    def _rings(self) -> tuple[Shapes, Ints, Ints]:
        """Every line and ring, the part that it is of, and how many points it has."""
        parts, _ = self._parts
        types = shapely.get_type_id(parts)
        lines, polygons = np.flatnonzero(types == 1), np.flatnonzero(types == 3)
        rings, owners = shapely.get_rings(parts[polygons], return_index=True)
        paths = np.concatenate((parts[lines], rings))
        parts_of_paths = np.concatenate((lines, polygons[owners]))
        return paths, parts_of_paths, shapely.get_num_coordinates(paths).astype(np.int64)

    @cached_property
    def _paths(self) -> Paths:
        paths, _, lengths = self._rings
        return Paths(shapely.get_coordinates(paths), lengths)

    def _simplified(self, tolerance: float) -> Shapes:
        """The parts, thinned; of a polygon that collapses nothing is left."""
        parts, _ = self._parts
        simplified = parts.copy()
        paths, owners, _ = self._rings
        if not len(paths):
            return simplified
        points, lengths = self._paths.simplified(tolerance)
        line = shapely.get_type_id(parts)[owners] == 1
        of_line = np.repeat(line, lengths)
        count = int(line.sum())
        if count:
            simplified[owners[line]] = shapely.linestrings(
                points[of_line], indices=np.repeat(np.arange(count), lengths[line])
            )
        if count < len(line):
            rows, first = np.unique(owners[~line], return_index=True)
            simplified[rows] = polygons(points[~of_line], lengths[~line], first)
        return simplified


def polygons(points: NDArray[np.float64], lengths: Ints, first: Ints) -> Shapes:
    """Polygons of rings; each begins with the ring at a place in `first`. Collapsed rings go."""
    counts = np.diff(np.append(first, len(lengths)))
    kept = (lengths >= 4) & np.repeat(lengths[first] >= 4, counts)
    rings = np.add.reduceat(kept, first).astype(np.int64)
    whole = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON,
        points[np.repeat(kept, lengths)],
        (starts_of(lengths[kept]), starts_of(rings[rings > 0])),
    )
    areas = np.full(len(first), shapely.Polygon(), dtype=object)
    areas[rings > 0] = whole
    return areas


def fitted(parts: Shapes, thinned: Shapes, side: int) -> Shapes:
    """Parts in whole units of a world that has `side` of them; `thinned` is what is seen of each.

    What is smaller than a pixel is drawn as one, so that nothing goes.
    """
    shapes = in_units(thinned, side)
    types = shapely.get_type_id(parts)
    area = types == 3
    shapes[area] = valid(shapes[area])
    shapes[~area] = shapely.remove_repeated_points(shapes[~area])
    low, high = np.split(shapely.bounds(parts) * side, 2, axis=1)
    speck = (types > 0) & (high - low < PIXEL).all(axis=1)
    corner = np.floor((low + high) / 2 / PIXEL) * PIXEL
    near, far = corner[:, 0], corner[:, 0] + PIXEL
    top = corner[:, 1]
    shapes[speck & area] = shapely.box(near, top, far, top + PIXEL)[speck & area]
    gone = area & ~speck & shapely.is_empty(shapes)
    shapes[gone] = valid(thickened(parts[gone], side))
    dash = np.stack((np.stack((near, top), axis=1), np.stack((far, top), axis=1)), axis=1)
    lost = (types == 1) & (speck | (shapely.length(shapes) == 0))
    shapes[lost] = shapely.linestrings(dash[lost])
    return shapes


def in_units(shapes: Shapes, side: int) -> Shapes:
    return np.asarray(shapely.transform(shapes, lambda points: np.rint(points * side)))


def thickened(parts: Shapes, side: int) -> Shapes:
    """Polygons too thin to be seen, made half a pixel thick."""
    grown = shapely.buffer(shapely.transform(parts, lambda at: at * side), PIXEL / 4, quad_segs=1)
    return in_units(grown, 1)


def valid(areas: Shapes) -> Shapes:
    """Areas in whole units that do not cross themselves: those that do are mended.

    A ring of one point only is mended too; repeated points can be taken out of no other.
    """
    bad = ~shapely.is_valid(areas)
    if bad.any():
        areas = areas.copy()
        mended = shapely.make_valid(areas[bad], method="structure", keep_collapsed=False)
        areas[bad] = [solid(one) for one in shapely.set_precision(mended, 1.0)]
    return np.asarray(shapely.remove_repeated_points(areas))


def solid(shape: Any) -> Any:
    """The parts of a collection that have the most dimensions; any other shape as it is."""
    if shapely.get_type_id(shape) != 7:
        return shape
    parts = shapely.get_parts(shape)
    most = shapely.get_dimensions(parts) == shapely.get_dimensions(parts).max(initial=0)
    return shapely.union_all(parts[most])


def joined(parts: Shapes, owners: Ints, count: int) -> Shapes:
    """The parts of each shape as one; areas that have come to overlap are merged."""
    shapes = np.full(count, shapely.Point(), dtype=object)
    starts = np.searchsorted(owners, np.arange(count + 1))
    single = np.diff(starts) == 1
    shapes[single] = parts[starts[:-1][single]]
    for row in np.flatnonzero(np.diff(starts) > 1):
        own = parts[starts[row] : starts[row + 1]]
        shapes[row] = MANY[int(shapely.get_type_id(own[0]))](own)
    return shapes


def merged(areas: Shapes) -> Any:
    """Areas as one."""
    areas = shapely.get_parts(areas)
    many = shapely.multipolygons(areas)
    return many if shapely.is_valid(many) else solid(shapely.union_all(areas, grid_size=1.0))


MANY: dict[int, Callable[[Shapes], Any]] = {
    0: shapely.multipoints,
    1: shapely.multilinestrings,
    3: merged,
    6: merged,
}
"""Type of the first part → how parts become one."""


LOW, HIGH = -BUFFER, EXTENT + BUFFER


def clipped(shapes: Shapes, tile: Tile) -> Shapes:
    """Each shape's part in the tile; empty where only its edge is touched."""
    moved = shapely.transform(shapes, lambda points: points - tile.corner)
    bounds = shapely.bounds(moved)
    out = (bounds[:, :2] < LOW).any(axis=1) | (bounds[:, 2:] > HIGH).any(axis=1)
    if not out.any():
        return moved
    dimensions = shapely.get_dimensions(moved[out])
    cut = in_units(shapely.clip_by_rect(moved[out], LOW, LOW, HIGH, HIGH), 1)
    mixed = shapely.get_type_id(cut) == 7
    cut[mixed] = [solid(one) for one in cut[mixed]]
    area = shapely.get_dimensions(cut) == 2
    cut[area] = valid(cut[area])
    cut[shapely.get_dimensions(cut) != dimensions] = shapely.Point()
    moved[out] = cut
    return moved
