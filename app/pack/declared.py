"""The records that plan.toml and layers.toml declare, each value checked as it is read."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from app.domain.errors import PackError
from app.domain.models import (
    DOORS_TO,
    EXTENTS,
    FIELD_TYPES,
    LINE_STYLES,
    SCOPES,
    Category,
    County,
    Family,
    Field,
    Layer,
    Start,
    StartDoor,
)
from app.domain.text.languages import translations_in
from app.domain.text.slugs import SLUG_EXPECTED, is_slug
from app.domain.tours import Stop, Tour
from app.pack.plan_values import shown

PLAN, LAYERS = "plan.toml", "layers.toml"

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
NOUNS = {"PackInfo": "pack", "StartDoor": "door"}
"""What a record is called, where that is not the name of its class."""

TAKEN = ("plan", "places", "boundaries", "basemap")
"""Collections and map layers of every pack: no layer of its own may be called so."""
PARTS = ("points", "lines", "areas")
"""What a layer's items of one kind of geometry are called after it."""

Record = TypeVar("Record")


def record_of(kind: type[Record], entry: Mapping[str, Any], file: str) -> Record:
    """Build a record from a TOML table; a missing, unknown or mistyped key is an error.

    A text in English may be missing, one in a further language may stand beside the first.
    """
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    english = {name for name in fields if name.endswith("_en")}
    texts = {name.removesuffix("_en") for name in english}
    others = translations_in(entry, texts, set(fields))
    values = dict.fromkeys(english, "") | {k: v for k, v in entry.items() if k not in others}
    if others:
        values["translations"] = others
    owner = owner_of(kind, entry)
    for name in values:
        if name not in fields:
            known = ", ".join(one for one in fields if one != "translations")
            raise bad(file, name, values[name], f"no such key is known of {owner}; one of {known}")
    for name, field in fields.items():
        if name in values:
            check_type(file, name, values[name], field.type, owner)
        elif field.default is field.default_factory is dataclasses.MISSING:
            raise PackError(file, f"a value for {owner}; it is missing", column=name)
    return kind(**values)


def owner_of(kind: type, entry: Mapping[str, Any]) -> str:
    """A record by its kind and its id, or what else tells it from others."""
    name = next((entry[one] for one in ("id", "code", "title", "view") if one in entry), "")
    return f"{noun_of(kind)} {shown(name)}".strip()


def noun_of(kind: type) -> str:
    return NOUNS.get(kind.__name__, kind.__name__.lower())


def check_type(file: str, name: str, value: object, kind: object, owner: str) -> None:
    """Texts and switches; values of other types are made by who reads them."""
    if kind is str and not isinstance(value, str):
        raise bad(file, name, value, f"for {owner}: a text, in quotes")
    if kind is bool and not isinstance(value, bool):
        raise bad(file, name, value, f"for {owner}: true or false, without quotes")


def bad(file: str, column: str, value: object, expected: str) -> PackError:
    return PackError(file, expected, column=column, value=shown(value))


def tables_of(table: Mapping[str, Any], name: str, file: str) -> list[dict[str, Any]]:
    """The entries `[[name]]`; none where there are none."""
    entries = table.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise bad(file, name, entries, f"entries, each begun by [[{name}]] or in {{…}}")
    return entries


def names_of(value: object, column: str, file: str) -> tuple[str, ...]:
    """A list of texts; one text alone is not taken apart into its letters."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise bad(file, column, value, 'texts in a list, as in ["a", "b"]')
    return tuple(value)


def each_once(records: Sequence[Record], column: str, file: str) -> tuple[Record, ...]:
    """Records that nothing else is called as one of them. Raises PackError."""
    seen: set[str] = set()
    for record in records:
        value = getattr(record, column)
        if value in seen:
            raise bad(file, column, value, f"each {noun_of(type(record))} only once")
        seen.add(value)
    return tuple(records)


def with_slugs(records: Sequence[Record], column: str, file: str) -> tuple[Record, ...]:
    """Records whose ids can stand in an address, each once. Raises PackError."""
    for record in records:
        value = getattr(record, column)
        if not is_slug(value):
            raise bad(file, column, value, f"for {owner_of(type(record), {})}: {SLUG_EXPECTED}")
    return each_once(records, column, file)


def counties_of(table: Mapping[str, Any]) -> tuple[County, ...]:
    entries = tables_of(table, "counties", PLAN)
    counties = with_slugs([record_of(County, one, PLAN) for one in entries], "code", PLAN)
    if not counties:
        raise PackError(PLAN, "one [[counties]] or more: what the pack's place is made of")
    for county in counties:
        if county.code in SCOPES:
            raise bad(PLAN, "code", county.code, f"another than {' and '.join(SCOPES[1:])}")
    return each_once(counties, "name", PLAN)


def destinations_of(table: object) -> dict[str, tuple[str, ...]]:
    """Kind of destination → the places that are one."""
    if not isinstance(table, dict):
        raise bad(PLAN, "access", table, "a table of kinds and lists of places")
    return {kind: names_of(names, f"access.{kind}", PLAN) for kind, names in table.items()}


def tour_of(entry: dict[str, Any]) -> Tour:
    stops = tuple(record_of(Stop, stop, PLAN) for stop in tables_of(entry, "stops", PLAN))
    if not stops:
        expected = f"one [[tours.stops]] or more in {owner_of(Tour, entry)}"
        raise PackError(PLAN, expected, column="stops")
    return record_of(Tour, {**entry, "stops": stops}, PLAN)


def start_of(entry: object, tours: Sequence[Tour]) -> Start:
    if not isinstance(entry, dict):
        raise bad(PLAN, "start", entry, "a table, begun by [start]")
    doors = tuple(record_of(StartDoor, door, PLAN) for door in tables_of(entry, "doors", PLAN))
    lists = {
        name: names_of(words, name, PLAN)
        for name, words in entry.items()
        if name.startswith("searches")
    }
    for door in doors:
        check_choice(door, "to", ("", *DOORS_TO), PLAN)
        check_choice(door, "tour", ("", *(tour.id for tour in tours)), PLAN)
    return record_of(Start, {"searches_en": (), **entry, **lists, "doors": doors}, PLAN)


def families_of(table: Mapping[str, Any]) -> tuple[Family, ...]:
    entries = tables_of(table, "families", LAYERS)
    families = with_slugs([record_of(Family, one, LAYERS) for one in entries], "id", LAYERS)
    if not families:
        raise PackError(LAYERS, "one [[families]] or more: layers stand in them")
    for family in families:
        check_colours(family)
    return families


def layers_of(table: Mapping[str, Any], families: Sequence[Family]) -> tuple[Layer, ...]:
    """The layers in the order they are shown. Raises PackError."""
    known = {family.id: family for family in families}
    entries = tables_of(table, "layers", LAYERS)
    layers = with_slugs([layer_of(entry, known) for entry in entries], "id", LAYERS)
    if not layers:
        raise PackError(LAYERS, "one [[layers]] or more: items stand in them")
    parts = {f"{id}-{part}" for id in ("plan", *(one.id for one in layers)) for part in PARTS}
    for layer in layers:
        check_colours(layer)
        if layer.id in TAKEN or layer.id in parts:
            raise bad(LAYERS, "id", layer.id, "another id: the service has something of that name")
    return layers


def layer_of(entry: dict[str, Any], families: Mapping[str, Family]) -> Layer:
    """Build a layer with its categories and typed fields; its colour is its family's by default."""
    values = dict(entry)
    family = families.get(str(entry.get("family", "")))
    if family and "colour" not in entry:
        values |= {"colour": family.colour, "colour_dark": family.colour_dark}
    for name, kind in (("categories", Category), ("fields", Field)):
        values[name] = tuple(record_of(kind, one, LAYERS) for one in tables_of(entry, name, LAYERS))
    values["also"] = names_of(entry.get("also", ()), "also", LAYERS)
    layer = record_of(Layer, values, LAYERS)
    if not family:
        expected = f"for layer {layer.id}: one of {', '.join(families)}"
        raise bad(LAYERS, "family", layer.family, expected)
    with_slugs(layer.categories, "id", LAYERS)
    for category in layer.categories:
        check_choice(category, "line", ("", *LINE_STYLES))
        check_choice(category, "extent", ("", *EXTENTS))
    for field in layer.fields:
        check_choice(field, "type", FIELD_TYPES)
    return layer


def check_choice(record: object, column: str, known: Sequence[str], file: str = LAYERS) -> None:
    value = getattr(record, column)
    if value not in known:
        named = ", ".join(one or "or nothing" for one in sorted(known, key=lambda one: not one))
        raise bad(file, column, value, f"one of {named}".removeprefix("one of or "))


def check_colours(record: Family | Layer) -> None:
    """Pictures and slides mix colours: they are numbers, not names."""
    for column, wanted in (("colour", True), ("colour_dark", False)):
        value = getattr(record, column)
        if not COLOUR.fullmatch(value) and (value or wanted):
            owner = f"{noun_of(type(record))} {record.id}"
            raise bad(LAYERS, column, value, f"for {owner}: a colour like #1660b5")
