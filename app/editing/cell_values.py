"""What Excel or WPS made of a cell → the text the table would have."""

import re
from datetime import date, datetime, time
from typing import Any

from app.domain.schema import Property
from app.domain.text.cleaning import clean
from app.pack.tables.csv_tables import NUMBER, SEPARATOR

BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*|_x000D_")


def text_of(value: Any, property: Property) -> str:
    """A cell as text: whole numbers without `.0`, dates as ISO 8601, no space around."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time() and property.type != "datetime":
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return choice_id(clean(BREAKS.sub(" ", str(value))), property)


def choice_id(text: str, property: Property) -> str:
    """The id of a closed list's value, however the cell says it: id, title, or both."""
    for id, title, title_en in property.choices:
        if text in (id, title, title_en, f"{id} {title}"):
            return id
    return text


def is_same_value(old: str, new: str, property: Property) -> bool:
    """Whether a cell still says what the table says: `120.70` is 120.7, `a | b` is `a|b`."""
    if old == new or clean(BREAKS.sub(" ", old)) == new:
        return True
    if property.type in ("integer", "number"):
        return as_number(old) == as_number(new) is not None
    if property.type == "list":
        return parts(old) == parts(new)
    return False


def as_number(text: str) -> float | None:
    """A finite number in plain digits; no `1_200`, no full-width digits."""
    return float(text) if NUMBER.fullmatch(text) else None


def parts(text: str) -> list[str]:
    """The entries of a list cell; a full-width separator is a slip of the keyboard."""
    return [part.strip() for part in text.replace("｜", SEPARATOR).split(SEPARATOR)]
