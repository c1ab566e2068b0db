"""Files of a pack as text, TOML and GeoJSON; what cannot be read is an error naming the file."""

import json
import tomllib
from collections.abc import Collection
from contextlib import suppress
from itertools import count, repeat
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely import GEOSException
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.domain.errors import PackError
from app.domain.text.characters import has_forbidden, printable

AREAS, LINES = ("Polygon", "MultiPolygon"), ("LineString",)


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file; what cannot be printed is left out, and the rule book names it."""
    try:
        table: dict[str, Any] = printable(tomllib.loads(read_text(path)))
        return table
    except tomllib.TOMLDecodeError as error:
        raise PackError(path.name, f"readable TOML ({error})") from None


def read_text(path: Path) -> str:
    """A text in UTF-8, without the mark that some editors put before it."""
    try:
        return decoded(path.name, path.read_bytes(), "save it as UTF-8")
    except FileNotFoundError:
        raise PackError(path.name, "the file is missing") from None


def decoded(name: str, data: bytes, advice: str) -> str:
    """A file's text, each line ended by LF; what is not UTF-8 is told what it looks like."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(name, data, error, advice) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def not_utf8(name: str, data: bytes, error: UnicodeDecodeError, advice: str) -> PackError:
    """What Chinese programs save plainly is GBK: what it then reads shows that it is."""
    row = data.count(b"\n", 0, error.start) + 1
    for encoding in ("utf-16", "gb18030"):
        try:
            line = data.decode(encoding).split("\n")[row - 1 if encoding != "utf-16" else 0]
        except (UnicodeDecodeError, IndexError):
            continue
        expected = f"the file must be UTF-8; it looks like {encoding.upper()}, {line[:40]!r}"
        return PackError(name, f"{expected}: {advice}", row=row)
    return PackError(name, f"the file must be UTF-8 ({error.reason})", row=row)


def read_features(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON file."""
    return features_of(path.name, read_geojson(path))


def features_of(name: str, collection: dict[str, Any]) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = collection["features"]
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            raise PackError(name, f"feature {number}: a GeoJSON Feature", value=str(feature)[:40])
    return features


def read_outlines(path: Path) -> dict[str, BaseGeometry]:
    """Code → outline of a file of counties; each feature must have both."""
    return dict(map(outline_of, repeat(path.name), count(1), read_features(path)))


def outline_of(name: str, number: int, feature: dict[str, Any]) -> tuple[str, BaseGeometry]:
    """The code and the outline of one feature."""
    code = (feature.get("properties") or {}).get("code")
    outline = shape_in(feature, AREAS)
    if outline is None or not isinstance(code, str):
        raise PackError(name, f"feature {number}: a property code (a text) and a polygon")
    if not outline.is_valid:
        why = shapely.is_valid_reason(outline)
        raise PackError(name, f"feature {number}: a valid polygon; {why}", value=code)
    return code, outline


def shape_in(feature: dict[str, Any], types: Collection[str]) -> BaseGeometry | None:
    """The geometry of a feature that is one of these types and not empty; None where it is none."""
    with suppress(ValueError, TypeError, KeyError, AttributeError, GEOSException):
        found = shape(feature["geometry"])
        if found.geom_type in types and not found.is_empty:
            return found
    return None


def read_geojson(path: Path) -> dict[str, Any]:
    """A FeatureCollection as parsed JSON; what cannot be printed is left out."""
    try:
        return parsed_geojson(path.name, path.read_bytes())
    except FileNotFoundError:
        raise PackError(path.name, "the file is missing") from None


def parsed_geojson(name: str, body: bytes) -> dict[str, Any]:
    try:
        document = parsed(body)
        if has_forbidden(body):
            document = printable(document)
    except (ValueError, RecursionError) as error:
        raise PackError(name, f"readable GeoJSON ({error})") from None
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        raise PackError(name, "a GeoJSON FeatureCollection")
    return document


def parsed(body: bytes) -> Any:
    """JSON, quickly; what only the patient parser reads, such as half a surrogate, is read too."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return json.loads(body.decode("utf-8"))
