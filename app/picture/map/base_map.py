"""The base map of a picture: sea, land, counties, water, roads and rails."""

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.catalog.catalog import Catalog
from app.domain.text.languages import title_in, word_in
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import Group, Paint, Path, rectangle
from app.picture.scene.shapes import path_of, shown

MAX_DRAWINGS = 8
MASK = 0.72
"""How much of a county that is not chosen is taken back."""


class Basemap:
    """The base map of one pack: its files, read once, and the last drawings of it."""

    def __init__(self, catalog: Catalog) -> None:
        self.files = {name: shapes_of(catalog.base_features(name)) for name in catalog.base}
        self.detail = {name: shapes_of(catalog.detail_features(name)) for name in DETAIL}
        self.names = shapes_of(catalog.place_names)
        self._drawings: dict[Hashable, Group] = {}

    def drawing(self, context: DrawingContext, chosen: Iterable[str]) -> Group:
        """The base map on a sheet, drawn once for all pictures of one size, extent and look."""
        look = tuple(context.colours.values()), context.lang, context.vertices_most
        key = (context.viewport, *look, frozenset(chosen))
        drawing = self._drawings.pop(key, None) or draw_base_map(context, self, chosen)
        while len(self._drawings) >= MAX_DRAWINGS:
            del self._drawings[next(iter(self._drawings))]
        self._drawings[key] = drawing  # the last used is the last to go
        return drawing

    def features(self, name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
        """Properties and geometry of one file; nothing where the pack has no such file."""
        return self.files.get(name, [])

    def of_kind(self, kind: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
        """Properties and geometry of what the close map draws of a kind."""
        shapes = (one for name in DETAIL for one in self.detail[name])
        return [one for one in shapes if one[0]["kind"] == kind]


@lru_cache(maxsize=4)
def ground_of(catalog: Catalog) -> Basemap:
    """The base map of a pack, kept as long as the pack is in use."""
    return Basemap(catalog)


def shapes_of(features: list[dict[str, Any]]) -> list[tuple[dict[str, Any], BaseGeometry]]:
    return [(feature["properties"], shape(feature["geometry"])) for feature in features]


def draw_base_map(context: DrawingContext, base_map: Basemap, chosen: Iterable[str]) -> Group:
    """Everything under the plan, from the bottom up; counties not chosen step back."""
    wanted = set(chosen)
    c = context.colours
    rect = context.viewport.rect
    sea = Path(
        rectangle(rect.x, rect.y, rect.width, rect.height), Paint(c["sea"]), label_in(context, SEA)
    )
    group = Group("ground", [sea])
    group.add(base_layer(context, base_map, "land", Paint(c["land"], 1, c["shore"], 0.8), LAND))
    group.add(counties(context, base_map, wanted))
    group.add(*ground_detail(context, base_map))
    group.add(base_layer(context, base_map, "water", Paint(c["sea"], 1, c["shore"], 0.5), WATER))
    for file, kinds, paints, name in lines(c):
        for paint in paints:
            group.add(base_layer(context, base_map, file, paint, name, kinds=kinds))
    group.add(county_lines(context, base_map, wanted))
    return group


def ground_detail(context: DrawingContext, base_map: Basemap) -> Iterator[Group]:
    """What the close map has beside the first: relief in steps, towns, water, lesser roads."""
    c, zoom = context.colours, context.viewport.zoom
    relief = Group(label_in(context, "basemap.relief"))
    strength = min(1.0, max(FAINTEST, 1 - (zoom - FINE_ZOOM) * 0.4))
    for properties, geometry in base_map.of_kind("relief-step"):
        paint = Paint(TONES[properties["tone"]], properties["opacity"] * strength)
        relief.add(path_of(shown(context, geometry), paint))
    yield relief
    for kind, least, name, paints in detail_paints(c):
        for paint in paints if zoom >= least else ():
            group = Group(label_in(context, name))
            for properties, geometry in base_map.of_kind(kind):
                own = name_of(properties, context.lang) or label_in(context, name)
                group.add(path_of(shown(context, geometry), paint, own))
            yield group


FINE_ZOOM, FAINTEST = 9.5, 0.3
"""Nearer than this the relief fades: its steps are a kilometre wide."""
TONES = {"dark": "#000000", "light": "#ffffff"}
DETAIL = ("relief_steps", "ground")


def detail_paints(c: dict[str, str]) -> list[tuple[str, float, str, list[Paint]]]:
    """Kind, from which zoom on, name, paints from the bottom up."""
    edge, road, rail = c["road-edge"], c["road"], c["rail"]
    ties = [Paint(stroke=rail, width=1.4), Paint(stroke=rail, width=3.6, dash=(1.2, 8), butt=True)]
    wall = Paint(stroke=c["map-ink-2"], width=2, opacity=0.7, dash=(4, 2.5), butt=True)
    return [
        ("built-up", 8, "basemap.built-up", [Paint(c["built-up"], 0.75)]),
        ("water", 9, WATER, [Paint(c["sea"], 1, c["shore"], 0.5)]),
        ("great-wall", 8, "basemap.great-wall", [wall]),
        ("primary", 10.5, "basemap.roads", lined(edge, 1.8, road, 0.9)),
        ("trunk", 9.25, "basemap.roads", lined(edge, 2.6, road, 1.4)),
        ("motorway", 8.25, "basemap.expressways", lined(edge, 3.4, road, 1.8)),
        ("rail", 8.25, "basemap.railways", ties),
        ("rail-fast", 8.25, "basemap.railways", ties),
    ]


def lined(edge: str, wide: float, core: str, narrow: float) -> list[Paint]:
    """A line with an edge."""
    return [Paint(stroke=edge, width=wide), Paint(stroke=core, width=narrow)]


SEA, LAND, WATER = "basemap.sea", "basemap.land", "basemap.water"
COUNTIES, COUNTY_LINES = "basemap.counties", "basemap.county-lines"


def lines(c: dict[str, str]) -> list[tuple[str, tuple[str, ...], list[Paint], str]]:
    """File, kinds, paints from the bottom up, name; a railway is a grey line with gaps."""
    return [
        ("rivers", (), [Paint(stroke=c["river"], width=1.6)], "basemap.rivers"),
        ("roads", ("road",), [Paint(stroke=c["road-edge"], width=1.6)], "basemap.roads"),
        ("roads", ("motorway",), [
            Paint(stroke=c["road-edge"], width=4.0), Paint(stroke=c["road"], width=2.2),
        ], "basemap.expressways"),
        ("railways", (), [
            Paint(stroke=c["rail"], width=2.4),
            Paint(stroke=c["home-land"], width=1.2, dash=(7, 7), butt=True),
        ], "basemap.railways"),
    ]  # fmt: skip


def base_layer(
    context: DrawingContext, base_map: Basemap, file: str, paint: Paint, name: str, *,
    kinds: tuple[str, ...] = (),
) -> Group:  # fmt: skip
    """One file of the base map as a group of named shapes."""
    group = Group(label_in(context, name))
    for properties, geometry in base_map.features(file):
        if not kinds or properties.get("kind") in kinds:
            own = name_of(properties, context.lang) or label_in(context, name)
            group.add(path_of(shown(context, geometry), paint, own))
    return group


def counties(context: DrawingContext, base_map: Basemap, chosen: set[str]) -> Group:
    """The home land; what is not chosen goes most of the way back to the land around it."""
    group = Group(label_in(context, COUNTIES))
    for properties, geometry in base_map.features("counties"):
        out = bool(chosen) and properties["code"] not in chosen
        paint = Paint(context.colours["home-land"], 1 - MASK if out else 1)
        group.add(path_of(shown(context, geometry), paint, name_of(properties, context.lang)))
    return group


def county_lines(context: DrawingContext, base_map: Basemap, chosen: set[str]) -> Group:
    """Borders above the roads; those of chosen counties stronger."""
    group = Group(label_in(context, COUNTY_LINES))
    c = context.colours
    for properties, geometry in base_map.features("counties"):
        strong = properties["code"] in chosen
        paint = Paint(
            stroke=c["county-strong" if strong else "county-line"], width=2.2 if strong else 1.1
        )
        line = shown(context, shapely.boundary(geometry))
        group.add(path_of(line, paint, name_of(properties, context.lang)))
    return group


def name_of(properties: dict[str, Any], lang: str) -> str:
    return title_in(properties, lang, "name")


def label_in(context: DrawingContext, words: str) -> str:
    return word_in(words, context.lang)
