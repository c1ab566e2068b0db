"""Names on the map that hide neither each other nor a symbol."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from shapely.geometry.base import BaseGeometry

from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Node, Path
from app.picture.scene.viewport import Rect

LEADING = 1.22
ASCENT = 0.86
"""Of a line's height, what stands above the baseline."""
GAP = 4.0
LATIN_LAST = "\u2e7f"
WRAP_FROM = 150.0
"""A name wider than this may also stand in two lines."""


@dataclass(slots=True)
class FreeRoom:
    """The map's free room: what is taken, and the edge nothing may cross."""

    edge: Rect
    taken: list[Rect] = field(default_factory=list)

    def free(self, box: Rect) -> bool:
        return self.edge.holds(box) and not any(box.meets(other) for other in self.taken)

    def reserve(self, *boxes: Rect) -> None:
        self.taken.extend(boxes)


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    colour: str
    bold: bool = False
    slant: bool = False
    halo: str = "home-land"
    air: float = 0.0
    """What is left free at both ends, so that it is not read as one with what stands beside it."""


LabelPosition = tuple[float, float, str]
"""A label's left edge, middle or right edge, its top, and which of the three."""


def positions_around(x: float, y: float, half: float, height: float) -> Iterator[LabelPosition]:
    """Where a point's name may stand, best first: right, left, above, below, then the corners."""
    reach = half + GAP
    yield x + reach, y - height / 2, "start"
    yield x - reach, y - height / 2, "end"
    yield x, y - reach - height + 3, "middle"
    yield x, y + reach - 3, "middle"
    for down in (half * 0.75, -half * 0.75 - height):
        yield x + half * 0.75, y + down, "start"
        yield x - half * 0.75, y + down, "end"


LED_FROM = (22.0, 36.0, 52.0, 74.0, 100.0)
"""How far from a symbol's edge a name may stand that a line leads to."""
LED_WAYS = 24


def positions_led(x: float, y: float, half: float, height: float) -> Iterator[LabelPosition]:
    """Farther off, all about: for a name that a line leads to."""
    for far in LED_FROM:
        for way in range(LED_WAYS):
            turn = 2 * math.pi * way / LED_WAYS
            right, down = math.cos(turn), math.sin(turn)
            anchor = "start" if right > 0.3 else "end" if right < -0.3 else "middle"
            yield x + right * (half + far), y + down * (half + far) - height / 2, anchor


def positions_beside(x: float, y: float, height: float, step: float) -> Iterator[LabelPosition]:
    """Where the name of an area may stand: in its middle, then ever farther off."""
    yield x, y - height / 2, "middle"
    for far in (1, 2, 3, 4):
        for dx, dy in ((0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, 1), (1, -1), (-1, 1)):
            yield x + dx * far * step * 1.6, y + dy * far * step - height / 2, "middle"


def positions_along(line: BaseGeometry, height: float) -> Iterator[LabelPosition]:
    """Where the name of a line may stand: above or below it, from the middle outwards."""
    longest = max(getattr(line, "geoms", [line]), key=lambda part: part.length)
    for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88, 0.05, 0.95):
        at = longest.interpolate(share, normalized=True)
        yield at.x, at.y - height - 5, "middle"
        yield at.x, at.y + 5, "middle"
        yield at.x + 7, at.y - height / 2, "start"
        yield at.x - 7, at.y - height / 2, "end"


Line = tuple[str, "Style"]


def place_label(
    context: DrawingContext, room: FreeRoom, forms: Iterable[Sequence[Line]], places:
    Iterable[LabelPosition],
    link: str = "", *, lead: Callable[[Rect], Path | None] | None = None,
) -> Group | None:  # fmt: skip
    """The first of the forms at the first place where there is room, or None; with a line to it
    where `lead` makes one, and only where it can.
    """
    options, whole = list(places), ""
    for form in forms:
        lines = readable(context, form)
        whole = whole or lines[0][0]
        width = max(context.width(text, style.size, style.bold) for text, style in lines)
        height = sum(style.size * LEADING for _, style in lines)
        air = lines[0][1].air
        for x, y, anchor in options:
            left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            top = y + (lines[0][1].size * LEADING - height) / 2
            box = Rect(left, top, width, height)
            free = room.free(Rect(left - air, top, width + 2 * air, height))
            line = lead(box) if lead and free else None
            if free and (line or not lead):
                room.reserve(box)
                words = label_group(context, lines, x=x, top=top, anchor=anchor, link=link)
                return Group(whole).add(line, *words)
    return None


def readable(context: DrawingContext, lines: Sequence[Line]) -> list[Line]:
    """The lines, none smaller than the sheet allows."""
    return [
        (text, replace(style, size=max(style.size, context.text_least))) for text, style in lines
    ]


def label_forms(context: DrawingContext, name: str, style: Style) -> Iterator[Sequence[Line]]:
    """The name in one line, then in two or four when it is long."""
    width = context.width(name, style.size, style.bold)
    yield [(name, style)]
    if width > WRAP_FROM:
        yield [(half, style) for half in two_lines(name)]
    if width > 2 * WRAP_FROM and " " in name:
        yield [(part, style) for half in two_lines(name) for part in two_lines(half)]


def two_lines(name: str) -> list[str]:
    """Two lines of about the same length: broken at a space, before a bracket or after a dash if
    there is one; a single word of letters is one line.
    """
    middle = len(name) / 2
    inside = range(1, len(name) - 1)
    breaks = [i for i in inside if name[i] in " （(" or name[i - 1] in "–-"]
    at = min(breaks, key=lambda i: abs(i - middle), default=0)
    if name[:1] > LATIN_LAST and (not at or abs(at - middle) > len(name) * 0.3):
        at = round(middle)
    return [name[:at].rstrip(), name[at:].lstrip()] if at else [name]


def label_group(
    context: DrawingContext, lines: Sequence[Line], *, x: float, top: float, anchor: str, link: str,
    halo: bool = True,
) -> list[Node]:  # fmt: skip
    """The lines of a label under each other."""
    nodes: list[Node] = []
    for text, style in lines:
        baseline = top + style.size * (LEADING * ASCENT - 0.06)
        nodes.append(
            context.text(
                x, baseline, text, style.size, style.colour,
                bold=style.bold, anchor=anchor, halo=style.halo if halo else False,
                name=text, link=link, slant=style.slant,
            )
        )  # fmt: skip
        top += style.size * LEADING
    return nodes
