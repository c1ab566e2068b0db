"""The text a search looks through, and the words it looks for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from app.domain.text.folding import folded
from app.domain.text.languages import translations_in
from app.domain.text.spelling import spellings

LEAST_WORD = 2
"""Characters of the shortest word that a token is split into."""
ENDINGS = (("ies", "y"), ("ing", ""), ("es", ""), ("s", ""))
"""Of English words, and what stands for them in the word alone."""
LEAST_STEM = 3

SEARCHED = ("name", "name_en", "plan_term", "summary", "summary_en", "place_note")
LISTED = ("facts", "facts_en", "aliases")
SEARCHED_LISTS = ("name", "summary", "facts", "place_note")
"""What is searched in further languages as well."""
KNOWN = (*SEARCHED, "facts_en", "place_note_en")
"""What is no further language: searched already, or not at all."""


class Searched(Protocol):
    """Texts that are searched."""

    def holds(self, word: str) -> bool:
        """Whether a text contains a word."""
        ...

    def hold_together(self, first: str, second: str) -> bool:
        """Whether a text contains both words."""
        ...


def search_text(properties: Mapping[str, Any]) -> str:
    """An item's own words, folded: names, spellings, summary, facts, list words, places."""
    parts = [str(properties.get(name) or "") for name in SEARCHED]
    parts += spellings(parts[0])
    for name in LISTED:
        parts += properties.get(name) or ()
    for value in translations_in(properties, SEARCHED_LISTS, KNOWN).values():
        parts += [value] if isinstance(value, str) else value or ()
    parts += (properties.get("located_by") or {}).get("places", ())
    return folded("\n".join(parts))


def search_tokens(text: str) -> tuple[str, ...]:
    """The words of a search, each of which must be found."""
    return tuple(dict.fromkeys(folded(text).split()))


def split_compounds(tokens: Sequence[str], texts: Searched) -> tuple[str, ...]:
    """The tokens, each that no text holds as its stem (skiing → ski), or as two words that one
    does: 东县水利 → 东县, 水利.

    The longest first word is taken. A token that cannot be split stays, and finds nothing.
    The page does the same (static/js/core/selection.js).
    """
    return tuple(word for token in tokens for word in compound_parts(token, texts))


def compound_parts(token: str, texts: Searched) -> tuple[str, ...]:
    for whole in (token, *stems_of(token)):
        if texts.holds(whole):
            return (whole,)
    most = len(token) - LEAST_WORD
    if not (most >= LEAST_WORD and texts.holds(token[:LEAST_WORD]) and texts.holds(token[most:])):
        return (token,)
    # What holds a word holds every part of it, so that the longest is found by halving.
    start = last_true(lambda n: texts.holds(token[:n]), LEAST_WORD, most)
    end = last_true(lambda n: texts.holds(token[-n:]), LEAST_WORD, most)
    cuts = range(start, len(token) - end - 1, -1)
    at = next((at for at in cuts if texts.hold_together(token[:at], token[at:])), len(token))
    return tuple(filter(None, (token[:at], token[at:])))


def stems_of(token: str) -> list[str]:
    """What an English word is without its ending."""
    if not (token.isascii() and token.isalpha()):
        return []
    return [
        token.removesuffix(end) + alone
        for end, alone in ENDINGS
        if token.endswith(end) and len(token) - len(end) >= LEAST_STEM
    ]


def last_true(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The last number that holds; `low` does, and after one that does not, none does."""
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
