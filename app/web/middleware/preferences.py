"""The client preferences that decide a response, normalised so that browsers share one entry."""

from collections.abc import Mapping, Sequence

from app.web.api.writers import ITEM_FORMATS
from app.web.http.encodings import chosen_encoding
from app.web.http.languages import preferred
from app.web.http.representations import (
    GEOJSON,
    HTML,
    JSON,
    MVT,
    OPENAPI,
    PROBLEM,
    SCHEMA,
    TILEJSON,
    accepted,
    likes_pages,
    quality,
)

FORMATS = (JSON, GEOJSON, SCHEMA, OPENAPI, PROBLEM, HTML, TILEJSON, MVT, *ITEM_FORMATS)
"""All that any address offers."""
MOST, LONGEST = 4000, 400
"""Combinations that are remembered, and bytes of one; others are read anew each time."""

Headers = Mapping[bytes, bytes]


class Preferences:
    """Reads Accept, Accept-Encoding and Accept-Language, each combination once."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = languages
        self._known: dict[tuple[bytes | None, bytes | None, bytes | None], str] = {}

    def __len__(self) -> int:
        return len(self._known)

    def of(self, headers: Headers) -> str:
        """The same text for clients that get the same answers."""
        sent = (
            headers.get(b"accept"), headers.get(b"accept-encoding"), headers.get(b"accept-language")
        )  # fmt: skip
        known = self._known.get(sent)
        if known is None:
            known = self._read(*((one or b"").decode("latin-1") for one in sent))
            if len(self._known) >= MOST:
                self._known.clear()
            if sum(map(len, filter(None, sent))) <= LONGEST:
                self._known[sent] = known
        return known

    def _read(self, accept: str, encoding: str, language: str) -> str:
        return " ".join(
            (chosen_encoding(encoding), preferred(language, self._languages), order(accept))
        )


def order(accept: str) -> str:
    """How the formats follow each other for an Accept: all that a choice of one depends on."""
    if not accept.strip():
        accept = "*/*"  # where nothing is said, the first that is offered
    ranges = accepted(accept)
    qualities = [quality(ranges, file_format) for file_format in FORMATS]
    ranks = {one: rank for rank, one in enumerate(sorted({0.0, *qualities}))}
    return ",".join(str(ranks[one]) for one in qualities) + str(likes_pages(ranges))
