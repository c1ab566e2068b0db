"""Matches the columns of a GIS file with those of a layer: known, skipped, declared or refused."""

import re
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import Array

from app.domain.errors import PackError
from app.domain.models import Field, Layer
from app.domain.schema import row_properties
from app.editing.gis.names import romanised, slug
from app.pack.tables.items import columns_of
from app.rules.tables.declarations import TAKEN


def matched(columns: Mapping[str, str], layer: Layer) -> dict[str, str]:
    """Column of the file → column of the table it plainly means: by title, or in other case."""
    known = row_properties(layer)
    words = {word.lower(): one.id for one in known for word in (one.title_en, one.title, one.id)}
    ids = {one.id for one in known}
    renames: dict[str, str] = {}
    for name in columns:
        id = words.get(name.strip().lower())
        if name not in ids and id and id not in columns and id not in renames.values():
            renames[name] = id
    return renames


def new_fields(
    file: str, columns: Mapping[str, str], layer: Layer, *, declare: bool
) -> dict[str, Field]:
    """Column of the file → the field to declare for it.

    Raises PackError that names the columns nobody knows, unless they are to be declared.
    """
    known = set(columns_of(layer))
    unknown = {name: kind for name, kind in columns.items() if name not in known}
    if unknown and not declare:
        listed = ", ".join(f"{name} ({kind})" for name, kind in unknown.items())
        raise PackError(
            file, f"columns of layer {layer.id}: {', '.join(field.id for field in layer.fields)}; "
            "give --rename, --skip or --declare", column="columns", value=listed,
        )  # fmt: skip
    fields: dict[str, Field] = {}
    for name, kind in unknown.items():
        id = field_id(name)
        if id in TAKEN or id in known or id in {field.id for field in fields.values()}:
            raise PackError(file, "another name; give --rename or --skip", column=name, value=id)
        fields[name] = Field(id, kind, name, title_en(name))
    return fields


def field_id(name: str) -> str:
    """A column's name as the id of a field: `面积(ha)` → `mian_ji_ha`."""
    id = slug(name, "_")
    return id if re.match("[a-z]", id) else f"f_{id}"


def title_en(name: str) -> str:
    return name if name.isascii() else romanised(name)


def declared(text: str, layer: str, fields: list[Field]) -> str:
    """layers.toml with these fields added to a layer, all else as it was."""
    document = tomlkit.parse(text)
    entry: Any = next(one for one in document["layers"] if one["id"] == layer)
    if "fields" not in entry:
        entry["fields"] = tomlkit.array()
    array = entry["fields"]
    assert isinstance(array, Array)
    for field in fields:
        array.append(tomlkit.value(inline(field)))
    array.multiline(True)
    return tomlkit.dumps(document)


def inline(field: Field) -> str:
    """A field as layers.toml writes it."""
    pairs = (("id", field.id), ("type", field.type), ("title", field.title),
             ("title_en", field.title_en))  # fmt: skip
    return (
        "{ "
        + ", ".join(f"{key} = {tomlkit.string(text).as_string()}" for key, text in pairs)
        + " }"
    )
