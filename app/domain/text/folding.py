"""Text as a search compares it: what a reader takes for the same becomes the same.

Full-width letters and digits, traditional characters, invisible ones and the marks between words
make no difference. Only searches and comparisons of names see folded text; what the plan calls a
thing is kept as it is. static/js/core/folding.js is the twin; tests/shared/folding_cases.json
holds both to the
same cases, and the page learns from the pack which traditional characters can occur.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from app.domain.text.cleaning import INVISIBLE

MARKS = "、，。；：·“”‘’《》"
UNREAD = re.compile(f"{INVISIBLE.pattern[:-1]}{MARKS}]")
"""What a search reads over: marks between words, and what nobody sees."""
TABLE = Path(__file__).with_name("traditional.txt")


@lru_cache(maxsize=1)
def simplified() -> dict[int, str]:
    """Traditional character → simplified one, for `str.translate`."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


def folded(text: str) -> str:
    """Lower-case, half-width, simplified, and without the marks that Chinese sets between words.

    >>> folded("一核、一带 ＡＢＣ１２ 葫蘆島")
    '一核一带 abc12 葫芦岛'
    """
    narrow = unicodedata.normalize("NFKC", UNREAD.sub("", text)).lower()
    return narrow if narrow.isascii() else in_simplified(narrow)


def in_simplified(text: str) -> str:
    """The text with simplified characters: `str.translate` looks each one up, ten times as long."""
    table = simplified()
    return traditional().sub(lambda found: table[ord(found.group())], text)


@lru_cache(maxsize=1)
def traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, simplified()))}]")


def without_invisible(text: str) -> str:
    r"""A text without the characters that nobody sees.

    >>> without_invisible("绥\u200b中\ufeff")
    '绥中'
    """
    return INVISIBLE.sub("", text)


def readings(word: str) -> tuple[str, str, str]:
    """How a word may be meant, the likeliest first: as it stands, half-width, simplified.

    >>> readings("ＡＢ縣")
    ('ＡＢ縣', 'AB縣', 'AB县')
    """
    narrow = unicodedata.normalize("NFKC", word)
    return word, narrow, narrow.translate(simplified())


def traditional_for(text: str) -> tuple[str, str]:
    """The traditional characters that could be typed for those of a text, and what they become."""
    characters = set("".join(set(text)).translate(simplified()))
    pairs = [(chr(one), plain) for one, plain in simplified().items() if plain in characters]
    return "".join(one for one, _ in pairs), "".join(one for _, one in pairs)
