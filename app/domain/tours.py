"""Views in an order, ready to be shown or taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
