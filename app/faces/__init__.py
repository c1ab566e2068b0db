"""The faces of a view, one module a format. To add one: a module with a FACE, and its name here."""

from app.faces import csv, fgb, geojson, gpkg, kml, shp, xlsx
from app.faces.face import Face, Selection

FACES: tuple[Face, ...] = (
    geojson.FACE,
    csv.FACE,
    xlsx.FACE,
    gpkg.FACE,
    kml.FACE,
    shp.FACE,
    fgb.FACE,
)
BY_EXT = {face.ext: face for face in FACES}

__all__ = ["BY_EXT", "FACES", "Face", "Selection"]
