"""How lines are drawn: the form says the status, a band beneath that the course is schematic."""

from collections.abc import Callable, Sequence
from functools import partial

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from app.picture.items import PictureItem, simple
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Paint

LINE, SHARED, MIXED, CASING, BAND, BAND_OPACITY = 3.2, 4.2, 2.4, 6.4, 11.0, 0.18
"""Widths of a line, of one that several share, of one of several colours, which tells least, of
what is around it and what says schematic.
"""
EDGE, GAP = 8.4, 5.8
"""Of a line that is to be upgraded: the outer edges, and the paper within."""
DASHES = {"planned": (8.0, 5.0), "building": (18.0, 5.0), "programme": (0.1, 6.0)}
"""A line's form by status; any other is solid."""
MIDDLE, RAIL, RAIL_MIDDLE = 1.1, 4.2, 2.0
RAIL_DASHES = {
    "existing": (0.0, (6.0, 6.0)), "planned": (2.0, (4.0, 9.0)),
    "building": (3.0, (4.0, 3.0, 4.0, 12.0)),
}  # fmt: skip
"""Where the white of a railway begins, and its dashes, which lie within those of the line."""

Part = Callable[[BaseGeometry], BaseGeometry]


def paints(context: DrawingContext, members: Sequence[PictureItem]) -> list[tuple[Paint, Part]]:
    """From the bottom up: certainty, edge, the line in the form of its status, what marks its kind.

    What has nothing in common is thin and grey; on the page: `.line-…` of map.css.
    """
    paper, land = context.colours["paper"], context.colours["home-land"]
    first, shared = members[0], len(members) > 1
    colours, statuses, styles = (
        {getattr(member, name) for member in members} for name in ("colour", "status", "line")
    )
    mixed = len(colours) > 1
    colour = context.colours["ink-3"] if mixed else first.colour
    status = first.status if len(statuses) == 1 else ""
    style = first.line if len(styles) == 1 else ""
    schematic = all(member.certainty == "schematic" for member in members)
    width = MIXED if mixed else SHARED if shared else RAIL if style == "rail" else LINE
    strokes: list[tuple[Paint, Part]] = []
    if schematic:
        strokes.append((Paint(stroke=colour, width=BAND, opacity=BAND_OPACITY, butt=True), whole))
    else:
        strokes.append((Paint(stroke=land, width=CASING, opacity=0.9, butt=True), whole))
    if status == "upgrade":
        strokes.append((Paint(stroke=colour, width=EDGE, butt=True), whole))
        strokes.append((Paint(stroke=paper, width=GAP, butt=True), whole))
    dash = DASHES.get(status, ())
    strokes.append(
        (Paint(stroke=colour, width=width, dash=dash, butt=status != "programme"), whole)
    )
    if style == "motorway":
        strokes.append((Paint(stroke=paper, width=MIDDLE, butt=True), whole))
    if style == "rail" and status != "programme":
        start, white = RAIL_DASHES.get(status, RAIL_DASHES["existing"])
        rail = Paint(stroke=paper, width=RAIL_MIDDLE, dash=white, butt=True)
        strokes.append((rail, partial(from_start, by=start)))
    return strokes


def whole(line: BaseGeometry) -> BaseGeometry:
    return line


def from_start(line: BaseGeometry, by: float) -> BaseGeometry:
    """Lines without their first units, so that dashes begin there."""
    parts = (part for part in simple(line) if isinstance(part, LineString))
    return shapely.union_all(
        [substring(part, by, part.length) for part in parts if part.length > 2 * by]
    )
