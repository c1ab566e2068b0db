"""The schema of a feature's properties as JSON Schema (2020-12), read off app/domain/schema.py."""

from typing import Any

from app.domain.schema import Property
from app.domain.text.languages import title_in

DIALECT = "https://json-schema.org/draft/2020-12/schema"

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


def property_schema(one: Property, lang: str) -> dict[str, Any]:
    """One property: type, words, closed list, unit (`x-ogc-unit`, OGC API – Features Part 5).

    The type is one word, as GIS clients read it; any property may be empty in a feature.
    """
    schema = dict(TYPES[one.type])
    schema["title"] = title_in(one, lang)
    description = title_in(one, lang, "description")
    if description:
        schema["description"] = description
    if one.type == "list":
        schema["items"] = TYPES[IN_LISTS.get(one.id, "text")]
    if one.choices:
        schema["enum"] = [choice[0] for choice in one.choices]
    if one.unit:
        schema["x-ogc-unit"] = title_in(one, lang, "unit")
    return schema
