"""Files of a pack as text, TOML and GeoJSON; what cannot be read is an error naming the file."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from app.plan.characters import FORBIDDEN, printable
from app.plan.errors import PackError

MAY_BE_FORBIDDEN = re.compile(rf"\\u(?:00[01]|[dD][89a-fA-F]|[fF][dDfF])|{FORBIDDEN.pattern}")
"""Of a JSON text: a forbidden character, or an escape that may stand for one."""


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file; what cannot be printed is left out, and the rule book names it."""
    try:
        found: dict[str, Any] = printable(tomllib.loads(path.read_text(encoding="utf-8")))
        return found
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
        text = body.decode("utf-8")
        found = json.loads(text)
        if MAY_BE_FORBIDDEN.search(text):
            found = printable(found)
    except (ValueError, RecursionError) as error:
        raise PackError(name, f"readable GeoJSON ({error})") from None
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise PackError(name, "a GeoJSON FeatureCollection")
    return found
