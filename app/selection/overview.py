"""What a map begins with: of a view that chooses nothing, the items its pack shows first.

Such a view holds every item, and its lists and data files have them all. A map of them all is a
thicket, so maps and pictures begin with the pack's own choice until the reader makes one, turns
to an item, comes closer, or asks for all (static/js/core/overview.js says the same).
"""

from dataclasses import replace
from urllib.parse import parse_qsl
from weakref import WeakKeyDictionary

from app.catalog.catalog import Catalog
from app.store.base import Box
from app.view.view import View, Vocabulary, parse_view

STARTS: WeakKeyDictionary[Catalog, View | None] = WeakKeyDictionary()
"""Read once of each state of a pack."""

CLOSE = 0.5
"""Of the width of the pack's frame: a window narrower than that shows all that lies in it."""


def drawn_view(catalog: Catalog, view: View) -> View:
    """The view whose items a map of `view` shows."""
    start = start_view(catalog)
    near = view.focus or is_close(view.bbox, catalog.info.frame)
    if start is None or near or not begins(catalog, view):
        return view
    return replace(
        view, layer=start.layer, county=start.county, category=start.category,
        status=start.status, precision=start.precision, term=start.term, doubt=start.doubt,
        site=start.site, q=start.q,
    )  # fmt: skip


def begins(catalog: Catalog, view: View) -> bool:
    """Whether a reader has neither chosen nor asked for all."""
    return catalog.info.start is not None and not view.all and not view.chooses


def is_close(bbox: Box | None, frame: Box) -> bool:
    return bbox is not None and bbox[2] - bbox[0] < CLOSE * (frame[2] - frame[0])


def is_start(catalog: Catalog, view: View) -> bool:
    """Whether a view chooses just what its pack begins with."""
    start = start_view(catalog)
    return start is not None and replace(view, hidden=()).query() == start.query()


def start_view(catalog: Catalog) -> View | None:
    """What the pack begins with. Raises BadValue, UnknownParameter for what is no view."""
    if catalog not in STARTS:
        start = catalog.info.start
        words = Vocabulary.of(catalog)
        STARTS[catalog] = parse_view(parse_qsl(start.view), words) if start else None
    return STARTS[catalog]
