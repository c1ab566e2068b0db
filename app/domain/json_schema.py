"""The schema of a feature's properties as JSON Schema (2020-12), read off app/domain/schema.py."""

from collections.abc import Sequence
from typing import Any

from app.domain.models import CONTACT, Layer
from app.domain.schema import Property, feature_properties
from app.domain.text.languages import CHINESE, title_in

DIALECT = "https://json-schema.org/draft/2020-12/schema"

NULLABLE = {"plan", "uncertainty_m", "basis"}
"""Properties that are there and empty: an item without a place has no radius."""

OPTIONAL = {"exits", "access", "origin", "origin_en", *CONTACT}
"""Properties that only some features have; so are a layer's own fields."""

TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "list": {"type": "array"},
    "object": {"type": "object"},
}
"""A type of layers.toml → what JSON Schema calls it."""

IN_LISTS = {"plan_more": "object", "exits": "object", "center": "number"}
"""Lists of other things than text."""


def json_schema(
    layers: Sequence[Layer], lang: str = CHINESE, languages: Sequence[str] = ()
) -> dict[str, Any]:
    """The schema of the properties of these layers' features."""
    own = {field.id for layer in layers for field in layer.fields}
    properties = feature_properties(layers, languages)
    further = {one.id for one in properties} - {one.id for one in feature_properties(layers)}
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": {one.id: built_schema(one, lang) for one in properties},
        "required": [one.id for one in properties if one.id not in OPTIONAL | own | further],
    }


def built_schema(one: Property, lang: str) -> dict[str, Any]:
    """One property as a built feature has it: empty where that has a meaning of its own."""
    found = property_schema(one, lang)
    return nullable(found) if one.id in NULLABLE else found


def property_schema(one: Property, lang: str) -> dict[str, Any]:
    """One property: type, words, closed list, unit (`x-ogc-unit`, OGC API – Features Part 5).

    The type is one word, as GIS clients read it; any property may be empty in a feature.
    """
    found = dict(TYPES[one.type])
    found["title"] = title_in(one, lang)
    description = title_in(one, lang, "description")
    if description:
        found["description"] = description
    if one.type == "list":
        found["items"] = TYPES[IN_LISTS.get(one.id, "text")]
    if one.choices:
        found["enum"] = [choice[0] for choice in one.choices]
    if one.unit:
        found["x-ogc-unit"] = title_in(one, lang, "unit")
    return found


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, and null."""
    found = {**schema, "type": [schema["type"], "null"]}
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    return found
