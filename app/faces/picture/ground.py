"""The base map of a picture: sea, land, counties, water, roads and rails, calm as paper."""

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.faces.picture.scene import Group, Paint, Path, rectangle
from app.faces.picture.shapes import path_of, shown
from app.faces.picture.sheet import Sheet
from app.plan.languages import title_in, word_in
from app.plan.pack import Pack

MAX_DRAWINGS = 8
VEIL = 0.72
"""How much of a county that is not chosen is taken back."""


class Ground:
    """The base map of one pack: its files, read once, and the last drawings of it."""

    def __init__(self, pack: Pack) -> None:
        self.files = {name: shapes_of(pack.base_features(name)) for name in pack.base}
        self._drawings: dict[Hashable, Group] = {}

    def drawing(self, sheet: Sheet, chosen: Iterable[str]) -> Group:
        """The base map on a sheet, drawn once for all pictures of one size, extent and look."""
        look = tuple(sheet.colours.values()), sheet.lang, sheet.vertices_most
        key = (sheet.frame, *look, frozenset(chosen))
        drawing = self._drawings.pop(key, None) or draw_ground(sheet, self, chosen)
        while len(self._drawings) >= MAX_DRAWINGS:
            del self._drawings[next(iter(self._drawings))]
        self._drawings[key] = drawing  # the last used is the last to go
        return drawing

    def features(self, name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
        """Properties and geometry of one file; nothing where the pack has no such file."""
        return self.files.get(name, [])


@lru_cache(maxsize=4)
def ground_of(pack: Pack) -> Ground:
    """The base map of a pack, kept as long as the pack is in use."""
    return Ground(pack)


def shapes_of(features: list[dict[str, Any]]) -> list[tuple[dict[str, Any], BaseGeometry]]:
    return [(feature["properties"], shape(feature["geometry"])) for feature in features]


def draw_ground(sheet: Sheet, ground: Ground, chosen: Iterable[str]) -> Group:
    """Everything under the plan, from the bottom up; counties not chosen step back."""
    wanted = set(chosen)
    c = sheet.colours
    rect = sheet.frame.rect
    sea = Path(rectangle(rect.x, rect.y, rect.width, rect.height), Paint(c["sea"]), say(sheet, SEA))
    group = Group("ground", [sea])
    group.add(sheet_of(sheet, ground, "land", Paint(c["land"], 1, c["shore"], 0.8), LAND))
    group.add(counties(sheet, ground, wanted))
    group.add(sheet_of(sheet, ground, "water", Paint(c["sea"], 1, c["shore"], 0.5), WATER))
    for file, kinds, paints, name in lines(c):
        for paint in paints:
            group.add(sheet_of(sheet, ground, file, paint, name, kinds=kinds))
    group.add(county_lines(sheet, ground, wanted))
    return group


SEA, LAND, WATER = ("海域", "Sea"), ("陆地", "Land"), ("水面", "Water")
COUNTIES, COUNTY_LINES = ("县区", "Counties"), ("县界", "County lines")
VEILED = ("未选县区", "Counties not chosen")


def lines(c: dict[str, str]) -> list[tuple[str, tuple[str, ...], list[Paint], tuple[str, str]]]:
    """File, kinds, paints from the bottom up, name; a railway is a grey line with gaps."""
    return [
        ("rivers", (), [Paint(stroke=c["river"], width=1.6)], ("河流", "Rivers")),
        ("roads", ("road",), [Paint(stroke=c["road-edge"], width=1.6)], ("公路", "Roads")),
        ("roads", ("motorway",), [
            Paint(stroke=c["road-edge"], width=4.0), Paint(stroke=c["road"], width=2.2),
        ], ("高速公路", "Expressways")),
        ("railways", (), [
            Paint(stroke=c["rail"], width=2.4),
            Paint(stroke=c["home-land"], width=1.2, dash=(7, 7)),
        ], ("铁路", "Railways")),
    ]  # fmt: skip


def sheet_of(
    sheet: Sheet, ground: Ground, file: str, paint: Paint, name: tuple[str, str], *,
    kinds: tuple[str, ...] = (),
) -> Group:  # fmt: skip
    """One file of the base map as a group of named shapes."""
    group = Group(say(sheet, name))
    for properties, geometry in ground.features(file):
        if not kinds or properties.get("kind") in kinds:
            own = name_of(properties, sheet.lang) or say(sheet, name)
            group.add(path_of(shown(sheet, geometry), paint, own))
    return group


def counties(sheet: Sheet, ground: Ground, chosen: set[str]) -> Group:
    """The home land; what is not chosen goes most of the way back to the land around it."""
    group = Group(say(sheet, COUNTIES))
    for properties, geometry in ground.features("counties"):
        out = bool(chosen) and properties["code"] not in chosen
        paint = Paint(sheet.colours["home-land"], 1 - VEIL if out else 1)
        group.add(path_of(shown(sheet, geometry), paint, name_of(properties, sheet.lang)))
    return group


def county_lines(sheet: Sheet, ground: Ground, chosen: set[str]) -> Group:
    """Borders above the roads; those of chosen counties stronger."""
    group = Group(say(sheet, COUNTY_LINES))
    c = sheet.colours
    for properties, geometry in ground.features("counties"):
        strong = properties["code"] in chosen
        paint = Paint(
            stroke=c["county-strong" if strong else "county-line"], width=2.2 if strong else 1.1
        )
        line = shown(sheet, shapely.boundary(geometry))
        group.add(path_of(line, paint, name_of(properties, sheet.lang)))
    return group


def name_of(properties: dict[str, Any], lang: str) -> str:
    return title_in(properties, lang, "name")


def say(sheet: Sheet, words: tuple[str, str]) -> str:
    return word_in(words, sheet.lang)
