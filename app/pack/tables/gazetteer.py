"""The gazetteer: each place's coordinates, kept once."""

import math
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.domain.errors import PackError
from app.domain.models import BASIS_OF_LETTER, Place, Position
from app.domain.text.languages import translations_in
from app.pack.tables.csv_tables import NUMBER, Record, read_table, split_list

COLUMNS = (
    "name", "aliases", "name_en", "kind", "county", "lng", "lat", "uncertainty_m", "basis",
    "source", "evidence", "note", "code",
)  # fmt: skip


class Gazetteer:
    """Places by name or alias; every name and alias is unique."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        self._by_name: dict[str, Place] = {}
        for place in self.places:
            for name in (place.name, *place.aliases):
                if reading(name) in self._by_name:
                    raise PackError(
                        place.row.file, "every name and alias only once",
                        row=place.row.number, column="name", value=name,
                    )  # fmt: skip
                self._by_name[reading(name)] = place

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def get(self, name: str) -> Place | None:
        """The place of this name or alias, or None."""
        return self._by_name.get(reading(name))


def reading(name: str) -> str:
    """A name as it is compared: Ａ岛 in full width, as a Chinese keyboard writes it, is A岛."""
    return unicodedata.normalize("NFKC", name)


def read_gazetteer(path: Path) -> Gazetteer:
    """Read `gazetteer.csv`."""
    return Gazetteer(place_of(record) for record in read_table(path, COLUMNS))


def place_of(record: Record) -> Place:
    cells = record.cells
    position = position_of(record)
    basis = cells["basis"]
    if (position is None) != (basis == ""):
        raise bad(record, "basis", "A, B or C exactly where there are coordinates")
    if basis and basis not in BASIS_OF_LETTER:
        raise bad(record, "basis", "A (published), B (derived) or C (estimated)")
    return Place(
        row=record.row,
        name=cells["name"],
        aliases=split_list(cells["aliases"]),
        name_en=cells["name_en"],
        kind=cells["kind"],
        county=cells["county"],
        position=position,
        uncertainty_m=radius_of(record) if position else 0.0,
        basis=BASIS_OF_LETTER.get(basis, ""),
        source=split_list(cells["source"]),
        evidence=cells["evidence"],
        note=cells["note"],
        code=cells["code"],
        translations=translations_in(cells, ("name",), COLUMNS),
    )


def position_of(record: Record) -> Position | None:
    """Longitude and latitude, or None where both are blank."""
    if not record.cells["lng"] and not record.cells["lat"]:
        return None
    lng, lat = number_of(record, "lng"), number_of(record, "lat")
    if not -180 <= lng <= 180:
        raise bad(record, "lng", "degrees between -180 and 180")
    if not -90 <= lat <= 90:
        raise bad(record, "lat", "degrees between -90 and 90")
    return lng, lat


def number_of(record: Record, column: str) -> float:
    if not NUMBER.fullmatch(record.cells[column]):
        raise bad(record, column, "a number in plain digits")
    number = float(record.cells[column])
    if not math.isfinite(number):
        raise bad(record, column, "a finite number")
    return number


def radius_of(record: Record) -> float:
    """How far off a position may be."""
    radius = number_of(record, "uncertainty_m")
    if radius < 0:
        raise bad(record, "uncertainty_m", "a radius in metres, 0 or more")
    return radius


def bad(record: Record, column: str, expected: str) -> PackError:
    """The error for one cell."""
    return PackError(
        record.row.file, expected, row=record.row.number, column=column,
        value=record.cells[column],
    )  # fmt: skip
