"""One item as labelled lines in a fixed order: for balloons, popups and notes."""

from typing import Any

from app.domain.schema import BUILT, ROW, Property
from app.domain.text.languages import comma, title_in, value_in, word_in
from app.formats.tabular.table import Titles
from app.selection.selection import Selection

SHOWN = (
    "layer", "counties", "status", "summary", "facts", "origin", "plan_refs", "location",
    "place_note", "note", "contact",
)  # fmt: skip
LABELS = {one.id: one for one in (*ROW, *BUILT) if one.id in SHOWN}
"""What each line is called: as the property is everywhere (app/domain/schema.py)."""
SCOPES = ("city", "outside")


def name_of(properties: dict[str, Any], lang: str) -> str:
    return title_in(properties, lang, "name")


def card_lines(properties: dict[str, Any], titles: Titles, lang: str) -> list[tuple[str, str]]:
    """Label and text of everything known; several lines where there are several facts."""
    flat = titles.flat(properties)
    own = properties["scope"]
    scope = word_in(f"card.scope.{own}", lang) if own in SCOPES else ""
    references = [flat["plan"], *flat["plan_more"]]
    values = {
        "layer": " · ".join(filter(None, (flat["layer_title"], flat["category_title"]))),
        "counties": scope or comma(lang).join(flat["county_names"]),
        "status": flat["status_title"] or "",
        "facts": "\n".join(value_in(properties, lang, "facts") or ()),
        "plan_refs": "\n".join(filter(None, references)),
        "contact": "\n".join(filter(None, contact_words(properties, lang))),
    }
    lines = (
        (key, values[key] if key in values else title_in(properties, lang, key)) for key in SHOWN
    )
    labels = {key: title_in(one, lang) for key, one in LABELS.items()} | {"status": titles.status}
    rows = [(labels[key], text) for key, text in lines]
    own = [
        (title_in(field, lang), value_words(properties.get(field.id), field, titles))
        for field in titles.fields[properties["layer"]]
    ]
    place = SHOWN.index("facts") + 1
    return [(label, text) for label, text in (*rows[:place], *own, *rows[place:]) if text]


def contact_words(properties: dict[str, Any], lang: str) -> list[str]:
    """Whom to ask, how, and where that is published; empty where nobody is known."""
    office = title_in(properties, lang, "contact")
    rest = ("telephone", "website", "contact_source")
    return [office, *(str(properties.get(name) or "") for name in rest)]


def value_words(value: Any, field: Property, titles: Titles) -> str:
    """A value of a layer's own field, as the page's card has it."""
    if isinstance(value, list):
        return comma(titles.lang).join(titles.term(str(word)) for word in value)
    unit = title_in(field, titles.lang, "unit")
    return "" if value in (None, "") else f"{value} {unit}".strip()


def item_url(selection: Selection, id: str) -> str:
    """The address of an item on the map; empty where the selection has none."""
    base = selection.url.partition("?")[0]
    return f"{base}?focus={id}" if base else ""
