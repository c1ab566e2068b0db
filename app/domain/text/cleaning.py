"""Cleans text: no invisible characters, plain spaces.

A zero-width space or a byte-order mark inside a name makes two names of one, and nobody sees why.
What is kept is otherwise the writer's own: full-width letters and traditional characters are only
folded where a reader searches (app/domain/text/folding.py) or names are compared.
"""

import re

LIST_SEPARATOR = "；"
"""Between the entries of a list where a format has no lists: no program takes it for the mark
between columns, as some take `|`, `;` or `,`."""

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
"""Soft hyphens, zero-width characters, byte-order marks, marks of direction."""

SPACES = re.compile("[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]")
"""Spaces that are not the space bar's: no-break, thin, figure; and line ends of Unicode's own."""


def clean(text: str) -> str:
    r"""A text without invisible characters and without space around it.

    >>> clean("\ufeff兴城\u200b海上\u00a0风电 ")
    '兴城海上 风电'
    """
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip()


def is_clean(text: str) -> bool:
    """Whether nothing in a text would be cleaned but the space around it."""
    return SPACES.search(text) is None and INVISIBLE.search(text) is None
