"""Write GeoJSON in one canonical form: a feature a line, right-handed, fixed decimals."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Feature = tuple[dict[str, Any], BaseGeometry]


def rounded(geometry: BaseGeometry, decimals: int) -> BaseGeometry:
    """The geometry with rounded coordinates and no vertex twice in a row."""
    snapped = shapely.transform(geometry, lambda xy: np.round(xy, decimals))
    return shapely.remove_repeated_points(snapped, 0)


def write_features(path: Path, features: Iterable[Feature], decimals: int) -> None:
    """Write a feature collection, one feature a line (RFC 7946: outer rings anticlockwise)."""
    lines = [feature_line(properties, geometry, decimals) for properties, geometry in features]
    body = ",\n".join(lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path}: {len(lines)} features, {path.stat().st_size:,} bytes")


def feature_line(properties: dict[str, Any], geometry: BaseGeometry, decimals: int) -> str:
    """One feature as one line of JSON."""
    turned = shapely.orient_polygons(rounded(geometry, decimals), exterior_cw=False)
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(turned)),
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
