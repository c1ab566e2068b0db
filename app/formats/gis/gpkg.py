"""GeoPackage (OGC 12-128): a table per family of geometry, opened and styled by QGIS."""

import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyogrio
from shapely import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.formats.gis.qgis_style import classes_of, qml
from app.formats.gis.record_batches import record_batches, write_layer
from app.formats.outlines import Chosen, with_full_outlines
from app.formats.tabular.table import columns_of, geometry_types
from app.selection.about import about_selection, data_date
from app.selection.selection import Selection
from app.store.geometry_families import FAMILIES, FAMILY_OF, GeometryFamily

VERSION = "1.3"
"""Newer files make GDAL 3.6 and QGIS 3.22 warn; nothing newer is used."""

WHOLE, UNLOCATED = "plan", "unlocated"

CLOCK = threading.Lock()
"""GDAL's idea of now is one for the whole process."""

STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)
"""
"""The table QGIS keeps styles in and looks for on opening a layer."""

STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
    styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)
"""
CONTENT = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)
"""


MULTI_TYPES: dict[str, Any] = {
    "Point": MultiPoint, "LineString": MultiLineString, "Polygon": MultiPolygon
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GpkgTable:
    """One table: its name, its rows, what its geometries are."""

    name: str
    places: Sequence[int]
    """Which features of the selection are its rows."""
    type: str
    """Empty where no row has a geometry."""
    family: str = ""
    title: tuple[str, str] = ("", "")


def render(selection: Selection) -> bytes:
    """Tables with spatial indexes, styles for QGIS; title, licence, citation as metadata."""
    selection = with_full_outlines(selection)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.gpkg"
        tables = list(tables_of(selection))
        with clock_at(data_date(selection)):
            for table in tables:
                write(path, table, selection)
        add_styles(path, selection, tables)
        return path.read_bytes()


def tables_of(selection: Selection) -> Iterator[GpkgTable]:
    """What is located by family of geometry, then what is not; one table for what is no item.

    Where there is nothing at all, one table of points that is empty.
    """
    base = base_name(selection)
    types = geometry_types(selection)
    if selection.properties:
        yield GpkgTable(base, range(len(types)), type_of({*types} - {""}))
        return
    for family in FAMILIES:
        own = [at for at, type in enumerate(types) if FAMILY_OF.get(type) == family.id]
        if own or (family is FAMILIES[0] and not types):
            yield GpkgTable(
                f"{base}_{family.id}", own, type_of({types[at] for at in own}, family),
                family.id, (family.title, family.title_en),
            )  # fmt: skip
    lost = [at for at, type in enumerate(types) if type not in FAMILY_OF]
    if lost:
        yield GpkgTable(f"{base}_{UNLOCATED}", lost, "")


def base_name(selection: Selection) -> str:
    """What the tables are called after: the one layer or collection, else the plan."""
    layers = selection.view.layer
    name = layers[0] if len(layers) == 1 else selection.collection or WHOLE
    return name.replace("-", "_")


def type_of(types: set[str], family: GeometryFamily | None = None) -> str:
    """The one type of geometries, that of several where both occur."""
    own = family or next((one for one in FAMILIES if types <= {one.single, one.multi}), None)
    if own is None:
        return "Unknown"
    return own.multi if len(types) > 1 else next(iter(types), own.single)


def all_multi(geometries: Iterable[BaseGeometry | None]) -> list[Any]:
    """Geometries, single ones as the only one of several."""
    return [as_multi(one) for one in geometries]


def as_multi(geometry: BaseGeometry | None) -> Any:
    if geometry is None or geometry.geom_type.startswith("Multi"):
        return geometry
    return MULTI_TYPES[geometry.geom_type]([geometry])


def write(path: Path, table: GpkgTable, selection: Selection) -> None:
    """Add a table to the file."""
    facts, kind = about_selection(selection), table.title[selection.lang != "zh"]
    marked = "（{}）" if selection.lang == "zh" else " ({})"
    title = facts.title + (marked.format(kind) if kind else "")
    spatial = {"geometry_type": table.type} if table.type else {}
    first = {} if path.exists() else {
        "dataset_options": {"VERSION": VERSION},
        "dataset_metadata": {"TITLE": facts.title, "VERSION": facts.version, **facts.pairs()},
    }  # fmt: skip
    identifier = title if kind else f"{title} {table.name}"
    own = replace(selection, features=Chosen(selection.features, table.places))
    rows = record_batches(
        own, columns_of(selection), all_multi if table.type.startswith("Multi") else None,
        located=bool(table.type),
    )  # fmt: skip
    write_layer(
        rows, path, selection.projection, driver="GPKG", layer=table.name,
        layer_metadata=facts.pairs(),
        layer_options={"IDENTIFIER": identifier, "DESCRIPTION": facts.text(selection.lang)},
        **first, **spatial,
    )  # fmt: skip


def add_styles(path: Path, selection: Selection, tables: list[GpkgTable]) -> None:
    """Each table of a family drawn as on the page, by what QGIS looks for."""
    styled = [table for table in tables if table.family]
    if not styled:
        return
    attribute, classes = classes_of(selection.catalog, selection.view.layer, selection.lang)
    label = "name" if selection.lang == "zh" else "name_en"
    stamp = f"{data_date(selection)}T00:00:00.000Z"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(STYLES)
        file.execute(CONTENT, (stamp,))
        for table in styled:
            own = Chosen(selection.features, table.places)
            present = {feature["properties"].get(attribute) for feature in own}
            shown = [
                symbol_class for symbol_class in classes if symbol_class.value in present
            ] or classes
            style = qml(table.family, attribute, shown, label)
            file.execute(
                STYLE, (table.name, table.name, style, about_selection(selection).title, stamp)
            )


@contextmanager
def clock_at(day: str) -> Iterator[None]:
    """GDAL stamps files with the day of the data, so that the same data is the same bytes."""
    with CLOCK:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day}T00:00:00.000Z"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
