"""The tile grids of WMTS."""

from dataclasses import dataclass

from app.domain.planes import DEGREE_M
from app.selection.map_window import Edges
from app.store.tiles import HALF_WORLD_M
from app.web.api.tilesets import PIXEL_M, SIDE_PIXELS


@dataclass(frozen=True, slots=True)
class MatrixSet:
    """A pyramid of tiles of one CRS, from its upper left corner on."""

    id: str
    crs: str
    urn: str
    known: str
    """Its well-known scale set; empty where it is none."""
    left: float
    top: float
    corner: str
    """The same in the order of the CRS's axes."""
    across: float
    """How wide the world is, in the CRS."""
    metres: float
    """Of a unit of the CRS."""
    levels: tuple[int, ...]
    flat: int
    """How many times wider than high the world is."""

    def cell(self, level: int) -> float:
        """Units of a pixel."""
        return self.across / SIDE_PIXELS / 2.0**level

    def scale(self, level: int) -> float:
        return self.cell(level) * self.metres / PIXEL_M

    def size(self, level: int) -> tuple[int, int]:
        """Columns and rows."""
        return 2**level, max(2**level // self.flat, 1)

    def edges(self, level: int, column: int, row: int) -> Edges:
        side = self.cell(level) * SIDE_PIXELS
        left, top = self.left + column * side, self.top - row * side
        return left, top - side, left + side, top


MATRIX_SETS = {
    one.id: one
    for one in (
        MatrixSet(
            "WebMercatorQuad", "EPSG:3857", "urn:ogc:def:crs:EPSG::3857",
            "urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible", -HALF_WORLD_M, HALF_WORLD_M,
            f"{-HALF_WORLD_M!r} {HALF_WORLD_M!r}", 2 * HALF_WORLD_M, 1.0, tuple(range(19)), 1,
        ),
        MatrixSet(
            "CGCS2000Quad", "EPSG:4490", "urn:ogc:def:crs:EPSG::4490", "",
            -180.0, 90.0, "90 -180", 360.0, DEGREE_M, tuple(range(1, 19)), 2,
        ),
    )
}  # fmt: skip
"""As every web map has it, and in degrees as 天地图's `c` grids have it."""
