"""A GIS file as rows of attributes with geometries in WGS 84, and the conversion used."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, GeometryError
from pyogrio.raw import read as read_raw
from shapely.geometry.base import BaseGeometry

from app.domain.errors import PackError
from app.domain.projections import Box
from app.editing.gis.reading.attributes import BINARY, columns_of, display_only, values_of
from app.editing.gis.reading.crs import Conversion, conversion_of, first_line, hint
from app.editing.gis.reading.datum import no_shifted_words, not_shifted
from app.editing.gis.reading.encoding import encoding_of
from app.editing.gis.reading.geometries import flat, shape_of
from app.editing.gis.reading.source import opened

WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
BYTES = "ISO-8859-1"
"""Reads every byte as the character of its number, so that it can be read again."""

FEATURES_MOST = 20_000
"""Each becomes a row that somebody has to look at, and a file."""

UNREADABLE = (
    DataSourceError, DataLayerError, GeometryError, UnicodeError, LookupError, ValueError,
    OSError, RuntimeError, TypeError, OverflowError,
)  # fmt: skip
"""What GDAL and its readers raise for files that are cut off, damaged or none of theirs."""


@dataclass(frozen=True, slots=True)
class GisFeature:
    """One feature of the file; `number` counts from 1, as GIS programs list them."""

    number: int
    attributes: dict[str, Any]
    geometry: BaseGeometry
    written: BaseGeometry
    """As the file has it, in its own coordinates."""


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
        where = f"feature {self.number}" if self.number else "the file"
        return f"{where}{what}{got}: {self.expected}"


@dataclass(frozen=True, slots=True)
class GisFile:
    """What was read: columns with their types, features, faults, and the way to WGS 84."""

    columns: Mapping[str, str]
    shapes: tuple[GisFeature, ...]
    faults: tuple[Fault, ...]
    crs: str
    conversion: str
    notes: tuple[str, ...] = ()
    """What was left out or changed on the way, in a sentence each."""
    left_out: tuple[str, ...] = ()
    """Columns that say nothing of a feature."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Column of the file → column of the table, once they are matched."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """What GDAL gives: per feature the geometry as WKB, per column its values."""

    columns: Mapping[str, str]
    values: Mapping[str, list[Any]]
    geometries: NDArray[Any]
    crs: str | None
    notes: tuple[str, ...]
    left_out: tuple[str, ...]


def read_gis(
    path: Path, *, table: str = "", crs: str = "", encoding: str = "", frame: Box = WORLD,
    skip: tuple[str, ...] = (), keep: tuple[str, ...] = (), swap: bool = False,
) -> GisFile:  # fmt: skip
    """Read one table of a GIS file. Raises PackError when it cannot be read or placed.

    `frame` is where the shapes should lie; of columns that say nothing, `keep` are kept.
    """
    with opened(path) as dataset:
        not_shifted(dataset, crs)
        text = encoding_of(dataset, encoding)
        options: dict[str, Any] = {"layer": one_table(path.name, dataset, table)}
        if dataset.suffix.lower() == ".csv":
            options["KEEP_GEOM_COLUMNS"] = "NO"  # its WKT is the geometry, and no text beside it
        if text.misread:
            options["encoding"] = BYTES
        elif text.name:
            options["encoding"] = text.name
        raw = raw_of(path.name, dataset, options, skip, keep)
        raw = decoded(raw, text.name) if text.misread else raw
    if not crs:
        cells = (value for values in raw.values.values() for value in values)
        no_shifted_words(path.name, raw.columns, cells)
    way = conversion_of(path.name, raw.crs, crs, frame)
    shapes, faults, notes = features(raw, way, frame, swap=swap)
    misread = [Fault(one.number, one.column, one.value, one.expected) for one in text.misread]
    return GisFile(
        raw.columns, tuple(shapes), (*misread, *faults), way.crs, way.words,
        (*raw.notes, *notes), raw.left_out,
    )  # fmt: skip


def decoded(raw: RawTable, encoding: str) -> RawTable:
    """What was read as bytes, as text: what does not fit the encoding is shown as `\ufffd`."""

    def text(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return value.encode(BYTES).decode(encoding, errors="replace")

    return replace(
        raw,
        columns={text(name): kind for name, kind in raw.columns.items()},
        values={text(name): list(map(text, values)) for name, values in raw.values.items()},
    )


def one_table(file: str, path: Path, table: str) -> str:
    """The table asked for, or the only one there is."""
    try:
        tables = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except UNREADABLE as error:
        raise PackError(file, f"a GIS file that can be read ({first_line(error)})") from None
    if not tables:
        hint = ", no column WKT like POINT (120.5 40.5)" if path.suffix.lower() == ".csv" else ""
        raise PackError(file, f"a table with geometries; it has none{hint}")
    if table and table not in tables:
        raise PackError(file, f"one of {', '.join(tables)}", column="table", value=table)
    if not table and len(tables) != 1:
        raise PackError(file, f"--table with one of {', '.join(tables)}")
    return table or tables[0]


def raw_of(
    file: str, path: Path, options: dict[str, Any], skip: tuple[str, ...], keep: tuple[str, ...]
) -> RawTable:
    """Everything in a table, as it is. Raises PackError when GDAL cannot read it to its end."""
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            info = pyogrio.read_info(path, **options)
            count = int(info["features"])
            if count > FEATURES_MOST:
                raise PackError(file, f"at most {FEATURES_MOST} features", value=str(count))
            columns = columns_of(file, info, skip)
            head, fids, shapes, data = read_raw(
                path, return_fids=True, datetime_as_string=True,
                columns=[name for name, kind in columns.items() if kind != BINARY], **options,
            )  # fmt: skip
            values = values_of(path, options, columns, head, fids, data)
    except CRSError as error:
        raise PackError(
            file, f"a coordinate system that can be read ({first_line(error)}); remove its .prj, "
            "or whatever holds it, and give --crs EPSG:<code>", column="crs",
        ) from None  # fmt: skip
    except UNREADABLE as error:
        expected = f"a GIS file that can be read ({first_line(error)}); it is cut off or damaged"
        raise PackError(file, expected) from None
    if shapes is None:
        raise PackError(file, "a table with a geometry column")
    if len(shapes) < count:
        raise PackError(
            file, f"{count} features, as its head says; only {len(shapes)} can be read: "
            "the file is cut off or damaged",
        )  # fmt: skip
    left_out, notes = display_only(path, columns, values, keep)
    notes += [f"GDAL says: {first_line(one.message)}" for one in warned
              if isinstance(one.message, Warning)][:5]  # fmt: skip
    kept = {name: kind for name, kind in columns.items() if name not in left_out}
    return RawTable(kept, {name: values[name] for name in kept}, shapes, info["crs"], tuple(notes),
               tuple(left_out))  # fmt: skip


def features(
    raw: RawTable, way: Conversion, frame: Box, *, swap: bool
) -> tuple[list[GisFeature], list[Fault], list[str]]:
    """The features that can be drawn, a fault for each that cannot, and what was left out."""
    shapes, faults, high = [], [], 0
    area = shapely.box(*frame)
    for number, wkb in enumerate(raw.geometries, start=1):
        written, wrong = shape_of(wkb)
        if written is None:
            faults.append(Fault(number, "geometry", "", wrong))
            continue
        plain, had_height = flat(swapped(written) if swap else written)
        high += had_height
        placed = way.degrees(plain)
        wrong = next(misplaced(placed, plain, area, way), "")
        if wrong:
            faults.append(Fault(number, "geometry", position(plain), wrong))
            continue
        attributes = {name: values[number - 1] for name, values in raw.values.items()}
        shapes.append(GisFeature(number, attributes, placed, plain))
    notes = [f"heights and measures of {high} features are left out"] if high else []
    return shapes, faults, notes


def swapped(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda points: points[:, ::-1])


def misplaced(
    placed: BaseGeometry, written: BaseGeometry, area: BaseGeometry, way: Conversion
) -> Iterator[str]:
    """What keeps a converted shape from being a place on the globe."""
    if not on_globe(placed):
        what = "a position in degrees" if way.geographic else "a position that can be converted"
        yield f"{what} in {way.crs}{hint(written, area)}"
    elif not placed.is_valid:
        yield f"a geometry that is valid after its conversion{hint(written, area)}"


def on_globe(geometry: BaseGeometry) -> bool:
    return bool(shapely.box(*WORLD).covers(geometry))


def position(geometry: BaseGeometry) -> str:
    """Where a shape begins, as its file has it."""
    x, y = shapely.get_coordinates(geometry)[0]
    return f"{x:.10g} {y:.10g}"


def renamed(gis: GisFile, called: Mapping[str, str]) -> GisFile:
    """The file with only these columns, under these names."""
    shapes = tuple(
        replace(shape, attributes={new: shape.attributes[old] for old, new in called.items()})
        for shape in gis.shapes
    )
    columns = {new: gis.columns[old] for old, new in called.items()}
    return replace(gis, columns=columns, shapes=shapes, renamed=called)
