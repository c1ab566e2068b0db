"""Rules about places of the gazetteer: they agree with every other source known for them."""

from collections.abc import Iterator

from app.domain.models import Place
from app.domain.planes import distance_m
from app.pack.tables.reference_seats import ReferenceSeat
from app.rules.check_context import CheckContext, Finding, Rule


def reference_seat_names_a_place(context: CheckContext) -> Iterator[Finding]:
    """A reference seat is about a place of the gazetteer, by its name or an alias."""
    for seat in context.pack.reference_seats:
        if context.pack.gazetteer.get(seat.place) is None:
            yield Finding(
                reference_seat_names_a_place.__name__, seat.row.file, seat.row.number, "place",
                seat.place, "a name or alias in gazetteer.csv",
            )  # fmt: skip


def place_agrees_with_other_sources(context: CheckContext) -> Iterator[Finding]:
    """Two sources of one place differ by no more than both their circles allow."""
    for place, seat in compared(context):
        apart = distance_m(place.at, seat.position)
        if apart > place.uncertainty_m + seat.uncertainty_m:
            yield finding_for_place(
                place_agrees_with_other_sources, place,
                f"a position that agrees with {seat_text(seat)}, {apart / 1000:.1f} km away; "
                f"the circles allow {(place.uncertainty_m + seat.uncertainty_m) / 1000:.1f} km",
            )  # fmt: skip


def better_source_is_used(context: CheckContext) -> Iterator[Finding]:
    """No estimate or derived position stands where a published one is known more exactly."""
    for place, seat in compared(context):
        if place.basis != "published" and seat.uncertainty_m < place.uncertainty_m:
            yield finding_for_place(
                better_source_is_used, place, f"the better position of {seat_text(seat)}"
            )


def compared(context: CheckContext) -> Iterator[tuple[Place, ReferenceSeat]]:
    """Each place with each reference seat known for it."""
    for seat in context.pack.reference_seats:
        place = context.pack.gazetteer.get(seat.place)
        if place is not None and place.position is not None:
            yield place, seat


def seat_text(seat: ReferenceSeat) -> str:
    lng, lat = seat.position
    return (
        f"{lng} {lat} ±{seat.uncertainty_m:g} m ({seat.source}, {seat.row.file}:{seat.row.number})"
    )


def finding_for_place(rule: Rule, place: Place, expected: str) -> Finding:
    """A finding about the position of a row of the gazetteer."""
    lng, lat = place.at
    return Finding(
        rule.__name__, place.row.file, place.row.number, "lng", f"{lng} {lat}", expected
    )  # fmt: skip


RULES: tuple[Rule, ...] = (
    reference_seat_names_a_place,
    place_agrees_with_other_sources,
    better_source_is_used,
)
