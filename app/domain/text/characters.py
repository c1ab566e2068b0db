"""Characters that no file may hold: one definition for rules, queries and writers.

XML 1.0 §2.2 forbids the control characters but tab and line ends, lone surrogates, U+FFFE and
U+FFFF. The other noncharacters of Unicode are allowed there, but not every program that reads
XML, PDF or DBF agrees; no text needs them.
"""

import mmap
import re
from typing import Any

import orjson

from app.domain.errors import BadCharacter

ALL_PLANES = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}-{chr(plane * 0x10000 + 0xFFFF)}"
                     for plane in range(17))  # fmt: skip
FORBIDDEN = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef{ALL_PLANES}]"  # no text needs them
)

ESCAPED = re.compile(rb"\\(?:[bf]|u(?:00[01]|[dD][89a-fA-F]|[fF][dDfF]))")
"""Of a JSON text: an escape that may stand for a forbidden character."""
CONTROLS = bytes(set(range(32)) - {*b"\t\n\r"})
ENDS = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
"""Bytes that are in every forbidden character that JSON lets stand as it is."""


def code_of(character: str) -> str:
    r"""A character as Unicode writes it.

    >>> code_of("\x07")
    'U+0007'
    """
    return f"U+{ord(character):04X}"


def forbidden_in(text: str) -> str:
    """The first character of a text that no file may hold, as `U+XXXX`; empty where all is well."""
    if is_printable(text):
        return ""
    match = FORBIDDEN.search(text)
    return code_of(match.group()) if match else ""


def is_printable(text: str) -> bool:
    """Whether a text holds no character that no file may hold; quick, however long it is."""
    if text.isprintable():
        return True
    try:
        body = text.encode()
    except UnicodeEncodeError:  # half a surrogate
        return False
    if len(body.translate(None, CONTROLS)) < len(body):
        return False
    return not any(end in body for end in ENDS) or FORBIDDEN.search(text) is None


def checked_text(name: str, text: str) -> str:
    """The text of a parameter. Raises BadCharacter."""
    if problem := problem_of_text(name, text):
        raise problem
    return text


def problem_of_text(name: str, text: str) -> BadCharacter | None:
    """What is wrong where a parameter, or its name, holds what no file can."""
    code = forbidden_in(name + text)
    return BadCharacter(spelt_out(name), spelt_out(text), code) if code else None


def has_forbidden(body: bytes | mmap.mmap) -> bool:
    """Whether a JSON text may hold a character that no file may hold."""
    escaped = body.find(b"\\") >= 0 and ESCAPED.search(body) is not None
    return escaped or any(body.find(end) >= 0 for end in ENDS)


def is_printable_record(value: dict[str, Any]) -> bool:
    """Whether a record surely holds no forbidden character; quick, however deep it is."""
    try:
        return not has_forbidden(orjson.dumps(value))
    except orjson.JSONEncodeError:  # half a surrogate, or nothing that JSON knows
        return False


def spelt_out(text: str) -> str:
    r"""A text that can be shown: what cannot be printed is named instead.

    >>> spelt_out("a\x07b")
    'a[U+0007]b'
    """
    return FORBIDDEN.sub(lambda found: f"[{code_of(found.group())}]", text)


def printable(value: Any) -> Any:
    """The value, texts within it without forbidden characters; itself where there are none."""
    if isinstance(value, str):
        return value if is_printable(value) else FORBIDDEN.sub("", value)
    if isinstance(value, dict):
        return cleaned_dict(value)
    if isinstance(value, list | tuple) and not (value and isinstance(value[0], int | float)):
        parts = [printable(part) for part in value]
        if any(new is not old for new, old in zip(parts, value, strict=True)):
            return type(value)(parts)
    return value


def cleaned_dict(value: dict[Any, Any]) -> dict[Any, Any]:
    parts = {printable(name): printable(part) for name, part in value.items()}
    same = all(a is b and parts[a] is value[b] for a, b in zip(parts, value, strict=False))
    return value if same and len(parts) == len(value) else parts
