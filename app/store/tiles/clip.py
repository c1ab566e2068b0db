"""Shapes in units of a zoom → what of them is in a tile and its buffer, in the tile's units."""

import shapely

from app.store.tiles.grid import BUFFER, EXTENT, Shapes, Tile
from app.store.tiles.outlines import in_units, solid, valid

LOW, HIGH = -BUFFER, EXTENT + BUFFER


def clipped(shapes: Shapes, tile: Tile) -> Shapes:
    """Each shape's part in the tile; empty where only its edge is touched."""
    found = shapely.transform(shapes, lambda points: points - tile.corner)
    bounds = shapely.bounds(found)
    out = (bounds[:, :2] < LOW).any(axis=1) | (bounds[:, 2:] > HIGH).any(axis=1)
    if not out.any():
        return found
    dimensions = shapely.get_dimensions(found[out])
    cut = in_units(shapely.clip_by_rect(found[out], LOW, LOW, HIGH, HIGH), 1)
    mixed = shapely.get_type_id(cut) == 7
    cut[mixed] = [solid(one) for one in cut[mixed]]
    area = shapely.get_dimensions(cut) == 2
    cut[area] = valid(cut[area])
    cut[shapely.get_dimensions(cut) != dimensions] = shapely.Point()
    found[out] = cut
    return found
