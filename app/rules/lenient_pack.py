"""A pack as it lies there: what cannot be read is set aside as a fault, and the rest goes on.

A build refuses a pack at the first cell it cannot read. A judgement must not: one slip would
hide all others. So this one reads a table with such cells left empty, and keeps each as the
error that a build would have raised.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

from app.domain.errors import PackError
from app.domain.models import BASIS_OF_LETTER, BaseLine, Item, Layer, Place
from app.pack.pack import Pack
from app.pack.tables.csv_tables import SEPARATOR, Record, read_table, split_list
from app.pack.tables.gazetteer import COLUMNS as PLACE_COLUMNS
from app.pack.tables.gazetteer import Gazetteer, bad, place_of, position_of, radius_of
from app.pack.tables.items import columns_of, item_of, typed
from app.pack.tables.lines import COLUMNS as LINE_COLUMNS
from app.pack.tables.lines import line_of, read_lines

LOCATING = ("lng", "lat", "uncertainty_m", "basis")
"""Columns of a place that only make sense together."""

ELSEWHERE = "; for the whole city or outside leave it empty and set scope to city or outside"


class LenientPack(Pack):
    """A pack read for judging; `faults` holds what its rows say and nobody can read."""

    @cached_property
    def faults(self) -> tuple[PackError, ...]:
        """Every cell that cannot be read: of the items, then of the places."""
        return (*self._items[1], *self._places[1])

    @property
    def items(self) -> tuple[Item, ...]:
        return self._items[0]

    @property
    def gazetteer(self) -> Gazetteer:
        return self._places[0]

    @cached_property
    def lines(self) -> dict[str, BaseLine]:
        """The lines; those through a place that cannot be read are left out."""
        path = self.data / "lines.csv"
        if not self.unread_places:
            return read_lines(path, self.gazetteer)
        table = read_table(path, LINE_COLUMNS)
        groups = groupby(table, lambda record: record.cells["name"])
        records = {name: list(group) for name, group in groups}
        return {
            name: line_of(found, self.gazetteer)
            for name, found in records.items()
            if not self.unread_places & {record.cells["place"] for record in found}
        }

    @cached_property
    def unread_lines(self) -> set[str]:
        """Names of the lines that were left out."""
        table = read_table(self.data / "lines.csv", LINE_COLUMNS)
        return {record.cells["name"] for record in table} - set(self.lines)

    @cached_property
    def unread_places(self) -> set[str]:
        """Names and aliases of the places that have a fault."""
        rows = {fault.row for fault in self._places[1]}
        return {
            name
            for place in self.gazetteer
            if place.row.number in rows
            for name in (place.name, *place.aliases)
        }

    @cached_property
    def _items(self) -> tuple[tuple[Item, ...], tuple[PackError, ...]]:
        items: list[Item] = []
        faults: list[PackError] = []
        codes = {county.name: county.code for county in self.info.counties}
        grammar = self.info.grammar
        for layer in self.layers:
            path = self.data / "items" / f"{layer.id}.csv"
            for record in read_table(path, columns_of(layer)):
                found = list(item_faults(record, layer, codes))
                faults += found
                items.append(item_of(readable_item(record, found, codes), layer, codes, grammar))
        return tuple(items), tuple(faults)

    @cached_property
    def _places(self) -> tuple[Gazetteer, tuple[PackError, ...]]:
        places: list[Place] = []
        faults: list[PackError] = []
        taken: set[str] = set()
        for record in read_table(self.data / "gazetteer.csv", PLACE_COLUMNS):
            found = list(place_faults(record, taken))
            faults += found
            place = place_of(readable_place(record, found, taken))
            taken |= {place.name, *place.aliases}
            places.append(place)
        return Gazetteer(place for place in places if place.name), tuple(faults)


def item_faults(record: Record, layer: Layer, codes: dict[str, str]) -> Iterator[PackError]:
    """Every cell of an item's row that says nothing a build can use."""
    for name in split_list(record.cells["counties"]):
        if name not in codes:
            expected = f"one of {', '.join(codes)}, several with {SEPARATOR} between{ELSEWHERE}"
            yield PackError(
                record.row.file, expected, row=record.row.number, column="counties", value=name
            )
    for field in layer.fields:
        try:
            if record.cells[field.id]:
                typed(record, field)
        except PackError as fault:
            yield fault


def readable_item(record: Record, faults: list[PackError], codes: dict[str, str]) -> Record:
    """The row without what is at fault."""
    cells = record.cells | {fault.column: "" for fault in faults}
    known = [name for name in split_list(record.cells["counties"]) if name in codes]
    return Record(record.row, cells | {"counties": SEPARATOR.join(known)})


def place_faults(record: Record, taken: set[str]) -> Iterator[PackError]:
    """Every cell of a place's row that says nothing a build can use; `taken` are earlier names."""
    cells = record.cells
    if not cells["name"]:
        yield bad(record, "name", "the name of the place")
    for column in ("name", "aliases"):
        for name in split_list(cells[column]):
            if name in taken:
                yield PackError(
                    record.row.file, "every name and alias only once",
                    row=record.row.number, column=column, value=name,
                )  # fmt: skip
    placed = bool(cells["lng"] or cells["lat"])
    for other in ("lat", "lng") if placed else ():
        try:
            position_of(Record(record.row, cells | {other: "0"}))
        except PackError as fault:
            yield fault
    if placed:
        try:
            radius_of(record)
        except PackError as fault:
            yield fault
    if placed != bool(cells["basis"]):
        yield bad(record, "basis", "A, B or C exactly where there are coordinates")
    elif placed and cells["basis"] not in BASIS_OF_LETTER:
        yield bad(record, "basis", "A (published), B (derived) or C (estimated)")


def readable_place(record: Record, faults: list[PackError], taken: set[str]) -> Record:
    """The row without what is at fault: no position at all where a part of it is."""
    cells = dict(record.cells)
    if any(fault.column in LOCATING for fault in faults):
        cells |= dict.fromkeys(LOCATING, "")
    if cells["name"] in taken:
        cells["name"] = ""
    free = [name for name in split_list(cells["aliases"]) if name not in taken]
    return Record(record.row, cells | {"aliases": SEPARATOR.join(free)})
