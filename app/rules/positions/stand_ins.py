"""Rules about stand-ins: an item never looks better known than its evidence.

A published seat says where the seat is. Of a road round the town, of fields in the township, of a
works whose site the plan does not give, it only says where to look: that is method `near`.
"""

import re
from collections.abc import Iterator

from app.domain.models import SEAT_KINDS, Item
from app.rules.check_context import CheckContext, Finding, Rule, finding_for

POINTS = ("point", "points")
NOT_KNOWN = re.compile(
    r"未载|未列|不详|不明|未定|未公布|未公开|不能确定"
    r"|\b(?:not|nor|never) (?:\w+ )?(?:given|known|stated|fixed|published)\b"
    r"|\bdoes not (?:give|state)\b|\bgives? no (?:site|address|course|extent|boundar)|\bunknown\b",
    re.IGNORECASE,
)
"""A note that says the item's own place is not known."""

REACH_NOT_KNOWN = re.compile(
    r"(?:起止|起讫|河段|路段|地段|岸段|地块|改线|改移)[^，。；]{0,8}(?:未载|未列|不详|未定|未公布)"
)
"""A note that says which part of a line is meant is not known."""


def line_is_no_point(context: CheckContext) -> Iterator[Finding]:
    """Works that are a line by nature are not at a point; a point can only stand in for them."""
    for item in context.items:
        if item.method == "point" and context.locate_context.extent_of(item) == "line":
            yield finding_for(
                line_is_no_point, item, "method", item.method,
                "near, where the place only stands in for a line, or route, line, counties, none",
            )  # fmt: skip


def area_is_no_seat(context: CheckContext) -> Iterator[Finding]:
    """What is spread over land is not at the point of a seat."""
    for item in context.items:
        seats = seats_of(context, item)
        if seats and item.method in POINTS and context.locate_context.extent_of(item) == "area":
            yield finding_for(
                area_is_no_seat, item, "method", item.method,
                f"near, as {'|'.join(seats)} only stands in for it, or hull, counties, none",
            )  # fmt: skip


def unknown_site_is_no_seat(context: CheckContext) -> Iterator[Finding]:
    """Where the note says that the site is not known, the point of a seat is not the site."""
    for item in context.items:
        seats = seats_of(context, item)
        if seats and item.method in POINTS and NOT_KNOWN.search(note_of(item)):
            yield finding_for(
                unknown_site_is_no_seat, item, "method", item.method,
                f"near, as {'|'.join(seats)} only stands in for it; the place_note says so",
            )  # fmt: skip


def unknown_reach_is_no_course(context: CheckContext) -> Iterator[Finding]:
    """Works somewhere along a line are not the whole line: it only stands in for them."""
    for item in context.items:
        if item.method == "route" and REACH_NOT_KNOWN.search(item.place_note):
            yield finding_for(
                unknown_reach_is_no_course, item, "method", item.method,
                f"near, as {'|'.join(item.along)} only stands in for it; the place_note says so",
            )  # fmt: skip


def note_of(item: Item) -> str:
    return f"{item.place_note}\n{item.place_note_en}"


def seats_of(context: CheckContext, item: Item) -> list[str]:
    """The item's places whose point is a seat."""
    places = ((name, context.pack.gazetteer.get(name)) for name in item.places)
    return [name for name, place in places if place is not None and place.kind in SEAT_KINDS]


RULES: tuple[Rule, ...] = (
    line_is_no_point,
    area_is_no_seat,
    unknown_site_is_no_seat,
    unknown_reach_is_no_course,
)
