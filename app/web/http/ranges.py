"""Byte ranges (RFC 9110 §14), for programs that read a part of a file."""

import re

from fastapi import Request
from starlette.exceptions import HTTPException

UNIT = "bytes"
ONE_RANGE = re.compile(rf"{UNIT}\s*=\s*(\d*)-(\d*)", re.ASCII | re.IGNORECASE)
DIGITS_MOST = 18
"""More than any file needs, and no burden to read."""


def wants_part(request: Request) -> bool:
    """Whether one range is asked for, in a form we know; anything else gets the whole file.

    Several at once are allowed to be answered with the whole, too.
    """
    return bounds(request) is not None


def bounds(request: Request) -> tuple[str, str] | None:
    """First and last byte as the Range header writes them, either of them possibly empty."""
    match = ONE_RANGE.fullmatch(request.headers.get("range", "").strip())
    if match is None:
        return None
    first, last = match[1], match[2]
    if max(len(first), len(last)) > DIGITS_MOST or not first + last:
        return None
    backwards = bool(first and last) and int(first) > int(last)
    return None if backwards else (first, last)


def part_of(request: Request, size: int, tag: str) -> range | None:
    """The bytes asked for of a file of a size, or None for all of it.

    With If-Range only if the client's beginning is of this very file: its tag is compared as a
    strong one, and a date is no proof. Raises a 416 where the range lies beyond the end.
    """
    span = bounds(request)
    if span is None or request.headers.get("if-range", tag) != tag:
        return None
    first, last = span
    start = int(first) if first else max(size - int(last), 0)
    stop = min(int(last) + 1, size) if first and last else size
    if start >= stop:
        raise HTTPException(
            416, f"the file has {size} bytes", headers={"Content-Range": f"{UNIT} */{size}"}
        )
    return range(start, stop)


def content_range(part: range, size: int) -> str:
    """The Content-Range of a part."""
    return f"{UNIT} {part.start}-{part.stop - 1}/{size}"
