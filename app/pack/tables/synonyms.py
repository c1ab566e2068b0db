"""What readers type for the words that items hold: `synonyms.csv`."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
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


def synonym_finder(synonyms: Sequence[Synonyms]) -> Callable[[str], set[int]]:
    """Which of those with words stand for a text. Asked of every item: a word is looked for only
    where one begins as it does.
    """
    words = defaultdict(list)
    for at, one in enumerate(synonyms):
        for word in one.words:
            words[word[0]].append((word, at))
    if not words:
        return lambda text: set()
    begins = "|".join(
        f"{re.escape(first)}(?={'|'.join(re.escape(word[1:]) for word, _ in some)})"
        for first, some in words.items()
    )
    find = re.compile(begins).findall

    def standing(text: str) -> set[int]:
        return {at for first in {*find(text)} for word, at in words[first] if word in text}

    return standing


def read_synonyms(path: Path) -> tuple[Synonyms, ...]:
    """Read the table; a pack without the file has no synonyms."""
    if not path.exists():
        return ()
    return tuple(
        Synonyms(*(tuple(map(folded, split_list(cells[name]))) for name in ("words", "also")))
        for _, cells in read_table(path, ("words", "also"))
    )
