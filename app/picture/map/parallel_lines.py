"""Lines that share a course, drawn side by side: the slot of each and its parallel offset.

    ======   slot 1
    ======   slot 0, on the course itself
    ======   slot -1

static/js/draw/parallel_lines.js gives out the same slots; tests/shared/parallel_lines_cases.json
holds both to that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from app.picture.items import PictureItem

SLOTS = (0, 1, -1, 2, -2, 3, -3)
"""In the order they are given out; beyond these there is no room, and the last is shared."""
LEAST_SHARED = 3
"""Lines that share fewer stretches than this cross or touch; they do not run together."""
MANY_LINES = 16
STEP, STEP_MANY = 5.0, 3.0
"""Units between one line and the next."""
FAR_ZOOM = 10.5
"""From afar a great many lines would be one broad rope."""
PLAIN = 1.5
"""Corners nearer to the line than this are not worth moving."""
MITRE = 2.0

Position = tuple[float, ...]
Segment = tuple[Position, ...]


def parallel_slots(courses: Iterable[tuple[str, Sequence[Sequence[Position]]]]) -> dict[str, int]:
    """Id → slot, so that no line lies on another it runs with; the first keep the course."""
    runs: dict[Segment, list[str]] = {}
    slots: dict[str, int] = {}
    for id, lines in courses:
        shared: Counter[str] = Counter()
        for segment in {one for line in lines for one in segments_of(line)}:
            others = runs.setdefault(segment, [])
            shared.update(others)
            others.append(id)
        taken = {slots[other] for other, n in shared.items() if n >= LEAST_SHARED}
        slots[id] = next((slot for slot in SLOTS if slot not in taken), SLOTS[-1])
    return slots


def segments_of(line: Sequence[Position]) -> Iterable[Segment]:
    """Each stretch between two positions, the same whichever way it is run."""
    return (tuple(sorted((a, b))) for a, b in pairwise(line))


def courses_of(items: Iterable[PictureItem]) -> list[tuple[str, list[list[Position]]]]:
    """The positions of every item that is a line."""
    found = []
    for item in items:
        lines = [[tuple(one) for one in part.coords] for part in item.parts("LineString")]
        if lines:
            found.append((item.id, lines))
    return found


def slot_offsets(slots: Mapping[str, int], zoom: float) -> dict[str, float]:
    """Id → units aside, of lines that do not keep their course."""
    many = len(slots) > MANY_LINES
    if many and zoom < FAR_ZOOM:
        return {}
    step = STEP_MANY if many else STEP
    return {id: slot * step for id, slot in slots.items() if slot}


def parallel_offset(line: BaseGeometry, by: float) -> BaseGeometry:
    """A line of the page moved to its right; to its left where it runs westward.

    So all that run together are moved to the same side.
    """
    line = shapely.simplify(line, PLAIN)
    (x, y), (to_x, to_y) = line.coords[0][:2], line.coords[-1][:2]
    if by == 0 or line.length == 0:
        return line
    way = by if to_x > x or (to_x == x and to_y < y) else -by
    moved = shapely.offset_curve(line, way, join_style="mitre", mitre_limit=MITRE)
    return line if moved.is_empty else moved
