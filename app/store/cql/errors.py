"""The error of a wrong filter: the part and what is allowed there."""

from app.domain.errors import BadValue

PARAMETER = "filter"


def wrong(value: object, expected: str) -> BadValue:
    """The error for a part of a filter."""
    return BadValue(PARAMETER, value, expected)
