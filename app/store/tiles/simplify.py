"""Outlines thinned to what can be seen, alike wherever shapes share them.

Counties meet along one line, and items stand for counties, for several of them, for the city.
Were each shape thinned by itself, shared borders would come apart. So paths are cut into arcs at
the junctions, where neighbours part, and each arc is thinned in a direction that only it decides:
equal arcs stay equal.

    A ── arc ──● ── arc ── A       ● junction: a vertex with other than two neighbours
               │
    B ── arc ──● ── arc ── B
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from app.store.ragged import places, starts_of, within
from app.store.tiles.grid import Floats, Ints


class Paths:
    """The rings and lines of some shapes, cut into arcs."""

    def __init__(self, points: Floats, lengths: Ints) -> None:
        """`lengths` says how many points each path has; a ring ends where it begins."""
        starts = starts_of(lengths)[:-1]
        closed = (points[starts] == points[starts + lengths - 1]).all(axis=1)
        _, vertices = np.unique(points[:, 0] + 1j * points[:, 1], return_inverse=True)
        junction = junctions(vertices, starts, lengths)
        turned = turned_rings(vertices, junction, starts, lengths, closed)
        points, vertices = points[turned], vertices[turned]
        cut = junction[vertices]
        cut[starts] = cut[starts + lengths - 1] = True
        first = np.flatnonzero(cut)
        path = np.repeat(np.arange(len(lengths)), lengths)
        whole = path[first[:-1]] == path[first[1:]]
        begins, ends = first[:-1][whole], first[1:][whole]
        self._paths = len(lengths)
        self._path_of = path[begins]
        self._backward = backward(vertices, begins, ends)
        sizes = ends - begins + 1
        at = places(begins, sizes)
        self._arcs = shapely.linestrings(
            reversed_some(points[at], sizes, self._backward),
            indices=np.repeat(np.arange(len(sizes)), sizes),
        )

    def simplified(self, tolerance: float) -> tuple[Floats, Ints]:
        """The points left of all paths, and how many each has; ends and junctions stay."""
        arcs = shapely.simplify(self._arcs, tolerance, preserve_topology=False)
        sizes = np.asarray(shapely.get_num_coordinates(arcs)).astype(np.int64)
        points = reversed_some(shapely.get_coordinates(arcs), sizes, self._backward)
        last = np.append(self._path_of[1:] != self._path_of[:-1], True)
        kept = np.ones(len(points), dtype=np.bool_)
        joints = starts_of(sizes)[1:][~last] - 1
        kept[joints] = False  # the next arc begins with it
        lengths = np.bincount(self._path_of, sizes - ~last, self._paths).astype(np.int64)
        return points[kept], lengths


def junctions(vertices: Ints, starts: Ints, lengths: Ints) -> NDArray[np.bool_]:
    """Which vertices have other than two neighbours, over all paths."""
    inner = np.ones(len(vertices), dtype=np.bool_)
    inner[starts + lengths - 1] = False
    at = np.flatnonzero(inner)
    here, there = vertices[at], vertices[at + 1]
    apart = here != there
    here, there = here[apart], there[apart]
    most = int(vertices.max(initial=0)) + 1
    pairs = np.unique(np.concatenate((here * most + there, there * most + here)))
    ends: NDArray[np.bool_] = np.bincount(pairs // most, minlength=most) != 2
    return ends


def turned_rings(
    vertices: Ints,
    junction: NDArray[np.bool_],
    starts: Ints,
    lengths: Ints,
    closed: NDArray[np.bool_],
) -> Ints:
    """Where each point comes from when rings begin at their first junction, or lowest vertex."""
    rank = vertices + np.where(junction[vertices], 0, len(vertices))
    lowest = np.minimum.reduceat(rank, starts)
    at = np.flatnonzero(rank == np.repeat(lowest, lengths))
    path = np.repeat(np.arange(len(starts)), lengths)[at]
    _, first = np.unique(path, return_index=True)
    shift = np.where(closed, at[first] - starts, 0)
    around = np.where(closed, lengths - 1, lengths)
    step = (within(lengths) + np.repeat(shift, lengths)) % np.repeat(around, lengths)
    return np.asarray(np.repeat(starts, lengths) + step)


def backward(vertices: Ints, begins: Ints, ends: Ints) -> NDArray[np.bool_]:
    """Which arcs run from the higher end to the lower; one that closes, by what stands within."""
    closes = vertices[begins] == vertices[ends]
    first = np.where(closes, vertices[begins + 1], vertices[begins])
    last = np.where(closes, vertices[ends - 1], vertices[ends])
    return first > last


def reversed_some(points: Floats, sizes: Ints, chosen: NDArray[np.bool_]) -> Floats:
    """The points of lists, those chosen the other way round."""
    starts = np.repeat(starts_of(sizes)[:-1], sizes)
    step = within(sizes)
    other = np.repeat(sizes, sizes) - 1 - step
    return points[starts + np.where(np.repeat(chosen, sizes), other, step)]
