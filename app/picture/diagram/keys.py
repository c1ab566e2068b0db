"""A small drawing of each kind of the plan's diagram, for the legend and the list.

The same as on the page (`KEYS` in static/js/draw/structure_diagram.js), in a field 28 wide and 18
high.
"""

from app.picture.scene.scene import Node, Paint, Path, Step, circle, moved, polyline, rectangle

SOFT = {"belt": 0.35, "bay": 0.35, "axis": 0.6}
CURVES: dict[str, list[Step]] = {
    "belt": [("M", (-11, 4)), ("C", (-5, 4, 0, -4, 11, -4))],
    "bay": [("M", (-11, -4)), ("C", (-8, 6, 8, 6, 11, -4))],
}
ARROW = polyline(
    [(-11, -2), (3, -2), (3, -5.5), (11, 0), (3, 5.5), (3, 2), (-11, 2)], closed=True
)  # fmt: skip
HIGH, WIDE = 17.0, 25.0
"""Field of a round and of a long drawing that is to be as large as a list's marks."""
RADII = {"core": (7.0, 3.5), "subcore": (6.0,), "centre": (4.5,), "cluster": (7.0,)}
FILLED = {"park": 7.5, "hub": 7.0, "base": 6.0}
BLOB = rectangle(-12, -7, 24, 14, 6)


def key(kind: str, colour: str, x: float, y: float, scale: float = 1.0) -> list[Node]:
    """The drawing of a kind about a position."""
    if kind in CURVES:
        band = Paint(stroke=colour, width=8 * scale, opacity=SOFT[kind])
        return [Path(moved(CURVES[kind], x, y, scale), band)]
    if kind == "axis":
        return [Path(moved(ARROW, x, y, scale), Paint(colour, SOFT[kind]))]
    if kind == "zone":
        edge = Paint(colour, 0.25, colour, 2.4 * scale, 0.4)
        return [Path(moved(BLOB, x, y, scale), edge)]
    if kind in FILLED:
        return [Path(circle(x, y, FILLED[kind] * scale), Paint(colour))]
    if kind == "route":
        line = moved(polyline([(-11, 0), (11, 0)]), x, y, scale)
        return [
            Path(line, Paint(stroke=colour, width=2.6 * scale)),
            *(Path(circle(x + at * scale, y, 4 * scale), Paint(colour)) for at in (-8, 8)),
        ]
    paint = Paint(stroke=colour, width=2 * scale)
    if kind == "cluster":
        paint = Paint(colour, 0.25, colour, scale)
    return [Path(circle(x, y, radius * scale), paint) for radius in RADII[kind]]


def key_mark(kind: str, colour: str, x: float, y: float, size: float) -> list[Node]:
    """The drawing of a kind, as large as the other marks of a list."""
    return key(kind, colour, x, y, size / (HIGH if kind in RADII or kind in FILLED else WIDE))
