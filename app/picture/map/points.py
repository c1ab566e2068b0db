"""Points on the page: which stand alone, which are so close that they become one cluster.

As on the page (static/js/draw/point_layout.js): tests/shared/point_cases.json holds both to it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.picture.items import PictureItem
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, circle, moved
from app.picture.scene.shapes import numeral, symbol
from app.picture.scene.viewport import Rect

SYMBOL = 27.0
PIN = 20.0
"""How far above its place a pin's head stands."""
MARK, MARK_SHARE = 0.21, 0.12
"""Size of a family's shape on the ring of a disc, and the least share of the ring it needs."""
ROUNDS = 60
TOUCHING = 0.92
"""Of half the size of two discs together: nearer than that, one lies on the other."""
COUNTED_MOST = 64
"""A disc grows no more beyond so many items."""
GOLDEN = 2.399963
"""Radians between directions that never repeat."""


DOUBLING = 5.2
WIDEST = TOUCHING * (34 + DOUBLING * math.log2(COUNTED_MOST))
"""Farther than that no two discs touch, whatever they hold."""


@dataclass(slots=True)
class Spot:
    """One or more items at a place; where it is drawn may differ from where it is."""

    items: list[PictureItem]
    x: float
    y: float
    at: list[tuple[float, float]] = field(default_factory=list)
    """Where each item's point really is."""
    numbers: list[int] = field(default_factory=list)
    """In the list beside the map, if there is one."""

    @property
    def size(self) -> float:
        count = len(self.items)
        if count < 2:
            return SYMBOL
        return (34 if self.numbers else 28) + DOUBLING * math.log2(min(count, COUNTED_MOST))

    @property
    def box(self) -> Rect:
        half = self.size / 2
        return Rect(self.x - half, self.y - half, self.size, self.size)


def spots_of(context: DrawingContext, items: Iterable[PictureItem]) -> list[Spot]:
    """A spot for each point of each item that is on the map."""
    rect = context.viewport.rect.inset(SYMBOL / 2)
    spots = []
    for item in items:
        for point in item.points:
            x, y = context.viewport.place(point.x, point.y)
            if rect.x <= x <= rect.right and rect.y <= y <= rect.bottom:
                up = PIN if item.certainty == "pin" else 0.0
                spots.append(Spot([item], x, y - up, [(x, y)]))
    return spots


def cluster_spots(spots: Sequence[Spot], reach: float) -> list[Spot]:
    """Join spots until none is nearer to another than their discs are wide.

    Greedy and in order, so the same spots always make the same clusters.
    """
    left = [replace(spot, items=list(spot.items), at=list(spot.at)) for spot in spots]
    joined = True
    while joined:
        joined = False
        kept: list[Spot] = []
        for spot in left:
            host = next((other for other in kept if near(other, spot, reach)), None)
            if host is None:
                kept.append(spot)
            else:
                merge_spots(host, spot)
                joined = True
        left = kept
    return left


def near(a: Spot, b: Spot, reach: float) -> bool:
    gap = math.hypot(a.x - b.x, a.y - b.y)
    return gap < max(reach, WIDEST) and gap < max(reach, (a.size + b.size) / 2 * TOUCHING)


def merge_spots(host: Spot, other: Spot) -> None:
    """Put a spot into another; the middle moves by weight."""
    n, m = len(host.at), len(other.at)
    host.x = (host.x * n + other.x * m) / (n + m)
    host.y = (host.y * n + other.y * m) / (n + m)
    host.at += other.at
    known = {item.id for item in host.items}
    host.items += [item for item in other.items if item.id not in known]


def push_all_apart(spots: Sequence[Spot], within: Rect) -> list[Spot]:
    """Push spots apart that hide each other; each stays as near to its place as that allows."""
    moved = [replace(spot) for spot in spots]
    room = SYMBOL * 1.04
    area = within.inset(SYMBOL / 2)
    for _ in range(ROUNDS):
        still = True
        for i, a in enumerate(moved):
            for b in moved[i + 1 :]:
                still &= not push_apart(a, b, room, i)
        for spot in moved:
            spot.x = min(max(spot.x, area.x), area.right)
            spot.y = min(max(spot.y, area.y), area.bottom)
        if still:
            break
    return moved


def push_apart(a: Spot, b: Spot, room: float, turn: int) -> bool:
    """Move two overlapping spots half the overlap each; coincident ones in a fixed direction."""
    dx, dy = b.x - a.x, b.y - a.y
    gap = math.hypot(dx, dy)
    if gap >= room - 0.01:
        return False
    if gap < 0.01:
        dx, dy, gap = math.cos(turn * GOLDEN), math.sin(turn * GOLDEN), 1.0
        shift = room / 2
    else:
        shift = (room - gap) / 2
    a.x, a.y = a.x - dx / gap * shift, a.y - dy / gap * shift
    b.x, b.y = b.x + dx / gap * shift, b.y + dy / gap * shift
    return True


def draw_spot(context: DrawingContext, spot: Spot, name: str) -> Group:
    """A symbol for one item, a disc for several; numbered where there is a list."""
    if len(spot.items) == 1:
        number = str(spot.numbers[0]) if spot.numbers else ""
        return symbol(context, spot.items[0], spot.x, spot.y, spot.size, number=number)
    return disc(context, spot, name)


def disc(context: DrawingContext, spot: Spot, name: str) -> Group:
    """A disc with the count or the numbers in it, its ring telling the families apart."""
    c = context.colours
    r = spot.size / 2
    group = Group(name, title=name)
    group.add(Path(circle(spot.x, spot.y, r), Paint(c["paper"], 1, c["home-land"], 1.5), name))
    group.add(*ring(spot, r - 3.2), *family_marks(context, spot, r - 3.2))
    return group.add(
        numeral(context, label_of(spot), spot.x, spot.y, room=(r - 5.5) * 1.9, ink=c["ink"])
    )


def label_of(spot: Spot) -> str:
    """`12–19` in a numbered picture, else how many."""
    return runs(spot.numbers) if spot.numbers else str(len(spot.items))


def runs(numbers: Iterable[int]) -> str:
    """`5–7`; where the numbers leave gaps, the longest run and a plus."""
    groups: list[list[int]] = []
    for number in sorted(numbers):
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    longest = max(groups, key=len)
    text = f"{longest[0]}–{longest[-1]}" if len(longest) > 1 else str(longest[0])
    return text if len(groups) == 1 else f"{text}+"


def ring(spot: Spot, r: float) -> Iterable[Path]:
    """An arc for each colour, as long as its share of the items."""
    for colour, _, start, end in arcs_of(spot):
        yield Path(arc(spot.x, spot.y, r, start, end), Paint(stroke=colour, width=4.2))


def arcs_of(spot: Spot) -> Iterable[tuple[str, float, float, float]]:
    """The colours of a disc's items: the share of each, and between which angles it stands."""
    start = -math.pi / 2
    for colour, count in Counter(item.colour for item in spot.items).items():
        end = start + 2 * math.pi * count / len(spot.items)
        yield colour, count / len(spot.items), start, end
        start = end


def family_marks(context: DrawingContext, spot: Spot, r: float) -> Iterable[Path]:
    """On each arc that has room for it the shape of its family: colour alone tells few eyes."""
    size = spot.size * MARK
    for colour, share, start, end in arcs_of(spot):
        shapes = {item.family.shape for item in spot.items if item.colour == colour}
        if share < MARK_SHARE or len(shapes) > 1:
            continue
        middle = (start + end) / 2
        x, y = spot.x + r * math.cos(middle), spot.y + r * math.sin(middle)
        outline = context.assets.symbols.shape(shapes.pop()).outline
        paper = context.colours["paper"]
        yield Path(moved(outline, x, y, size), Paint(paper, 1, paper, size * 0.3))
        yield Path(moved(outline, x, y, size), Paint(colour))


def arc(
    x: float, y: float, r: float, start: float, end: float
) -> list[tuple[str, tuple[float, ...]]]:
    """Part of a circle, clockwise on the page, as cubic curves of at most a quarter turn."""
    pieces = max(1, math.ceil((end - start) / (math.pi / 2) - 1e-9))
    step = (end - start) / pieces
    k = 4 / 3 * math.tan(step / 4) * r
    steps: list[tuple[str, tuple[float, ...]]] = [
        ("M", (x + r * math.cos(start), y + r * math.sin(start)))
    ]
    for number in range(pieces):
        a, b = start + number * step, start + (number + 1) * step
        steps.append(
            (
                "C",
                (
                    x + r * math.cos(a) - k * math.sin(a), y + r * math.sin(a) + k * math.cos(a),
                    x + r * math.cos(b) + k * math.sin(b), y + r * math.sin(b) - k * math.cos(b),
                    x + r * math.cos(b), y + r * math.sin(b),
                ),
            )
        )  # fmt: skip
    return steps
