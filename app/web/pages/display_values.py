"""Property values as text, for tables on pages."""

from collections.abc import Mapping
from typing import Any

from app.catalog.catalog import Catalog
from app.catalog.collections import Collection
from app.domain.models import PLAIN, PlanRef
from app.domain.schema import SCOPE_WORDS, Property
from app.domain.text.languages import title_in
from app.domain.text.references import Grammar
from app.words import catalogue_texts

COLUMNS = ("layer", "category", "status", "precision", "kind", "county", "basis", "counties")
"""The properties worth a column beside the name and the id."""

NOTHING = "—"
KIND = "place.kind."


def table_columns(collection: Collection) -> list[Property]:
    """Those a collection has; a single layer needs no layer column."""
    known = {one.id: one for one in collection.properties}
    skipped = ("layer",) if len(collection.layers) == 1 else ()
    if "precision" in known:
        skipped = (*skipped, "basis")
    return [known[id] for id in COLUMNS if id in known and id not in skipped]


def name_of(feature: Mapping[str, Any], lang: str) -> str:
    """Its name in a language, else in the pack's first, else its id."""
    properties = feature["properties"]
    return title_in(properties, lang, "name") or str(feature["id"])


def display_value(
    one: Property, value: Any, lang: str, names: Mapping[str, str], grammar: Grammar = PLAIN
) -> str:
    """A value as a reader would say it; `names` are titles of ids that stand for something."""
    if isinstance(value, list):
        return (
            ", ".join(display_value(one, part, lang, names, grammar) for part in value) or NOTHING
        )
    if isinstance(value, dict) and value.keys() == PlanRef("").as_dict().keys():
        return PlanRef(**value).citation(lang, grammar)
    if isinstance(value, dict):
        parts = (
            f"{name} {display_value(one, part, lang, names, grammar)}"
            for name, part in value.items()
            if part
        )
        return "; ".join(parts) or NOTHING
    if value in (None, ""):
        return NOTHING
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = str(int(value)) if float(value).is_integer() else str(value)
        return f"{number} {title_in(one, lang, 'unit')}".strip()
    titles = {choice.id: title_in(choice, lang) for choice in one.choices}
    return titles.get(value) or names.get(str(value), str(value))


def known_names(catalog: Catalog, lang: str) -> dict[str, str]:
    """Titles of layers and counties by id; of counties by name too, as places say them."""
    layers = {layer.id: title_in(layer, lang) for layer in catalog.layers}
    counties = {
        key: title_in(county, lang, "name")
        for county in catalog.info.counties for key in (county.code, county.name)
    }  # fmt: skip
    scopes = {one.title: title_in(one, lang) for one in SCOPE_WORDS}
    return {**scopes, **layers, **counties}


def kind_names(lang: str) -> dict[str, str]:
    """What kinds of places are called; one that a pack has made up is called as it is there."""
    texts = catalogue_texts(lang)
    return {key.removeprefix(KIND): text for key, text in texts.items() if key.startswith(KIND)}


def page_words(catalog: Catalog, lang: str) -> dict[str, Any]:
    """What the templates call to put features into words."""
    names = known_names(catalog, lang)
    sources = {source.id: title_in(source, lang) for source in catalog.sources}
    own = {"source": sources, "kind": kind_names(lang)}
    return {
        "name_of": lambda feature: name_of(feature, lang),
        "said": lambda one, value: display_value(
            one, value, lang, own.get(one.id, names), catalog.info.grammar
        ),
    }
