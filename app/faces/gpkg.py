"""GeoPackage (OGC 12-128): one table of all items, opened by QGIS, ArcGIS and GDAL."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pyogrio

from app.faces.about import about, date_of
from app.faces.face import Face, Selection
from app.faces.frame import frame, write

TABLE = "items"
VERSION = "1.3"
"""Newer files make GDAL 3.6 and QGIS 3.22 warn; nothing newer is used."""

CLOCK = threading.Lock()
"""GDAL's idea of now is one for the whole process."""


def render(selection: Selection) -> bytes:
    """The items with a spatial index; title, licence and citation in the metadata tables."""
    facts = about(selection)
    items = frame(selection)
    with clock_at(date_of(selection)):
        return write(
            items,
            driver="GPKG",
            layer=TABLE,
            dataset_options={"VERSION": VERSION},
            layer_options={"IDENTIFIER": facts.title, "DESCRIPTION": facts.text(selection.lang)},
            layer_metadata=facts.pairs(),
            dataset_metadata={"TITLE": facts.title, "VERSION": facts.version, **facts.pairs()},
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


FACE = Face(
    ext="gpkg",
    media_type="application/geopackage+sqlite3",
    title="GeoPackage 地理数据",
    title_en="GeoPackage",
    render=render,
    options=("crs",),
    in_worker=True,
)
