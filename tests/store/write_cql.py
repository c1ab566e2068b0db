"""An expression as CQL2 text, every part in brackets."""

from collections.abc import Callable
from typing import Any

import shapely
from shapely.geometry import shape

INFIX = ("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%")


def joined(word: str) -> Callable[[list[str]], str]:
    return lambda args: f" {word} ".join(f"({part})" for part in args)


FORMS: dict[str, Callable[[list[str]], str]] = {
    "and": joined("AND"),
    "or": joined("OR"),
    "not": lambda args: f"NOT ({args[0]})",
    "isNull": lambda args: f"{args[0]} IS NULL",
    "between": lambda args: f"({args[0]}) BETWEEN {args[1]} AND {args[2]}",
    "like": lambda args: f"{args[0]} LIKE {args[1]}",
    "in": lambda args: f"{args[0]} IN {args[1]}",
    **{sign: joined(sign) for sign in INFIX},
}
"""How an operator is written where it is not written as a function."""


def cql_text(one: Any) -> str:
    if isinstance(one, dict):
        return object_text(one)
    if isinstance(one, list):
        return f"({', '.join(map(cql_text, one))})"
    if isinstance(one, str):
        return "'" + one.replace("'", "''") + "'"
    return str(one).upper() if isinstance(one, bool) else repr(one)


def object_text(one: dict[str, Any]) -> str:
    match one:
        case {"property": name}:
            return f'"{name}"'
        case {"bbox": numbers}:
            return f"BBOX({', '.join(map(str, numbers))})"
        case {"op": op, "args": args}:
            parts = [cql_text(part) for part in args]
            return FORMS[op](parts) if op in FORMS else f"{op}({', '.join(parts)})"
    return shapely.to_wkt(shape(one), rounding_precision=15)
