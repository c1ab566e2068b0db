"""The faces of a view, one module a format. To add one: a module with a FACE, and its name here."""

from app.faces import csv, fgb, geojson, geojsonseq, gpkg, html, jsonfg, kml, shp, xlsx
from app.faces.face import Face, Files, Selection
from app.faces.picture.faces import PICTURES

FACES: tuple[Face, ...] = (
    geojson.FACE,
    jsonfg.FACE,
    geojsonseq.FACE,
    csv.FACE,
    xlsx.FACE,
    gpkg.FACE,
    kml.FACE,
    shp.FACE,
    fgb.FACE,
    html.FACE,
    *PICTURES,
)
BY_EXT = {face.ext: face for face in FACES}

__all__ = ["BY_EXT", "FACES", "Face", "Files", "Selection"]
