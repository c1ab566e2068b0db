"""The attributes of a GIS file, each value as exact as the file has it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyogrio.raw import read as read_raw

from app.domain.errors import PackError

TYPES = {
    "OFTInteger": "integer", "OFTInteger64": "integer", "OFTReal": "number", "OFTString": "text",
    "OFTDate": "date", "OFTDateTime": "datetime", "OFTTime": "text", "OFTStringList": "list",
    "OFTIntegerList": "list", "OFTInteger64List": "list", "OFTRealList": "list",
}  # fmt: skip
"""GDAL's field type → ours; binary has no place in a table."""

KML_DISPLAY = (
    "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
    "drawOrder", "icon", "snippet",
)  # fmt: skip
"""Columns that GDAL gives every KML: how a globe draws it. No placemark needs to have them."""

BINARY = "binary"
NOTHING = (None, "", -1, 0)


def columns_of(file: str, info: Mapping[str, Any], skip: tuple[str, ...]) -> dict[str, str]:
    """Column → type of layers.toml; a type that no table can hold is an error naming it."""
    columns: dict[str, str] = {}
    kinds = zip(info["fields"], info["ogr_types"], info["ogr_subtypes"], strict=True)
    for name, kind, subtype in kinds:
        if str(name) in columns:
            raise PackError(file, "every column once; rename one of them in the file",
                            column="columns", value=str(name))  # fmt: skip
        if kind not in TYPES and name not in skip:
            raise PackError(
                file, f"a field of type {', '.join(TYPES)}; leave it out with --skip",
                column=str(name), value=str(kind),
            )  # fmt: skip
        boolean = subtype == "OFSTBoolean"
        columns[str(name)] = "boolean" if boolean else TYPES.get(kind, BINARY)
    return columns


def values_of(  # noqa: PLR0917 (what one read gave)
    path: Path, options: Mapping[str, Any], columns: Mapping[str, str], head: Mapping[str, Any],
    fids: NDArray[Any], data: list[NDArray[Any]],
) -> dict[str, list[Any]]:  # fmt: skip
    """Column → value of each feature; None where there is none."""
    values: dict[str, list[Any]] = {}
    for name, array in zip(map(str, head["fields"]), data, strict=True):
        if columns[name] in ("integer", "boolean") and array.dtype.kind == "f":
            values[name] = whole_numbers(path, options, name, fids, columns[name])
        else:
            values[name] = [plain(value, columns[name]) for value in array]
    nothing = [None] * len(fids)
    return {name: values.get(name, nothing) for name in columns}


def whole_numbers(
    path: Path, options: Mapping[str, Any], name: str, fids: NDArray[Any], kind: str
) -> list[Any]:
    """A column of whole numbers, some missing: read alone, or the gaps make floats of all."""
    quoted = name.replace('"', '""')
    _, own, _, data = read_raw(
        path, return_fids=True, read_geometry=False, columns=[name],
        where=f'"{quoted}" IS NOT NULL', **options,
    )  # fmt: skip
    held = dict(zip(own.tolist(), data[0], strict=True)) if data else {}
    return [plain(held.get(fid), kind) for fid in fids.tolist()]


def plain(value: Any, kind: str) -> Any:
    """A value without NumPy: missing is None, a list a list of texts."""
    if isinstance(value, list | tuple | np.ndarray):
        return [str(part) for part in value]
    if value is None or value != value:  # noqa: PLR0124 (NaN differs from itself)
        return None
    if isinstance(value, np.generic):
        value = value.item()
    return bool(value) if kind == "boolean" else value


def all_in(allowed: tuple[Any, ...], values: list[Any]) -> bool:
    return all(value in allowed for value in values)


def display_only(
    path: Path,
    columns: Mapping[str, str],
    values: Mapping[str, list[Any]],
    keep: tuple[str, ...],
) -> tuple[set[str], list[str]]:
    """Columns that say nothing of a placemark, and a note that they are left out.

    `keep`: columns that somebody asked for by name.
    """
    if path.suffix.lower() not in (".kml", ".kmz"):
        return set(), []
    empty = {
        name for name in columns
        if name in KML_DISPLAY and name not in keep and all_in(NOTHING, values[name])
    }  # fmt: skip
    drawn = {name for name in columns if name in KML_DISPLAY[3:] and name not in keep}
    found = empty | drawn
    return found, [f"columns of KML's drawing left out: {', '.join(sorted(found))}"] * bool(found)
