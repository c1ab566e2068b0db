"""What the codes in features and tiles are called, in the pack's languages."""

from collections.abc import Sequence
from typing import Any

from app.catalog.catalog import Catalog
from app.domain.models import County
from app.domain.schema import MOVED, ROW, Choice, Property, TitledChoice, feature_properties
from app.domain.text.cleaning import LIST_SEPARATOR
from app.domain.text.languages import title_in

Titles = dict[str, str]
"""Language → title."""


def code_lists(catalog: Catalog) -> dict[str, Any]:
    """Property → code → title in each language, for whoever reads data that holds codes only."""
    inner = [one for one in ROW if one.id in MOVED]  # as `method` in `located_by`
    lists = {
        one.id: choices_of(one, catalog)
        for one in (*feature_properties(catalog.layers, catalog.info.languages), *inner)
    }
    return {
        "languages": catalog.info.languages,
        "list_separator": LIST_SEPARATOR,
        "codes": {
            id: {choice[0]: titles(choice, catalog) for choice in choices}
            for id, choices in lists.items()
            if choices
        },
    }


def choices_of(one: Property, catalog: Catalog, layers: Sequence[str] = ()) -> Sequence[Choice]:
    """The codes that a property may hold; none where it holds no codes."""
    match one.id:
        case "layer":
            shown = (layer for layer in catalog.layers if not layers or layer.id in layers)
            return [TitledChoice.of(layer) for layer in shown]
        case "counties":
            return [county_choice(county) for county in catalog.info.counties]
        case "source":
            return [TitledChoice.of(source) for source in catalog.sources]
    return one.choices


def county_choice(county: County) -> Choice:
    choice = TitledChoice(county.code, county.name, county.name_en)
    choice.translations = {
        key.replace("name_", "title_", 1): text for key, text in county.translations.items()
    }
    return choice


def titles(choice: Choice, catalog: Catalog) -> Titles:
    """What a code is called in each language of the pack."""
    return {lang: title_in(choice, lang) for lang in catalog.info.languages}


def with_titles(schema: dict[str, Any], choices: Sequence[Choice], lang: str) -> dict[str, Any]:
    """The schema of a property whose codes have titles: `oneOf`, as forms and validators know it.

    A list has codes in it, anything else is one.
    """
    if not choices:
        return schema
    options: list[dict[str, Any]] = [
        {"const": choice[0], "title": title_in(choice, lang)} for choice in choices
    ]
    if schema["type"] == "array":
        return {**schema, "items": {**schema["items"], "oneOf": options}}
    return {**schema, "oneOf": options}
