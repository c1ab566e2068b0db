"""A GIS file as rows of attributes with geometries in WGS 84, and how they got there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyogrio
from pyogrio.errors import DataSourceError
from pyproj import CRS
from pyproj.transformer import TransformerGroup
from shapely import force_2d, get_coordinates
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from app.plan.errors import PackError

WGS84 = "OGC:CRS84"
DRAWABLE = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
)  # fmt: skip
TYPES = {
    "OFTInteger": "integer", "OFTInteger64": "integer", "OFTReal": "number", "OFTString": "text",
    "OFTDate": "date", "OFTDateTime": "datetime", "OFTStringList": "list",
}  # fmt: skip
"""GDAL's field type → ours; anything else (times, binary) has no place in a table."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One feature of the file; `number` counts from 1, as GIS programs list them."""

    number: int
    attributes: dict[str, Any]
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Fault:
    """A feature that cannot be taken, and why."""

    number: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        what = f" {self.column}" if self.column else ""
        got = f" {self.value!r}" if self.value else ""
        return f"feature {self.number}{what}{got}: {self.expected}"


@dataclass(frozen=True, slots=True)
class GisFile:
    """What was read: columns with their types, features, faults, and the way to WGS 84."""

    columns: Mapping[str, str]
    shapes: tuple[Shape, ...]
    faults: tuple[Fault, ...]
    crs: str
    conversion: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Column of the file → column of the table, once they are matched."""


def read_gis(path: Path, *, table: str = "", crs: str = "", encoding: str = "") -> GisFile:
    """Read one table of a GIS file. Raises PackError when it cannot be read or placed."""
    table = one_table(path, table)
    options: dict[str, Any] = {"layer": table}
    if encoding:
        options["encoding"] = encoding
    try:
        info = pyogrio.read_info(path, **options)
        frame = geopandas.read_file(path, engine="pyogrio", **options)
    except (DataSourceError, UnicodeDecodeError, LookupError, ValueError) as error:
        raise PackError(path.name, f"a GIS file that can be read ({error})") from None
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise PackError(path.name, "a table with a geometry column")
    placed, known, conversion = in_wgs84(path, frame, crs)
    shapes, faults = features(placed)
    return GisFile(columns_of(path, info), tuple(shapes), tuple(faults), known, conversion)


def one_table(path: Path, table: str) -> str:
    """The table asked for, or the only one there is."""
    if not path.exists():
        raise PackError(str(path), "the file is missing")
    try:
        found = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except DataSourceError as error:
        raise PackError(path.name, f"a GIS file that can be read ({error})") from None
    if table and table not in found:
        raise PackError(path.name, f"one of {', '.join(found)}", column="table", value=table)
    if not table and len(found) != 1:
        raise PackError(path.name, f"--table with one of {', '.join(found) or 'none there are'}")
    return table or found[0]


def columns_of(path: Path, info: Mapping[str, Any]) -> dict[str, str]:
    """Column → type of layers.toml; a type that no table can hold is an error naming it."""
    found = {}
    kinds = zip(info["fields"], info["ogr_types"], info["ogr_subtypes"], strict=True)
    for name, kind, subtype in kinds:
        if kind not in TYPES:
            raise PackError(
                path.name, f"a field of type {', '.join(TYPES)}", column=str(name), value=str(kind)
            )
        found[str(name)] = "boolean" if subtype == "OFSTBoolean" else TYPES[kind]
    return found


def in_wgs84(
    path: Path, frame: geopandas.GeoDataFrame, crs: str
) -> tuple[geopandas.GeoDataFrame, str, str]:
    """The features in WGS 84, the system they came in, and how they were converted."""
    if crs:
        frame = frame.set_crs(known_crs(crs), allow_override=True)
    if frame.crs is None:
        raise PackError(path.name, "a coordinate system in the file, or --crs EPSG:<code>")
    source = CRS.from_user_input(frame.crs)
    name = f"{source.name} ({':'.join(source.to_authority() or ('no code',))})"
    return frame.to_crs(WGS84), name, way(source)


def known_crs(text: str) -> CRS:
    try:
        return CRS.from_user_input(text)
    except Exception as error:  # pyproj raises its own and others'
        expected = f"a coordinate system like EPSG:4528 ({error})"
        raise PackError("--crs", expected, value=text) from None


def way(source: CRS) -> str:
    """The transformation PROJ uses, with its accuracy where it says one."""
    if source.equals(CRS.from_user_input(WGS84), ignore_axis_order=True):
        return "none needed"
    best = TransformerGroup(source, WGS84, always_xy=True).transformers[0]
    accuracy = f", {best.accuracy:g} m" if best.accuracy >= 0 else ", accuracy unknown"
    return f"{best.description}{accuracy}"


def features(frame: geopandas.GeoDataFrame) -> tuple[list[Shape], list[Fault]]:
    """The features that can be drawn, and a fault for each that cannot."""
    shapes, faults = [], []
    names = [name for name in frame.columns if name != frame.geometry.name]
    for number, (geometry, values) in enumerate(
        zip(frame.geometry, frame[names].itertuples(index=False, name=None), strict=True), start=1
    ):
        wrong = next(wrongs(geometry), "")
        if wrong:
            faults.append(Fault(number, "geometry", "", wrong))
        else:
            attributes = {
                str(name): plain(value) for name, value in zip(names, values, strict=True)
            }
            shapes.append(Shape(number, attributes, force_2d(geometry)))
    return shapes, faults


def wrongs(geometry: BaseGeometry | None) -> Iterator[str]:
    """What keeps a geometry from being drawn."""
    if geometry is None or geometry.is_empty:
        yield "a geometry; it is empty"
        return
    if geometry.geom_type not in DRAWABLE:
        yield f"one of {', '.join(DRAWABLE)}, not {geometry.geom_type}"
    if not np.isfinite(get_coordinates(geometry)).all():
        yield "finite coordinates; the conversion to WGS 84 gave none"
    elif not geometry.is_valid:
        yield f"a valid geometry; {explain_validity(geometry)}"


def plain(value: Any) -> Any:
    """A value without NumPy and pandas: missing is None."""
    if isinstance(value, list | tuple | np.ndarray):
        return "|".join(str(part) for part in value)
    if value is None or value != value:  # noqa: PLR0124 (NaN and NaT differ from themselves)
        return None
    return value.item() if isinstance(value, np.generic) else value
