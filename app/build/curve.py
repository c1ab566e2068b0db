"""A smooth line with few bends through a detailed one, as a planner draws it."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[float, float]
BENDS = 3
"""A drawn line may have between its ends."""
STEPS = 12
"""Between two bends: fine enough that no corner is seen."""

Line = Sequence[Point]


def sampled(line: Line, n: int) -> list[Point]:
    """Points at equal steps along a line."""
    reach = [0.0]
    for a, b in pairwise(line):
        reach.append(reach[-1] + math.dist(a, b))
    return [at(line, reach, reach[-1] * k / (n - 1)) for k in range(n)]


def at(line: Line, reach: Sequence[float], distance: float) -> Point:
    """Where a line is after a distance; `reach` says how far its points are."""
    i = next((i for i, one in enumerate(reach) if i and one >= distance), len(reach) - 1)
    if i < 1:
        return line[0]
    a, b, span = line[i - 1], line[i], reach[i] - reach[i - 1]
    share = (distance - reach[i - 1]) / span if span else 0.0
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def middle(lines: Sequence[Line]) -> list[Point]:
    """One line through several that run beside each other: the mean of them at each step."""
    alike = [sampled(turned(line, lines[0]), BENDS + 2) for line in lines]
    return [mean(points) for points in zip(*alike, strict=True)]


def mean(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def turned(line: Line, other: Line) -> Line:
    """The line, running the same way as another."""
    same = math.dist(line[0], other[0]) <= math.dist(line[-1], other[0])
    return line if same else line[::-1]


def smooth(points: Line) -> list[Point]:
    """The points of a line without corners through some points (Catmull-Rom)."""

    def one(i: int) -> Point:
        return points[max(0, min(len(points) - 1, i))]

    found = [one(0)]
    for i in range(len(points) - 1):
        a, b, c, d = one(i - 1), one(i), one(i + 1), one(i + 2)
        for k in range(1, STEPS + 1):
            s = k / STEPS
            found.append((bent(a[0], b[0], c[0], d[0], s), bent(a[1], b[1], c[1], d[1], s)))
    return found


def bent(a: float, b: float, c: float, d: float, s: float) -> float:
    """From b, where s is 0, to c, where it is 1."""
    return 0.5 * (
        2 * b + (c - a) * s + (2 * a - 5 * b + 4 * c - d) * s**2 + (3 * b - a - 3 * c + d) * s**3
    )


def nearest(spots: Iterable[Point], to: Point) -> float:
    """How far the nearest of some spots is; endless where there is none."""
    return min((math.dist(spot, to) for spot in spots), default=math.inf)
