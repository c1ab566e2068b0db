"""Small drawings of the kinds of the plan's diagram, for legend and list, as on the page."""

from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Paint, Path, moved

LONG_FIELDS = dict.fromkeys(("belt", "bay", "axis", "zone", "route"), 25.0)
ROUND_FIELD = 17.0
"""How much of a drawing's field is to be as large as a list's marks."""
RING = (2.0, 1.0, 0.0)
LOOKS = {
    "belt": (8.0, 0.35, 0.0), "bay": (8.0, 0.35, 0.0), "axis": (0.0, 0.0, 0.6),
    "zone": (2.4, 0.4, 0.25), "cluster": (1.0, 1.0, 0.25), "route": (2.4, 1.0, 1.0),
    **dict.fromkeys(("park", "hub", "base"), (0.0, 0.0, 1.0)),
}  # fmt: skip
"""Kind → width and opacity of the line, opacity of the fill, as in static/css/drawings.css."""


def key(
    context: DrawingContext, kind: str, colour: str, x: float, y: float, *, scale: float = 1.0
) -> Path:
    """The drawing of a kind about a position."""
    width, opacity, fill = LOOKS.get(kind, RING)
    paint = Paint(colour if fill else "", fill, colour if width else "", width * scale, opacity)
    return Path(moved(context.assets.symbols.diagram[kind], x, y, scale), paint)


def key_mark(
    context: DrawingContext, kind: str, colour: str, x: float, y: float, *, size: float
) -> Path:
    """The drawing of a kind, as large as the other marks of a list."""
    return key(context, kind, colour, x, y, scale=size / LONG_FIELDS.get(kind, ROUND_FIELD))
