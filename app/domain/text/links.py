"""Addresses a reader may click: web and mail, no others."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import quote

ALLOWED = ("http", "https", "mailto")
WANTED = "an address that begins with https://, http:// or mailto:"

IGNORED = re.compile("[\x00-\x20\x7f\u200b\ufeff]")
"""What browsers pass over within a scheme: `java\\tscript:` runs."""
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
ADDRESS = re.compile(r"(?:https?://[^\s/]\S*|mailto:[^\s@]+@[^\s@]+)", re.I)
KNOWN_SCHEMES = ("javascript", "vbscript", "livescript", "data", "blob", "file", "filesystem",
"about",
         "view-source", "jar", "intent", "ms-msdt", "search-ms")  # fmt: skip
"""Schemes that need no // behind them to do harm; of others a colon alone says nothing."""

LINKS = (
    re.compile(r"\]\(\s*<?([^)>]*)"),
    re.compile(r"^\s{0,3}\[[^\]]+\]:\s*<?(\S[^>\n]*)", re.M),
    re.compile(r"<([a-z][a-z0-9+.-]*:[^>\s]*)>", re.I),
)
"""Where Markdown has an address: inline, by reference, between angle brackets."""


def is_web_address(text: str) -> bool:
    """Whether a text is an address a reader may be sent to."""
    return bool(ADDRESS.fullmatch(text))


def web_address(text: str) -> str:
    """The address, or nothing where it is none that may be clicked."""
    return text if is_web_address(text) else ""


PLACEHOLDERS = ("chapter", "section", "box", "id")
"""What an address of the plan's text may name: parts of a reference, the name of a box's page."""


def filled_address(template: str, values: Mapping[str, str]) -> str:
    """An address with values in the place of `{name}`; empty where it is none."""
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", quote(value, safe=""))
    return "" if "{" in template else web_address(template)


def foreign_scheme(text: str) -> str:
    """The scheme of an address that nobody should click; empty for any other text.

    >>> foreign_scheme(" Java script:alert(1)"), foreign_scheme("ftp://a"), foreign_scheme("注:a")
    ('javascript', 'ftp', '')
    """
    bare = IGNORED.sub("", unescape(text))
    match = SCHEME.match(bare)
    scheme = match[1].lower() if match else ""
    harmful = scheme in KNOWN_SCHEMES or bare[len(scheme) :].startswith("://")
    return scheme if harmful and scheme not in ALLOWED else ""


def links_in(markdown: str) -> Iterator[str]:
    """Every address in a Markdown text that begins with a scheme."""
    for pattern in LINKS:
        for address in pattern.findall(markdown):
            if SCHEME.match(IGNORED.sub("", unescape(address))):
                yield address.strip()
