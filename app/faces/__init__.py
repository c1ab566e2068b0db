"""The faces of a view, one module a format. To add one: a module with a FACE, and its name here."""

from app.faces import csv, geojson
from app.faces.face import Face, Selection

FACES: tuple[Face, ...] = (geojson.FACE, csv.FACE)
BY_EXT = {face.ext: face for face in FACES}

__all__ = ["BY_EXT", "FACES", "Face", "Selection"]
