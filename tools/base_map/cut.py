"""Cut counties and land into areas that share every border vertex, and simplify them so."""

from collections import Counter

import numpy as np
import shapely
from published import CountyShape, parts
from shapely.geometry.base import BaseGeometry

MIN_ISLAND_KM2 = 0.1
MAX_ORPHAN_KM2 = 4.0  # a shore piece outside all counties is given to its neighbour up to this size
KM2_PER_SQUARE_DEGREE = 9_400.0  # at 40.5° N; for thresholds only


def km2(geometry: BaseGeometry) -> float:
    """Rough area, good enough to tell an islet from an island."""
    return float(geometry.area) * KM2_PER_SQUARE_DEGREE


def islands(counties: list[CountyShape], land: BaseGeometry) -> list[shapely.Polygon]:
    """The islands the counties are published with: parts that are away from the main part."""
    found = []
    for county in counties:
        *rest, _ = sorted(parts(county.polygon), key=lambda polygon: polygon.area)
        found += [part for part in rest if km2(part) >= MIN_ISLAND_KM2]
    main = max(parts(land), key=lambda polygon: polygon.area)
    return [island for island in found if not island.intersects(main)]


def put_islands(land: BaseGeometry, own: list[shapely.Polygon]) -> BaseGeometry:
    """Land with the published outline of the counties' islands instead of its own."""
    main, *others = sorted(parts(land), key=lambda polygon: -polygon.area)
    kept = [other for other in others if not any(other.intersects(island) for island in own)]
    return shapely.union_all([main, *kept, *own])


def cut_areas(counties: list[CountyShape], land: BaseGeometry) -> list[BaseGeometry]:
    """The land of each county, and last the land of nobody, noded once and for all."""
    outlines = [land.boundary, *(county.polygon.boundary for county in counties)]
    formats = shapely.get_parts(shapely.polygonize([shapely.union_all(outlines)])).tolist()
    groups: list[list[BaseGeometry]] = [[] for _ in [*counties, None]]
    for file_format in formats:
        inside = file_format.representative_point()
        if land.contains(inside):
            groups[county_of(inside, counties)].append(file_format)
    give_orphans(groups)
    return [shapely.union_all(group) for group in groups]


def county_of(point: shapely.Point, counties: list[CountyShape]) -> int:
    """The index of the county a point stands in, or the index past the last."""
    inside = (i for i, county in enumerate(counties) if county.polygon.contains(point))
    return next(inside, len(counties))


def give_orphans(groups: list[list[BaseGeometry]]) -> None:
    """Move small shore pieces that lie outside all counties to the county they touch most."""
    owned = [shapely.union_all(group) for group in groups[:-1]]
    for piece in parts(shapely.union_all(groups[-1])):
        if km2(piece) > MAX_ORPHAN_KM2:
            continue
        shared = [shapely.intersection(piece, area).length for area in owned]
        if max(shared) > 0:
            groups[int(np.argmax(shared))].append(piece)
            groups[-1] = [
                file_format for file_format in groups[-1] if not piece.contains(file_format)
            ]


def simplify_areas(areas: list[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Simplify the borders between the areas, both sides alike; the coast stays as it is."""
    simple = shapely.coverage_simplify(areas, tolerance, simplify_boundary=False)
    return list(simple)


def junctions(areas: list[BaseGeometry]) -> set[tuple[float, float]]:
    """Vertices that two areas share: where a border meets the coast, and along the border."""
    seen: Counter[tuple[float, float]] = Counter()
    for area in areas:
        seen.update({(float(x), float(y)) for x, y in shapely.get_coordinates(area)})
    return {point for point, count in seen.items() if count > 1}
