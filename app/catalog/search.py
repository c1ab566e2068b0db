"""What a search looks through, with what the catalog says of each item, and how it may be spelt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import CONTACT, PRECISIONS, STATUSES, Layer
from app.domain.text.folding import folded, traditional_for
from app.domain.text.search import search_text
from app.domain.text.spelling import spellings
from app.store.search import Parts, Words

CONTACT_TITLES = ("telephone", "phone", "contact", "联系电话", "联系方式", "联系人")
"""Folded, what readers type who look for whom to ask."""
NUMBERS = CONTACT[:-1]
ASCII = bytes(range(128))
LEAST_SPELT = 6
"""Letters of the shortest synonym that is found by its pinyin."""


Implied = Sequence[tuple[str, Words]]


def search_texts(catalog: Catalog, features: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Id → everything a search looks through: the item's own words, its counties and its layer."""
    shared = SharedWords(catalog)
    texts = {}
    for feature in features:
        own, others = parts_of(shared, feature["properties"], shared.implied)
        words = dict.fromkeys(word for one in others for word in one)
        texts[feature["id"]] = "\n".join((own, " ".join(words)))
    return texts


def search_parts(catalog: Catalog, features: Iterable[Mapping[str, Any]]) -> Parts:
    """The same of each feature, what many have held once: its own words, and those of others. What
    its own words imply is looked for in all of them at once, but for phrases.
    """
    shared = SharedWords(catalog)
    phrases = [one for one in shared.implied if one[0].split() != [one[0]]]
    words = [one for one in shared.implied if one not in phrases]
    return Parts((parts_of(shared, one["properties"], phrases) for one in features), words)


def parts_of(
    shared: "SharedWords", properties: Mapping[str, Any], implied: Implied
) -> tuple[str, list[Words]]:
    """An item's own words, and those it is found by besides; some only where it has a word."""
    own = search_text(properties)
    others = shared.around(properties)
    others += [also for word, also in implied if word in own]
    if numbers := tuple(folded(properties[name]) for name in NUMBERS if properties.get(name)):
        others += [numbers, CONTACT_TITLES]
    return own, others


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
        synonyms = [(*one.also, *spelt_whole(one.also)) for one in catalog.synonyms]
        standing = [
            (word, also)
            for one, also in zip(catalog.synonyms, synonyms, strict=True)
            for word in one.words
        ]
        spelt = [(word, (other,)) for word, other in other_spellings(catalog)]
        self.implied: Implied = [*spelt, *standing]
        """A word, and what items are found by too that have it themselves."""
        everywhere = [at for at, one in enumerate(catalog.synonyms) if not one.words]
        general = [word for at in everywhere for word in catalog.synonyms[at].also]
        self._general = {
            layer.id: tuple(folded(layer.title) + word for word in general if not word.isascii())
            for layer in catalog.layers
        }
        always = [synonyms[at] for at in everywhere]
        self._standing = lru_cache(maxsize=4096)(
            lambda text: [*always, *dict.fromkeys(also for word, also in standing if word in text)]
        )

    def around(self, properties: Mapping[str, Any]) -> list[Words]:
        """Of an item, whatever its own words are."""
        catalog, layer = self._catalog, properties["layer"]
        codes = properties.get("counties") or ()
        words = [self._counties[code] for code in codes if code in self._counties]
        words.append(self._kinds.get((layer, properties["category"]), ()))
        headings = catalog.headings_of(catalog.listed_words(properties))
        words += [self._headings[one] for one in headings]
        return [*words, *self._standing(" ".join(chain(*words))), self._general[layer]]


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
