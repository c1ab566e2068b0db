"""What a picture is made of: groups, paths and texts in page units, each with a name.

Units grow to the right and downwards. Nothing here knows what a county or a slide is.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

Step: TypeAlias = tuple[str, tuple[float, ...]]
"""`("M", (x, y))`, `("L", (x, y))`, `("C", (x1, y1, x2, y2, x, y))` or `("Z", ())`; absolute."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How a path looks; colours are `#rrggbb`, empty for none."""

    fill: str = ""
    fill_opacity: float = 1.0
    stroke: str = ""
    width: float = 0.0
    opacity: float = 1.0
    """Of the stroke."""
    dash: tuple[float, ...] = ()
    butt: bool = False
    """Whether a line ends exactly at its last point, as one cut at the map's edge must."""


@dataclass(frozen=True, slots=True)
class Path:
    """A shape: one or more open or closed figures."""

    steps: Sequence[Step]
    paint: Paint
    name: str = ""
    """What the shape is called where shapes have names; empty for mere decoration."""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    string: str
    size: float
    colour: str
    bold: bool = False
    anchor: str = "start"
    """`start`, `middle` or `end`."""
    halo: str = ""
    name: str = ""
    link: str = ""
    turn: float = 0.0
    """Degrees clockwise about its own x and y."""
    slant: bool = False
    """Whether it leans to the right, as names of water do."""


@dataclass(slots=True)
class Group:
    """Things that belong together and are named together."""

    name: str
    children: list["Node"] = field(default_factory=list)
    title: str = ""
    """What it is, for a reader who cannot see it."""
    link: str = ""

    def add(self, *nodes: "Node | None") -> "Group":
        """Append what there is; empty groups are left out."""
        for node in nodes:
            if node is not None and not (isinstance(node, Group) and not node.children):
                self.children.append(node)
        return self


Node: TypeAlias = Path | Text | Group


TITLE_GROUP = "title"
"""The name of the group that holds the title and what stands under it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A finished picture, before any format."""

    width: float
    height: float
    background: str
    title: str
    description: str
    lang: str
    root: Group
    notes: str = ""
    """What the speaker may want to have beside the picture."""
    said: str = ""
    """What the speaker says, where somebody has written it down; it stands first in `notes`."""
    seconds: int = 0
    """After how long the next page is shown; 0: when asked for."""
    bookmark: str = ""
    """Under which a document of several pages lists it; empty for a page that goes on."""


def texts_in(node: Node) -> Iterator[Text]:
    """Every text of a node, in drawing order."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Group):
        for child in node.children:
            yield from texts_in(child)


def polyline(points: Iterable[Sequence[float]], *, closed: bool = False) -> list[Step]:
    """Steps through points; a closed one leaves its repeated last point out."""
    steps: list[Step] = []
    line = list(points)
    if closed and len(line) > 1 and tuple(line[0]) == tuple(line[-1]):
        line = line[:-1]
    for number, point in enumerate(line):
        steps.append(("L" if number else "M", (point[0], point[1])))
    return [*steps, ("Z", ())] if closed else steps


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0) -> list[Step]:
    """A box, with round corners where asked."""
    right, bottom, r = x + width, y + height, min(radius, width / 2, height / 2)
    if r <= 0:
        return polyline([(x, y), (right, y), (right, bottom), (x, bottom)], closed=True)
    k = r * (1 - ARC)
    return [
        ("M", (x + r, y)), ("L", (right - r, y)),
        ("C", (right - k, y, right, y + k, right, y + r)), ("L", (right, bottom - r)),
        ("C", (right, bottom - k, right - k, bottom, right - r, bottom)), ("L", (x + r, bottom)),
        ("C", (x + k, bottom, x, bottom - k, x, bottom - r)), ("L", (x, y + r)),
        ("C", (x, y + k, x + k, y, x + r, y)), ("Z", ()),
    ]  # fmt: skip


ARC = 0.5522847498
"""Length of the handles with which a cubic curve follows a quarter of a unit circle."""


def circle(x: float, y: float, r: float) -> list[Step]:
    """A circle of four curves."""
    return rectangle(x - r, y - r, 2 * r, 2 * r, r)


def moved(steps: Iterable[Step], x: float, y: float, scale: float = 1.0) -> list[Step]:
    """Steps scaled about the origin, then shifted."""
    return [
        (op, tuple(n * scale + (y if i % 2 else x) for i, n in enumerate(numbers)))
        for op, numbers in steps
    ]


def shifted(node: Node, x: float, y: float) -> Node:
    """A node and all that is in it, elsewhere."""
    if isinstance(node, Group):
        return replace(node, children=[shifted(child, x, y) for child in node.children])
    if isinstance(node, Text):
        return replace(node, x=node.x + x, y=node.y + y)
    return replace(node, steps=moved(node.steps, x, y))


Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def rotated(point: Point, centre: Point, degrees: float) -> Point:
    """A point turned clockwise about another."""
    turn = math.radians(degrees)
    x, y = point[0] - centre[0], point[1] - centre[1]
    return (
        centre[0] + x * math.cos(turn) - y * math.sin(turn),
        centre[1] + x * math.sin(turn) + y * math.cos(turn),
    )


def turned_box(box: Box, centre: Point, degrees: float) -> Box:
    """The box around a box that is turned."""
    left, top, right, bottom = box
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    xs, ys = zip(*(rotated(corner, centre, degrees) for corner in corners), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def box_of(steps: Sequence[Step]) -> Box:
    """The box around all points of a path, handles included."""
    xs = [n for _, numbers in steps for n in numbers[0::2]]
    ys = [n for _, numbers in steps for n in numbers[1::2]]
    return min(xs), min(ys), max(xs), max(ys)
