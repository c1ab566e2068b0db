"""English names are written one way: in title case, as a headline is.

The first and the last word and every main word begin with a capital, and so does each part of a
hyphenated one. Articles, conjunctions and short prepositions (LOWER) stay small, units (UNITS) as
they are. Words in brackets or quotes are a phrase of their own, and so is what follows a colon.
"""

import re
from collections.abc import Iterator

from app.rules.check_context import CheckContext, Finding, Rule, finding_for

LOWER = frozenset((
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on",
    "or", "per", "the", "to", "via", "with",
))  # fmt: skip
UNITS = frozenset(("kV", "kW", "kWh", "km", "km²", "m", "m²", "mm", "mu", "t", "ha", "h"))

WORD = re.compile(r"(?<![\w'’])[^\W\d_]+(?:['’][^\W\d_]+)*")
"""Letters, with an apostrophe inside; what follows a digit at once, as in `5A`, is no word."""

OPENS, CLOSES = '(["“‘:', ')]"”’'


def title_case(text: str) -> str:
    """A name as it should be written.

    >>> title_case("Gaoqiao–Jinzhou Port fast road (the eastern part of it)")
    'Gaoqiao–Jinzhou Port Fast Road (The Eastern Part of It)'
    >>> title_case("Waste-to-energy plant: a 220 kV link")
    'Waste-to-Energy Plant: A 220 kV Link'
    """
    return WORD.sub(lambda found: cased(found, text), text)


def cased(match: re.Match[str], text: str) -> str:
    word = match.group()
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    first = not before or before[-1] in OPENS
    last = not after or after[0] in CLOSES
    if word in UNITS and not first:
        return word
    if word.lower() in LOWER and not first and not last:
        return word.lower()
    return word[0].upper() + word[1:]


def english_name_is_in_title_case(context: CheckContext) -> Iterator[Finding]:
    """The names of items, places and lines, which stand side by side on the map."""
    for item in context.items:
        if item.name_en != title_case(item.name_en):
            yield finding_for(
                english_name_is_in_title_case, item, "name_en", item.name_en,
                title_case(item.name_en),
            )  # fmt: skip
    for one in (*context.pack.gazetteer, *context.pack.lines.values()):
        if one.name_en != title_case(one.name_en):
            yield Finding(
                english_name_is_in_title_case.__name__, one.row.file, one.row.number,
                "name_en", one.name_en, title_case(one.name_en),
            )  # fmt: skip


RULES: tuple[Rule, ...] = (english_name_is_in_title_case,)
