"""Rules about cells that a build cannot even read: the lenient pack keeps them, these name them."""

from collections.abc import Iterator

from app.domain.errors import PackError
from app.domain.schema import SCOPE_WORDS
from app.rules.check_context import CheckContext, Finding, Rule

OUTSIDE = next(title for id, title, _ in SCOPE_WORDS if id == "outside")


def county_is_known(context: CheckContext) -> Iterator[Finding]:
    """Every county of an item is one of the pack's, by its name."""
    for fault in context.pack.faults:
        if fault.column == "counties":
            yield unread(county_is_known, fault)


def cell_can_be_read(context: CheckContext) -> Iterator[Finding]:
    """A number is a number, a date a date, a longitude on the earth; a place's name its own."""
    for fault in context.pack.faults:
        if fault.column != "counties":
            yield unread(cell_can_be_read, fault)


def county_of_a_place_is_known(context: CheckContext) -> Iterator[Finding]:
    """A place stands in a county of the pack, outside, or nobody says where."""
    names = [county.name for county in context.pack.info.counties]
    for place in context.pack.gazetteer:
        if place.county not in ("", OUTSIDE, *names):
            yield Finding(
                county_of_a_place_is_known.__name__, place.row.file, place.row.number,
                "county", place.county, f"one of {', '.join((*names, OUTSIDE))}, or empty",
            )  # fmt: skip


def unread(rule: Rule, fault: PackError) -> Finding:
    return Finding(
        rule.__name__, fault.file, fault.row, fault.column, fault.value, fault.expected
    )  # fmt: skip


RULES: tuple[Rule, ...] = (county_is_known, cell_can_be_read, county_of_a_place_is_known)
