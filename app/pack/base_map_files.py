"""The files of the base map: its first layers, and what the map shows beside them.

A label that is of a place stands where the gazetteer has that place.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from app.pack.reading import features_of, parsed_geojson
from app.pack.tables.gazetteer import Gazetteer

LABELS = "labels"
DETAIL = "detail"


def base_files(data: Path) -> dict[str, Path]:
    """Name → file of every layer of the built-in base map."""
    return {path.stem: path for path in sorted((data / "base").glob("*.geojson"))}


def base_bodies(data: Path, gazetteer: Gazetteer) -> dict[str, bytes]:
    """Name → body of each; all are sure to be readable."""
    bodies = {name: path.read_bytes() for name, path in base_files(data).items()}
    for name, body in bodies.items():
        parsed_geojson(f"base/{name}.geojson", body)
    if LABELS in bodies:
        bodies[LABELS] = labels_at_places(f"base/{LABELS}.geojson", bodies[LABELS], gazetteer)
    return bodies


def detail_bodies(data: Path) -> dict[str, bytes]:
    """File name → body of what the base map shows beside its first layers."""
    folder = data / "base" / DETAIL
    files = sorted((*folder.glob("*.geojson"), *folder.glob("*.png")))
    return {path.name: path.read_bytes() for path in files}


def features_in(bodies: Mapping[str, bytes], key: str, file: str) -> list[dict[str, Any]]:
    """The features of one body; none where there is no such body."""
    body = bodies.get(key)
    return features_of(file, parsed_geojson(file, body)) if body else []


def labels_at_places(name: str, body: bytes, gazetteer: Gazetteer) -> bytes:
    """The labels, those with a `place` moved to it; where it is unknown they stay as written."""
    collection = parsed_geojson(name, body)
    moved = [label_at_place(feature, gazetteer) for feature in features_of(name, collection)]
    if moved == collection["features"]:
        return body
    return orjson.dumps({**collection, "features": moved})


def label_at_place(label: dict[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    properties = label.get("properties") or {}
    place = gazetteer.get(str(properties.get("place") or ""))
    if place is None or place.position is None:
        return label
    return {**label, "geometry": {"type": "Point", "coordinates": list(place.at)}}
