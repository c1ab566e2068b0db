"""How far it is along the roads of lines.csv: an estimate, and only where they lead there.

The roads are few and drawn from points some kilometres apart. Crossings join them, and so does an
end that another road passes within JOIN_M. Expressways are left out: no source gives their exits.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import heappop, heappush
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

ROAD = "road"
JOIN_M = 1000.0
"""An end so near to another road is taken to meet it."""
GAP_M = 5000.0
"""Farther from the nearest road than this, nothing is said: the way there would be a guess."""

Node = tuple[float, float]
Edges = dict[Node, dict[Node, float]]


class RoadNetwork:
    """Lines in metres, joined where they meet."""

    def __init__(self, lines: Sequence[LineString]) -> None:
        self._lines = tuple(lines)

    def metres(self, start: Point, end: Point) -> float | None:
        """From one point straight to its road, along the roads, and straight to the other.

        None where either is farther than GAP_M from every road, where no road leads on, or where
        both stand at one stretch of road that does not lead from the one to the other.
        """
        first, last = self._entry(start), self._entry(end)
        if first is None or last is None:
            return None
        along = self._shortest(first, last)
        return None if along is None else gap(start, first) + along + gap(end, last)

    def _entry(self, point: Point) -> Node | None:
        """The vertex of the network next to a point, where that is near enough."""
        if not self._edges:
            return None
        away = np.hypot(*(self._places - (point.x, point.y)).T)
        x, y = self._places[np.argmin(away)].tolist()
        return (x, y) if away.min() <= GAP_M else None

    @cached_property
    def _places(self) -> NDArray[np.float64]:
        """The vertices, in an order that is always the same."""
        return np.array(sorted(self._edges))

    def _shortest(self, start: Node, end: Node) -> float | None:
        """Dijkstra: the metres of the shortest way."""
        todo, done = [(0.0, start)], set()
        while todo:
            metres, node = heappop(todo)
            if node == end:
                return metres
            if node in done:
                continue
            done.add(node)
            for other, length in self._edges[node].items():
                heappush(todo, (metres + length, other))
        return None

    @cached_property
    def _edges(self) -> Edges:
        edges: Edges = {}
        meetings: list[list[Point]] = [[] for _ in self._lines]
        for a, b in combinations(range(len(self._lines)), 2):
            for point in points_of(self._lines[a].intersection(self._lines[b])):
                meetings[a].append(point)
                meetings[b].append(point)
        for a, line in enumerate(self._lines):
            for b, other in enumerate(self._lines):
                if a != b:
                    meetings[b] += joined_ends(line, other, edges)
        for line, points in zip(self._lines, meetings, strict=True):
            for before, after in pairwise(nodes_of(line, points)):
                join(edges, before, after)
        return edges


def joined_ends(line: LineString, other: LineString, edges: Edges) -> Iterable[Point]:
    """Where ends of a line meet another that passes near; the gap is an edge of its own."""
    for end in (line.coords[0], line.coords[-1]):
        point = Point(end)
        if 0 < point.distance(other) <= JOIN_M:
            crossing = other.interpolate(other.project(point))
            join(edges, node_of(point), node_of(crossing))
            yield crossing


def nodes_of(line: LineString, more: Iterable[Point]) -> list[Node]:
    """A line's vertices every SPACING_M or nearer, and further points upon it, in order."""
    points = [*map(Point, line.segmentize(SPACING_M).coords), *more]
    return [node_of(point) for point in sorted(points, key=line.project)]


SPACING_M = 250.0
"""Where a road is entered is found to within half of this."""


def join(edges: Edges, one: Node, other: Node) -> None:
    if one != other:
        length = Point(one).distance(Point(other))
        edges.setdefault(one, {})[other] = length
        edges.setdefault(other, {})[one] = length


def points_of(crossing: BaseGeometry) -> list[Point]:
    """The points of a crossing; of a stretch that two roads share, its ends."""
    parts = getattr(crossing, "geoms", [crossing])
    return [
        Point(place) for part in parts if not part.is_empty
        for place in {part.coords[0], part.coords[-1]}
    ]  # fmt: skip


def node_of(point: Point) -> Node:
    """To the decimetre, so that the same place is one node."""
    return round(point.x, 1), round(point.y, 1)


def gap(point: Point, node: Node) -> float:
    return point.distance(Point(node))
