"""A filter as a client sends it → an expression, within bounds that protect the service."""

from collections.abc import Iterator
from typing import Any

import orjson

from app.store.cql.errors import wrong
from app.store.cql.operators.arrays import ARRAYS
from app.store.cql.syntax.parser import parse_text

LANGUAGES = ("cql2-text", "cql2-json")
LENGTH_MOST = 60_000
NESTED_MOST = 60
EXPECTED = "a CQL2 expression over the queryables, like status = 'planned'"


def read_filter(text: str, language: str = LANGUAGES[0]) -> Any:
    """The expression of a filter in one of LANGUAGES. Raises BadValue."""
    if len(text) > LENGTH_MOST:
        raise wrong(text, f"at most {LENGTH_MOST} characters")
    if not text.strip():
        raise wrong(text, EXPECTED)
    if language != "cql2-json" and text.lstrip().startswith("{"):
        raise wrong(text, "CQL2 text; CQL2 JSON goes with filter-lang=cql2-json")
    expression = parse_json(text) if language == "cql2-json" else parse_text(text)
    if depth(expression) > NESTED_MOST:
        raise wrong(text, f"at most {NESTED_MOST} levels")
    return expression


def parse_json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise wrong(text, f"CQL2 JSON; {error}") from None


def properties_of(expression: Any) -> Iterator[str]:
    """The names of the properties an expression speaks of."""
    level = [expression]
    while level:
        for one in level:
            if is_property(one):
                yield one["property"]
        level = [part for one in level for part in parts(one)]


def searched_in(expression: Any) -> Iterator[str]:
    """The names of the properties it looks for parts or members in."""
    level = [expression]
    while level:
        for one in level:
            match one:
                case {"op": str(op), "args": [*args]} if op.lower() in ("like", *ARRAYS):
                    yield from (str(arg["property"]) for arg in args if is_property(arg))
        level = [part for one in level for part in parts(one)]


def is_property(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("property"), str)


def depth(expression: Any) -> int:
    """How deeply an expression is nested, found level by level so that depth costs no stack."""
    levels, level = 0, [expression]
    while level and levels <= NESTED_MOST:
        levels += 1
        level = [part for one in level for part in parts(one)]
    return levels


def parts(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return list(one.values())
    return one if isinstance(one, list) else []
