"""The version of the tables a workbook was made from, kept where users do not delete it by
accident.

It says whether others changed the tables since, so losing it would let one person's workbook undo
another's work in silence. It stands in four places, and one is enough: a document property and a
defined name (Excel, WPS and LibreOffice keep both on saving), a sheet that no menu shows, and the
sheet 说明 where people read it.
"""

from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName

from app.editing.workbook.package import Book, RawSheet
from app.editing.workbook.sheets import ABOUT, VERSION_LABEL

VERSION_NAME = "planmap.version"
VERSION_SHEET = "planmap"


def write_version(book: Workbook, version: str) -> None:
    """Put the version into every place but the sheet 说明."""
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]
    properties.append(StringProperty(name=VERSION_NAME, value=version))
    book.defined_names[VERSION_NAME] = DefinedName(VERSION_NAME, attr_text=f'"{version}"')
    page = book.create_sheet(VERSION_SHEET)
    page.sheet_state = "veryHidden"
    page.append([VERSION_LABEL, version])


def versions_of(book: Book) -> set[str]:
    """Every version a workbook names; one, where nobody put two workbooks together."""
    found = {
        book.properties.get(VERSION_NAME, ""),
        book.names.get(VERSION_NAME, "").strip('"'),
        *(
            version_in(book.sheets[title])
            for title in (VERSION_SHEET, ABOUT)
            if title in book.sheets
        ),
    }
    return found - {""}


def version_in(page: RawSheet) -> str:
    """What stands beside the label."""
    for row in page.rows.values():
        if 1 in row and row[1].text == VERSION_LABEL and 2 in row:
            return row[2].text
    return ""
