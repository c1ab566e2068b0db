"""Names of areas: the whole box within the area, else beside it with a short leader line.

`static/js/draw/area_label.js` does the same on the page; tests/shared/area_label_cases.json holds
both to it.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from app.picture.map.labels import LEADING, FreeRoom, Line, label_group, readable
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, Point, polyline
from app.picture.scene.viewport import Rect

LEADER = 18.0
"""A leader line's longest; shorter than GAP it would not be seen."""
GAP, AIR = 4.0, 1.0
STEP = 7.0
STEPS_MOST = 40
"""A large area is looked through in larger steps."""
AT_A_TIME = 64

Boxes = NDArray[np.float64]
"""Rows of left, top, right, bottom."""
Form = Sequence[Line]
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """What is named: its shape on the page, those its name may not touch, where it stands best."""

    shape: BaseGeometry
    others: BaseGeometry
    anchor: Point


def put_in_area(
    context: DrawingContext, room: FreeRoom, forms: Sequence[Form], area: Area, link: str = ""
) -> Group | None:
    """The first form that has room within the area, else beside it."""
    if area.shape.is_empty:
        return None
    area = replace(area, shape=large_parts(area.shape))
    readable_forms = [readable(context, lines) for lines in forms]
    placed = place_in_area(room, area, [size_of(context, lines) for lines in readable_forms])
    if placed is None:
        return None
    form, box = placed
    room.reserve(box)
    return label(context, readable_forms[form], box, area, link)


def place_in_area(room: FreeRoom, area: Area, sizes: Sequence[Size]) -> tuple[int, Rect] | None:
    """Which of some sizes has room, the first within the area before any beside it; and where."""
    shapely.prepare([area.shape, area.others])
    for find in (within, beside):
        for form, size in enumerate(sizes):
            box = find(room, area, size)
            if box is not None:
                return form, box
    return None


PART = 60.0
"""A part with less than this area is hardly seen: no name is led to it."""


def large_parts(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if part.area > PART]
    return shapely.union_all(parts) if parts else shape


def size_of(context: DrawingContext, lines: Form) -> Size:
    width = max(context.width(text, style.size, style.bold) for text, style in lines)
    return width, sum(style.size * LEADING for _, style in lines)


def within(room: FreeRoom, area: Area, size: Size) -> Rect | None:
    """A free box of a size wholly within an area, as near to its place as may be."""
    shared = None
    for boxes in some_at_a_time(candidates(area.shape.bounds, room.edge, area.anchor, size)):
        inside = boxes[shapely.contains(area.shape, polygons(boxes, AIR))]
        for box, on_others in zip(
            rects(inside), shapely.intersects(area.others, polygons(inside, 0)), strict=True
        ):
            if room.free(box):
                # Zones may overlap: where only one of them is, the name is its inside.
                if not on_others:
                    return box
                shared = shared or box
    return shared


def beside(room: FreeRoom, area: Area, size: Size) -> Rect | None:
    """A free box so near to an area that a leader reaches it, and on none of the others."""
    far = LEADER + max(size)
    west, north, east, south = area.shape.bounds
    reach = (west - far, north - far, east + far, south + far)
    for boxes in some_at_a_time(candidates(reach, room.edge, area.anchor, size)):
        shapes = polygons(boxes, 0)
        away = shapely.distance(area.shape, shapes)
        near = (away >= GAP) & (away <= LEADER) & ~shapely.intersects(area.others, shapes)
        for box in rects(boxes[near]):
            if room.free(box):
                return box
    return None


def some_at_a_time(boxes: Boxes) -> Iterator[Boxes]:
    """The boxes in order: mostly one of the first is taken, and no other is looked at."""
    for start in range(0, len(boxes), AT_A_TIME):
        yield boxes[start : start + AT_A_TIME]


def candidates(
    bounds: tuple[float, float, float, float], edge: Rect, at: Point, size: Size
) -> Boxes:
    """Boxes of a size over an area, the nearest to its place first."""
    width, height = size
    left, top = max(bounds[0], edge.x), max(bounds[1], edge.y)
    wide = min(bounds[2], edge.right) - left - width
    high = min(bounds[3], edge.bottom) - top - height
    if wide < 0 or high < 0:
        return np.empty((0, 4))
    seen = left < at[0] < left + wide + width and top < at[1] < top + high + height
    x = at[0] - width / 2 if seen else left + wide / 2
    y = at[1] - height / 2 if seen else top + high / 2
    xs, ys = np.meshgrid(steps(x, left, wide), steps(y, top, high))
    order = np.argsort(np.hypot(xs - x, ys - y), axis=None, kind="stable")
    lefts, tops = xs.ravel()[order], ys.ravel()[order]
    return np.column_stack([lefts, tops, lefts + width, tops + height])


def steps(middle: float, least: float, length: float) -> NDArray[np.float64]:
    """Numbers over a length, one of them the middle where it lies there."""
    step = max(STEP, length / STEPS_MOST)
    first = math.ceil((least - middle) / step)
    last = math.floor((least + length - middle) / step)
    return np.asarray(middle + step * np.arange(first, last + 1), dtype=np.float64)


def polygons(boxes: Boxes, air: float) -> NDArray[np.object_]:
    found: NDArray[np.object_] = shapely.box(
        boxes[:, 0] - air, boxes[:, 1] - air, boxes[:, 2] + air, boxes[:, 3] + air
    )
    return found


def rects(boxes: Boxes) -> Iterable[Rect]:
    return (Rect(left, top, right - left, bottom - top) for left, top, right, bottom in boxes)


def label(context: DrawingContext, lines: Form, box: Rect, area: Area, link: str) -> Group:
    """The lines of a name in a box, with a leader where the box is beside its area."""
    group = Group(lines[0][0])
    shape = box.polygon()
    if not area.shape.intersects(shape):
        ends = list(shapely.shortest_line(shape, area.shape).coords)
        group.add(Path(polyline(ends), Paint(stroke=context.colours["map-ink"], width=1.0)))
    middle = box.x + box.width / 2
    return group.add(*label_group(context, lines, x=middle, top=box.y, anchor="middle", link=link))
