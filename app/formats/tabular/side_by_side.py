"""Items or counties side by side: what each is called, a line for each thing known of any."""

from collections import Counter
from typing import Any

from app.domain.models import County
from app.domain.table_schema import DESTINATIONS, destination_words
from app.domain.text.distances import distance_words
from app.domain.text.languages import record_json, title_in, word_in
from app.formats.tabular.card import LABELS, card_lines, contact_words
from app.formats.tabular.table import Titles
from app.selection.selection import Selection
from app.words import translator

Cell = str | int
"""Words, or a number to reckon with."""
UNKNOWN = "–"


def compared_counties(selection: Selection) -> list[County]:
    """The counties that are compared; none where items are."""
    by_code = {county.code: county for county in selection.catalog.info.counties}
    codes = selection.compared
    return [by_code[code] for code in codes] if all(code in by_code for code in codes) else []


def compared_features(selection: Selection) -> list[dict[str, Any]]:
    by_id = {feature["id"]: feature for feature in selection.catalog.features}
    return [by_id[id] for id in selection.compared]


def compared_names(selection: Selection) -> list[str]:
    """What each is called that is compared."""
    compared: list[Any] = compared_counties(selection)
    compared = compared or [one["properties"] for one in compared_features(selection)]
    return [title_in(one, selection.lang, "name") for one in compared]


def table(selection: Selection) -> list[list[Cell]]:
    """Names first; then a row for each line that any of what is compared has."""
    of_each = county_lines if compared_counties(selection) else item_lines
    columns = of_each(selection)
    labels = dict.fromkeys(label for column in columns for label in column)
    rows = ([one, *(each.get(one, UNKNOWN) for each in columns)] for one in labels)
    return [["", *compared_names(selection)], *rows]


def county_lines(selection: Selection) -> list[dict[str, Cell]]:
    """Of each county how many items it has, all and of each layer, and whom to ask there."""
    catalog, lang = selection.catalog, selection.lang
    codes = selection.compared
    counts = Counter(
        (code, one["properties"]["layer"])
        for one in catalog.features
        for code in one["properties"]["counties"]
    )
    layers = [one for one in catalog.layers if any(counts[code, one.id] for code in codes)]
    lines: list[dict[str, Cell]] = []
    for county in compared_counties(selection):
        numbers = {title_in(one, lang): counts[county.code, one.id] for one in layers}
        contact = "\n".join(filter(None, contact_words(record_json(county), lang)))
        known = {title_in(LABELS["contact"], lang): contact} if contact else {}
        total = sum(counts[county.code, one.id] for one in layers)
        lines.append({word_in("compare.items", lang): total, **numbers, **known})
    return lines


def item_lines(selection: Selection) -> list[dict[str, Cell]]:
    """Of each item its card, and how far the port and the station are."""
    titles = Titles.of(selection.catalog, selection.lang)
    items = compared_features(selection)
    return [lines_of(one["properties"], titles, selection.lang) for one in items]


def lines_of(properties: dict[str, object], titles: Titles, lang: str) -> dict[str, Cell]:
    """Label → text."""
    texts: dict[str, Cell] = dict(card_lines(properties, titles, lang))
    access = properties.get("access")
    for kind in DESTINATIONS:
        nearest = access.get(kind) if isinstance(access, dict) else None
        if nearest:
            texts[word_in(destination_words(kind), lang)] = access_text(nearest, lang)
    return texts


def access_text(nearest: dict[str, Any], lang: str) -> str:
    """As the page's card says it (static/js/ui/card/access.js)."""
    say, name = translator(lang), title_in(nearest, lang, "name")
    metres, doubt = nearest["km"] * 1000, nearest["doubt_km"] * 1000
    if doubt > metres:
        away = say("picture.range", away=distance_words(metres + doubt, lang))
        return say("access.range", name=name, away=away)
    text = say(
        "access.distance", name=name, away=distance_words(metres, lang),
        doubt=distance_words(doubt, lang),
    )  # fmt: skip
    road = nearest.get("road_km")
    if road is None:
        return text
    return text + say("access.road", away=distance_words(road * 1000, lang))
