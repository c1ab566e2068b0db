"""Lines that follow one course, as one: what they share is drawn once.

static/js/draw/bundles.js takes them together likewise; tests/shared/bundle_cases.json holds both
to that.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

Position = tuple[float, ...]
Line = Sequence[Position]
Segment = tuple[Position, ...]
Bundle = tuple[tuple[str, ...], list[list[Position]]]
"""Ids, in the order given, and the lines that all of them run over."""


def bundles_of(courses: Iterable[tuple[str, Sequence[Line]]]) -> list[Bundle]:
    """Every segment once, with those that run over it."""
    courses = list(courses)
    runs: dict[Segment, list[str]] = {}
    for id, lines in courses:
        for segment in dict.fromkeys(one for line in lines for one in segments_of(line)):
            runs.setdefault(segment, []).append(id)
    bundles: dict[tuple[str, ...], list[list[Position]]] = {}
    drawn: set[Segment] = set()
    for line in (line for _, lines in courses for line in lines):
        before: tuple[str, ...] = ()
        for (a, b), segment in zip(pairwise(line), segments_of(line), strict=True):
            key = () if segment in drawn else tuple(runs[segment])
            drawn.add(segment)
            if key:
                parts = bundles.setdefault(key, [])
                if key != before:
                    parts.append([a])
                parts[-1].append(b)
            before = key
    return list(bundles.items())


def segments_of(line: Line) -> list[Segment]:
    """Each stretch between two positions, the same whichever way it is run."""
    return [tuple(sorted(pair)) for pair in pairwise(line)]
