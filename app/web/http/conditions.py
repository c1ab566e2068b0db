"""Conditional requests (RFC 9110 §13): which of them hold, in the order of §13.2.2."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request
from starlette.exceptions import HTTPException

CHANGED = 412


def is_current(request: Request, tag: str, modified: datetime) -> bool:
    """Whether the client has the answer already, so that 304 is enough.

    Tags come before dates. Raises a 412 where the client wants the answer only as it once was.
    """
    headers = request.headers
    if if_match := headers.get("if-match", ""):
        if not is_strong_match(if_match, tag):
            raise HTTPException(CHANGED, f"If-Match: the answer is now {tag}")
    elif (limit := date_of(headers.get("if-unmodified-since", ""))) and modified > limit:
        raise HTTPException(CHANGED, f"If-Unmodified-Since: changed {http_date(modified)}")
    if if_none_match := headers.get("if-none-match", ""):
        return is_weak_match(if_none_match, tag)
    since = date_of(headers.get("if-modified-since", ""))
    return since is not None and modified <= since


def is_strong_match(header: str, tag: str) -> bool:
    """Whether If-Match names the tag: a weak one never counts (§13.1.1)."""
    tags = named_in(header)
    return "*" in tags or tag in tags


def is_weak_match(header: str, tag: str) -> bool:
    """Whether If-None-Match names the tag, strong or weak (§13.1.2)."""
    if tag not in header and "*" not in header:  # whatever else it names, however much
        return False
    tags = {one.removeprefix("W/") for one in named_in(header)}
    return "*" in tags or tag in tags


def named_in(header: str) -> set[str]:
    return {part.strip() for part in header.split(",")}


def date_of(text: str) -> datetime | None:
    """An HTTP date in any of its three forms; what is none is as if it were not there."""
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)
