"""Industries in two levels: `industries.csv` puts the plan's own words under common headings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import PackError
from app.domain.models import RowPosition
from app.domain.text.languages import CHINESE, ENGLISH, translations_in
from app.pack.tables.csv_tables import read_table, split_list

COLUMNS = ("name", "name_en", "words", "also")


@dataclass(frozen=True, slots=True)
class Heading:
    """One industry: what it is called, the plan's words for it, and what else readers call it."""

    row: RowPosition
    name: str
    name_en: str
    words: tuple[str, ...]
    also: tuple[str, ...]
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What it says in further languages, by column: `name_pt`."""

    def in_languages(self, first: str) -> dict[str, str]:
        """Language → its name, as `terms.csv` has a word."""
        others = {key.removeprefix("name_"): text for key, text in self.translations.items()}
        return {CHINESE: self.name, first: self.name, ENGLISH: self.name_en, **others}


def read_headings(path: Path, terms: Iterable[str]) -> tuple[Heading, ...]:
    """Read the table; a pack without the file has no headings, and its words stand alone.

    A heading is no word of the plan: one address would mean two things.
    """
    if not path.exists():
        return ()
    words, found = set(terms), {}
    for row, cells in read_table(path, COLUMNS):
        name = cells["name"]
        if not name or name in words or name in found:
            raise PackError(
                row.file, "a name that no other heading and no word of terms.csv has",
                row=row.number, column="name", value=name,
            )  # fmt: skip
        found[name] = Heading(
            row, name, cells["name_en"], split_list(cells["words"]), split_list(cells["also"]),
            translations_in(cells, ("name",), COLUMNS),
        )  # fmt: skip
    return tuple(found.values())


def headings_over(headings: Sequence[Heading]) -> dict[str, tuple[Heading, ...]]:
    """Word of the plan → the headings it stands under."""
    words = dict.fromkeys(word for heading in headings for word in heading.words)
    return {word: tuple(heading for heading in headings if word in heading.words) for word in words}
