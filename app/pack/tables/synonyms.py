"""What readers type for the words that items hold: `synonyms.csv`."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.text.folding import folded
from app.pack.tables.csv_tables import read_table, split_list


@dataclass(frozen=True, slots=True)
class Synonyms:
    """An item that holds one of the words is found by the others too; all items where none stand.

    Words and others are folded, as searches compare them.
    """

    words: tuple[str, ...]
    also: tuple[str, ...]


def read_synonyms(path: Path) -> tuple[Synonyms, ...]:
    """Read the table; a pack without the file has no synonyms."""
    if not path.exists():
        return ()
    return tuple(
        Synonyms(*(tuple(map(folded, split_list(cells[name]))) for name in ("words", "also")))
        for _, cells in read_table(path, ("words", "also"))
    )
