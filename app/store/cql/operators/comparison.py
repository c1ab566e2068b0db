"""Comparisons and arithmetic (OGC 21-065r2, basic and advanced comparison, arithmetic)."""

import re
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from app.store.cql.coded import LAST_CHARACTER, CodedTexts, Ranked, coded_texts, plain_part
from app.store.cql.errors import wrong
from app.store.cql.values import (
    BOOLEAN,
    DATE,
    INSTANT,
    NUMBER,
    TEXT,
    Mask,
    Truth,
    Value,
    judged,
    need_kind,
    same_kind,
)

ORDERED = (TEXT, NUMBER, DATE, INSTANT)
COMPARABLE = (*ORDERED, BOOLEAN)

COMPARISONS: dict[str, tuple[Callable[[Any, Any], Any], tuple[str, ...]]] = {
    "=": (np.equal, COMPARABLE),
    "<>": (np.not_equal, COMPARABLE),
    "<": (np.less, ORDERED),
    "<=": (np.less_equal, ORDERED),
    ">": (np.greater, ORDERED),
    ">=": (np.greater_equal, ORDERED),
}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The same seen from the other side."""
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.true_divide,
    "%": np.fmod,
    "div": lambda a, b: np.trunc(np.true_divide(a, b)),
    "^": np.power,
}


def compare(op: str, left: Value, right: Value) -> Truth:
    """`left op right`, both of one kind."""
    function, allowed = COMPARISONS[op]
    same_kind(op, left, right, allowed)
    if isinstance(left.index, Ranked) and len(right.data) == 1:
        return judged(left.index.compare(op, right.data[0]), left, right)
    if isinstance(right.index, Ranked) and len(left.data) == 1:
        return compare(TURNED.get(op, op), right, left)
    return judged(function(left.data, right.data).astype(np.bool_), left, right)


def between(value: Value, low: Value, high: Value) -> Truth:
    return compare(">=", value, low) & compare("<=", value, high)


def is_in(value: Value, options: Sequence[Value], plain: Sequence[Value] = ()) -> Truth:
    """One of the options, or of the plain values (all of a kind as one); empty lists hold nothing.

    Plain values are looked up, so that a long list costs no more than a short one.
    """
    truths = (
        *(compare("=", value, option) for option in options),
        *(among(value, one) for one in plain),
    )
    if not truths:
        return judged(np.zeros(value.known.shape, np.bool_), value)
    return reduce(Truth.__or__, truths)


def among(value: Value, plain: Value) -> Truth:
    """Equal to one of some plain values."""
    same_kind("=", value, plain, COMPARABLE)
    if isinstance(value.index, Ranked):
        return judged(value.index.among(plain.data), value)
    if value.kind != TEXT:
        return judged(np.isin(value.data, plain.data), value)
    known = set(plain.data.tolist())
    return judged(np.array([one in known for one in value.data.tolist()], np.bool_), value)


def is_null(value: Value) -> Truth:
    return Truth(~value.known, value.known)


def like(value: Value, pattern: Value) -> Truth:
    """`%` any characters, `_` one, a backslash takes the next as it is."""
    need_kind("like", value, TEXT)
    if pattern.kind != TEXT or pattern.data.shape != (1,):
        raise wrong(f"like {pattern.kind}", "like with a text literal as its pattern")
    texts = value.index if isinstance(value.index, CodedTexts) else coded_texts(value.data.tolist())
    return judged(matching(texts, str(pattern.data[0])), value, pattern)


def matching(texts: CodedTexts, pattern: str) -> Mask:
    """Which rows match; what is asked most, a part or a beginning, is found soonest."""
    part = plain_part(pattern)
    if part and pattern == f"%{part}%":
        return texts.containing(part)
    if part and pattern == f"{part}%" and part[-1] != LAST_CHARACTER:
        return texts.starting(part)
    return texts.matching(pattern_of(pattern).fullmatch, part)


def pattern_of(text: str) -> re.Pattern[str]:
    """The pattern as a regular expression that never backtracks over an earlier `%`.

    The leftmost match of what stands between two `%` is always as good as any later one, so it may
    be atomic; without that, many `%` would take time without bound.
    """
    segments: list[str] = [""]
    for escaped, char in re.findall(r"\\(.)|(.)", text, re.DOTALL):
        if char == "%":
            segments.append("")
        else:
            segments[-1] += re.escape(escaped or char) if escaped or char != "_" else "."
    first, *middle = segments
    if not middle:
        return re.compile(first, re.DOTALL)
    *inner, last = middle
    held = "".join(f"(?>.*?{segment})" for segment in inner if segment)
    return re.compile(f"{first}{held}.*{last}", re.DOTALL)


def calculate(op: str, left: Value, right: Value) -> Value:
    """A number; unknown where it has none, as after a division by zero."""
    same_kind(op, left, right, (NUMBER,))
    with np.errstate(all="ignore"):
        data = ARITHMETIC[op](left.data, right.data)
    return Value(NUMBER, data, left.known & right.known & np.isfinite(data))
