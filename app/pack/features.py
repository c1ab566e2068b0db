"""Reading the built features back: in plan order, with the text a search looks through."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from app.domain.models import Layer
from app.domain.text.languages import translations_in
from app.domain.text.spelling import spellings
from app.pack.folding import folded
from app.pack.pack import Pack

LEAST_WORD = 2
"""Characters of the shortest word that a token is split into."""

SEARCHED = ("name", "name_en", "plan_term", "summary", "summary_en", "place_note")


SEARCHED_LISTS = ("name", "summary", "facts", "place_note")
"""What is searched in further languages as well."""
PAIRED = ("facts_en", "place_note_en")
"""English that is no further language: searched already, or not at all."""


def load_features(pack: Pack) -> list[dict[str, Any]]:
    """The features of `projects.geojson` in the order of the pack's rows.

    Raises PackError with the reason where they may not be served.
    """
    return pack.features


def data_version(pack: Pack) -> str:
    """Twelve hex digits that change exactly when a file of the pack does."""
    return pack.version


def search_texts(pack: Pack, features: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Id → everything a search looks through: the item's own words, its counties and its layer."""
    counties = {
        county.code: " ".join((county.name, county.name_en, *county.translations.values()))
        for county in pack.info.counties
    }
    kinds = {
        (layer.id, one.id): " ".join(
            (*names_of(layer), one.title, one.title_en, *one.translations.values())
        )
        for layer in pack.layers
        for one in layer.categories
    }  # fmt: skip
    found = {}
    others = other_spellings(pack)
    lists = list_fields(pack)
    for feature in features:
        properties = feature["properties"]
        around = [counties.get(code, "") for code in properties.get("counties") or ()]
        around.append(kinds.get((properties["layer"], properties["category"]), ""))
        own = search_text(properties)
        around += [other for spelt, other in others if spelt in own]
        for one in pack.headings_of(words_in(properties, lists)):
            around += (one.name, one.name_en, *one.translations.values(), *one.also)
        found[feature["id"]] = f"{own}\n{folded(' '.join(around))}"
    return found


def list_fields(pack: Pack) -> tuple[str, ...]:
    """The fields of the layers that hold words: industries, products, stops."""
    fields = (field for layer in pack.layers for field in layer.fields)
    return tuple(dict.fromkeys(one.id for one in fields if one.type == "list"))


def words_in(properties: dict[str, Any], fields: Iterable[str]) -> list[str]:
    """The words that an item's list fields hold."""
    return [word for name in fields for word in properties.get(name) or ()]


def other_spellings(pack: Pack) -> list[tuple[str, str]]:
    """First words of English place names that an alias spells otherwise: xudabao, xudapu."""
    found = {}
    for place in pack.gazetteer.places:
        first, _, rest = place.name_en.partition(" ")
        for alias in place.aliases:
            other, _, tail = alias.partition(" ")
            if rest and tail == rest and other != first:
                found[folded(first), folded(other)] = True
    return list(found)


def names_of(layer: Layer) -> tuple[str, ...]:
    others = (text for key, text in layer.translations.items() if key.startswith("title_"))
    return (layer.title, layer.title_en, *others, *layer.also)


def search_text(properties: dict[str, Any]) -> str:
    """An item's own words, folded: names, spellings, summary, facts, list words, places."""
    parts = [str(properties.get(name) or "") for name in SEARCHED]
    parts += spellings(parts[0])
    for name in ("facts", "facts_en", "aliases"):
        parts += properties.get(name) or []
    for value in translations_in(properties, SEARCHED_LISTS, (*SEARCHED, *PAIRED)).values():
        parts += [value] if isinstance(value, str) else value or []
    parts += (properties.get("located_by") or {}).get("places", [])
    return folded("\n".join(parts))


def search_tokens(text: str) -> tuple[str, ...]:
    """The words of a search, each of which must be found."""
    return tuple(dict.fromkeys(folded(text).split()))


def split_compounds(tokens: Sequence[str], texts: Collection[str]) -> tuple[str, ...]:
    """The tokens, each that no text holds as two words that one does: 东县水利 → 东县, 水利.

    The longest first word is taken. A token that cannot be split stays, and finds nothing.
    The page does the same (static/js/core/selection.js).
    """
    return tuple(word for token in tokens for word in compound_parts(token, texts))


def compound_parts(token: str, texts: Collection[str]) -> tuple[str, ...]:
    if any(token in text for text in texts):
        return (token,)
    longest = max((first_word(token, text) for text in texts), default=0)
    return (token[:longest], token[longest:]) if longest else (token,)


def first_word(token: str, text: str) -> int:
    """How long the first of two words of a token may be, of which a text holds both; 0 if none.

    What holds a word holds every part of it, so that the longest is found by halving.
    """
    most = len(token) - LEAST_WORD
    if most < LEAST_WORD or token[:LEAST_WORD] not in text or token[-LEAST_WORD:] not in text:
        return 0
    start = last_true(lambda n: token[:n] in text, LEAST_WORD, most)
    end = last_true(lambda n: token[-n:] in text, LEAST_WORD, most)
    return start if start + end >= len(token) else 0


def last_true(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The last number that holds; `low` does, and after one that does not, none does."""
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
