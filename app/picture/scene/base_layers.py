"""What the base map is drawn of, from the bottom up: one list for pictures and MapLibre styles.

The page draws the same in the same order, in colours of its style sheet
(static/js/map/base/base_map.js, shapes.js).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.picture.scene.scene import Paint

SEA, LAND, WATER = "basemap.sea", "basemap.land", "basemap.water"
COUNTIES, COUNTY_LINES = "basemap.counties", "basemap.county-lines"
RELIEF, BUILT_UP, WALL = "basemap.relief", "basemap.built-up", "basemap.great-wall"
RIVERS, ROADS = "basemap.rivers", "basemap.roads"
EXPRESSWAYS, RAILWAYS = "basemap.expressways", "basemap.railways"

GROUND, RELIEF_STEPS = "ground", "relief_steps"
DETAIL = (RELIEF_STEPS, GROUND)
"""The files of `base/detail/` that are drawn; every other is one of `base/`."""


@dataclass(frozen=True, slots=True)
class BaseLayer:
    """One way in which one file, or what it holds of a kind, is drawn."""

    look: str
    """The class that the page draws it with."""
    file: str
    words: str
    """What it is called: the key of a word."""
    paint: Paint
    kind: str = ""
    """Of what kind it is in its file; empty: all of it."""
    least_zoom: float = 0.0
    """From which zoom of web maps on."""

    @property
    def detail(self) -> bool:
        """Whether its file is one of the close map."""
        return self.file in DETAIL


def base_layers(colours: Mapping[str, str]) -> list[BaseLayer]:
    """All of them, in colours by name."""
    c = colours
    sea = Paint(c["sea"], 1, c["shore"], 0.5)
    return [
        BaseLayer("land", "land", LAND, Paint(c["land"])),
        BaseLayer("county-land", "counties", COUNTIES, Paint(c["home-land"])),
        BaseLayer("relief", RELIEF_STEPS, RELIEF, Paint()),
        BaseLayer("built-up", GROUND, BUILT_UP, Paint(c["built-up"], 0.75), "built-up", 8),
        BaseLayer("water", GROUND, WATER, sea, "water", 9),
        BaseLayer("great-wall", GROUND, WALL, wall(c), "great-wall", 8),
        *lesser_lines(c),
        BaseLayer("water", "water", WATER, sea),
        BaseLayer("river", "rivers", RIVERS, line(c["river"], 1.6)),
        BaseLayer("road-edge", "roads", ROADS, line(c["road-edge"], 1.6), "road"),
        BaseLayer("road-edge", "roads", EXPRESSWAYS, line(c["road-edge"], 4), "motorway"),
        BaseLayer("road", "roads", EXPRESSWAYS, line(c["road"], 2.2), "motorway"),
        BaseLayer("rail", "railways", RAILWAYS, line(c["rail"], 2.4)),
        BaseLayer("rail-ties", "railways", RAILWAYS, gaps(c["home-land"])),
        BaseLayer("county-edge", "counties", COUNTY_LINES, line(c["county-line"], 1.1)),
        BaseLayer("coast", "coast", LAND, line(c["shore"], 0.8)),
    ]


def lesser_lines(c: Mapping[str, str]) -> list[BaseLayer]:
    """Roads and railways that the plan's own lines do not have: all edges lie below all cores."""
    roads = (
        ("primary", ROADS, 10.5, 1.8, 0.9),
        ("trunk", ROADS, 9.25, 2.6, 1.4),
        ("motorway", EXPRESSWAYS, 8.25, 3.4, 1.8),
    )
    rails = ("rail", "rail-fast")
    ties = replace(line(c["rail"], 3.6), dash=(1.2, 8), butt=True)
    return [
        *(BaseLayer("road-edge", GROUND, words, line(c["road-edge"], edge), kind, zoom)
          for kind, words, zoom, edge, _ in roads),
        *(BaseLayer("road", GROUND, words, line(c["road"], core), kind, zoom)
          for kind, words, zoom, _, core in roads),
        *(BaseLayer("rail", GROUND, RAILWAYS, line(c["rail"], 1.4), one, 8.25) for one in rails),
        *(BaseLayer("rail-ties", GROUND, RAILWAYS, ties, one, 8.25) for one in rails),
    ]  # fmt: skip


def line(colour: str, width: float) -> Paint:
    return Paint(stroke=colour, width=width)


def gaps(colour: str) -> Paint:
    """What makes a railway a grey line with gaps."""
    return replace(line(colour, 1.2), dash=(7, 7), butt=True)


def wall(c: Mapping[str, str]) -> Paint:
    return replace(line(c["map-ink-2"], 2), opacity=0.7, dash=(4, 2.5), butt=True)
