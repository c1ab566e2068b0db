"""The formats of the API's documents, and which of them a client gets (`f=`, else Accept)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from fastapi import Request

from app.domain.errors import BadValue, NotAcceptable


@dataclass(frozen=True, slots=True)
class Representation:
    """A representation: the value of `f`, its media type, and what else means the same."""

    of_product: ClassVar[bool] = True

    name: str
    media_type: str
    title: str
    """The key of a word."""
    also: tuple[str, ...] = ()
    """Other values of `f`."""
    covers: tuple[str, ...] = ()
    """Other media types a client that gets this one may have asked for."""
    whole: bool = field(default=False)
    """Whether it has no pages: without a limit it holds all that match."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)

    @property
    def link_type(self) -> str:
        """As links and the OpenAPI document name it."""
        return self.media_type.removesuffix("; charset=utf-8")

    @property
    def type(self) -> str:
        """The media type without parameters."""
        return self.media_type.partition(";")[0]


JSON_TYPE = "application/json"
HTML_TYPE = "text/html; charset=utf-8"

JSON = Representation("json", JSON_TYPE, "media.json")
GEOJSON = Representation(
    "json", "application/geo+json", "media.geojson", also=("geojson",), covers=(JSON_TYPE,)
)
SCHEMA = Representation("json", "application/schema+json", "media.schema", covers=(JSON_TYPE,))
OPENAPI = Representation(
    "json", "application/vnd.oai.openapi+json;version=3.0", "media.openapi",
    covers=(JSON_TYPE,),
)  # fmt: skip
PROBLEM = Representation("json", "application/problem+json", "media.problem")
HTML = Representation("html", HTML_TYPE, "media.page")
TILEJSON = Representation("tilejson", "application/vnd.mapbox.tile+json", "media.tilejson")
MVT = Representation(
    "mvt", "application/vnd.mapbox-vector-tile", "media.mvt",
    covers=("application/x-protobuf", "application/octet-stream"),
)  # fmt: skip


def negotiated(request: Request, name: str, offered: Sequence[Representation]) -> Representation:
    """The format `f` names, else the best one Accept allows, the first offered where it says
    nothing. Raises BadValue for an unknown name, NotAcceptable where nothing fits.
    """
    if name:
        for one in offered:
            if name in one.names:
                return one
        raise BadValue("f", name, f"one of {', '.join(names_of(offered))}")
    header = request.headers.get("accept", "")
    if not header.strip():
        return offered[0]
    ranges = accepted(header)
    best = max(offered, key=lambda one: quality(ranges, one))
    if quality(ranges, best) <= 0:
        raise NotAcceptable(header, (file_format.type for file_format in offered))
    return best


def names_of(offered: Iterable[Representation]) -> list[str]:
    """Every value of `f`."""
    return [name for file_format in offered for name in file_format.names]


Ranges = dict[str, float]


def prefers_page(request: Request) -> bool:
    """Whether Accept likes HTML better than any JSON, as a browser's does.

    HTML has to be named: what a program accepts with `*/*` or nothing is not a wish for a page.
    """
    return likes_pages(accepted(request.headers.get("accept", "")))


def likes_pages(ranges: Ranges) -> bool:
    page = max(ranges.get(name, 0.0) for name in (HTML.type, "application/xhtml+xml"))
    return page > max(quality(ranges, one) for one in (JSON, GEOJSON, PROBLEM))


def gets_page(request: Request) -> bool:
    """Whether the answer will be a page where there is one: `f` says so, else Accept."""
    name = request.query_params.get("f", "")
    return name in HTML.names if name else prefers_page(request)


def accepted(header: str) -> Ranges:
    """Media range → quality (RFC 9110 §12.5.1); a quality that is none counts as 1."""
    ranges: Ranges = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        value = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
        ranges[name] = number(value)
    return ranges


def number(text: str) -> float:
    plain = text.replace(".", "", 1)
    return float(text) if plain.isascii() and plain.isdigit() else 1.0


def quality(ranges: Ranges, one: Representation) -> float:
    """How welcome a format is: the most specific range that names it decides."""
    family = one.type.partition("/")[0]
    exact = [ranges[name] for name in (one.type, *one.covers) if name in ranges]
    if exact:
        return max(exact)
    return ranges.get(f"{family}/*", ranges.get("*/*", 0.0))
