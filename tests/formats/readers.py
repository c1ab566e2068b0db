"""Reading a format back with the program its readers use: bytes → the ids it holds, in its
order.
"""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ezdxf
import geopandas
import mapbox_vector_tile
import openpyxl
import pandas
import pyogrio
from pmtiles.reader import MemorySource, all_tiles

Reader = Callable[[bytes, Path], list[str]]


def geojson(body: bytes, folder: Path) -> list[str]:
    return [feature["id"] for feature in json.loads(body)["features"]]


def geojsonseq(body: bytes, folder: Path) -> list[str]:
    return [json.loads(record)["id"] for record in body.decode().split("\x1e") if record.strip()]


def csv_table(body: bytes, folder: Path) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig")))]


def xlsx(body: bytes, folder: Path) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(body), read_only=True).worksheets[0]
    return [str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)]


def gdal(ending: str) -> Reader:
    """Every layer of the file, as QGIS and ogr2ogr would read it."""

    def read(body: bytes, folder: Path) -> list[str]:
        path = folder / f"view.{ending}"
        path.write_bytes(body)
        return ids_in(path)

    return read


def shapefiles(body: bytes, folder: Path) -> list[str]:
    zipfile.ZipFile(io.BytesIO(body)).extractall(folder / "shp")
    return [id for path in sorted((folder / "shp").glob("*.shp")) for id in ids_in(path)]


def parquet(body: bytes, folder: Path) -> list[str]:
    return list(geopandas.read_parquet(io.BytesIO(body))["id"])


def drawing(body: bytes, folder: Path) -> list[str]:
    """The items of a drawing, each once, of whatever many entities it consists."""
    return list(dict.fromkeys(said["id"] for _, said in entities(body, folder)))


def tiles(body: bytes) -> Iterator[tuple[tuple[int, int, int], bytes]]:
    """Every tile: zoom, column, row, and what is in it."""
    for at, packed in all_tiles(MemorySource(body)):
        yield at, gzip.decompress(packed)


def tile_archive(body: bytes, folder: Path) -> list[str]:
    """The items of the tiles of all zooms, which are the same."""
    held: dict[int, set[str]] = {}
    for (zoom, _, _), tile in tiles(body):
        for layer in (mapbox_vector_tile.decode(tile) if tile else {}).values():
            held.setdefault(zoom, set()).update(
                one["properties"]["id"] for one in layer["features"]
            )
    first = held.get(0, set())
    assert all(ids == first for ids in held.values())
    return sorted(first)


def entities(body: bytes, folder: Path) -> list[tuple[Any, dict[str, str]]]:
    """Every entity of an item, with what its extended data say; the file is audited."""
    path = folder / "view.dxf"
    path.write_bytes(body)
    document = ezdxf.readfile(path)
    assert not document.audit().errors
    found = [one for one in document.modelspace() if one.has_xdata("PLANMAP")]
    tags = [one.get_xdata("PLANMAP") for one in found]
    said = [dict(tag.value.split("=", 1) for tag in own) for own in tags]
    return list(zip(found, said, strict=True))


def ids_in(path: Path) -> list[str]:
    tables = (pyogrio.read_dataframe(path, layer=name) for name in item_layers(path))
    return [id for table in tables for id in table["id"]]


def item_layers(path: Path | str) -> list[str]:
    """The layers of a file that hold items; a GeoPackage keeps its styles in a table too."""
    return [name for name, _ in pyogrio.list_layers(path) if name != "layer_styles"]


def every_row(path: Path) -> Any:
    """The rows of all layers in one table, those without a place with no geometry."""
    read = [pyogrio.read_dataframe(path, layer=name) for name in item_layers(path)]
    crs = next((one.crs for one in read if "geometry" in one), None)
    rows = [
        geopandas.GeoDataFrame(one, geometry=one.get("geometry", [None] * len(one)), crs=crs)
        for one in read
    ]
    return pandas.concat(rows, ignore_index=True)


READERS: dict[str, Reader] = {
    "geojson": geojson,
    "jsonfg": geojson,
    "geojsonseq": geojsonseq,
    "csv": csv_table,
    "xlsx": xlsx,
    "gpkg": gdal("gpkg"),
    "kml": gdal("kml"),
    "fgb": gdal("fgb"),
    "shp.zip": shapefiles,
    "parquet": parquet,
    "dxf": drawing,
    "pmtiles": tile_archive,
}
