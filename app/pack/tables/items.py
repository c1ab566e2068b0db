"""The rows of `items/<layer>.csv`: what the plan wants, one item a row."""

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.domain.errors import PackError
from app.domain.models import CONTACT, PLAIN, County, Field, Item, Layer, PlanRef
from app.domain.text.languages import translations_in
from app.domain.text.references import Grammar
from app.pack.tables.csv_tables import NUMBER, OPTIONAL, WHOLE, Record, read_table, split_list
from app.pack.tables.gazetteer import bad

COLUMNS = (
    "id", "name", "name_en", "plan_term", "category", "status", "scope", "counties",
    "county_basis", "summary", "summary_en", "facts", "facts_en", "plan_refs", "method", "places",
    "along", "place_note", "place_note_en", "related", "note", "note_en",
)  # fmt: skip


TRANSLATED = ("name", "summary", "facts", "place_note", "note")
"""Columns that a pack of further languages has once more in each: `name_pt`."""


def columns_of(layer: Layer) -> tuple[str, ...]:
    """The common columns, those a table need not have, then the layer's own typed fields."""
    return (*COLUMNS, *OPTIONAL, *(field.id for field in layer.fields))


def read_items(
    path: Path, layer: Layer, counties: tuple[County, ...], grammar: Grammar = PLAIN
) -> Iterator[Item]:
    """Read one layer's rows, in order."""
    codes = {county.name: county.code for county in counties}
    for record in read_table(path, columns_of(layer)):
        yield item_of(record, layer, codes, grammar)


def read_keys(path: Path, layer: Layer) -> Iterator[tuple[str, set[str]]]:
    """Of each of one layer's rows, in order, its id and which columns of a contact it fills in;
    nothing else of them is read.
    """
    for record in read_table(path, columns_of(layer)):
        yield record.cells["id"], {name for name in CONTACT if record.cells.get(name)}


def item_of(record: Record, layer: Layer, codes: dict[str, str], grammar: Grammar = PLAIN) -> Item:
    cells = record.cells
    return Item(
        row=record.row,
        layer=layer.id,
        id=cells["id"],
        name=cells["name"],
        name_en=cells["name_en"],
        plan_term=cells["plan_term"],
        category=cells["category"],
        status=cells["status"],
        scope=cells["scope"],
        counties=codes_of(record, codes),
        county_basis=cells["county_basis"],
        summary=cells["summary"],
        summary_en=cells["summary_en"],
        facts=split_list(cells["facts"]),
        facts_en=split_list(cells["facts_en"]),
        plan_refs=tuple(PlanRef.parse(ref, grammar) for ref in split_list(cells["plan_refs"])),
        method=cells["method"],
        places=split_list(cells["places"]),
        along=split_list(cells["along"]),
        place_note=cells["place_note"],
        place_note_en=cells["place_note_en"],
        related=split_list(cells["related"]),
        note=cells["note"],
        note_en=cells["note_en"],
        extra=extra_of(record, layer),
        origin=cells.get("origin", ""),
        origin_en=cells.get("origin_en", ""),
        contact={name: cells[name] for name in CONTACT if cells.get(name)},
        translations=translations_of_row(record, layer),
    )


def translations_of_row(record: Record, layer: Layer) -> dict[str, Any]:
    """What the row says in further languages; its facts as a list."""
    translations = translations_in(record.cells, TRANSLATED, columns_of(layer))
    return {
        name: list(split_list(text)) if name.startswith("facts_") else text
        for name, text in translations.items()
    }


def codes_of(record: Record, codes: dict[str, str]) -> tuple[str, ...]:
    """County names → codes; an unknown name is an error that lists the known ones."""
    names = split_list(record.cells["counties"])
    for name in names:
        if name not in codes:
            raise PackError(
                record.row.file, f"counties of the pack: {'|'.join(codes)}",
                row=record.row.number, column="counties", value=name,
            )  # fmt: skip
    return tuple(codes[name] for name in names)


def extra_of(record: Record, layer: Layer) -> dict[str, Any]:
    """The layer's own fields, typed; empty cells are left out: unknown stays unknown."""
    extra: dict[str, Any] = {}
    for field in layer.fields:
        cell = record.cells[field.id]
        if cell:
            extra[field.id] = typed(record, field)
    return extra


def typed(record: Record, field: Field) -> Any:
    """One cell as its declared type."""
    parse, expected = PARSERS[field.type]
    try:
        return parse(record.cells[field.id])
    except ValueError:
        raise bad(record, field.id, expected) from None


def boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(cell)
    return cell == "true"


def whole(cell: str) -> int:
    if not WHOLE.fullmatch(cell):
        raise ValueError(cell)
    return int(cell)


def number(cell: str) -> int | float:
    """A finite number; a whole one stays whole, so that 5 is not shown as 5.0."""
    if not NUMBER.fullmatch(cell):
        raise ValueError(cell)
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(cell)
    return int(value) if value.is_integer() else value


PARSERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "text": (str, "text"),
    "integer": (whole, "a whole number"),
    "number": (number, "a number"),
    "boolean": (boolean, "true or false"),
    "date": (lambda cell: date.fromisoformat(cell).isoformat(), "a date like 2025-12-31"),
    "datetime": (
        lambda cell: datetime.fromisoformat(cell).isoformat(),
        "a date and time like 2025-12-31T08:00:00+08:00",
    ),
    "list": (lambda cell: list(split_list(cell)), "a list separated by |"),
}
