"""Files of a pack as text, TOML and GeoJSON; what cannot be read is an error naming the file."""

import json
import tomllib
from pathlib import Path
from typing import Any

import orjson

from app.domain.errors import PackError
from app.domain.text.characters import has_forbidden, printable


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file; what cannot be printed is left out, and the rule book names it."""
    try:
        table: dict[str, Any] = printable(tomllib.loads(path.read_text(encoding="utf-8")))
        return table
    except FileNotFoundError:
        raise PackError(path.name, "the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(path.name, f"readable TOML ({error})") from None


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PackError(path.name, f"the file must be UTF-8 ({error.reason})") from None


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
