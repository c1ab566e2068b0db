"""What may be doubted of an item: its county, its place, what the plan says of it."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.schema import Property, text_property

TESTS: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "inferred": lambda one: one.get("county_basis") == "inferred",
    "estimated": lambda one: one.get("basis") == "estimated",
    "doubtful": lambda one: bool(one.get("note")),
}
DOUBTS = {
    "inferred": ("县区为推断", "County inferred"),
    "estimated": ("位置为估计", "Place estimated"),
    "doubtful": ("有存疑说明", "In doubt"),
}
DOUBT_COLUMNS: tuple[Property, ...] = tuple(
    text_property(f"doubt_{id}", *titles, "核对时先看", "To be checked first")
    for id, titles in DOUBTS.items()
)
"""A column a doubt, in a workbook."""


def doubts_of(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of them hold of an item."""
    return tuple(id for id, holds in TESTS.items() if holds(properties))
