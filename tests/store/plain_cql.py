"""CQL2 computed the plain way, a feature at a time, to hold the columns against."""

import math
import re
import unicodedata
from typing import Any

import shapely
from shapely.geometry import shape

Feature = dict[str, Any]


def holds(expression: Any, feature: Feature) -> bool | None:
    """True, false or unknown (a null took part)."""
    if isinstance(expression, bool):
        return expression
    op, args = expression["op"], expression["args"]
    return RULES[op](args, feature) if op in RULES else compared(op, args[0], args[1], feature)


def both(args: list[Any], feature: Feature) -> bool | None:
    return joined("and", [holds(one, feature) for one in args])


def either(args: list[Any], feature: Feature) -> bool | None:
    return joined("or", [holds(one, feature) for one in args])


def opposite(args: list[Any], feature: Feature) -> bool | None:
    found = holds(args[0], feature)
    return None if found is None else not found


def is_null(args: list[Any], feature: Feature) -> bool:
    return value(args[0], feature) is None


def is_in(args: list[Any], feature: Feature) -> bool | None:
    return joined("or", [compared("=", args[0], one, feature) for one in args[1]])


def between(args: list[Any], feature: Feature) -> bool | None:
    low = compared(">=", args[0], args[1], feature)
    return joined("and", [low, compared("<=", args[0], args[2], feature)])


RULES: dict[str, Any] = {
    "and": both, "or": either, "not": opposite, "isNull": is_null, "in": is_in, "between": between,
}  # fmt: skip


def joined(op: str, parts: list[bool | None]) -> bool | None:
    decided = op == "or"
    if decided in parts:
        return decided
    return None if None in parts else not decided


def compared(op: str, left: Any, right: Any, feature: Feature) -> bool | None:
    a, b = value(left, feature), value(right, feature)
    if a is None or b is None:
        return None
    return bool(OPERATORS[op](a, b))


def value(expression: Any, feature: Feature) -> Any:
    if not isinstance(expression, dict):
        return set(expression) if isinstance(expression, list) else expression
    match expression:
        case {"property": name}:
            return property_value(name, feature)
        case {"bbox": numbers}:
            return shapely.box(*numbers)
        case {"op": op, "args": args}:
            parts = [value(one, feature) for one in args]
            return None if None in parts else FUNCTIONS[op](*parts)
    return shape(expression)


def property_value(name: str, feature: Feature) -> Any:
    if name == "geometry":
        return feature["geometry"] and shape(feature["geometry"])
    found: Any = feature["properties"]
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return set(found) if isinstance(found, list) else found


def like(text: str, pattern: str) -> bool:
    parts = re.findall(r"\\(.)|(.)", pattern, re.DOTALL)
    plain = "".join(
        re.escape(escaped) if escaped else {"%": ".*", "_": "."}.get(char, re.escape(char))
        for escaped, char in parts
    )
    return re.fullmatch(plain, text, re.DOTALL) is not None


def unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def divided(a: float, b: float) -> float | None:
    return a / b if b else None


OPERATORS: dict[str, Any] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "like": like,
    "a_contains": lambda a, b: a >= b,
    "a_containedBy": lambda a, b: a <= b,
    "a_equals": lambda a, b: a == b,
    "a_overlaps": lambda a, b: bool(a & b),
    "s_intersects": lambda a, b: a.intersects(b),
    "s_disjoint": lambda a, b: a.disjoint(b),
    "s_within": lambda a, b: a.within(b),
    "s_contains": lambda a, b: a.contains(b),
    "s_equals": lambda a, b: a.equals(b),
    "s_touches": lambda a, b: a.touches(b),
    "s_crosses": lambda a, b: a.crosses(b),
    "s_overlaps": lambda a, b: a.overlaps(b),
}
FUNCTIONS: dict[str, Any] = {
    "casei": str.casefold,
    "accenti": unaccented,
    "upper": str.upper,
    "lower": str.lower,
    "char_length": len,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": divided,
    "%": lambda a, b: math.fmod(a, b) if b else None,
}
