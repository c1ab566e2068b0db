"""Which sheets the workbook has: one per layer and one of places, each a table of the pack."""

import hashlib
import re
from dataclasses import dataclass, replace

from app.domain.models import SCOPES
from app.domain.schema import PLACE, Choice, Property, Word, row_properties, translation_properties
from app.pack.pack import Pack
from app.pack.tables.csv_tables import read_table

PLACES = "places"
PLACES_TITLE = "地名"
ABOUT, LISTS = "说明", "列表"
"""Sheets that are no table: how to use the workbook, and what the drop-downs offer."""

VERSION_LABEL = "表格版本"
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
TITLE_MOST = 31
"""Excel's limit for the name of a sheet."""

YES_NO: tuple[Choice, ...] = (
    Word("true", "是", "Yes"), Word("false", "否", "No"),
)  # fmt: skip

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class WorksheetSpec:
    """One table of the pack: its file, columns in the file's order, and rows."""

    id: str
    title: str
    file: str
    """Path inside `geodata/`, as errors name it."""
    key: str
    """The column that names a row."""
    properties: tuple[Property, ...]
    rows: tuple[Cells, ...]

    @property
    def name(self) -> str:
        """The defined name that stays with the sheet when somebody renames it."""
        return f"planmap.{self.id.replace('-', '_')}"

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(property.id for property in self.properties)


def sheets_of(pack: Pack) -> list[WorksheetSpec]:
    """The sheets in the order of the layers, places last; titles made unique."""
    specs: list[WorksheetSpec] = []
    for layer in pack.layers:
        title = unique_title(layer.title, specs)
        properties = tuple(map(for_table, row_properties(layer, pack.info.status_titles)))
        specs.append(
            read(
                pack, WorksheetSpec(layer.id, title, f"items/{layer.id}.csv", "id", properties, ())
            )
        )
    title = unique_title(PLACES_TITLE, specs)
    specs.append(read(pack, WorksheetSpec(PLACES, title, "gazetteer.csv", "name", PLACE, ())))

    return specs


def read(pack: Pack, sheet: WorksheetSpec) -> WorksheetSpec:
    """The sheet with its rows, and its columns in the order the file has them."""
    rows = tuple(record.cells for record in read_table(pack.data / sheet.file, sheet.columns))
    more = translation_properties(sheet.properties, pack.info.languages)
    known = {property.id: property for property in (*sheet.properties, *more)}
    order = tuple(rows[0]) if rows else sheet.columns
    return replace(sheet, properties=tuple(known.get(id) or unnamed(id) for id in order), rows=rows)


def unnamed(id: str) -> Property:
    """A text in a language that the pack does not list."""
    return Property(id, "text", id, id, "", "")


def for_table(property: Property) -> Property:
    """A property as a cell may hold it: the closed lists of tables, yes and no."""
    if property.id == "scope":
        choices = tuple(choice for choice in property.choices if choice[0] in SCOPES)
        return replace(property, choices=choices)
    if property.type == "boolean":
        return replace(property, choices=YES_NO)
    return property


def unique_title(title: str, taken: list[WorksheetSpec]) -> str:
    """A title Excel accepts and no other sheet has."""
    base = FORBIDDEN.sub("·", title)[:TITLE_MOST]
    others = {sheet.title for sheet in taken} | {ABOUT, LISTS}
    number, found = 2, base
    while found in others:
        found = f"{base[: TITLE_MOST - 3]} {number}"
        number += 1
    return found


def entry(choice: Choice) -> str:
    """A value of a closed list as the cell shows it: `planned 规划新建`."""
    return f"{choice[0]} {choice[1]}"


def fingerprint(sheets: list[WorksheetSpec]) -> str:
    """Twelve hex digits that change exactly when a table does."""
    digest = hashlib.sha256()
    for sheet in sheets:
        digest.update(repr((sheet.file, sheet.columns, sheet.rows)).encode())
    return digest.hexdigest()[:12]
