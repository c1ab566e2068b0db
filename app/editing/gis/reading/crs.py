"""From a file's coordinate system to WGS 84, by one operation that is also the one reported."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from pyproj import CRS
from pyproj.transformer import AreaOfInterest, Transformer, TransformerGroup
from shapely.geometry.base import BaseGeometry

from app.domain.errors import PackError
from app.domain.projections import Box

WGS84 = "EPSG:4326"
"""Not OGC:CRS84: the registry's datum operations are between EPSG codes."""

GRIDS = (
    *((f"EPSG:{4513 + one}", f"CGCS2000 3-degree zone {25 + one}") for one in range(21)),
    *((f"EPSG:{4534 + one}", f"CGCS2000 3-degree, {75 + 3 * one}° E") for one in range(21)),
    *((f"EPSG:{4491 + one}", f"CGCS2000 6-degree zone {13 + one}") for one in range(11)),
    *((f"EPSG:{4502 + one}", f"CGCS2000 6-degree, {75 + 6 * one}° E") for one in range(11)),
    ("EPSG:3857", "Web Mercator"),
    *((f"EPSG:{32601 + one}", f"WGS 84 / UTM zone {1 + one}N") for one in range(60)),
)
"""What a file without, or with a wrong, coordinate system is likely to be in."""

HINTS_MOST = 3


@dataclass(frozen=True, slots=True)
class Conversion:
    """The way to WGS 84: where from, in words, and the operation itself (None: none needed)."""

    crs: str
    words: str
    operation: Transformer | None
    geographic: bool

    def degrees(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in lng lat, WGS 84."""
        if self.operation is None:
            return geometry
        convert: Any = self.operation.transform
        return shapely.transform(geometry, convert, interleaved=False)


def conversion_of(file: str, written: str | None, asked: str, frame: Box) -> Conversion:
    """How a file's coordinates become WGS 84. Raises PackError where no map can be made of them.

    `asked` stands above what is `written` in the file; `frame` is where the shapes should lie.
    """
    if not asked and not written:
        raise PackError(file, "a coordinate system in the file, or --crs EPSG:<code>")
    where = "--crs" if asked else file
    source = horizontal(where, known(where, asked or str(written)))
    if not asked and source.name.lower().startswith("undefined"):
        raise PackError(file, "a coordinate system in the file, or --crs EPSG:<code>",
                        column="crs", value=source.name)  # fmt: skip
    name = f"{source.name} ({':'.join(source.to_authority() or ('no code',))})"
    if source.to_2d().equals(CRS(WGS84), ignore_axis_order=True) or source.equals(
        CRS("OGC:CRS84"), ignore_axis_order=True
    ):
        return Conversion(name, "none needed", None, True)
    operation = best_operation(where, source, frame)
    return Conversion(name, describe_operation(operation), operation, bool(source.is_geographic))


def known(where: str, text: str) -> CRS:
    try:
        return CRS.from_user_input(text)
    except Exception as error:  # pyproj raises its own and others'
        expected = f"a coordinate system like EPSG:4528 ({first_line(error)})"
        raise PackError(
            where, expected, column="" if where == "--crs" else "crs", value=text[:80]
        ) from None


def horizontal(where: str, crs: CRS) -> CRS:
    """The part of a system that says where on the globe. Raises PackError where none does."""
    if crs.is_bound and crs.source_crs is not None:
        crs = crs.source_crs
    if crs.is_compound:
        crs = next((one for one in crs.sub_crs_list if not one.is_vertical), crs)
    if (crs.is_geographic or crs.is_projected) and not crs.is_geocentric:
        return crs.to_2d()
    kind = crs.type_name.replace(" CRS", "").lower()
    raise PackError(
        where, "a geographic or projected coordinate system, like EPSG:4528, not one that is "
        f"{kind}; give --crs with the one the coordinates are in",
        column="" if where == "--crs" else "crs", value=crs.name,
    )  # fmt: skip


def best_operation(where: str, source: CRS, frame: Box) -> Transformer:
    """The most accurate operation that is valid where the map is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a grid is missing shows in the accuracy said
            group = TransformerGroup(
                source, WGS84, always_xy=True, area_of_interest=AreaOfInterest(*frame)
            )
        return group.transformers[0]
    except Exception as error:  # a projection PROJ does not know raises, or leaves no operation
        why = "" if isinstance(error, IndexError) else f" ({first_line(error)})"
        raise PackError(
            where, f"a coordinate system that PROJ can convert{why}; give --crs EPSG:<code>",
            column="" if where == "--crs" else "crs", value=source.name,
        ) from None  # fmt: skip


def describe_operation(operation: Transformer) -> str:
    """The operation with its accuracy; where no shift of the datum is known, that it is none."""
    text = operation.description
    if "ballpark" in text.lower():
        return (
            f"{text}; ballpark only: no shift between the two datums is known here, so the "
            "accuracy is unknown (Beijing 1954 and Xian 1980 lie some 100 m off WGS 84, CGCS2000 "
            "does not)"
        )
    return f"{text}, {operation.accuracy:g} m" if operation.accuracy >= 0 else (
        f"{text}, accuracy unknown"
    )  # fmt: skip


def hint(geometry: BaseGeometry, area: BaseGeometry) -> str:
    """What would bring a shape, as its file has it, into an area: `; perhaps --crs EPSG:4528`."""
    fitting = list(fits(shapely.force_2d(geometry), area))[:HINTS_MOST]
    return f"; perhaps {' or '.join(fitting)}" if fitting else ""


def fits(geometry: BaseGeometry, area: BaseGeometry) -> Iterator[str]:
    points = shapely.get_coordinates(geometry)
    if not len(points) or not np.isfinite(points).all():
        return
    x, y = points.mean(axis=0)
    if inside(x, y, area):
        yield "--crs EPSG:4326 (degrees)"
    if inside(y, x, area):
        yield "latitude and longitude are swapped (--swap-axes)"
    swapped = False
    for code, title in GRIDS:
        if max(abs(x), abs(y)) < 1000:
            return
        convert = from_grid(code).transform
        if inside(*convert(x, y), area):
            yield f"--crs {code} ({title})"
        elif not swapped and inside(*convert(y, x), area):
            swapped = True
            yield f"--crs {code} ({title}) with northing and easting swapped (--swap-axes)"


@cache
def from_grid(code: str) -> Transformer:
    """A grid's way to degrees, looked up once: the registry takes its time."""
    return Transformer.from_crs(code, WGS84, always_xy=True)


def inside(x: float, y: float, area: BaseGeometry) -> bool:
    return bool(np.isfinite([x, y]).all() and area.covers(shapely.Point(x, y)))


def first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:160]
