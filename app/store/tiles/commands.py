"""Shapes in a tile's units → the commands MVT draws them with (MVT 2.1, §4.3).

    points   MoveTo × n, steps
    a line   MoveTo, step, LineTo × n, steps
    a ring   the same, ClosePath

A step is from the point before it, of whatever path; the first is from the corner.
"""

import numpy as np
import shapely

from app.store.ragged import places, starts_of
from app.store.tiles.grid import Floats, Ints, Shapes
from app.store.tiles.mvt import Drawing, zigzag

MOVE, LINE, CLOSE = 1, 2, 15
ONE_MOVE = 9


def of_points(points: Ints) -> Drawing:
    """Single points, folded for varints."""
    commands = np.full((len(points), 3), ONE_MOVE, dtype=np.int64)
    commands[:, 1:] = points
    types, lengths = np.ones(len(points), np.int64), np.full(len(points), 3)
    return Drawing(types, lengths, commands.reshape(-1))


def of_shapes(shapes: Shapes) -> Drawing:
    """Lines, areas and points in multitude, each kind at once."""
    kinds = shapely.get_dimensions(shapes) + 1
    makers = {1: of_multitudes, 2: of_lines, 3: of_areas}
    found = [
        (np.flatnonzero(kinds == kind), make(shapes[kinds == kind]))
        for kind, make in makers.items()
        if (kinds == kind).any()
    ]
    order = np.argsort(np.concatenate([rows for rows, _ in found]))
    return chosen(joined([drawing for _, drawing in found]), order)


def of_multitudes(shapes: Shapes) -> Drawing:
    points, owners = shapely.get_coordinates(shapes, return_index=True)
    counts = np.bincount(owners, minlength=len(shapes))
    lengths = 1 + 2 * counts
    starts = starts_of(lengths)[:-1]
    commands = np.zeros(lengths.sum(), dtype=np.int64)
    commands[starts] = counts << 3 | MOVE
    commands[places(starts + 1, 2 * counts)] = steps(points, counts).reshape(-1)
    return Drawing(np.ones(len(shapes), np.int64), lengths, commands)


def of_lines(shapes: Shapes) -> Drawing:
    lines, owners = shapely.get_parts(shapes, return_index=True)
    points = shapely.get_coordinates(lines)
    counts = shapely.get_num_coordinates(lines).astype(np.int64)
    return of_paths(points, counts, owners, len(shapes), 2)


def of_areas(shapes: Shapes) -> Drawing:
    """Outer rings turn with the clock as seen on the screen, holes against it."""
    polygons, owners = shapely.get_parts(
        shapely.orient_polygons(shapes, exterior_cw=False), return_index=True
    )
    rings, parts = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    last = np.append(ring[1:] != ring[:-1], True)  # the first point again
    counts = np.bincount(ring[~last], minlength=len(rings))
    return of_paths(points[~last], counts, owners[parts], len(shapes), 3)


def of_paths(points: Floats, counts: Ints, owners: Ints, shapes: int, kind: int) -> Drawing:
    """Lines or rings of so many points each; `owners` says of which shape each is."""
    closing = kind == 3
    sizes = 2 + 2 * counts + closing
    starts = starts_of(sizes)[:-1]
    commands = np.full(sizes.sum(), CLOSE, dtype=np.int64)
    all_steps = steps(points, np.bincount(owners, counts, shapes).astype(np.int64))
    first = starts_of(counts)[:-1]
    commands[starts] = ONE_MOVE
    commands[places(starts + 1, np.full(len(starts), 2))] = all_steps[first].reshape(-1)
    commands[starts + 3] = (counts - 1) << 3 | LINE
    rest = np.ones(len(points), dtype=np.bool_)
    rest[first] = False
    commands[places(starts + 4, 2 * counts - 2)] = all_steps[rest].reshape(-1)
    lengths = np.bincount(owners, sizes, shapes).astype(np.int64)
    return Drawing(np.full(shapes, kind), lengths, commands)


def steps(points: Floats, counts: Ints) -> Ints:
    """From point to point, the first of each shape from the corner; folded for varints."""
    whole = points.astype(np.int64)
    moves = np.diff(whole, axis=0, prepend=0)
    first = starts_of(counts)[:-1][counts > 0]
    moves[first] = whole[first]
    return zigzag(moves)


def joined(drawings: list[Drawing]) -> Drawing:
    return Drawing(
        np.concatenate([drawing.types for drawing in drawings]),
        np.concatenate([drawing.lengths for drawing in drawings]),
        np.concatenate([drawing.commands for drawing in drawings]),
    )


def chosen(drawing: Drawing, rows: Ints) -> Drawing:
    """Some geometries of a drawing, one as often as it is named."""
    starts = starts_of(drawing.lengths)[:-1][rows]
    lengths = drawing.lengths[rows]
    return Drawing(drawing.types[rows], lengths, drawing.commands[places(starts, lengths)])
