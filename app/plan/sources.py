"""Where coordinates and boundaries come from: `sources.csv`, a row per source."""

from dataclasses import dataclass
from pathlib import Path

from app.plan.addresses import WANTED, is_web_address
from app.plan.errors import PackError
from app.plan.models import Row
from app.plan.tables import Record, read_table

COLUMNS = ("id", "title", "title_en", "url", "licence", "vintage", "datum", "note")


@dataclass(frozen=True, slots=True)
class Source:
    """One source; an empty field means nobody knows."""

    row: Row
    id: str
    title: str
    title_en: str
    url: str
    licence: str
    vintage: str
    datum: str
    note: str


def read_sources(path: Path) -> tuple[Source, ...]:
    """Read `sources.csv`; every id once."""
    sources = tuple(source_of(record) for record in read_table(path, COLUMNS))
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise PackError(
                source.row.file, "every id only once", row=source.row.number, column="id",
                value=source.id,
            )  # fmt: skip
        seen.add(source.id)
    return sources


def source_of(record: Record) -> Source:
    cells = record.cells
    if cells["url"] and not is_web_address(cells["url"]):
        raise PackError(
            record.row.file, f"{WANTED}, or empty", row=record.row.number, column="url",
            value=cells["url"],
        )  # fmt: skip
    return Source(record.row, **cells)
