"""Scripts and styles as they are sent: without comments and indentation."""

import re

BLOCK = r"/\*\*(?:(?!\*/)[\s\S])*\*/"
COMMENT = re.compile(
    rf"^[ \t]*{BLOCK}[ \t]*$|^[ \t]*//[^\n]*$|/\*\* @(?:type|param) (?:(?!\*/)[^\n])*\*/ ?", re.M
)
"""A documentation block or a note on lines of its own, or a type said within a line."""
INDENT = re.compile(r"^[ \t]+", re.M)
STYLE_COMMENT = re.compile(r"/\*(?:(?!\*/)[\s\S])*\*/")
AROUND_MARKS = re.compile(r"\s*([{};])\s*")
"""Space round what parts rules and declarations; our strings hold none of these."""


def strip_script(script: bytes) -> bytes:
    """A script of the front end without comments and indentation: a third of what is sent.

    Lines keep their numbers, so that an error in a browser points into the file. The scripts are
    our own, write `/**` and a line's first `//` only for comments, and lay their markup out on
    lines where indentation says nothing (tests/web/pages/test_scripts.py).
    """
    text = script.decode("utf-8")
    bare = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return INDENT.sub("", bare).encode("utf-8")


def strip_style(style: bytes) -> bytes:
    """A style sheet without comments and the space round its rules."""
    text = STYLE_COMMENT.sub("", style.decode("utf-8"))
    return AROUND_MARKS.sub(r"\1", text).strip().encode("utf-8")


STRIPPED = {".js": strip_script, ".css": strip_style}
"""What is taken from a file of our own, by its suffix."""
