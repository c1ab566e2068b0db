"""The error of a wrong filter: the part and what is allowed there."""

import json

from app.domain.errors import BadValue

PARAMETER = "filter"


def wrong(value: object, expected: str) -> BadValue:
    """The error for a part of a filter, which is named as JSON has it, not as Python does."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return BadValue(PARAMETER, text, expected)
