"""How a symbol is painted, in pictures and in the sprite; on the page: `.symbol` of map.css."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.picture.scene.palette import mixed
from app.picture.scene.scene import Paint, Path, moved
from app.picture.scene.symbols import Glyph, SymbolShape

OUTLINED = ("planned", "building", "upgrade")
"""Statuses whose shape is an outline, of whatever is in it."""
EDGES = {**dict.fromkeys(OUTLINED, 0.075), "programme": 0.035}
"""Widths of outlines; a tint alone is too faint on paper."""
HOLLOW = ("planned", "building", "programme")
"""Statuses whose shape is pale beneath the glyph."""
INNER, HALF, FAINT = 0.78, 0.55, 0.8
"""How large the inner shape of a double edge is; how much paper there is in a tint."""


@dataclass(frozen=True, slots=True)
class SymbolStyle:
    """The shape of a family, in a colour, filled as a status says."""

    shape: SymbolShape
    colour: str
    status: str
    palette: Mapping[str, str]

    @property
    def ink(self) -> str:
        """The colour of what stands in the shape."""
        return self.colour if self.status in HOLLOW else self.palette["glyph"]

    def room(self, size: float) -> float:
        """How wide a glyph in the shape may be."""
        return size * self.shape.glyph_scale * (INNER if self.status == "upgrade" else 1)

    def body(
        self, x: float, y: float, size: float, name: str = "", link: str = ""
    ) -> Iterator[Path]:
        """The shape with a light edge around it."""
        outline, paper, colour = self.shape.outline, self.palette["paper"], self.colour
        fills = {"programme": mixed(colour, paper, FAINT), **dict.fromkeys(OUTLINED, paper)}
        light = self.palette["glyph"]
        yield Path(moved(outline, x, y, size), Paint(light, 1, light, size * 0.13))
        thick = EDGES.get(self.status, 0.0) * size
        edge = Paint(fills.get(self.status, colour), 1, colour if thick else "", thick)
        scale = size * (0.9 if thick else 0.98)
        yield Path(moved(outline, x, y, scale), edge, name, link)
        if self.status == "building":
            yield Path(
                moved(self.shape.half, x, y, scale * 0.94), Paint(mixed(colour, paper, HALF))
            )
        if self.status == "upgrade":
            middle = self.shape.glyph_y * size * (1 - INNER)
            yield Path(moved(outline, x, y + middle, scale * INNER), Paint(colour))

    def glyph(self, glyph: Glyph, x: float, y: float, size: float) -> Iterator[Path]:
        """A glyph in the shape."""
        middle = y + self.shape.glyph_y * size
        return glyph_paths(glyph, x, middle, size=self.room(size), ink=self.ink)


def glyph_paths(glyph: Glyph, x: float, y: float, *, size: float, ink: str) -> Iterator[Path]:
    """Filled and drawn parts."""
    if glyph.fill:
        yield Path(moved(glyph.fill, x, y, size), Paint(ink))
    if glyph.line:
        yield Path(moved(glyph.line, x, y, size), Paint(stroke=ink, width=size * 0.1))
