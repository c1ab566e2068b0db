"""The coordinate reference systems a client may ask for, with axes as EPSG defines them."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, ClassVar

import orjson
import pyproj
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from app.domain.errors import BadValue

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS 84)."""

DEGREE_DECIMALS, METRE_DECIMALS = 6, 2
"""About 0.1 m and 1 cm: no finer than the data."""

NOWHERE: Box = (math.nan, math.nan, math.nan, math.nan)
"""The box that holds nothing."""

DOMAIN_DEGREES, DOMAIN_LATITUDE = 30.0, 85.06
"""How far from its middle a grid is followed, either way."""

GLOBE: Box = (-180.0, -90.0, 180.0, 90.0)

MARGIN_DEGREES = 10.0**-DEGREE_DECIMALS / 2
"""Half of the data's last decimal, in degrees."""

METRES_MOST = 1e8
"""No coordinate of any grid is further from its origin."""

EDGE_POINTS = 21
"""Points per side by which a projected box is followed on the globe."""


def box_around_boxes(boxes: Iterable[Box | None]) -> Box | None:
    """The box around some boxes; None where there is none."""
    known = [box for box in boxes if box]
    if not known:
        return None
    west, south, east, north = zip(*known, strict=True)
    return min(west), min(south), max(east), max(north)


@dataclass(frozen=True, slots=True)
class Projection:
    """A CRS; coordinates come in the order of `axes`."""

    of_product: ClassVar[bool] = True

    uri: str
    authority: str
    """What pyproj and GDAL call it."""
    title: str
    title_en: str
    axes: tuple[str, str]
    metres: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        """CRS84 is known by identity, in another process too."""
        return same_or_new, tuple(getattr(self, one.name) for one in fields(self))

    @property
    def swapped(self) -> bool:
        """Whether the northing or latitude comes first."""
        return self.axes[0] in ("lat", "northing")

    @property
    def decimals(self) -> int:
        return METRE_DECIMALS if self.metres else DEGREE_DECIMALS

    def to_degrees(self, geometry: BaseGeometry) -> BaseGeometry:
        """This CRS → lng lat."""
        if self is CRS84:
            return geometry
        convert: Any = transformer(self.authority, CRS84.authority).transform
        return shapely.transform(geometry, convert, interleaved=False)

    def from_degrees(self, geometry: BaseGeometry) -> BaseGeometry:
        """Lng lat → this CRS, no finer than the data."""
        if self is CRS84:
            return geometry
        convert: Any = transformer(CRS84.authority, self.authority).transform
        projected = shapely.transform(geometry, convert, interleaved=False)
        return shapely.transform(projected, lambda points: points.round(self.decimals))

    def box(self, numbers: Sequence[float], name: str = "bbox") -> Box:
        """Four numbers in this CRS and axis order (six with heights, which say no more than
        whether they are a box) → a box in degrees.

        Raises BadValue, for the parameter `name`.
        """
        four = [*numbers[:2], *numbers[3:5]] if len(numbers) == 6 else list(numbers)
        upright = len(numbers) != 6 or numbers[2] <= numbers[5]
        if len(four) != 4 or not upright or not all(map(math.isfinite, four)):
            raise BadValue(name, format_numbers(numbers), self.expected_box())
        low_a, low_b, high_a, high_b = four
        if self.swapped:
            low_a, low_b, high_a, high_b = low_b, low_a, high_b, high_a
        box = self.degrees_box(low_a, low_b, high_a, high_b)
        if box is None:
            raise BadValue(name, format_numbers(numbers), self.expected_box())
        return box

    def expected_box(self) -> str:
        """What a box of this CRS is, in words."""
        first, second = self.axes
        order = f"min {first},min {second},max {first},max {second} in {self.title_en}"
        if self.metres:
            return f"{order}, each minimum ≤ its maximum"
        return (
            f"{order}, longitude within ±180, latitude within ±90, each minimum ≤ its maximum "
            "(only west may be > east, over the antimeridian)"
        )

    def degrees_box(self, left: float, bottom: float, right: float, top: float) -> Box | None:
        """A box, x first, in degrees; None where it is none, NOWHERE beyond the CRS's domain."""
        west, south, east, north = GLOBE if not self.metres else domain(self.authority)
        beyond = min(left, right) < west or max(left, right) > east
        beyond = beyond or min(bottom, top) < south or max(bottom, top) > north
        reversed_ = bottom > top or (self.metres and left > right)
        # Corners that are no place have no order either.
        if (beyond and self is CRS84) or (reversed_ and not beyond):
            return None
        if not self.metres:
            return NOWHERE if beyond else (left, bottom, right, top)
        left, right = max(left, west), min(right, east)
        bottom, top = max(bottom, south), min(top, north)
        if left > right or bottom > top:
            return NOWHERE
        convert = transformer(self.authority, CRS84.authority, always_xy=True)
        bounds = convert.transform_bounds(left, bottom, right, top, densify_pts=EDGE_POINTS)
        if not all(math.isfinite(number) for number in bounds):
            return NOWHERE
        return widened_box(bounds)


def widened_box(box: Box) -> Box:
    """A converted box, with what lies on its edge: half the last decimal that the data has."""
    west, south, east, north = box
    return (
        max(west - MARGIN_DEGREES, -180.0), max(south - MARGIN_DEGREES, -90.0),
        min(east + MARGIN_DEGREES, 180.0), min(north + MARGIN_DEGREES, 90.0),
    )  # fmt: skip


Converter = Callable[[Any], Any]
"""A GeoJSON geometry in degrees → the same in another CRS; None stays None."""


def as_it_is(geometry: Any) -> Any:
    return geometry


def converter(projection: Projection) -> Converter:
    """Into a CRS. Geometries that many features share are converted once."""
    if projection is CRS84:
        return as_it_is
    known: dict[bytes, Any] = {}

    def convert(geometry: Any) -> Any:
        if geometry is None:
            return None
        key = orjson.dumps(geometry)
        if key not in known:
            known[key] = mapping(projection.from_degrees(shape(geometry)))
        return known[key]

    return convert


@lru_cache(maxsize=32)
def transformer(source: str, target: str, always_xy: bool = False) -> pyproj.Transformer:
    """Coordinates in each CRS's own axis order, or x first throughout."""
    return pyproj.Transformer.from_crs(source, target, always_xy=always_xy)


@lru_cache(maxsize=32)
def domain(authority: str) -> Box:
    """Where a CRS in metres has a meaning: around its area of use, x first, in metres.

    Beyond it coordinates wrap around the globe, or lead nowhere.
    """
    use = pyproj.CRS(authority).area_of_use
    assert use is not None
    middle = (use.west + use.east) / 2
    half = min(max((use.east - use.west) / 2, DOMAIN_DEGREES), 180.0)
    convert = transformer(CRS84.authority, authority, always_xy=True)
    edges = (middle - half, -DOMAIN_LATITUDE, middle + half, DOMAIN_LATITUDE)
    west, south, east, north = convert.transform_bounds(*edges, densify_pts=EDGE_POINTS)
    return west, south, east, north


def format_numbers(numbers: Sequence[float]) -> str:
    return ",".join(f"{number:.15g}" for number in numbers)


LNG_LAT, LAT_LNG = ("lng", "lat"), ("lat", "lng")
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


def same_or_new(*values: Any) -> Projection:
    """A projection of another process."""
    projection = Projection(*values)
    return CRS84 if projection == CRS84 else projection


CRS84 = Projection(
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84",
    "WGS 84 经度、纬度", "WGS 84 longitude, latitude", LNG_LAT,
)  # fmt: skip

WORLD: tuple[Projection, ...] = (
    CRS84,
    Projection(
        f"{EPSG}4326", "EPSG:4326", "WGS 84 纬度、经度", "WGS 84 latitude, longitude", LAT_LNG
    ),
    Projection(
        f"{EPSG}4490", "EPSG:4490", "CGCS2000 纬度、经度", "CGCS2000 latitude, longitude", LAT_LNG
    ),
    Projection(
        f"{EPSG}3857", "EPSG:3857", "Web 墨卡托", "Web Mercator", ("easting", "northing"), True
    ),
)
"""Offered everywhere, the default first."""

FIRST_ZONE, LAST_ZONE, FIRST_ZONE_CODE = 25, 45, 4513
"""CGCS2000 / 3-degree Gauss–Krüger zones: EPSG:4513 is zone 25, around 75° E."""


def projections_for(frame: Box) -> dict[str, Projection]:
    """URI → the CRSs of a map frame: those of the world, and China's grid zone where it has one."""
    west, _, east, _ = frame
    zone = round((west + east) / 2 / 3)
    grid = (zone_of(zone),) if FIRST_ZONE <= zone <= LAST_ZONE else ()
    return {projection.uri: projection for projection in (*WORLD, *grid)}


def zone_of(zone: int) -> Projection:
    """A 3-degree zone; its false easting begins with the zone's number."""
    code = FIRST_ZONE_CODE + zone - FIRST_ZONE
    return Projection(
        f"{EPSG}{code}", f"EPSG:{code}",
        f"CGCS2000 三度带第 {zone} 带（北、东）",
        f"CGCS2000 3-degree zone {zone} northing, easting",
        ("northing", "easting"), True,
    )  # fmt: skip
