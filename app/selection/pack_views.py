"""The views a pack names itself: what a map begins with, where doors lead, the stops of tours.

One that is not understood would be refused on every page that begins with it.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from app.catalog.catalog import Catalog
from app.domain.errors import PackError
from app.domain.tours import TALK
from app.view.view import Vocabulary, read_view


def view_faults(catalog: Catalog) -> Iterator[PackError]:
    """A fault for each such view that is none, by its place in plan.toml."""
    words = Vocabulary.of(catalog)
    for owner, query in named_views(catalog):
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        _, problems = read_view([pair for pair in pairs if pair[0] not in TALK], words)
        for problem in problems:
            expected = f"a view, the query string of a page: {problem}"
            yield PackError("plan.toml", expected, column=owner, value=query)


def named_views(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Where a view is named, and its query string."""
    start = catalog.info.start
    if start:
        yield "start.view", start.view
        for door in start.doors:
            if not door.tour and not door.to:
                yield f"start.doors.view ({door.title})", door.view
    for tour in catalog.info.tours:
        for stop in tour.stops:
            yield f"tours.stops.view ({tour.id})", stop.view
