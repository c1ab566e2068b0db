"""Base lines: roads, railways and rivers as the points they are known to pass."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from app.domain.models import BASIS_OF_LETTER, BaseLine, LinePoint
from app.domain.text.languages import translations_in
from app.pack.tables.csv_tables import Record, read_table, split_list
from app.pack.tables.gazetteer import Gazetteer, bad, position_of, radius_of

COLUMNS = (
    "name", "name_en", "kind", "seq", "lng", "lat", "place", "basis", "uncertainty_m", "source",
)  # fmt: skip
KINDS = ("motorway", "road", "railway", "river", "corridor")


def read_lines(path: Path, gazetteer: Gazetteer) -> dict[str, BaseLine]:
    """Read `lines.csv`; rows of one line stand together, in order of `seq`."""
    lines: dict[str, BaseLine] = {}
    for name, group in groupby(read_table(path, COLUMNS), lambda record: record.cells["name"]):
        records = list(group)
        if name in lines:
            raise bad(records[0], "name", "the rows of one line together")
        lines[name] = line_of(records, gazetteer)
    return lines


def line_of(records: list[Record], gazetteer: Gazetteer) -> BaseLine:
    first = records[0]
    if first.cells["kind"] not in KINDS:
        raise bad(first, "kind", f"one of {', '.join(KINDS)}")
    for expected, record in enumerate(records, start=1):
        if record.cells["seq"] != str(expected):
            raise bad(record, "seq", f"{expected}, counting from 1")
    points = tuple(points_of(records, gazetteer))
    if len({point.position for point in points}) < 2:
        raise bad(first, "name", "at least two points that differ")
    return BaseLine(
        row=first.row,
        name=first.cells["name"],
        name_en=first.cells["name_en"],
        kind=first.cells["kind"],
        points=points,
        translations=translations_in(first.cells, ("name",), COLUMNS),
    )


def points_of(records: list[Record], gazetteer: Gazetteer) -> Iterator[LinePoint]:
    """A point is a place of the gazetteer, or its own coordinates; never both."""
    for record in records:
        cells = record.cells
        if cells["place"]:
            place = gazetteer.get(cells["place"])
            if place is None or place.position is None:
                raise bad(record, "place", "a place of the gazetteer with coordinates")
            yield LinePoint(place.position, place.uncertainty_m, place.basis, place.source)
            continue
        position = position_of(record)
        if position is None:
            raise bad(record, "lng", "coordinates, or the name of a place")
        if cells["basis"] not in BASIS_OF_LETTER:
            raise bad(record, "basis", "A, B or C")
        yield LinePoint(
            position,
            radius_of(record),
            BASIS_OF_LETTER[cells["basis"]],
            split_list(cells["source"]),
        )
