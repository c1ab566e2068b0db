"""What a search looks through, with what the catalog says of each item, and how it may be spelt."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import CONTACT, PRECISIONS, STATUSES, Layer
from app.domain.text.folding import folded, traditional_for
from app.domain.text.search import search_text
from app.domain.text.spelling import spellings
from app.pack.tables.synonyms import synonym_finder

CONTACT_TITLES = ("telephone", "phone", "contact", "联系电话", "联系方式", "联系人")
"""What readers type who look for whom to ask."""
ASCII = bytes(range(128))
LEAST_SPELT = 6
"""Letters of the shortest synonym that is found by its pinyin."""


def search_texts(catalog: Catalog, features: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Id → everything a search looks through: the item's own words, its counties and its layer."""
    counties = {
        county.code: " ".join((county.name, county.name_en, *county.translations.values()))
        for county in catalog.info.counties
    }
    kinds = {
        (layer.id, category.id): " ".join(
            (*names_of(layer), category.title, category.title_en, *category.translations.values())
        )
        for layer in catalog.layers
        for category in layer.categories
    }  # fmt: skip
    texts = {}
    others = other_spellings(catalog)
    standing = synonym_finder(catalog.synonyms)
    synonyms = [(*one.also, *spelt_whole(one.also)) for one in catalog.synonyms]
    general = [
        word for one in catalog.synonyms if not one.words for word in one.also if not word.isascii()
    ]
    titles = {layer.id: folded(layer.title) for layer in catalog.layers}
    for feature in features:
        properties = feature["properties"]
        around = [counties.get(code, "") for code in properties.get("counties") or ()]
        around.append(kinds.get((properties["layer"], properties["category"]), ""))
        own = search_text(properties)
        around += [other for spelt, other in others if spelt in own]
        for one in catalog.headings_of(catalog.listed_words(properties)):
            around += (one.name, one.name_en, *one.translations.values(), *one.also)
        text = f"{own}\n{folded(' '.join(around))}"
        also = [word for at in standing(text) for word in synonyms[at]]
        also += (titles[properties["layer"]] + word for word in general)
        also += contact_words(properties)
        texts[feature["id"]] = " ".join((text, *dict.fromkeys(also)))
    return texts


def spelt_whole(words: Iterable[str]) -> Iterator[str]:
    """In pinyin, where that is long enough to be no part of other words: `gaotiezhan`."""
    spelt = (spellings(word)[:1] for word in words)
    yield from (one for first in spelt for one in first if len(one) >= LEAST_SPELT)


def contact_words(properties: dict[str, Any]) -> Iterator[str]:
    """An item says whom to ask: it is found by what that is called, and by the number."""
    for title in CONTACT_TITLES if any(properties.get(name) for name in CONTACT[:-1]) else ():
        yield folded(title)
    yield from (folded(properties[name]) for name in CONTACT[:-1] if properties.get(name))


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
