"""A file that we wrote ourselves and that comes back: only what was changed in it is taken.

It has columns that the build makes, and some of the table in other words than the table: codes of
counties, a separator of its own. So each value is compared with what the export says today; an
item of which nothing differs is left alone, and one that has not moved keeps how it is located.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.catalog.catalog import Catalog
from app.domain.models import Layer
from app.domain.schema import row_properties
from app.domain.table_schema import DISTANCE, table_properties
from app.domain.text.cleaning import LIST_SEPARATOR
from app.editing.gis.reading.reader import Fault, GisFeature, GisFile
from app.formats.tabular.table import Titles, cell_of
from app.pack.pack import Pack
from app.pack.tables.csv_tables import SEPARATOR

MARKS = frozenset(("id", "layer", "precision", "uncertainty_m", "basis", "location"))
"""No file of anybody else has all of them."""
NOT_FLAT = {"located_by", "access", "footprint_wkt", DISTANCE.id}
"""Of formats that lay nothing flat, of one whose geometries are points, of a view near a place."""
LOCATED = ("method", "places", "along")
"""How an item is located: that follows from whether it has moved."""
EMPTY_LIST = "[ ]"
"""As GDAL reads a list of JSON that is empty in every feature."""
PRECISE = 1e-6
"""Degrees: formats that round do so behind this place."""


@dataclass(frozen=True, slots=True)
class OwnExport:
    """The features that differ from the pack's items, and which of them have not moved."""

    gis: GisFile
    unmoved: frozenset[int] = frozenset()
    """Numbers of features."""
    is_own: bool = False


def derived_columns(columns_of_file: Mapping[str, str], pack: Pack, layer: Layer) -> list[str]:
    """The columns that the build makes, where the file is an export; else none."""
    if not columns_of_file.keys() >= MARKS:
        return []
    kinds = Catalog(pack).destination_kinds
    exported = {one.id for one in table_properties([layer], kinds, pack.info.languages)} | NOT_FLAT
    taken = {one.id for one in row_properties(layer)} - {*LOCATED}
    return [name for name in columns_of_file if name in exported - taken]


def changes(pack: Pack, layer: Layer, gis: GisFile, derived: Sequence[str]) -> OwnExport:
    """What somebody has changed in an export."""
    titles = Titles.of(Catalog(pack), pack.info.first)
    known = {
        feature["id"]: feature
        for feature in pack.features
        if feature["properties"]["layer"] == layer.id
    }
    lists = {one.id for one in row_properties(layer) if one.type == "list"}
    names = {county.code: county.name for county in pack.info.counties}
    shapes: list[GisFeature] = []
    unmoved: set[int] = set()
    for one in gis.shapes:
        item = known.get(one.attributes["id"])
        stored = item and titles.flat({"id": item["id"], **item["properties"]})
        differing = {
            name: as_table(name, value, lists, names)
            for name, value in one.attributes.items()
            if stored is None or compared(value) != compared(stored.get(name))
        }
        if item and lies_where(one, item):
            if not differing:
                continue
            unmoved.add(one.number)
        shapes.append(replace(one, attributes={**differing, "id": one.attributes["id"]}))
    same = len(gis.shapes) - len(shapes)
    notes = (
        *gis.notes, f"columns that the build makes are not read: {', '.join(derived)}",
        f"{same} items are as the pack has them: they are left alone",
    )  # fmt: skip
    faults = tuple(one for one in gis.faults if not nowhere(one))
    if without := len(gis.faults) - len(faults):
        notes = (*notes, f"{without} features have no geometry: their items are left alone")
    changed = replace(gis, shapes=tuple(shapes), faults=faults, notes=notes)
    return OwnExport(changed, frozenset(unmoved), is_own=True)


def compared(value: Any) -> str:
    """A value as it is compared, in whatever form a format holds it."""
    cell = cell_of(value)
    if cell in (None, EMPTY_LIST) or (isinstance(cell, float) and isnan(cell)):
        return ""
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def as_table(name: str, value: Any, lists: set[str], counties: Mapping[str, str]) -> Any:
    """A value in the words of the table."""
    if name == "scope" and value == "county":
        return ""
    if name in lists and isinstance(value, str):
        value = value.replace(LIST_SEPARATOR, SEPARATOR)
    if name == "counties" and value:
        parts = value if isinstance(value, list) else value.split(SEPARATOR)
        return SEPARATOR.join(counties.get(part, part) for part in parts)
    return value


def lies_where(one: GisFeature, item: Mapping[str, Any]) -> bool:
    """Whether a feature has the geometry of an item."""
    if item["geometry"] is None:
        return False
    mine, other = map(parts_of, (one.geometry, shape(item["geometry"])))
    return bool(shapely.equals_exact(mine, other, PRECISE))


def parts_of(geometry: BaseGeometry) -> Any:
    """A geometry in one order, whether its format makes one of several of it or not."""
    return shapely.normalize(shapely.geometrycollections(shapely.get_parts(geometry)))


def nowhere(fault: Fault) -> bool:
    """Whether all that is wrong is that a feature has no geometry: an item may have none."""
    return fault.column == "geometry" and not fault.value
