"""One list describes the tables, the features and the JSON schema; it is held against all three."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from app.domain.json_schema import DIALECT, property_schema
from app.domain.models import CONTACT, FIELD_TYPES, Layer
from app.domain.schema import BUILT, PLACE, ROW, Property, feature_properties, row_properties
from app.domain.text.languages import CHINESE
from app.pack.pack import Pack
from app.pack.tables import gazetteer, items
from app.pack.tables.csv_tables import OPTIONAL
from tests.conftest import TINY
from tests.edit_pack import change


def test_the_list_has_the_columns_of_the_tables_in_their_order() -> None:
    assert tuple(one.id for one in ROW) == (*items.COLUMNS, *OPTIONAL)
    assert tuple(one.id for one in PLACE) == gazetteer.COLUMNS


def test_every_property_is_named_and_explained_in_both_languages() -> None:
    for one in (*ROW, *BUILT, *PLACE):
        assert one.title
        assert one.title_en
        assert one.description
        assert one.description_en
        assert one.type in (*FIELD_TYPES, "object")


def test_a_layers_own_fields_stand_last_with_their_unit() -> None:
    sites = Pack(TINY).layers[0]
    assert [(one.id, one.type, one.unit) for one in row_properties(sites)[-2:]] == [
        ("industries", "list", ""),
        ("area_ha", "number", "ha"),
    ]


def test_the_closed_list_of_categories_is_the_layers() -> None:
    sites, ways = Pack(TINY).layers
    category = next(one for one in row_properties(ways) if one.id == "category")
    assert [choice[0] for choice in category.choices] == ["road"]
    both = next(one for one in feature_properties([sites, ways]) if one.id == "category")
    assert [choice[0] for choice in both.choices] == ["works", "zone", "road"]


NULLABLE = {"plan", "uncertainty_m", "basis"}
"""Properties that are there and empty: an item without a place has no radius."""

SOMETIMES = {"exits", "access", "origin", "origin_en", *CONTACT}
"""Properties that only some features have; so are a layer's own fields."""


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
        "required": [one.id for one in properties if one.id not in SOMETIMES | own | further],
    }


def built_schema(one: Property, lang: str) -> dict[str, Any]:
    """One property as a built feature has it: empty where that has a meaning of its own."""
    found = property_schema(one, lang)
    return nullable(found) if one.id in NULLABLE else found


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, and null."""
    found = {**schema, "type": [schema["type"], "null"]}
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    return found


@pytest.mark.parametrize("real", [True, False])
def test_every_feature_fits_the_json_schema_and_has_nothing_beside_it(
    real: bool, pack: Pack
) -> None:
    chosen = pack if real else Pack(TINY)
    schema = {**json_schema(chosen.layers), "additionalProperties": False}
    validator = jsonschema.Draft202012Validator(schema)
    for feature in chosen.features:
        assert [error.message for error in validator.iter_errors(feature["properties"])] == []


def test_the_json_schema_refuses_a_wrong_type_and_an_unknown_status() -> None:
    schema = json_schema(Pack(TINY).layers, lang="en")
    properties = Pack(TINY).features[0]["properties"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**properties, "area_ha": "large"}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**properties, "status": "done"}, schema)
    assert schema["properties"]["area_ha"]["x-ogc-unit"] == "ha"
    assert schema["properties"]["status"]["title"] == "Status"


def test_every_declared_type_is_read(tiny: Path) -> None:
    layers = tiny / "geodata" / "layers.toml"
    declared = "\n".join(
        f'    {{ id = "f_{kind}", type = "{kind}", title = "甲", title_en = "A" }},'
        for kind in FIELD_TYPES
    )
    text = layers.read_text(encoding="utf-8")
    layers.write_text(text.replace("fields = [", f"fields = [\n{declared}", 1), encoding="utf-8")
    table = tiny / "geodata" / "items" / "sites.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    head += "".join(f",f_{kind}" for kind in FIELD_TYPES)
    rows = [row + "," * len(FIELD_TYPES) for row in rows]
    table.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    change(
        tiny, "sites", "site-mill",
        f_text="甲", f_integer="3", f_number="2.50", f_boolean="true", f_date="2030-01-02",
        f_datetime="2030-01-02T03:04:05+08:00", f_list="甲|乙",
    )  # fmt: skip
    mill = Pack(tiny).items[0]
    assert {key: value for key, value in mill.extra.items() if key.startswith("f_")} == {
        "f_text": "甲", "f_integer": 3, "f_number": 2.5, "f_boolean": True,
        "f_date": "2030-01-02", "f_datetime": "2030-01-02T03:04:05+08:00", "f_list": ["甲", "乙"],
    }  # fmt: skip
