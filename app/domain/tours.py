"""Views in an order, ready to be shown or taken away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from app.domain.text.languages import title_in

TALK = ("say", "dwell")
"""Of a stop: what is said, and for how many seconds it is shown."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One view of a tour, under the title it has there."""

    view: str
    """The query string of the page."""
    title: str
    title_en: str
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Tour:
    """Views in an order, ready to be shown or taken away."""

    id: str
    title: str
    title_en: str
    stops: tuple[Stop, ...]
    translations: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


def titled_queries(tour: Tour, lang: str) -> list[str]:
    """Its views, each under the title it has there."""
    return [f"{stop.view}&{urlencode({'title': title_in(stop, lang)})}" for stop in tour.stops]


def tour_hash(queries: Iterable[str]) -> str:
    """As the page's address holds a tour (static/js/core/tour.js)."""
    return "#tour=" + ",".join(quote(f"?{query}", safe="") for query in queries)
