"""Temporal operators (OGC 21-065r2): instants and intervals, open ends included."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.store.cql.errors import wrong
from app.store.cql.values import DATE, INSTANT, INTERVAL, Truth, Value, constant, judged

Ends = NDArray[np.int64]
Relation = Callable[[Ends, Ends, Ends, Ends], Any]

FIRST, LAST = -(2**62), 2**62
"""The two open ends: before and after any date."""

EPOCH = date(1970, 1, 1)
DATE_TEXT = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
INSTANT_TEXT = re.compile(
    r"(?P<minute>\d{4}-\d\d-\d\dT\d\d:\d\d:)(?P<second>\d\d)(?:\.(?P<fraction>\d+))?"
    r"(?P<zone>Z|[+-]\d\d:\d\d)",
    re.IGNORECASE | re.ASCII,
)
"""RFC 3339; any number of digits may follow the second."""
MICROSECOND_DIGITS = 6
LEAP = "60"

TEMPORAL: dict[str, Relation] = {
    "t_after": lambda a, z, b, y: a > y,
    "t_before": lambda a, z, b, y: z < b,
    "t_contains": lambda a, z, b, y: (a < b) & (z > y),
    "t_disjoint": lambda a, z, b, y: (a > y) | (z < b),
    "t_during": lambda a, z, b, y: (a > b) & (z < y),
    "t_equals": lambda a, z, b, y: (a == b) & (z == y),
    "t_finishedby": lambda a, z, b, y: (a < b) & (z == y),
    "t_finishes": lambda a, z, b, y: (a > b) & (z == y),
    "t_intersects": lambda a, z, b, y: (a <= y) & (z >= b),
    "t_meets": lambda a, z, b, y: z == b,
    "t_metby": lambda a, z, b, y: a == y,
    "t_overlappedby": lambda a, z, b, y: (a > b) & (a < y) & (z > y),
    "t_overlaps": lambda a, z, b, y: (a < b) & (z > b) & (z < y),
    "t_startedby": lambda a, z, b, y: (a == b) & (z > y),
    "t_starts": lambda a, z, b, y: (a == b) & (z < y),
}
"""From the start and end of the first (a, z) and of the second (b, y)."""


def temporal_relation(op: str, left: Value, right: Value) -> Truth:
    """Whether two times stand in a relation; both of days, or both of instants."""
    if granularity(op, left) != granularity(op, right):
        raise wrong(
            f"{op} of {granularity(op, left)} and {granularity(op, right)}",
            "two dates or two timestamps",
        )
    return judged(TEMPORAL[op](*ends(left), *ends(right)), left, right)


def granularity(op: str, value: Value) -> str:
    kind = value.unit or value.kind
    if kind not in (DATE, INSTANT):
        raise wrong(f"{op}({value.kind})", f"{op} of a date, a timestamp or an interval")
    return kind


def ends(value: Value) -> tuple[Ends, Ends]:
    """Start and end per row; those of an instant are the same."""
    if value.kind == INTERVAL:
        return value.data[:, 0], value.data[:, 1]
    return value.data, value.data


def date_literal(text: Any) -> Value:
    return constant(DATE, day(text))


def instant_literal(text: Any) -> Value:
    return constant(INSTANT, instant(text))


def interval_value(parts: list[Any], evaluate: Callable[[Any], Value]) -> Value:
    """`INTERVAL(a, b)`: each end a date or timestamp, a property that is one, or `..`."""
    if len(parts) != 2:
        raise wrong(f"interval with {len(parts)} ends", "interval with two")
    known = [end_value(part, evaluate) for part in parts if part != ".."]
    units = {one.kind for one in known}
    if len(units) > 1 or not units <= {DATE, INSTANT}:
        raise wrong(f"interval of {' and '.join(sorted(units))}", "two dates or two timestamps")
    opened = [
        constant(INTERVAL, limit) if part == ".." else known.pop(0)
        for part, limit in zip(parts, (FIRST, LAST), strict=True)
    ]
    data = np.stack(np.broadcast_arrays(*(one.data for one in opened)), axis=1)
    mask = np.logical_and(*np.broadcast_arrays(*(one.known for one in opened)))
    return Value(INTERVAL, data, mask, units.pop() if units else INSTANT)


def end_value(part: Any, evaluate: Callable[[Any], Value]) -> Value:
    """A text is a date or, longer, a timestamp; anything else is an expression."""
    if not isinstance(part, str):
        return evaluate(part)
    return date_literal(part) if DATE_TEXT.fullmatch(part) else instant_literal(part)


def day(text: Any) -> int:
    """Days since 1970 of `2025-12-31`."""
    if isinstance(text, str) and DATE_TEXT.fullmatch(text):
        try:
            return (date.fromisoformat(text) - EPOCH).days
        except ValueError:
            pass
    raise wrong(text, "a date like 2025-12-31")


def instant(text: Any) -> int:
    """Microseconds since 1970 of `2025-12-31T12:00:00Z`; what is finer is cut off."""
    match = INSTANT_TEXT.fullmatch(text) if isinstance(text, str) else None
    if match:
        try:
            moment = moment_of(match)
        except (ValueError, OverflowError):
            pass
        else:
            since = moment - datetime(1970, 1, 1, tzinfo=UTC)
            return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    raise wrong(text, "a timestamp like 2025-12-31T12:00:00Z")


def moment_of(match: re.Match[str]) -> datetime:
    """A moment in UTC. A leap second counts as the last microsecond before it ends.

    Raises ValueError for what no clock shows, as a leap second within a month (RFC 3339 §5.7).
    """
    leap = match["second"] == LEAP
    second = "59" if leap else match["second"]
    fraction = (match["fraction"] or "")[:MICROSECOND_DIGITS].ljust(MICROSECOND_DIGITS, "0")
    text = f"{match['minute']}{second}.{fraction}{match['zone']}".upper()
    moment = datetime.fromisoformat(text).astimezone(UTC)
    if not leap:
        return moment
    midnight = moment.replace(microsecond=0) + timedelta(seconds=1)
    if (midnight.day, midnight.hour, midnight.minute) != (1, 0, 0):
        raise ValueError(text)
    return midnight - timedelta(microseconds=1)
