"""What a search looks through, with what the catalog says of each item, and how it may be spelt."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import CONTACT, PRECISIONS, STATUSES, Layer
from app.domain.text.folding import folded, traditional_for
from app.domain.text.search import search_text
from app.domain.text.spelling import spellings
from app.pack.tables.synonyms import synonym_finder

CONTACT_TITLES = ("telephone", "phone", "contact", "联系电话", "联系方式", "联系人")
"""Folded, what readers type who look for whom to ask."""
NUMBERS = CONTACT[:-1]
ASCII = bytes(range(128))
LEAST_SPELT = 6
"""Letters of the shortest synonym that is found by its pinyin."""


Words = tuple[str, ...]


def search_texts(catalog: Catalog, features: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Id → everything a search looks through: the item's own words, its counties and its layer."""
    shared = SharedWords(catalog)
    texts = {}
    for feature in features:
        own, others = parts_of(shared, feature["properties"])
        words = dict.fromkeys(word for one in others for word in one)
        texts[feature["id"]] = "\n".join((own, " ".join(words)))
    return texts


def search_parts(
    catalog: Catalog, features: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[str, list[Words]]]:
    """The same of each feature, what many have held once: its own words, and those of others."""
    shared = SharedWords(catalog)
    return (parts_of(shared, feature["properties"]) for feature in features)


def parts_of(shared: "SharedWords", properties: Mapping[str, Any]) -> tuple[str, list[Words]]:
    own = search_text(properties)
    others = shared.of(properties, own)
    numbers = [folded(properties[name]) for name in NUMBERS if properties.get(name)]
    return ("\n".join((own, *numbers)), [*others, CONTACT_TITLES]) if numbers else (own, others)


class SharedWords:
    """The words, folded, that many items are found by: of their counties, layer, category and
    headings, how others spell their places, and what readers type for all these.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._counties = {
            county.code: one_of(county.name, county.name_en, *county.translations.values())
            for county in catalog.info.counties
        }
        self._kinds = {
            (layer.id, category.id): one_of(
                *names_of(layer), category.title, category.title_en,
                *category.translations.values(),
            )
            for layer in catalog.layers
            for category in layer.categories
        }  # fmt: skip
        self._headings = {
            one: one_of(one.name, one.name_en, *one.translations.values(), *one.also)
            for one in catalog.industries
        }
        self._spellings = [(spelt, (other,)) for spelt, other in other_spellings(catalog)]
        self._synonyms = [(*one.also, *spelt_whole(one.also)) for one in catalog.synonyms]
        everywhere = [at for at, one in enumerate(catalog.synonyms) if not one.words]
        general = [word for at in everywhere for word in catalog.synonyms[at].also]
        self._general = {
            layer.id: tuple(folded(layer.title) + word for word in general if not word.isascii())
            for layer in catalog.layers
        }
        self._standing = standing = synonym_finder(catalog.synonyms)
        self._standing_around = lru_cache(maxsize=4096)(
            lambda around: standing(" ".join(chain.from_iterable(around))).union(everywhere)
        )

    def of(self, properties: Mapping[str, Any], own: str) -> list[Words]:
        """Of an item, whose own words are given too."""
        catalog, layer = self._catalog, properties["layer"]
        codes = [*(properties.get("counties") or ())]
        words = [self._counties[code] for code in codes if code in self._counties]
        words.append(self._kinds.get((layer, properties["category"]), ()))
        words += [other for spelt, other in self._spellings if spelt in own]
        headings = catalog.headings_of(catalog.listed_words(properties))
        words += [self._headings[one] for one in headings]
        standing = self._standing(own) | self._standing_around(tuple(words))
        words += [self._synonyms[at] for at in sorted(standing)]
        words.append(self._general[layer])
        return words


def one_of(*words: str) -> Words:
    """What belongs together, as one."""
    return (folded(" ".join(words)),)


def spelt_whole(words: Iterable[str]) -> Iterator[str]:
    """In pinyin, where that is long enough to be no part of other words: `gaotiezhan`."""
    spelt = (spellings(word)[:1] for word in words)
    yield from (one for first in spelt for one in first if len(one) >= LEAST_SPELT)


def other_spellings(catalog: Catalog) -> list[tuple[str, str]]:
    """First words of English place names that an alias spells otherwise: xudabao, xudapu."""
    pairs = {}
    for place in catalog.gazetteer.places:
        first, _, rest = place.name_en.partition(" ")
        for alias in place.aliases:
            other, _, tail = alias.partition(" ")
            if rest and tail == rest and other != first:
                pairs[folded(first), folded(other)] = True
    return list(pairs)


def names_of(layer: Layer) -> tuple[str, ...]:
    others = (text for key, text in layer.translations.items() if key.startswith("title_"))
    return (layer.title, layer.title_en, *others, *layer.also)


def traditional_of(catalog: Catalog, bodies: Iterable[bytes]) -> tuple[str, str]:
    """The traditional characters for all that a search of these features looks through."""
    names = (name for place in catalog.gazetteer for name in (place.name, *place.aliases))
    known = repr((catalog.info.counties, catalog.layers, STATUSES, PRECISIONS))
    own = set[str]()
    for body in bodies:
        own.update(body.translate(None, ASCII).decode())
    return traditional_for("".join((*names, *catalog.terms, known, *own)))
