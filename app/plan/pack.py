"""The plan pack: one folder of data that makes the same code serve one place's plan."""

import dataclasses
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.plan.characters import FORBIDDEN, printable
from app.plan.errors import PackError
from app.plan.gazetteer import Gazetteer, read_gazetteer
from app.plan.items import read_items
from app.plan.lines import read_lines
from app.plan.models import (
    EXTENTS,
    FIELD_TYPES,
    LINE_STYLES,
    BaseLine,
    Category,
    County,
    Family,
    Field,
    Item,
    Layer,
    OutlineEntry,
    PlanRef,
)
from app.plan.reference_seats import ReferenceSeat, read_reference_seats
from app.plan.sources import Source, read_sources
from app.plan.tables import read_table

FEATURES_FILE = "projects.geojson"
DATA_FOLDER = "geodata"
MAY_BE_FORBIDDEN = re.compile(rf"\\u(?:00[01]|[dD][89a-fA-F]|[fF][dDfF])|{FORBIDDEN.pattern}")
"""Of a JSON text: a forbidden character, or an escape that may stand for one."""
BUILT_LINES = {
    "roads": ("motorway", "road"),
    "railways": ("railway",),
    "rivers": ("river",),
}
"""Base files that `planmap build` draws from lines.csv, and the kinds in each."""


@dataclass(frozen=True, slots=True)
class PackInfo:
    """`plan.toml`: who, what, where."""

    id: str
    title: str
    title_en: str
    plan: str
    plan_en: str
    plan_short: str
    plan_short_en: str
    period: str
    place: str
    place_en: str
    languages: tuple[str, ...]
    frame: tuple[float, float, float, float]
    """West, south, east, north in degrees, WGS 84."""
    attribution: str
    attribution_en: str
    counties: tuple[County, ...]
    access: Mapping[str, tuple[str, ...]]
    """Kind of destination → the gazetteer places that are one."""
    reach_m: Mapping[str, float] = dataclasses.field(default_factory=dict)
    """Kind of place → how far from its point a thing lies that is only said to be there."""
    approval_number: str = ""
    feedback: str = ""
    contact: str = ""
    """Who an investor may ask; only the operator knows."""
    contact_en: str = ""
    updated: str = ""
    """The day the data was last looked through, ISO 8601; empty where nobody says."""


class Pack:
    """A pack on disk; each part is read when first asked for.

    `root` holds `projects.geojson` and the folder `geodata/`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = root / DATA_FOLDER
        if not (self.data / "plan.toml").is_file():
            raise PackError(str(self.data / "plan.toml"), "a plan pack; the file is missing")

    def __reduce__(self) -> tuple[type["Pack"], tuple[Path]]:
        """A pack goes to another process as its folder."""
        return Pack, (self.root,)

    @cached_property
    def info(self) -> PackInfo:
        table = read_toml(self.data / "plan.toml")
        table["counties"] = tuple(
            record_of(County, entry, "plan.toml") for entry in table.get("counties", [])
        )
        table["languages"] = tuple(table.get("languages", ()))
        table["frame"] = frame_of(table.get("frame"))
        table["access"] = {kind: tuple(names) for kind, names in table.get("access", {}).items()}
        table["reach_m"] = reach_of(table.get("reach_m", {}))
        table["updated"] = day_of(table.get("updated", ""))
        return record_of(PackInfo, table, "plan.toml")

    @cached_property
    def families(self) -> tuple[Family, ...]:
        table = read_toml(self.data / "layers.toml")
        return tuple(record_of(Family, entry, "layers.toml") for entry in table["families"])

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The layers in the order they are shown."""
        table = read_toml(self.data / "layers.toml")
        return tuple(layer_of(entry) for entry in table.get("layers", []))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return read_gazetteer(self.data / "gazetteer.csv")

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where the places, lines and boundaries come from."""
        return read_sources(self.data / "sources.csv")

    @cached_property
    def reference_seats(self) -> tuple[ReferenceSeat, ...]:
        """What other sources say of the places; empty for a pack without the file."""
        return read_reference_seats(self.data / "reference_seats.csv")

    @cached_property
    def lines(self) -> dict[str, BaseLine]:
        return read_lines(self.data / "lines.csv", self.gazetteer)

    @cached_property
    def outline(self) -> tuple[OutlineEntry, ...]:
        """Every chapter, section and box of the plan, in its order."""
        columns = ("chapter", "section", "box", "title", "title_en")
        return tuple(
            OutlineEntry(
                row,
                PlanRef(cells["chapter"], cells["section"], cells["box"]),
                cells["title"],
                cells["title_en"],
            )
            for row, cells in read_table(self.data / "plan_outline.csv", columns)
        )

    @cached_property
    def terms(self) -> dict[str, str]:
        """English for words used in list fields."""
        return {
            cells["zh"]: cells["en"]
            for _, cells in read_table(self.data / "terms.csv", ("zh", "en"))
        }

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item: layer by layer, in the rows' order."""
        return tuple(
            item
            for layer in self.layers
            for item in read_items(
                self.data / "items" / f"{layer.id}.csv", layer, self.info.counties
            )
        )

    @cached_property
    def boundaries(self) -> dict[str, BaseGeometry]:
        """County code → polygon as published; judges which county a point stands in."""
        return self._polygons(self.data / "boundaries.geojson")

    @cached_property
    def boundary_sources(self) -> tuple[str, ...]:
        """Ids of the sources the county boundaries come from."""
        features = read_geojson(self.data / "boundaries.geojson")["features"]
        found = {str(feature["properties"].get("source", "")) for feature in features}
        return tuple(sorted(found - {""}))

    @cached_property
    def county_land(self) -> dict[str, BaseGeometry]:
        """County code → polygon clipped to the coast; what is drawn."""
        return self._polygons(self.data / "base" / "counties.geojson")

    @cached_property
    def coast(self) -> BaseGeometry:
        """The mainland coast as one line, or an empty one for an inland pack."""
        path = self.data / "base" / "coast.geojson"
        features = read_geojson(path)["features"] if path.exists() else []
        for feature in features:
            if feature["properties"].get("name") == "mainland":
                return shape(feature["geometry"])
        return shape({"type": "LineString", "coordinates": []})

    def base_files(self) -> dict[str, Path]:
        """Name → file of every layer of the built-in base map."""
        return {path.stem: path for path in sorted((self.data / "base").glob("*.geojson"))}

    @property
    def features_path(self) -> Path:
        return self.root / FEATURES_FILE

    def _polygons(self, path: Path) -> dict[str, BaseGeometry]:
        found = {
            feature["properties"]["code"]: shape(feature["geometry"])
            for feature in read_geojson(path)["features"]
        }
        for county in self.info.counties:
            if county.code not in found:
                raise PackError(path.name, f"a polygon for {county.name} ({county.code})")
        return found


Record = TypeVar("Record")


def record_of(kind: type[Record], entry: Mapping[str, Any], file: str) -> Record:
    """Build a record from a TOML table; a missing or unknown key is an error."""
    try:
        return kind(**entry)
    except TypeError as error:
        raise PackError(file, f"a {kind.__name__.lower()}: {error}") from None


def layer_of(entry: dict[str, Any]) -> Layer:
    """Build a layer with its categories and typed fields."""
    values = dict(entry)
    values["categories"] = tuple(
        record_of(Category, one, "layers.toml") for one in entry.get("categories", [])
    )
    values["fields"] = tuple(
        record_of(Field, one, "layers.toml") for one in entry.get("fields", [])
    )
    values["also"] = tuple(entry.get("also", ()))
    for category in values["categories"]:
        if category.line not in ("", *LINE_STYLES):
            raise PackError(
                "layers.toml", f"one of {', '.join(LINE_STYLES)}, or nothing",
                column="line", value=category.line,
            )  # fmt: skip
        if category.extent not in ("", *EXTENTS):
            raise PackError(
                "layers.toml", f"one of {', '.join(EXTENTS)}, or nothing",
                column="extent", value=category.extent,
            )  # fmt: skip
    for field in values["fields"]:
        if field.type not in FIELD_TYPES:
            raise PackError(
                "layers.toml", f"one of {', '.join(FIELD_TYPES)}", column="type", value=field.type
            )
    return record_of(Layer, values, "layers.toml")


def frame_of(value: object) -> tuple[float, float, float, float]:
    """West, south, east, north, in that order and with an area."""
    match value:
        case [
            float() | int() as west,
            float() | int() as south,
            float() | int() as east,
            float() | int() as north,
        ] if west < east and south < north:
            return float(west), float(south), float(east), float(north)
    raise PackError(
        "plan.toml", "[west, south, east, north] in degrees", column="frame", value=str(value)
    )


def reach_of(value: object) -> dict[str, float]:
    """Kind of place → metres, none below 0."""
    if not isinstance(value, dict):
        raise PackError("plan.toml", "a table of kinds and metres", column="reach_m")
    for kind, metres in value.items():
        if isinstance(metres, bool) or not isinstance(metres, int | float) or metres < 0:
            raise PackError(
                "plan.toml", f"metres for kind {kind}, 0 or more",
                column="reach_m", value=str(metres),
            )  # fmt: skip
    return {str(kind): float(metres) for kind, metres in value.items()}


def day_of(value: object) -> str:
    """A TOML date as ISO 8601; an empty text where there is none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if value == "":
        return ""
    raise PackError(
        "plan.toml", "a date like 2025-12-31, without quotes", column="updated", value=str(value)
    )


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file; what cannot be printed is left out, and the rule book names it."""
    try:
        found: dict[str, Any] = printable(tomllib.loads(path.read_text(encoding="utf-8")))
        return found
    except FileNotFoundError:
        raise PackError(path.name, "the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(path.name, f"readable TOML ({error})") from None


def read_geojson(path: Path) -> dict[str, Any]:
    """A FeatureCollection as parsed JSON; what cannot be printed is left out."""
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text)
        if MAY_BE_FORBIDDEN.search(text):
            found = printable(found)
    except FileNotFoundError:
        raise PackError(path.name, "the file is missing") from None
    except ValueError as error:
        raise PackError(path.name, f"readable GeoJSON ({error})") from None
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise PackError(path.name, "a GeoJSON FeatureCollection")
    return found
