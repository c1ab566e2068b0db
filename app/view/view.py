"""The view: what the reader has chosen, as one query string for every format.

`parse_view` and `View.query_string` are the only reader and writer of it; static/js/core/url.js is
their twin, and tests/shared/view_cases.json holds both to the same cases.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from app.catalog.catalog import Catalog
from app.domain.doubts import DOUBTS
from app.domain.errors import BadValue, RequestError, UnknownParameter
from app.domain.models import PRECISIONS, STATUSES, Position
from app.domain.text.characters import checked_text, problem_of_text
from app.domain.text.languages import title_in, word_in
from app.domain.text.search import search_tokens
from app.online_base_maps import BASE_MAP_IDS
from app.store.base import ANY, CITY, OUTSIDE, Box, Query
from app.view.values import (
    NEAR_MOST,
    SEARCH_MOST,
    TITLE_MOST,
    MapNote,
    MovedName,
    SiteCondition,
    ViewPlace,
    parse_all,
    parse_bbox,
    parse_choice,
    parse_hidden,
    parse_id,
    parse_ids,
    parse_inview,
    parse_names,
    parse_near,
    parse_notes,
    parse_place,
    parse_site,
    short_text,
    shown,
    split_known,
    text_of,
)

__all__ = [
    "COLOURS",
    "LISTS",
    "NEAR_MOST",
    "PAGE_PARAMETERS",
    "SEARCH_MOST",
    "THEMES",
    "TITLE_MOST",
    "VIEW_PARAMETERS",
    "View",
    "ViewPlace",
    "Vocabulary",
    "is_foreign",
    "parse_choice",
    "parse_view",
    "read_view",
    "reject_repeats",
]  # fmt: skip

THEMES = ("light", "dark")
COLOURS = ("family", "status")
"""What the colour of an item says; the first unless said."""
SEPARATORS = {"notes": ";", "names": ";"}
"""Between the values of a parameter, where that is no comma."""


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
    doubt: tuple[str, ...] = ()
    """What is to be checked of an item: its county, its place, what the plan says of it."""
    site: tuple[SiteCondition, ...] = ()
    """How far the nearest port, station or expressway may be: all of them hold."""
    hidden: tuple[str, ...] = ()
    """Items that a presenter leaves out, by id."""
    q: str = ""
    focus: str = ""
    place: ViewPlace | None = None
    """Where nearness is reckoned from, in place of the item in focus."""
    near: float | None = None
    """Only items within so many km of the place, or of the item in focus."""
    bbox: Box | None = None
    inview: bool = False
    """Only items that the box touches."""
    all: bool = False
    """Draw every item, though nothing is chosen; without it a map begins as its pack says."""
    notes: tuple[MapNote, ...] = ()
    """Texts and arrows that a presenter has put on the map."""
    names: tuple[MovedName, ...] = ()
    """Names of items that stand where a presenter has put them."""
    lang: str = ""
    title: str = ""
    base: str = ""
    theme: str = ""
    colour: str = ""
    """What colours say where it is not the family: one of COLOURS."""

    @property
    def chooses(self) -> bool:
        """Whether it leaves any item out, beside those that are hidden one by one."""
        return replace(self.query(), hidden=()) != ANY or bool(self.q)

    def query(self) -> Query:
        """The features this view shows."""
        return Query(
            layers=self.layer,
            counties=self.county,
            categories=self.category,
            statuses=self.status,
            precisions=self.precision,
            terms=self.term,
            doubts=self.doubt,
            hidden=self.hidden,
            sites=tuple((one.kind, one.km) for one in self.site),
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
                listed = value if isinstance(value, tuple) else (value,)
                pairs.append((one.name, SEPARATORS.get(one.name, ",").join(map(text_of, listed))))
        return urlencode(pairs, quote_via=quote, safe=",")


VIEW_PARAMETERS = tuple(one.name for one in fields(View))
LISTS = (
    "layer", "county", "category", "status", "precision", "term", "doubt", "site", "hidden",
    "sortby", "properties", "collections",
)  # fmt: skip
"""Parameters that take several values, of a view and of the API."""
DRAWN_ONLY = ("notes", "names")
"""What a presenter adds to a map: a file without one cannot hold it."""
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
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Parameter → what its words are called, in each language of the pack → the word."""
    terms: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    """Kinds of places that are known, such as ports: an item is so far from the nearest."""
    places: Callable[[], Mapping[str, ViewPlace]] = dict
    """Name or alias → the place; gathered when a view first names one."""
    bases: tuple[str, ...] = BASE_MAP_IDS
    foreign: tuple[str, ...] = ()
    """Names that others add to a link; `*` at the end stands for any rest."""

    def with_names(self, name: str, allowed: Mapping[str, str]) -> Mapping[str, str]:
        """The words of a parameter, and what they are called."""
        return {**self.names.get(name, {}), **allowed}

    @classmethod
    def of(cls, catalog: Catalog, foreign: Iterable[str] = ()) -> "Vocabulary":
        """The words of a pack."""
        info = catalog.info
        names = {county.name: county.code for county in info.counties}
        return cls(
            layers=tuple(layer.id for layer in catalog.layers),
            categories=tuple(
                dict.fromkeys(
                    category.id for layer in catalog.layers for category in layer.categories
                )
            ),
            counties={
                **{county.code: county.code for county in info.counties},
                **names,
                # A county of the same name is the narrower choice.
                info.place: names.get(info.place, CITY),
                CITY: CITY,
                OUTSIDE: OUTSIDE,
            },
            languages=info.languages,
            names=names_of(catalog),
            terms=tuple(catalog.terms),
            sites=catalog.placed_destinations,
            places=cache(partial(places_of, catalog)),
            foreign=tuple(foreign),
        )


def names_of(catalog: Catalog) -> dict[str, dict[str, str]]:
    """Parameter → what readers call its words; static/js/core/state.js gathers the same."""
    languages, layers = catalog.info.languages, catalog.layers
    categories = [(category.id, category) for layer in layers for category in layer.categories]
    counties = [(county.code, county) for county in catalog.info.counties]
    return {
        "layer": titles_of([(one.id, one) for one in layers], languages),
        "county": titles_of(counties, languages, "short") | titles_of(counties, languages, "name"),
        "category": titles_of(categories, languages),
        **{
            name: {word_in(words, lang): id for lang in languages for id, words in closed.items()}
            for name, closed in (
                ("status", STATUSES),
                ("precision", PRECISIONS),
                ("doubt", DOUBTS),
            )
        },
    }


def titles_of(
    records: Sequence[tuple[str, Any]], languages: Iterable[str], name: str = "title"
) -> dict[str, str]:
    """Title → id, in every language."""
    return {title_in(one, lang, name): id for lang in languages for id, one in records}


def places_of(catalog: Catalog) -> dict[str, ViewPlace]:
    """Name → place; another place's alias never takes a main name."""
    placed = [place for place in catalog.gazetteer if place.position]
    places = {
        name: ViewPlace(place.name, place.at, place.name_en, place.translations)
        for place in placed
        for name in place.aliases
    }
    return places | {
        place.name: ViewPlace(place.name, place.at, place.name_en, place.translations)
        for place in placed
    }


def parse_view(pairs: Iterable[tuple[str, str]], words: Vocabulary) -> View:
    """Read a view from query pairs.

    Raises UnknownParameter for a name that is no part of a view, BadValue for a value that is
    none of the pack's words, malformed, or given twice.
    """
    view, problems = read_view(pairs, words)
    if problems:
        raise problems[0]
    return view


def read_view(
    pairs: Iterable[tuple[str, str]], words: Vocabulary
) -> tuple[View, list[RequestError]]:
    """What can be understood of query pairs, and what cannot, in the order given.

    A page shows the one and says the other, a file is refused: both read by this.
    """
    problems: list[RequestError] = []
    read: dict[str, Any] = {}
    given: dict[str, str] = {}
    for name, text in pairs:
        if problem := problem_of_text(name, text):
            problems.append(problem)
        elif name not in PARSERS and name not in PAGE_PARSERS and name not in VIEW_LISTS:
            if not is_foreign(name, words.foreign):
                problems.append(UnknownParameter(name, VIEW_PARAMETERS))
        elif name in given:
            problems.append(repeated(name, text))
        else:
            given[name] = shown(text)
            problems += read_one(name, given[name], words, read)
    return consistent(read, given, words, problems), problems


def read_one(name: str, text: str, words: Vocabulary, read: dict[str, Any]) -> list[RequestError]:
    """Puts one value into `read`, as far as it is understood; an empty one is none."""
    if not text:
        return []
    if name in VIEW_LISTS:
        allowed, listed = VIEW_LISTS[name](words)
        read[name], unknown = split_known(text, words.with_names(name, allowed))
        return [BadValue(name, word, listed) for word in unknown]
    try:
        if name in PAGE_PARSERS:
            PAGE_PARSERS[name](text)
        else:
            read[name] = PARSERS[name](text, words)
    except BadValue as error:
        return [error]
    return []


def consistent(
    read: dict[str, Any], given: Mapping[str, str], words: Vocabulary, problems: list[RequestError]
) -> View:
    """The view without what stands on something that is not there, and without defaults."""
    if "near" in read and not {"focus", "place"} & set(read):
        del read["near"]
        wanted = "a focus or a place beside it: what to be near to"
        problems.append(BadValue("near", given["near"], wanted))
    if "inview" in read and "bbox" not in read:
        del read["inview"]
        problems.append(BadValue("inview", given["inview"], "1, with a bbox beside it: the window"))
    defaults = {"lang": words.languages[0], "base": words.bases[0], "colour": COLOURS[0]}
    for name, default in defaults.items():
        if read.get(name) == default:
            del read[name]
    return View(**read)


def is_foreign(name: str, foreign: Iterable[str]) -> bool:
    """Whether a parameter is one that messengers and trackers add to links."""
    return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in foreign)


def reject_repeats(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Pairs as a dict; a name given twice is an error: `a,b` is how a list says several."""
    values: dict[str, str] = {}
    for name, text in pairs:
        if name in values:
            raise repeated(name, text)
        values[name] = checked_text(name, text)
    return values


def repeated(name: str, text: str) -> BadValue:
    several = ", several values separated by commas" if name in LISTS else ""
    return BadValue(name, text, f"the parameter once{several}")


def identity_map(words: Iterable[str]) -> dict[str, str]:
    return {word: word for word in words}


def closed_list(allowed: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
    return allowed, f"one of {', '.join(allowed)}"


VIEW_LISTS: dict[str, Callable[[Vocabulary], tuple[Mapping[str, str], str]]] = {
    "layer": lambda words: closed_list(identity_map(words.layers)),
    "county": lambda words: closed_list(words.counties),
    "category": lambda words: closed_list(identity_map(words.categories)),
    "status": lambda _: closed_list(identity_map(STATUSES)),
    "precision": lambda _: closed_list(identity_map(PRECISIONS)),
    "doubt": lambda _: closed_list(identity_map(DOUBTS)),
    # Too many to be told.
    "term": lambda words: (identity_map(words.terms), "one of those in /pack.json, terms"),
}
"""Word → the word it stands for, and what to say of any other."""

PARSERS: dict[str, Callable[[str, Vocabulary], Any]] = {
    "site": lambda text, words: parse_site(text, words.sites),
    "hidden": lambda text, _: parse_hidden(text),
    "q": lambda text, _: short_text("q", text, SEARCH_MOST),
    "focus": lambda text, _: parse_id("focus", text),
    "place": lambda text, words: parse_place(text, words.places()),
    "near": lambda text, _: parse_near(text),
    "bbox": lambda text, _: parse_bbox("bbox", text),
    "inview": lambda text, _: parse_inview(text),
    "all": lambda text, _: parse_all(text),
    "notes": lambda text, _: parse_notes(text),
    "names": lambda text, _: parse_names(text),
    "lang": lambda text, words: parse_choice("lang", text, words.languages),
    "title": lambda text, _: short_text("title", text, TITLE_MOST),
    "base": lambda text, words: parse_choice("base", text, words.bases),
    "theme": lambda text, _: parse_choice("theme", text, THEMES),
    "colour": lambda text, _: parse_choice("colour", text, COLOURS),
}

PAGE_PARSERS: dict[str, Callable[[str], Any]] = {
    "compare": partial(parse_ids, "compare"),
    **{
        name: partial(parse_choice, name, allowed=("1",))
        for name in ("table", "present", "choropleth")
    },
}
