"""What a search looks through, with what the catalog says of each item, and how it may be spelt."""

import json
from collections.abc import Iterable
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import PRECISIONS, STATUSES, Layer
from app.domain.text.folding import folded, traditional_for
from app.domain.text.search import search_text


def search_texts(catalog: Catalog, features: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Id → everything a search looks through: the item's own words, its counties and its layer."""
    counties = {
        county.code: " ".join((county.name, county.name_en, *county.translations.values()))
        for county in catalog.info.counties
    }
    kinds = {
        (layer.id, one.id): " ".join(
            (*names_of(layer), one.title, one.title_en, *one.translations.values())
        )
        for layer in catalog.layers
        for one in layer.categories
    }  # fmt: skip
    found = {}
    others = other_spellings(catalog)
    for feature in features:
        properties = feature["properties"]
        around = [counties.get(code, "") for code in properties.get("counties") or ()]
        around.append(kinds.get((properties["layer"], properties["category"]), ""))
        own = search_text(properties)
        around += [other for spelt, other in others if spelt in own]
        for one in catalog.headings_of(catalog.listed_words(properties)):
            around += (one.name, one.name_en, *one.translations.values(), *one.also)
        found[feature["id"]] = f"{own}\n{folded(' '.join(around))}"
    return found


def other_spellings(catalog: Catalog) -> list[tuple[str, str]]:
    """First words of English place names that an alias spells otherwise: xudabao, xudapu."""
    found = {}
    for place in catalog.gazetteer.places:
        first, _, rest = place.name_en.partition(" ")
        for alias in place.aliases:
            other, _, tail = alias.partition(" ")
            if rest and tail == rest and other != first:
                found[folded(first), folded(other)] = True
    return list(found)


def names_of(layer: Layer) -> tuple[str, ...]:
    others = (text for key, text in layer.translations.items() if key.startswith("title_"))
    return (layer.title, layer.title_en, *others, *layer.also)


def traditional_of(catalog: Catalog, features: Iterable[dict[str, Any]]) -> tuple[str, str]:
    """The traditional characters for all that a search of these features looks through."""
    names = (name for place in catalog.gazetteer for name in (place.name, *place.aliases))
    known = repr((catalog.info.counties, catalog.layers, STATUSES, PRECISIONS))
    own = json.dumps([one["properties"] for one in features], ensure_ascii=False)
    return traditional_for("".join((*names, *catalog.terms, known, own)))
