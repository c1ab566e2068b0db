"""GeoPackage (OGC 12-128): a table per family of geometry, opened and styled by QGIS."""

import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyogrio
from shapely import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.formats.gis.geodataframe import geodataframe
from app.formats.gis.qgis_style import classes_of, qml
from app.formats.outlines import with_full_outlines
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
    rows: Any
    type: str
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
    rows, base = geodataframe(selection), base_name(selection)
    if selection.properties:
        yield GpkgTable(base, *of_one_type(rows))
        return
    kinds = np.array(
        [FAMILY_OF.get(one.geom_type, "") if one else "" for one in rows.geometry], dtype=str
    )
    any_rows = False
    for family in FAMILIES:
        own = rows.loc[kinds == family.id]
        if len(own) or (family is FAMILIES[0] and not len(rows)):
            any_rows = True
            yield GpkgTable(
                f"{base}_{family.id}", *of_one_type(own, family), family.id,
                (family.title, family.title_en),
            )  # fmt: skip
    lost = rows.loc[kinds == ""]
    if len(lost) or not any_rows:
        yield GpkgTable(f"{base}_{UNLOCATED}", lost.drop(columns="geometry"), "")


def base_name(selection: Selection) -> str:
    """What the tables are called after: the one layer or collection, else the plan."""
    layers = selection.view.layer
    name = layers[0] if len(layers) == 1 else selection.collection or WHOLE
    return name.replace("-", "_")


def of_one_type(rows: Any, family: GeometryFamily | None = None) -> tuple[Any, str]:
    """The rows with geometries of one type, single ones as one of several where both occur."""
    types = {one.geom_type for one in rows.geometry if one is not None}
    own = family or next((one for one in FAMILIES if types <= {one.single, one.multi}), None)
    if own is None:
        return rows, "Unknown"
    if len(types) < 2:
        return rows, next(iter(types), own.single)
    made = [as_multi(one) for one in rows.geometry]
    return rows.set_geometry(geopandas.GeoSeries(made, index=rows.index, crs=rows.crs)), own.multi


def as_multi(geometry: BaseGeometry | None) -> Any:
    if geometry is None or geometry.geom_type.startswith("Multi"):
        return geometry
    return MULTI_TYPES[geometry.geom_type]([geometry])


def write(path: Path, table: GpkgTable, selection: Selection) -> None:
    """Add a table to the file."""
    facts, kind = about_selection(selection), table.title[selection.lang != "zh"]
    marked = "（{}）" if selection.lang == "zh" else " ({})"
    title = facts.title + (marked.format(kind) if kind else "")
    spatial = {"geometry_type": table.type, "promote_to_multi": False} if table.type else {}
    first = {} if path.exists() else {
        "dataset_options": {"VERSION": VERSION},
        "dataset_metadata": {"TITLE": facts.title, "VERSION": facts.version, **facts.pairs()},
    }  # fmt: skip
    identifier = title if kind else f"{title} {table.name}"
    pyogrio.write_dataframe(
        table.rows, path, driver="GPKG", layer=table.name, layer_metadata=facts.pairs(),
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
            present = set(table.rows[attribute])
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
