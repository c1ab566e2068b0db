"""The query parameters of the API, described once: to read them and for the OpenAPI document."""

import math
from collections.abc import Iterable
from typing import Any

from app.domain.doubts import DOUBTS
from app.domain.errors import BadValue
from app.domain.models import PRECISIONS, STATUSES
from app.view.values import HIDDEN_MOST, NEAR_MOST, TITLE_MOST

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
LIST: Schema = {"type": "array", "items": {"type": "string"}}
SHORT: Schema = {"type": "string", "maxLength": TITLE_MOST}
BBOX: Schema = {
    "type": "array",
    "items": {"type": "number"},
    "minItems": 4,
    "maxItems": 6,
}


def whole(name: str, text: str, least: int, most: int) -> int:
    """A whole number within bounds. Raises BadValue naming them."""
    if not (text.isascii() and text.isdigit() and len(text) < 12) or not least <= int(text) <= most:
        raise BadValue(name, text, f"a whole number from {least} to {most}")
    return int(text)


def numbers(name: str, text: str) -> list[float]:
    """Numbers between commas. Raises BadValue."""
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise BadValue(name, text, "numbers between commas") from None


def number(name: str, text: str) -> float:
    """One finite number. Raises BadValue."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadValue(name, text, "a number")
    return value


def chosen(name: str, text: str, allowed: Iterable[str]) -> str:
    """One of a few words. Raises BadValue naming them."""
    words = list(allowed)
    if text not in words:
        raise BadValue(name, text, f"one of {', '.join(words)}")
    return text


def parameter(name: str, description: str, schema: Schema) -> dict[str, Any]:
    """One OpenAPI parameter object; lists are written `a,b`.

    The style is the default of the standard, written out: clients read it as it stands.
    """
    return {
        "name": name, "in": "query", "required": False, "description": description,
        "schema": schema, "style": "form", "explode": False,
    }  # fmt: skip


def one_of(*words: str) -> Schema:
    return {"type": "array", "items": {"type": "string", "enum": list(words)}}


def enum(words: Iterable[str]) -> Schema:
    """One word of a closed list; the first is the default."""
    values = list(words)
    return {"type": "string", "enum": values, "default": values[0]}


PLACED = {
    "focus": parameter("focus", "The item in hand (id)", SHORT),
    "place": parameter(
        "place",
        "A place by a name of the gazetteer, or lng,lat: where `near` is reckoned from",
        SHORT,
    ),
    "near": parameter(
        "near",
        "Only items within so many km of the place, or of the item in focus, nearest first; "
        "county-wide items are near nothing",
        {"type": "number", "exclusiveMinimum": True, "minimum": 0, "maximum": NEAR_MOST},
    ),
    "inview": parameter(
        "inview",
        "1: only items that the bbox touches, edges included; county-wide items do not count",
        {"type": "string", "enum": ["1"]},
    ),
}
"""Where items lie."""

FILTERS = {
    "layer": parameter("layer", "Layers (ids or titles), comma = or", LIST),
    "county": parameter(
        "county",
        "Counties: six-digit code or name, `city` for city-wide items, `outside` for items "
        "outside the city; comma = or",
        LIST,
    ),
    "category": parameter("category", "Categories (ids or titles), comma = or", LIST),
    "status": parameter("status", "Statuses (ids or titles), comma = or", one_of(*STATUSES)),
    "precision": parameter(
        "precision", "Precision classes (ids or titles), comma = or", one_of(*PRECISIONS)
    ),
    "term": parameter(
        "term",
        "Words of list fields, as the data has them: industries, products, stops; comma = or",
        LIST,
    ),
    "site": parameter(
        "site",
        "Only items whose nearest port, station, expressway … is at most so many km away, as the "
        "crow flies: `port:20,expressway:5`; all must hold, the best come first",
        LIST,
    ),
    "doubt": parameter(
        "doubt",
        "What is to be checked: the county is inferred, the place is an estimate, something is in "
        "doubt (ids or titles); comma = or",
        one_of(*DOUBTS),
    ),
    "hidden": parameter("hidden", f"Ids of at most {HIDDEN_MOST} items that are left out", LIST),
    **PLACED,
    "q": parameter(
        "q",
        "Words that must all be found in names, summary, facts or places; Chinese, English, or the "
        "pinyin of a name, whole or by initials",
        {"type": "string", "maxLength": 200},
    ),
    "bbox": parameter("bbox", "west,south,east,north in degrees (CRS84)", BBOX),
}
