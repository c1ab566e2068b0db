"""The values of plan.toml and the words of terms.csv, each checked as it is read."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from app.domain.errors import PackError
from app.domain.models import PLAIN
from app.domain.text.languages import CHINESE
from app.domain.text.references import WANTED, Grammar, check_grammar
from app.pack.reading import read_text
from app.pack.tables.csv_tables import only_once, read_table
from app.words import CODE


def read_terms(path: Path, languages: Sequence[str]) -> dict[str, dict[str, str]]:
    """Read `terms.csv`: a column for each language, the first of the pack's (or `zh`) the key."""
    header = read_text(path).partition("\n")[0]
    columns = tuple(name.strip() for name in header.split(","))
    own = next((name for name in (languages[0], CHINESE) if name in columns), "")
    strange = [name for name in columns if not CODE.fullmatch(name)]
    if not own or strange:
        raise PackError(
            path.name, f"columns that are languages, among them {languages[0]}",
            row=1, value=", ".join(strange) or header,
        )  # fmt: skip
    return {cells[own]: cells for _, cells in only_once(read_table(path, columns), own)}


def shown(value: object) -> str:
    """A value of TOML as it is written there, not as Python writes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def languages_of(value: object) -> tuple[str, ...]:
    """One code or several, the pack's own language first."""
    match value:
        case [str(), *_] if all(isinstance(one, str) and CODE.fullmatch(one) for one in value):
            return tuple(dict.fromkeys(map(str, value)))
    raise PackError(
        "plan.toml", 'one language or several, as in ["pt", "en"]',
        column="languages", value=shown(value),
    )  # fmt: skip


def grammar_of(value: object) -> Grammar:
    """How references are written; as in Chinese plans where nobody says."""
    if value is None:
        return PLAIN
    if not check_grammar(value):
        raise PackError("plan.toml", WANTED, column="references", value=shown(value))
    return Grammar(value)  # type: ignore[arg-type]


def frame_of(value: object) -> tuple[float, float, float, float]:
    """West, south, east, north, in that order and with an area."""
    match value:
        case [
            float() | int() as west,
            float() | int() as south,
            float() | int() as east,
            float() | int() as north,
        ] if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return float(west), float(south), float(east), float(north)
    expected = (
        "[west, south, east, north] in degrees, west < east within ±180, south < north within ±90"
    )
    raise PackError("plan.toml", expected, column="frame", value=shown(value))


def reach_of(value: object) -> dict[str, float]:
    """Kind of place → metres, none below 0."""
    if not isinstance(value, dict):
        raise PackError("plan.toml", "a table of kinds and metres", column="reach_m")
    for kind, metres in value.items():
        if isinstance(metres, bool) or not isinstance(metres, int | float) or metres < 0:
            raise PackError(
                "plan.toml", f"metres for kind {kind}, 0 or more",
                column="reach_m", value=shown(metres),
            )  # fmt: skip
    return {str(kind): float(metres) for kind, metres in value.items()}


YEARS = range(1980, 2108)
"""Those a file inside a workbook or an archive can be of."""


def day_of(value: object) -> str:
    """A TOML date as ISO 8601; an empty text where there is none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        if value.year not in YEARS:
            expected = f"a date from {YEARS.start} to {YEARS.stop - 1}"
            raise PackError("plan.toml", expected, column="updated", value=value.isoformat())
        return value.isoformat()
    if value == "":
        return ""
    raise PackError(
        "plan.toml", "a date like 2025-12-31, without quotes", column="updated", value=shown(value)
    )
