"""One cell of a workbook → the text a table would have, or what is wrong with it.

Excel turns what is typed into dates, times, percentages and TRUE without asking. In a column that
holds such values they are read; in any other the cell is named, with what was probably typed.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from app.domain.schema import Property
from app.domain.text.characters import forbidden_in, spelt_out
from app.domain.text.cleaning import INVISIBLE, SPACES
from app.editing.cell_values import as_number, text_of
from app.editing.workbook.package import RawCell

WANTED = {
    "integer": "a whole number",
    "number": "a number",
    "date": "a date like 2025-12-31",
    "datetime": "a date and time",
    "list": "a list with | between",
}
DIGITS_MOST = 1e15
"""Excel keeps 15 digits of a number; of a longer one the rest is already lost."""

AS_TEXT = "format the cell as text and type it again"
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Numbers that are probably days: 1954 to 2119."""


class CellValue(NamedTuple):
    """The text of a cell; where it cannot be one, the value as shown and what is expected."""

    text: str
    shown: str = ""
    expected: str = ""
    note: str = ""
    """What was left out of the text."""


def expected_text(property: Property) -> str:
    """What a cell may hold, in a few words."""
    if property.choices:
        return f"one of {', '.join(choice[0] for choice in property.choices if choice[0])}"
    return WANTED.get(property.type, "a text")


def value_of(cell: RawCell | None, property: Property, *, since_1904: bool) -> CellValue:
    """What a cell says in this column."""
    if cell is None:
        return CellValue("")
    if cell.kind == "number":
        return number_value(cell, property, since_1904=since_1904)
    return OTHERS[cell.kind](cell, property)


def text_value(cell: RawCell, property: Property) -> CellValue:
    code = forbidden_in(cell.text)
    if code:
        expected = f"{property.id}: text without {code}: no file holds it"
        return CellValue("", spelt_out(cell.text), expected)
    text = text_of(cell.text, property)
    unseen = sorted(set(INVISIBLE.findall(cell.text)) | set(SPACES.findall(cell.text.strip())))
    codes = ", ".join(f"U+{ord(one):04X}" for one in unseen)
    return CellValue(text, note=f"{codes} in {text!r} is not kept" if unseen else "")


def number_value(cell: RawCell, property: Property, *, since_1904: bool) -> CellValue:
    number = as_number(cell.text)
    if number is None:
        return CellValue("", cell.text, f"{property.id}: {expected_text(property)}")
    if "%" in cell.format:
        shown, meant = f"{number:g}", f"{number * 100:g}%"
        return CellValue("", shown, f"{property.id}: {meant} was shown, {shown} is kept: {AS_TEXT}")
    if is_date_format(cell.format):
        return serial_value(number, cell, property, since_1904=since_1904)
    if "?/" in cell.format and property.type == "text":
        return CellValue("", cell.text, f"{property.id}: Excel made a fraction of it: {AS_TEXT}")
    if abs(number) >= DIGITS_MOST:
        expected = f"{property.id}: Excel keeps 15 digits of a number, the rest are lost: {AS_TEXT}"
        return CellValue("", f"{number:.0f}", expected)
    return plain_number(number, property)


def plain_number(number: float, property: Property) -> CellValue:
    text = text_of(number, property)
    if property.type in ("date", "datetime") and FIRST_SERIAL <= number <= LAST_SERIAL:
        day = (date(1899, 12, 30) + timedelta(days=int(number))).isoformat()
        return CellValue(
            "", text, f"{property.id}: {expected_text(property)}; this number is perhaps {day}"
        )
    return CellValue(text)


def serial_value(
    number: float, cell: RawCell, property: Property, *, since_1904: bool
) -> CellValue:
    """A number that is shown as a day or a time."""
    epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    try:
        moment = from_excel(number, epoch)
        text = text_of(moment, property) if not isinstance(moment, timedelta) else str(moment)
    except (OverflowError, ValueError, TypeError):
        return CellValue("", cell.text, f"{property.id}: a day that there is: {AS_TEXT}")
    return date_value(text, text, property, timed=not isinstance(moment, datetime))


def date_value(text: str, shown: str, property: Property, *, timed: bool = False) -> CellValue:
    """A day where the column wants days; elsewhere Excel made one of something else."""
    if property.type in ("date", "datetime") and not timed:
        return CellValue(text)
    what = "a time" if timed else "a date"
    expected = (
        f"{property.id}: {expected_text(property)}; Excel made {what} of what was typed: {AS_TEXT}"
    )
    return CellValue("", shown, expected)


def boolean_value(cell: RawCell, property: Property) -> CellValue:
    text = text_of(cell.text in ("1", "true"), property)
    if property.type == "boolean":
        return CellValue(text)
    expected = f"{property.id}: {expected_text(property)}; Excel made a yes or no of it: {AS_TEXT}"
    return CellValue("", text.upper(), expected)


def refused(what: str) -> Callable[[RawCell, Property], CellValue]:
    """A cell that holds no plain value."""
    return lambda cell, property: CellValue(
        "", cell.text, f"{property.id}: {expected_text(property)}, not {what}"
    )


OTHERS: dict[str, Callable[[RawCell, Property], CellValue]] = {
    "text": text_value,
    "boolean": boolean_value,
    "date": lambda cell, property: date_value(cell.text, cell.text, property),
    "damaged": lambda cell, property: CellValue("", "", f"{property.id}: {cell.text}"),
    "formula": refused("a formula"),
    "error": refused("an error"),
}
"""Kind of cell → how it is read."""
