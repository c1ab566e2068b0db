"""How a sheet of items is read and printed: what programs need is folded, pages have a head."""

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from app.formats.tabular.table import Column

Sheet = Any

CODES = {"counties": "county_names"}
"""A code whose title is not in `<id>_title`."""
FOR_PROGRAMS = frozenset(
    ("scope", "county_basis", "status_basis", "basis", "method", "places", "along", "related",
     "source", "exits", "diagram", "geometry")
)  # fmt: skip
LANDSCAPE, A4 = "landscape", 9
PERCENT = 60


def folded(
    shown: Sequence[Column], lang: str, languages: Sequence[str], lines: Sequence[Sequence[Any]]
) -> Iterator[int]:
    """Columns, counted from 1: codes beside their title, other languages, what is empty.

    `lines`: all rows, or none where there are more than have been looked at.
    """
    ids = {column.id for column in shown}
    others = tuple(f"_{one}" for one in languages[1:] if one != lang)
    filled = [any(cell not in (None, "") for cell in cells) for cells in zip(*lines, strict=True)]
    for number, column in enumerate(shown):
        id = column.id
        if id not in ("id", "name") and (
            CODES.get(id, f"{id}_title") in ids
            or id.endswith(others)
            or f"{id}_{lang}" in ids
            or id in FOR_PROGRAMS
            or id.endswith("_doubt_km")
            or (filled and not filled[number])
        ):
            yield number + 1


def fold(sheet: Sheet, numbers: Sequence[int]) -> None:
    """Behind the “+” above the columns; nothing is taken out."""
    for number in numbers:
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.outlineLevel, dimension.hidden = 1, True
        if number + 1 not in numbers:
            sheet.column_dimensions[get_column_letter(number + 1)].collapsed = True


def print_well(sheet: Sheet, *, columns: str = "", fits: bool = False) -> None:
    """On its side, under its head; beside these columns, or as wide as one page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = LANDSCAPE, A4
    sheet.print_title_rows = "1:1"
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.oddFooter.center.text = "&P / &N"
    if columns:
        sheet.print_title_cols = columns
    if fits:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
    else:
        sheet.page_setup.scale = PERCENT
