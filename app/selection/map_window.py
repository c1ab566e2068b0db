"""A window of the map by its edges in a CRS, as map servers are asked for one."""

from dataclasses import dataclass, replace

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in the units of a CRS, x first whatever its axes."""


@dataclass(frozen=True, slots=True)
class MapWindow:
    """What part of the map is drawn, on how many pixels, and what of it."""

    authority: str
    """Its CRS, as pyproj and GDAL call it."""
    edges: Edges
    width: int
    height: int
    dpi: int = 96
    """How many pixels an inch of what is drawn has."""
    background: str = ""
    """`#rrggbb`; empty where it is transparent."""
    ground: bool = False
    """Whether the built-in base map lies beneath."""
    plan: bool = True
    """Whether items of the plan are drawn."""
    point: tuple[int, int] | None = None
    """The pixel that is asked about."""

    @property
    def pixels_per_unit(self) -> float:
        """Of the page; a symbol is as large on every screen."""
        return self.dpi / 96

    def at(self, point: tuple[int, int]) -> "MapWindow":
        """The same window, asked about one of its pixels."""
        return replace(self, point=point)

    def key(self) -> str:
        """The same text for the same window."""
        return "|".join(map(str, (
            self.authority, *map(repr, self.edges), self.width, self.height, self.dpi,
            self.background, self.ground, self.plan, self.point,
        )))  # fmt: skip
