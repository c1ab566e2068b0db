"""Build base/detail/ground.geojson and base/relief.png of a plan pack from collected open data.

python tools/base_map/ground.py COLLECTED [--pack geodata]

COLLECTED holds osm_main_roads, osm_railways, osm_water, areas and great_wall as GeoJSON and
elevation_srtm30plus.tif; geodata/SOURCES.md says where each is from.
"""

import argparse
import json
import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import shapely
import shapely.ops
from canonical import Feature, write_features
from relief import RELIEF_BOX, relief_of, relief_steps, write_relief
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shore import METRES_PER_DEGREE

HERE = Path(__file__).parent
LATITUDE = 40.6
DECIMALS, STEP_DECIMALS = 4, 3
ALONG_M = 700.0  # two lines that run side by side for longer are one
CARRIAGEWAYS_M, OWN_ROAD_M, OWN_RAIL_M, TRACKS_M = 160.0, 600.0, 1200.0, 160.0
LEAST_ROAD_M, LEAST_RAIL_M = 2500.0, 6000.0  # shorter pieces are stubs and sidings
AROUND_M = 16_000.0  # how far beyond the counties anything is drawn: no straight edge of a window
SNAP_M = 260.0  # an end so near to another line meets it
ROAD_TOLERANCE_M, RAIL_TOLERANCE_M = 45.0, 12.0
LEAST_WATER_KM2 = 0.05
NEAR_WATER_M = 300.0
TRIANGLE = 4  # corners of a reach of a river, of which the source has no more than that
URBAN_TOLERANCE_M, URBAN_ROUND_M = 120.0, 450.0
CLASSES = ("motorway", "trunk", "primary")
ROAD_NUMBERS = [
    ("G16", (121.025, 41.084)), ("G16", (120.85, 41.176)),
    ("G25", (119.415, 41.195)), ("G25", (119.288, 41.072)),
]  # fmt: skip
RAILWAYS = {"普速": "rail", "城际": "rail-fast", "高速": "rail-fast"}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("collected", type=Path)
    parser.add_argument("--pack", type=Path, default=HERE.parents[1] / "geodata")
    arguments = parser.parse_args()
    base = arguments.pack / "base"
    drawn = [
        *built_up(arguments.collected),
        *waters(arguments.collected, base),
        *roads(arguments.collected, base),
        *railways(arguments.collected, base),
        *great_wall(arguments.collected),
        *road_numbers(),
    ]
    counties = shapely.union_all([geometry for _, geometry in read(base, "counties")])
    around = degrees(shapely.simplify(shapely.buffer(counties, AROUND_M), 500))
    near = [(properties, shapely.intersection(one, around)) for properties, one in drawn]
    features = [relief_feature(), *(one for one in near if not one[1].is_empty)]
    write_features(base / "detail" / "ground.geojson", features, DECIMALS)
    land = shapely.union_all([degrees(geometry) for _, geometry in read(base, "land")])
    elevation = arguments.collected / "elevation_srtm30plus.tif"
    shade = relief_of(elevation, land)
    write_relief(shade, base / "detail" / "relief.png")
    write_features(base / "detail" / "relief_steps.geojson", relief_steps(shade), STEP_DECIMALS)


def read(folder: Path, name: str) -> list[tuple[dict[str, str], BaseGeometry]]:
    features = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
    return [(one["properties"], plane(shape(one["geometry"]))) for one in features]


def plane(geometry: BaseGeometry) -> BaseGeometry:
    """Degrees → metres, right enough within the city."""
    scale = METRES_PER_DEGREE * math.cos(math.radians(LATITUDE)), METRES_PER_DEGREE
    return shapely.transform(geometry, lambda xy: xy * scale)


def degrees(geometry: BaseGeometry) -> BaseGeometry:
    scale = METRES_PER_DEGREE * math.cos(math.radians(LATITUDE)), METRES_PER_DEGREE
    return shapely.transform(geometry, lambda xy: xy / scale)


def relief_feature() -> Feature:
    """Where the shade of the relief lies, whose picture is a file of its own."""
    properties = {"kind": "relief", "image": "relief.png", "source": "srtm30plus"}
    return properties, shapely.box(*RELIEF_BOX)


def built_up(folder: Path) -> Iterable[Feature]:
    """Towns as one soft tint: coarse, and of 2002; two maps of one town are one area."""
    found = [
        geometry for properties, geometry in read(folder, "areas")
        if properties["kind"] in ("urban_area", "residential")
    ]  # fmt: skip
    whole = shapely.union_all([shapely.buffer(shapely.make_valid(one), 0) for one in found])
    simple = shapely.simplify(whole, URBAN_TOLERANCE_M)
    for by in (-URBAN_ROUND_M, 2 * URBAN_ROUND_M, -URBAN_ROUND_M):
        simple = shapely.buffer(simple, by, quad_segs=4)
    yield {"kind": "built-up", "source": "natural-earth"}, degrees(shapely.simplify(simple, 25))


def waters(folder: Path, base: Path) -> Iterable[Feature]:
    """Lakes and reservoirs that the first map does not have."""
    own = shapely.union_all([geometry for _, geometry in read(base, "water")])
    found = [
        softened(geometry)
        for properties, geometry in read(folder, "osm_water")
        if float(properties["area_km2"]) >= LEAST_WATER_KM2
        and geometry.distance(own) > NEAR_WATER_M
        and shapely.get_num_coordinates(geometry) > TRIANGLE
    ]
    yield {"kind": "water", "source": "osm"}, degrees(shapely.multipolygons(largest_first(found)))


def softened(body: BaseGeometry) -> BaseGeometry:
    """Round corners: the source has four or five vertices each."""
    radius = math.sqrt(body.area) / 5
    soft = shapely.buffer(shapely.buffer(body, -radius / 2, quad_segs=3), radius / 2, quad_segs=3)
    return max(shapely.get_parts(soft if not soft.is_empty else body), key=lambda one: one.area)


def largest_first(found: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    return sorted(found, key=lambda one: (-one.area, one.bounds))


def roads(folder: Path, base: Path) -> Iterable[Feature]:
    """Main roads beside the numbered ones of lines.csv, both carriageways as one line."""
    own = [geometry for properties, geometry in read(base, "roads")]
    drawn = Drawn(own, OWN_ROAD_M, LEAST_ROAD_M)
    source = read(folder, "osm_main_roads")
    for kind in CLASSES:
        lines = [geometry for properties, geometry in source if properties["class"] == kind]
        kept = [smooth(line, ROAD_TOLERANCE_M) for line in drawn.take(lines, CARRIAGEWAYS_M)]
        yield {"kind": kind, "source": "osm"}, degrees(shapely.multilinestrings(kept))


def railways(folder: Path, base: Path) -> Iterable[Feature]:
    """Railways beside those of lines.csv, doubled tracks as one line."""
    own = [geometry for _, geometry in read(base, "railways")]
    drawn = Drawn(own, OWN_RAIL_M, LEAST_RAIL_M)
    source = read(folder, "osm_railways")
    for kind in dict.fromkeys(reversed(RAILWAYS.values())):
        lines = [geometry for one, geometry in source if RAILWAYS[one["class"]] == kind]
        kept = [smooth(line, RAIL_TOLERANCE_M) for line in drawn.take(lines, TRACKS_M)]
        yield {"kind": kind, "source": "osm"}, degrees(shapely.multilinestrings(kept))


class Drawn:
    """The lines that stand already: what runs beside one of them is it, or its other half."""

    def __init__(self, own: list[BaseGeometry], beside: float, least: float) -> None:
        self.own = shapely.union_all([shapely.buffer(line, beside) for line in own])
        self.kept: list[BaseGeometry] = list(own)
        self.least = least

    def take(self, lines: Iterable[BaseGeometry], beside: float) -> list[BaseGeometry]:
        merged = shapely.get_parts(shapely.line_merge(shapely.union_all(list(lines))))
        taken: list[BaseGeometry] = []
        for line in sorted(merged, key=lambda one: (-one.length, one.bounds)):
            rest = without_stretches(line, self.own)
            near = [one for one in self.kept if one.distance(rest) < beside]
            rest = without_stretches(rest, shapely.union_all([one.buffer(beside) for one in near]))
            pieces = [one for one in shapely.get_parts(rest) if one.length >= self.least]
            taken += pieces
            self.kept += pieces
        return [self.met(line) for line in taken]

    def met(self, line: BaseGeometry) -> BaseGeometry:
        """The line, its ends led to the lines they nearly reach."""
        points = list(line.coords)
        others = shapely.union_all([one for one in self.kept if one is not line])
        for at, add in ((0, lambda p: points.insert(0, p)), (-1, points.append)):
            end = shapely.Point(points[at])
            if 1 < end.distance(others) < SNAP_M:
                add(shapely.ops.nearest_points(others, end)[0].coords[0])
        return shapely.LineString(points)


def without_stretches(line: BaseGeometry, zone: BaseGeometry) -> BaseGeometry:
    """A line less the stretches that run along in a zone; what only crosses it stays whole."""
    inside = shapely.get_parts(shapely.intersection(line, zone))
    long = [part for part in inside if part.length >= ALONG_M]
    rest = shapely.difference(line, shapely.union_all([part.buffer(1) for part in long]))
    return shapely.line_merge(rest) if rest.geom_type == "MultiLineString" else rest


def smooth(line: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Steps of the source's grid taken out, corners cut once (Chaikin)."""
    points = list(shapely.simplify(line, tolerance).coords)
    cut = [points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        cut += [(ax + (bx - ax) * part, ay + (by - ay) * part) for part in (0.25, 0.75)]
    return shapely.simplify(shapely.LineString([*cut, points[-1]]), tolerance / 6)


def great_wall(folder: Path) -> Iterable[Feature]:
    """The Ming Great Wall, right to some 500 m."""
    found = [shapely.simplify(geometry, 60) for _, geometry in read(folder, "great_wall")]
    lines = shapely.line_merge(shapely.union_all(found))
    names = {"name": "明长城", "name_en": "Ming Great Wall"}
    yield {"kind": "great-wall", "source": "great-wall", **names}, degrees(lines)


def road_numbers() -> Iterable[Feature]:
    """Numbers that the same tiles of OpenStreetMap give for roads which lines.csv does not have."""
    for name, at in ROAD_NUMBERS:
        yield {"kind": "road-number", "source": "osm", "name": name}, shapely.Point(at)


if __name__ == "__main__":
    main()
