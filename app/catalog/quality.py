"""What the data holds, how well it is located, and what it leaves open: read off the features."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import BASES, PRECISIONS, County
from app.domain.text.languages import ENGLISH, title_in, translations_in, word_in
from app.pack.pack import PackInfo
from app.pack.tables.sources import Source

Feature = dict[str, Any]

CITY, OUTSIDE = "city", "outside"
UNLOCATED = "none"

GAPS = (OUTSIDE, CITY, "county")
"""What is missing of an unlocated item: it lies elsewhere, its county is unknown, its site is."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One row of a table: how many items, and how many of each precision class."""

    id: str
    title: str
    title_en: str
    items: int
    precisions: dict[str, int]
    translations: Mapping[str, str] = field(default_factory=dict)

    @property
    def unlocated(self) -> int:
        return self.precisions[UNLOCATED]

    @property
    def located(self) -> int:
        return self.items - self.unlocated


@dataclass(frozen=True, slots=True)
class NoteCount:
    """Items about which the same thing is said."""

    text: str
    text_en: str
    items: tuple[Feature, ...]
    translations: Mapping[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Gap:
    """Unlocated items that lack the same thing, by reason."""

    id: str
    count: int
    reasons: tuple[NoteCount, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """A source, how many items are drawn from it and how many places it gives."""

    source: Source
    items: int
    places: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything the page about the data says in numbers."""

    whole: Tally
    layers: tuple[Tally, ...]
    counties: tuple[Tally, ...]
    cross: dict[tuple[str, str], int]
    """(layer, county) → items; an item of two counties counts in both."""
    bases: dict[str, int]
    inferred: int
    """Items whose county the plan does not name."""
    gaps: tuple[Gap, ...]
    doubts: tuple[tuple[Tally, tuple[NoteCount, ...]], ...]
    """Layer → notes for the reader."""
    sources: tuple[Usage, ...]
    places: int
    placed: int
    """Places of the gazetteer, and those with coordinates."""


def quality(catalog: Catalog, features: Sequence[Feature]) -> Quality:
    """Count and group; nothing is judged here that the features do not say."""
    layers = tuple(layer_tallies(catalog, features))
    return Quality(
        whole=tally("plan", catalog.info, features),
        layers=layers,
        counties=tuple(county_tallies(catalog, features)),
        cross=cross_table(features),
        bases=counted((f["properties"]["basis"] for f in features), BASES),
        inferred=sum(f["properties"]["county_basis"] == "inferred" for f in features),
        gaps=tuple(gaps(features)),
        doubts=tuple(doubts(layers, features)),
        sources=tuple(usages(catalog, features)),
        places=len(catalog.gazetteer),
        placed=sum(place.position is not None for place in catalog.gazetteer),
    )


def layer_tallies(catalog: Catalog, features: Sequence[Feature]) -> Iterator[Tally]:
    for layer in catalog.layers:
        in_layer = [f for f in features if f["properties"]["layer"] == layer.id]
        yield tally(layer.id, layer, in_layer)


def county_tallies(catalog: Catalog, features: Sequence[Feature]) -> Iterator[Tally]:
    """The counties in the pack's order, then the whole city, then outside."""
    info = catalog.info
    named: list[tuple[str, Any]] = [
        (county.code, titles_by_name(county)) for county in info.counties
    ]
    for id, titled in (*named, (CITY, around(info, ALL_OF)), (OUTSIDE, around(info, BEYOND))):
        yield tally(id, titled, [f for f in features if id in areas(f)])


ALL_OF, BEYOND = "data.all-of", "data.beyond"


def around(info: PackInfo, words: str) -> dict[str, str]:
    """What lies in or around the whole place is called, in each language of the pack."""
    titles = {
        lang: word_in(words, lang).format(place=title_in(info, lang, "place"))
        for lang in (ENGLISH, *info.languages)
    }
    others = {f"title_{lang}": text for lang, text in titles.items() if lang != info.first}
    return {"title_en": titles[ENGLISH], **others, "title": titles[info.first]}


def titles_by_name(county: County) -> dict[str, str]:
    """A county's name in each language, as a title."""
    names = {f"title{key.removeprefix('name')}": one for key, one in county.translations.items()}
    return {"title": county.name, "title_en": county.name_en, **names}


def tally(id: str, titled: Any, features: Sequence[Feature]) -> Tally:
    """How precisely these features are located, under the titles of a record or a mapping."""
    classes = counted((f["properties"]["precision"] for f in features), PRECISIONS)
    titles = titled if isinstance(titled, dict) else {
        "title": titled.title, "title_en": titled.title_en, **titled.translations
    }  # fmt: skip
    others = {
        key: text for key, text in titles.items()
        if key.startswith("title_") and key != "title_en"
    }  # fmt: skip
    return Tally(id, titles["title"], titles["title_en"], len(features), classes, others)


def counted(values: Iterable[Any], known: Iterable[str]) -> dict[str, int]:
    """How often each known value occurs, zeros included, in the known order."""
    counts = Counter(values)
    return {value: counts[value] for value in known}


def areas(feature: Feature) -> tuple[str, ...]:
    """The counties of a feature, or the scope that stands for them."""
    properties = feature["properties"]
    scope = properties["scope"]
    return (scope,) if scope in (CITY, OUTSIDE) else tuple(properties["counties"])


def cross_table(features: Iterable[Feature]) -> dict[tuple[str, str], int]:
    return dict(
        Counter((f["properties"]["layer"], area) for f in features for area in areas(f))
    )  # fmt: skip


def gaps(features: Iterable[Feature]) -> Iterator[Gap]:
    """The unlocated items by what is missing, then by reason; gaps nobody has are left out."""
    lost = [f for f in features if f["properties"]["precision"] == UNLOCATED]
    for id in GAPS:
        lost_here = [f for f in lost if f["properties"]["scope"] == id]
        if lost_here:
            yield Gap(id, len(lost_here), remarks(lost_here, "place_note"))


def doubts(
    layers: Iterable[Tally], features: Sequence[Feature]
) -> Iterator[tuple[Tally, tuple[NoteCount, ...]]]:
    """The notes of each layer that has any."""
    for layer in layers:
        in_layer = [f for f in features if f["properties"]["layer"] == layer.id]
        noted = remarks([f for f in in_layer if f["properties"]["note"]], "note")
        if noted:
            yield layer, noted


def remarks(features: Iterable[Feature], name: str) -> tuple[NoteCount, ...]:
    """Features by what a property says of them, the most frequent first, else in their order."""
    by_text: dict[tuple[str, str], list[Feature]] = {}
    for feature in features:
        properties = feature["properties"]
        by_text.setdefault((properties[name], properties.get(f"{name}_en", "")), []).append(feature)
    groups = [
        NoteCount(text, english, tuple(own), further(own[0], name))
        for (text, english), own in by_text.items()
    ]
    return tuple(sorted(groups, key=lambda group: -group.count))


def further(feature: Feature, name: str) -> dict[str, str]:
    """The same remark in further languages, as a text's."""
    titles = translations_in(feature["properties"], (name,), (f"{name}_en",))
    return {key.replace(name, "text", 1): text for key, text in titles.items()}


def usages(catalog: Catalog, features: Sequence[Feature]) -> Iterator[Usage]:
    """Every source of the pack with how much rests on it."""
    items = Counter(id for f in features for id in f["properties"]["source"])
    places = Counter(id for place in catalog.gazetteer for id in place.source if place.position)
    for source in catalog.sources:
        yield Usage(source, items[source.id], places[source.id])
