"""What the close map names: places of the gazetteer by rank, numbers of roads.

A name is shown only as close as its place is known: where its radius would be wider on the screen
than the name can bear, it is left out again.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shapely.geometry import shape

from app.domain.models import Place

if TYPE_CHECKING:
    from app.catalog.catalog import Catalog

Feature = dict[str, Any]

EXACT_M = 1600.0
"""A radius of the seats of towns as surveys give them; what is known less well comes later."""
CLOSEST = 15.0
METRES_PER_PIXEL = 156_543.03
NUMBERED = ("motorway", "road")
ROAD_NUMBER = re.compile(r"\b[GS]\d{1,4}\b")
NUMBER_EVERY = 0.045
"""Degrees between two numbers of a road; from afar only every second, fourth or eighth is shown."""
NUMBER_ZOOMS = (8.75, 12.25, 11.0, 12.25, 10.0, 12.25, 11.0, 12.25)
UNNAMED = "无名"
"""In a name of the gazetteer: the thing is there, what it is called is not known."""
SUFFIXES = (" Manchu Ethnic Township", " Township", " Subdistrict", " Town")


@dataclass(frozen=True, slots=True)
class Rank:
    """How places of a kind are named: from which zoom on, and up to how many pixels of doubt."""

    style: str
    zoom: float
    doubtful_zoom: float
    pixels: float


RANKS = {
    "township": Rank("township", 10.5, 11.5, 500),
    "mountain": Rank("mountain", 10, 11, 240),
    "reservoir": Rank("lake", 10.5, 11, 300),
    "river": Rank("stream", 10, 10.5, 500),
    "bay": Rank("bay", 10.5, 11, 500),
    "island": Rank("island", 10.5, 11, 300),
    "port": Rank("port", 10.5, 11, 300),
    "station": Rank("station", 11, 12, 160),
    "greatwall": Rank("fort", 11, 12, 240),
    "fort": Rank("fort", 12, 12.5, 240),
    "village": Rank("village", 12, 12.5, 240),
    "fishing_port": Rank("port", 12, 12.5, 240),
    "interchange": Rank("interchange", 12, 12.5, 160),
    "historic_site": Rank("sight", 12.5, 13, 160),
    "scenic": Rank("sight", 13, 13.5, 160),
    "beach": Rank("sight", 13, 13.5, 160),
    "bridge": Rank("sight", 13.5, 14, 160),
    "street": Rank("village", 13.5, 14, 160),
}


def place_names(catalog: "Catalog") -> list[Feature]:
    """Names beside those of `base/labels.geojson`, as features of the same form."""
    labels = [one["properties"] for one in catalog.base_features("labels")]
    known = {label[key] for label in labels for key in ("name", "place") if key in label}
    places = [*named_places(catalog, known), *road_numbers(catalog)]
    return sorted(places, key=lambda one: float(one["properties"]["minzoom"]))


def named_places(catalog: "Catalog", known: set[str]) -> Iterator[Feature]:
    for place in catalog.gazetteer:
        rank = RANKS.get(place.kind)
        if rank is None or place.position is None or place.name in known or UNNAMED in place.name:
            continue
        first = rank.zoom if place.uncertainty_m <= EXACT_M else rank.doubtful_zoom
        last = min(CLOSEST, math.floor(zoom_of(place, rank.pixels) * 4) / 4)
        if first < last:
            yield feature(
                {
                    "name": place.name, "name_en": without_rank(place.name_en),
                    **place.translations, "kind": rank.style, "minzoom": first,
                    **({"maxzoom": last} if last < CLOSEST else {}),
                },
                place.at,
            )  # fmt: skip


def zoom_of(place: Place, pixels: float) -> float:
    """Where the radius of a place is so many pixels wide."""
    radius = max(place.uncertainty_m, 1.0)
    return math.log2(pixels * METRES_PER_PIXEL * math.cos(math.radians(place.at[1])) / radius)


def without_rank(name: str) -> str:
    """An English name of a place without what kind of seat it is."""
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def road_numbers(catalog: "Catalog") -> Iterator[Feature]:
    """Where numbers of roads stand: along those that the pack names, and where its map has some."""
    for one in catalog.base_features("roads"):
        properties, line = one["properties"], shape(one["geometry"])
        match = ROAD_NUMBER.search(f"{properties['name']} {properties.get('name_en') or ''}")
        if match and properties["kind"] in NUMBERED:
            count = max(1, round(line.length / NUMBER_EVERY))
            for at in range(count):
                point = line.interpolate((at + 0.5) / count, normalized=True)
                yield road_number(match[0], NUMBER_ZOOMS[(at + 4) % 8], (point.x, point.y))
    for one in catalog.detail_features("ground"):
        if one["properties"]["kind"] == "road-number":
            yield road_number(one["properties"]["name"], 9.0, one["geometry"]["coordinates"])


def road_number(name: str, zoom: float, at: tuple[float, float]) -> Feature:
    return feature({"name": name, "name_en": name, "kind": "road-number", "minzoom": zoom}, at)


def feature(properties: dict[str, Any], at: tuple[float, float]) -> Feature:
    position = [round(at[0], 5), round(at[1], 5)]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": position},
    }
