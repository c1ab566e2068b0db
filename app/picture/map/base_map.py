"""The base map of a picture: sea, land, counties, water, roads and rails."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache, partial
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.catalog.catalog import Catalog
from app.domain.text.languages import title_in, word_in
from app.picture.scene.base_layers import (
    COUNTIES,
    COUNTY_LINES,
    DETAIL,
    RELIEF,
    RELIEF_STEPS,
    SEA,
    BaseLayer,
    base_layers,
)
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

    def features_of(self, layer: BaseLayer) -> list[tuple[dict[str, Any], BaseGeometry]]:
        """The same of what a layer draws."""
        found = self.detail[layer.file] if layer.detail else self.features(layer.file)
        return [one for one in found if layer.kind in ("", one[0].get("kind"))]


@lru_cache(maxsize=4)
def ground_of(catalog: Catalog) -> Basemap:
    """The base map of a pack, kept as long as the pack is in use."""
    return Basemap(catalog)


def shapes_of(features: list[dict[str, Any]]) -> list[tuple[dict[str, Any], BaseGeometry]]:
    return [(feature["properties"], shape(feature["geometry"])) for feature in features]


def draw_base_map(context: DrawingContext, base_map: Basemap, chosen: Iterable[str]) -> Group:
    """Everything under the plan, from the bottom up; counties not chosen step back."""
    wanted, rect = set(chosen), context.viewport.rect
    sea = Path(
        rectangle(rect.x, rect.y, rect.width, rect.height), Paint(context.colours["sea"]),
        label_in(context, SEA),
    )  # fmt: skip
    own: dict[str, Callable[[], Group]] = {
        COUNTIES: partial(counties, context, base_map, wanted),
        COUNTY_LINES: partial(county_lines, context, base_map, wanted),
        RELIEF: partial(relief, context, base_map),
    }
    group = Group("ground", [sea])
    for layer in base_layers(context.colours):
        if context.viewport.zoom >= layer.least_zoom:
            draw = own.get(layer.words, partial(drawn_layer, context, base_map, layer))
            group.add(draw())
    return group


def drawn_layer(context: DrawingContext, base_map: Basemap, layer: BaseLayer) -> Group:
    """One layer as a group of named shapes."""
    group = Group(label_in(context, layer.words))
    for properties, geometry in base_map.features_of(layer):
        own = name_of(properties, context.lang) or label_in(context, layer.words)
        group.add(path_of(shown(context, geometry), layer.paint, own))
    return group


def relief(context: DrawingContext, base_map: Basemap) -> Group:
    """Light and shade in steps."""
    group = Group(label_in(context, RELIEF))
    strength = min(1.0, max(FAINTEST, 1 - (context.viewport.zoom - FINE_ZOOM) * 0.4))
    for properties, geometry in base_map.detail[RELIEF_STEPS]:
        paint = Paint(TONES[properties["tone"]], properties["opacity"] * strength)
        group.add(path_of(shown(context, geometry), paint))
    return group


FINE_ZOOM, FAINTEST = 9.5, 0.3
"""Nearer than this the relief fades: its steps are a kilometre wide."""
TONES = {"dark": "#000000", "light": "#ffffff"}


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
