"""Where coordinates and boundaries come from: `sources.csv`, a row per source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import PackError
from app.domain.models import RowPosition
from app.domain.text.languages import translations_in
from app.domain.text.links import WANTED, is_web_address
from app.pack.tables.csv_tables import Record, only_once, read_table

COLUMNS = ("id", "title", "title_en", "url", "licence", "vintage", "datum", "note")


@dataclass(frozen=True, slots=True)
class Source:
    """One source; an empty field means nobody knows."""

    row: RowPosition
    id: str
    title: str
    title_en: str
    url: str
    licence: str
    vintage: str
    datum: str
    note: str
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `title_pt`."""


def read_sources(path: Path) -> tuple[Source, ...]:
    """Read `sources.csv`; every id once."""
    return tuple(map(source_of, only_once(read_table(path, COLUMNS), "id")))


def source_of(record: Record) -> Source:
    cells = record.cells
    if cells["url"] and not is_web_address(cells["url"]):
        raise PackError(
            record.row.file, f"{WANTED}, or empty", row=record.row.number, column="url",
            value=cells["url"],
        )  # fmt: skip
    plain = {name: cells[name] for name in COLUMNS}
    return Source(record.row, **plain, translations=translations_in(cells, ("title",), COLUMNS))
