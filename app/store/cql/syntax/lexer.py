"""The words of CQL2 text: one pass, linear in the length of the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.store.cql.errors import wrong

TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<geometry>(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b(?=\s*(?:Z\s*)?\()
      |GEOMETRYCOLLECTION\b(?=\s*(?:Z\s*)?\())
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:E[+-]?\d+)?(?!\w))
  | (?P<text>'(?:''|\\'|[^'])*')
  | (?P<quoted>"[^"]+")
  | (?P<name>(?:[^\W\d]|:)[\w.:]*)
  | (?P<sign><>|!=|<=|>=|[-+*/%^=<>(),])
    """,
    re.VERBOSE | re.IGNORECASE,
)

QUOTE = re.compile(r"''|\\'")
"""A quotation mark within text (rule escapeQuote); any other backslash is only itself."""

KEYWORDS = frozenset(
    ("AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV")
)


class Token(NamedTuple):
    """`kind` is a group of TOKEN, or `keyword` with upper-case text, or `end`."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a filter, an `end` token last."""
    place = 0
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise wrong(text[place:], f"CQL2 text; cannot read character {place + 1}")
        kind = str(match.lastgroup)
        if kind != "space":
            yield token_of(kind, match.group(), place)
        place = match.end()
    yield Token("end", "", place)


def token_of(kind: str, text: str, place: int) -> Token:
    """A name that is a keyword becomes one; quotes are taken off."""
    if kind == "name" and text.upper() in KEYWORDS:
        return Token("keyword", text.upper(), place)
    if kind == "text":
        return Token(kind, QUOTE.sub("'", text[1:-1]), place)
    if kind == "quoted":
        return Token("name", text[1:-1], place)
    return Token(kind, text, place)
