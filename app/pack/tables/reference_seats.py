"""Reference seats: what other sources say of places of the gazetteer, to compare them with.

Nothing is drawn from `reference_seats.csv`; a pack may be without it.
"""

from dataclasses import dataclass
from pathlib import Path

from app.domain.models import Position, RowPosition
from app.pack.tables.csv_tables import Record, only_once, read_table
from app.pack.tables.gazetteer import bad, number_of, position_of

COLUMNS = ("place", "lng", "lat", "uncertainty_m", "source")


@dataclass(frozen=True, slots=True)
class ReferenceSeat:
    """Where one source puts a place, and the radius within which that is right."""

    row: RowPosition
    place: str
    position: Position
    uncertainty_m: float
    source: str


def read_reference_seats(path: Path) -> tuple[ReferenceSeat, ...]:
    """Read `reference_seats.csv`; empty where there is no such file."""
    if not path.exists():
        return ()
    records = only_once(read_table(path, COLUMNS), "place", "source")
    return tuple(map(reference_seat, records))


def reference_seat(record: Record) -> ReferenceSeat:
    position = position_of(record)
    if position is None:
        raise bad(record, "lng", "the coordinates that the source gives")
    radius = number_of(record, "uncertainty_m")
    if radius <= 0:
        raise bad(record, "uncertainty_m", "a radius in metres, more than 0")
    cells = record.cells
    return ReferenceSeat(record.row, cells["place"], position, radius, cells["source"])
