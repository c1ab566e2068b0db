"""Scripts as they are sent: without comments, each statement on the line it has in its file."""

import re

BLOCK = r"/\*\*(?:(?!\*/)[\s\S])*\*/"
COMMENT = re.compile(
    rf"^[ \t]*{BLOCK}[ \t]*$|^[ \t]*//[^\n]*$|/\*\* @(?:type|param) (?:(?!\*/)[^\n])*\*/ ?", re.M
)
"""A documentation block or a note on lines of its own, or a type said within a line."""


def strip_comments(script: bytes) -> bytes:
    """A script of the front end without its comments: they are a third of what is sent.

    Lines keep their numbers, so that an error in a browser points into the file. The scripts are
    our own and write `/**` and a line's first `//` only for comments
    (tests/web/pages/test_scripts.py).
    """
    text = script.decode("utf-8")
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text).encode("utf-8")
