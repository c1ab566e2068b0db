"""Shapefiles in a zip, a file per geometry type, for GIS programs that know nothing newer."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow.compute

from app.domain.text.languages import CHINESE, ENGLISH, word_in
from app.formats.gis.record_batches import record_batches, write_layer
from app.formats.outlines import Chosen, with_full_outlines
from app.formats.tabular import csv
from app.formats.tabular.table import Column, columns_of, geometry_types
from app.formats.zips import Body, zipped
from app.selection.about import about_selection, data_date
from app.selection.selection import Selection

NAME_MOST = 10
ENDING = re.compile(r"(.*?)((?:_pm)?_[^_]{1,3}|)")
"""Of a column's id: the ending that tells it from its neighbours, and so is kept."""
TEXT_MOST = 254
"""Bytes: what the dBASE format allows for a column's name and for a text."""

AT_ONCE = 1 << 20
FIRST = "point"
KINDS = {
    "point": ("Point", ("Point",)),
    "multipoint": ("MultiPoint", ("MultiPoint",)),
    "line": ("LineString", ("LineString", "MultiLineString")),
    "polygon": ("Polygon", ("Polygon", "MultiPolygon")),
}
"""File ending → the shapefile's type and what it holds; null shapes go to the first."""

README = """\
{about}

items_point, items_multipoint, items_line, items_polygon: {layers[0]}
    {layers[1]}
{unlocated[0]}
    {unlocated[1]}
fields.csv: {fields[0]} {fields[1]}
items.csv: {items[0]}
    {items[1]}
"""


def render(selection: Selection) -> bytes:
    """Shapefiles in UTF-8 (.cpg says so), their field names explained, and the whole table."""
    selection = with_full_outlines(selection)
    shown = columns_of(selection)
    names = short_names([column.id for column in shown])
    texts = {
        key: [word_in(f"shp.{key}", lang) for lang in (CHINESE, ENGLISH)]
        for key in ("layers", "unlocated", "fields", "items")
    }
    words = README.format(about=about_selection(selection).text(selection.lang), **texts)
    entries: list[tuple[str, Body]] = [
        ("readme.txt", words.encode()),
        ("fields.csv", fields(shown, names)),
        ("items.csv", csv.pieces(selection)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        files = shapefiles(selection, names, Path(folder))
        return zipped(chain(entries, files), data_date(selection))


def shapefiles(
    selection: Selection, names: dict[str, str], folder: Path
) -> Iterator[tuple[str, Body]]:
    """Name and bytes of every file of every geometry type that occurs; of none, empty points."""
    options = {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": data_date(selection)}
    types = geometry_types(selection)
    for ending, (geometry_type, kinds) in KINDS.items():
        wanted = (*kinds, "") if ending == FIRST else kinds
        own = [at for at, type in enumerate(types) if type in wanted]
        if own or (ending == FIRST and not types):
            chosen = replace(selection, features=Chosen(selection.features, own))
            write_layer(
                shortened(record_batches(chosen, columns_of(selection)), names),
                folder / f"items_{ending}.shp", selection.projection,
                driver="ESRI Shapefile", geometry_type=geometry_type, layer_options=options,
            )  # fmt: skip
    for path in sorted(folder.iterdir()):
        if path.suffix == ".prj":
            yield path.name, with_code(path.read_bytes(), selection.projection.authority)
        else:
            yield path.name, pieces_of(path)


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            yield piece


def shortened(rows: pyarrow.RecordBatchReader, names: dict[str, str]) -> pyarrow.RecordBatchReader:
    """The same rows under short names, with texts that the format holds."""
    fields = [one.with_name(names.get(one.name, one.name)) for one in rows.schema]
    schema = pyarrow.schema(fields)
    batches = (
        pyarrow.RecordBatch.from_arrays(list(map(short_texts, batch.columns)), schema=schema)
        for batch in rows
    )
    return pyarrow.RecordBatchReader.from_batches(schema, batches)


def short_texts(column: pyarrow.Array) -> pyarrow.Array:
    if column.type != pyarrow.string():
        return column
    longest = pyarrow.compute.max(pyarrow.compute.binary_length(column)).as_py()
    if (longest or 0) <= TEXT_MOST:
        return column
    texts = [None if text is None else truncated(text) for text in column.to_pylist()]
    return pyarrow.array(texts, column.type)


def with_code(prj: bytes, authority: str) -> bytes:
    """The CRS with its number, for programs that do not go by its name.

    >>> with_code(b'GEOGCS["GCS_WGS_1984"]', "OGC:CRS84")
    b'GEOGCS["GCS_WGS_1984",AUTHORITY["EPSG",4326]]'
    """
    code = authority.partition("EPSG:")[2] or "4326"
    text = prj.decode().rstrip()
    return (
        text.encode() if "AUTHORITY" in text else f'{text[:-1]},AUTHORITY["EPSG",{code}]]'.encode()
    )


def short_names(ids: Sequence[str]) -> dict[str, str]:
    """Column → its name in ten characters; a short ending like `_en` or `_m` is kept.

    >>> short_names(["place_note", "place_note_en"])
    {'place_note': 'place_note', 'place_note_en': 'place_n_en'}
    """
    names: dict[str, str] = {}
    for id in ids:
        stem, tail = split_suffix(id)
        short, number = stem[: NAME_MOST - len(tail)] + tail, 1
        while short in names.values():
            number += 1
            tail = str(number)
            short = stem[: NAME_MOST - len(tail)] + tail
        names[id] = short
    return names


def split_suffix(id: str) -> tuple[str, str]:
    """Stem and ending; of `access`, which many columns begin with, nothing is left.

    >>> parted("access_port_doubt_km")
    ('port', '_pm_km')
    """
    match = ENDING.fullmatch(id.removeprefix("access_").replace("_doubt_", "_pm_"))
    return (match[1], match[2]) if match else (id, "")


def fields(shown: Sequence[Column], names: dict[str, str]) -> bytes:
    """The table that says what each shortened name stands for."""
    lines = ((names[one.id], one.id, one.type, one.title, one.title_en, one.unit) for one in shown)
    return csv.csv_bytes(("field", "name", "type", "title", "title_en", "unit"), lines)


def truncated(text: Any) -> str:
    """At most as many bytes as a dBASE text holds, no character torn apart."""
    return str(text).encode()[:TEXT_MOST].decode(errors="ignore")
