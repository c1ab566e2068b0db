"""The view: what the reader has chosen, as one query string for every face.

`parse_view` and `View.query_string` are the only reader and writer of it; static/js/url.js is
their twin, and tests/js/view_cases.json holds both to the same cases.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import quote, urlencode

from app.base_maps import BASE_MAP_IDS
from app.plan.characters import code_of, forbidden_in, spelt_out
from app.plan.errors import BadCharacter, BadValue, UnknownParameter
from app.plan.features import search_tokens
from app.plan.models import PRECISIONS, STATUSES, Position
from app.plan.pack import Pack
from app.store.store import CITY, OUTSIDE, Box, Query

THEMES = ("light", "dark")
TITLE_MOST = 120
SEARCH_MOST = 200
NEAR_MOST = 1000
LNG_LAT = re.compile(r"(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)", re.ASCII)
NEAR = re.compile(r"\d{1,4}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer under its main name, or a position as it was written."""

    name: str
    position: Position
    name_en: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class View:
    """One view. Empty means all or the default. Fields stand in canonical order."""

    layer: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    term: tuple[str, ...] = ()
    """Words of list fields: industries, products, stops."""
    q: str = ""
    focus: str = ""
    place: Place | None = None
    """Where nearness is reckoned from, in place of the item in focus."""
    near: float | None = None
    """Only items within so many km of the place, or of the item in focus."""
    bbox: Box | None = None
    inview: bool = False
    """Only items that the box touches."""
    lang: str = ""
    title: str = ""
    base: str = ""
    theme: str = ""

    def query(self) -> Query:
        """The features this view shows."""
        return Query(
            layers=self.layer,
            counties=self.county,
            categories=self.category,
            statuses=self.status,
            precisions=self.precision,
            terms=self.term,
            tokens=search_tokens(self.q),
            near=(self.centre, self.near) if self.near else None,
            within=self.bbox if self.inview else None,
        )

    @property
    def centre(self) -> str | Position:
        """What `near` is near to: a position, or an item's id."""
        return self.place.position if self.place else self.focus

    def query_string(self) -> str:
        """The canonical query string, without `?`; empty for the default view."""
        pairs = []
        for one in fields(self):
            value = getattr(self, one.name)
            if value:
                text = ",".join(map(text_of, value)) if isinstance(value, tuple) else text_of(value)
                pairs.append((one.name, text))
        return urlencode(pairs, quote_via=quote, safe=",")


VIEW_PARAMETERS = tuple(one.name for one in fields(View))
LISTS = (
    "layer", "county", "category", "status", "precision", "term",
    "sortby", "properties", "collections",
)  # fmt: skip
"""Parameters that take several values, of a view and of the API."""
PAGE_PARAMETERS = ("compare", "table", "present", "choropleth")
"""Known to the page only: how it shows a view, not which items a view holds."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one pack that a view may use; the first language and base are the default."""

    layers: tuple[str, ...]
    categories: tuple[str, ...]
    counties: Mapping[str, str]
    """Code or name → code; CITY and OUTSIDE are codes too."""
    languages: tuple[str, ...]
    terms: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    """Name or alias → the place."""
    bases: tuple[str, ...] = BASE_MAP_IDS

    @classmethod
    def of(cls, pack: Pack) -> "Vocabulary":
        """The words of a pack."""
        info = pack.info
        return cls(
            layers=tuple(layer.id for layer in pack.layers),
            categories=tuple(
                dict.fromkeys(one.id for layer in pack.layers for one in layer.categories)
            ),
            counties={
                **{county.code: county.code for county in info.counties},
                **{county.name: county.code for county in info.counties},
                CITY: CITY,
                OUTSIDE: OUTSIDE,
            },
            languages=info.languages,
            terms=tuple(pack.terms),
            places={
                name: Place(place.name, place.at, place.name_en)
                for place in pack.gazetteer
                if place.position
                for name in (place.name, *place.aliases)
            },
        )


def parse_view(pairs: Iterable[tuple[str, str]], words: Vocabulary) -> View:
    """Read a view from query pairs.

    Raises UnknownParameter for a name that is no part of a view, BadValue for a value that is
    none of the pack's words, malformed, or given twice.
    """
    values = once(pairs)
    for name in values:
        if name not in PARSERS and name not in PAGE_PARAMETERS:
            raise UnknownParameter(name, VIEW_PARAMETERS)
    given = {name: text for name, text in values.items() if text and name in PARSERS}
    if "near" in given and not {"focus", "place"} & set(given):
        raise BadValue("near", given["near"], "a focus or a place beside it: what to be near to")
    if "inview" in given and "bbox" not in given:
        raise BadValue("inview", given["inview"], "1, with a bbox beside it: the window")
    read = {name: PARSERS[name](text, words) for name, text in given.items()}
    for name, default in (("lang", words.languages[0]), ("base", words.bases[0])):
        if read.get(name) == default:
            del read[name]
    return View(**read)


def once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Pairs as a dict; a name given twice is an error: `a,b` is how a list says several."""
    values: dict[str, str] = {}
    for name, text in pairs:
        if name in values:
            several = ", several values separated by commas" if name in LISTS else ""
            raise BadValue(name, text, f"the parameter once{several}")
        values[name] = checked_text(name, text)
    return values


def checked_text(name: str, text: str) -> str:
    """The text of a parameter. Raises BadValue where it, or the name, holds what no file can."""
    if code := forbidden_in(name + text):
        raise BadCharacter(spelt_out(name), spelt_out(text), code)
    return text


def several(name: str, text: str, allowed: Mapping[str, str], listed: str = "") -> tuple[str, ...]:
    """Comma-separated words, each one of those allowed, in the order given, doubles dropped.

    `listed`: where the words allowed are to be read, when they are too many to be told.
    """
    found = []
    for word in (part.strip() for part in text.split(",")):
        if not word:
            continue
        if word not in allowed:
            told = f"one of those in {listed}" if listed else f"one of {', '.join(allowed)}"
            raise BadValue(name, word, told)
        found.append(allowed[word])
    return tuple(dict.fromkeys(found))


def one_of(name: str, text: str, allowed: Iterable[str]) -> str:
    if text not in allowed:
        raise BadValue(name, text, f"one of {', '.join(allowed)}")
    return text


def parse_bbox(name: str, text: str) -> Box:
    """Four numbers west,south,east,north; six with heights are accepted, heights ignored."""
    expected = "west,south,east,north in degrees (or six numbers with heights)"
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise BadValue(name, text, expected) from None
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(abs(number) <= 1e9 for number in numbers):
        raise BadValue(name, text, expected)
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise BadValue(name, text, f"{expected}, south ≤ north, within the globe")
    return west, south, east, north


def parse_place(text: str, places: Mapping[str, Place]) -> Place:
    """A place of the gazetteer by any of its names, or `lng,lat` in degrees."""
    if text in places:
        return places[text]
    found = LNG_LAT.fullmatch(text)
    if not found or abs(float(found[1])) > 180 or abs(float(found[2])) > 90:
        raise BadValue(
            "place", text, "a name of the gazetteer (/places.json) or lng,lat in degrees"
        )
    lng, lat = float(found[1]), float(found[2])
    return Place(f"{text_of(lng)},{text_of(lat)}", (lng, lat))


def parse_near(text: str) -> float:
    """Kilometres, above 0 and at most NEAR_MOST."""
    expected = f"kilometres, above 0 and at most {NEAR_MOST}"
    if not NEAR.fullmatch(text) or not 0 < float(text) <= NEAR_MOST:
        raise BadValue("near", text, expected)
    return float(text)


def parse_inview(text: str) -> bool:
    """There is no 0: a view without the switch holds what lies outside the window too."""
    if text != "1":
        raise BadValue("inview", text, "1, with a bbox beside it")
    return True


def short_text(name: str, text: str, most: int) -> str:
    if len(text) > most:
        raise BadValue(name, text, f"at most {most} characters")
    if control := next((char for char in text if ord(char) < 32), ""):
        raise BadCharacter(name, text, code_of(control))
    return " ".join(text.split())


def same(words: Iterable[str]) -> dict[str, str]:
    return {word: word for word in words}


def text_of(value: Any) -> str:
    """A number without a needless fraction, a switch as 1."""
    if value is True:
        return "1"
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


PARSERS: dict[str, Callable[[str, Vocabulary], Any]] = {
    "layer": lambda text, words: several("layer", text, same(words.layers)),
    "county": lambda text, words: several("county", text, words.counties),
    "category": lambda text, words: several("category", text, same(words.categories)),
    "status": lambda text, _: several("status", text, same(STATUSES)),
    "precision": lambda text, _: several("precision", text, same(PRECISIONS)),
    "term": lambda text, words: several("term", text, same(words.terms), "/pack.json, terms"),
    "q": lambda text, _: short_text("q", text, SEARCH_MOST),
    "focus": lambda text, _: short_text("focus", text, TITLE_MOST),
    "place": lambda text, words: parse_place(text, words.places),
    "near": lambda text, _: parse_near(text),
    "bbox": lambda text, _: parse_bbox("bbox", text),
    "inview": lambda text, _: parse_inview(text),
    "lang": lambda text, words: one_of("lang", text, words.languages),
    "title": lambda text, _: short_text("title", text, TITLE_MOST),
    "base": lambda text, words: one_of("base", text, words.bases),
    "theme": lambda text, _: one_of("theme", text, THEMES),
}
