"""A rule about addresses: whatever a reader may click leads to the web or to a mailbox."""

from collections.abc import Iterator

from app.domain.text.links import (
    ALLOWED,
    PLACEHOLDERS,
    WANTED,
    filled_address,
    foreign_scheme,
    is_web_address,
    links_in,
)
from app.rules.check_context import CheckContext, Finding, Rule
from app.rules.wording.characters import FileText, files_of, texts_of

ADDRESSES = ("feedback", "url", "href", "link", "website")
"""Columns and keys that hold an address and nothing else."""


def address_is_for_the_web(context: CheckContext) -> Iterator[Finding]:
    """http, https or mailto: `javascript:` in a link is a program that a click starts."""
    for path in files_of(context.pack.data):
        name = path.relative_to(context.pack.data).as_posix()
        for text in texts_of(path):
            if wrong := wrong_address(text, markdown=path.suffix == ".md"):
                yield Finding(
                    address_is_for_the_web.__name__, name, text.row, text.column, wrong, WANTED
                )


def wrong_address(text: FileText, *, markdown: bool) -> str:
    """The address in a text that may not stand there."""
    if markdown:
        wrong = (one for one in links_in(text.text) if not scheme_is_allowed(one))
        return next(wrong, "")
    if text.column == "text_url":
        filled = filled_address(text.text, dict.fromkeys(PLACEHOLDERS, "1"))
        return "" if filled or not text.text else text.text
    if text.column in ADDRESSES and text.text not in ("", text.column):
        return "" if is_web_address(text.text) else text.text
    return text.text if foreign_scheme(text.text) else ""


def scheme_is_allowed(address: str) -> bool:
    return address.partition(":")[0].strip().lower() in ALLOWED


RULES: tuple[Rule, ...] = (address_is_for_the_web,)
