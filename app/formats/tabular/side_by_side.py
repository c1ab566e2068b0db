"""Items side by side in words: what each is called, a line for each thing known of any of them."""

from typing import Any

from app.domain.table_schema import DESTINATIONS, destination_words
from app.domain.text.distances import distance_words
from app.domain.text.languages import title_in, word_in
from app.formats.tabular.card import card_lines
from app.formats.tabular.table import Titles
from app.selection.selection import Selection
from app.words import translator


def compared_features(selection: Selection) -> list[dict[str, Any]]:
    by_id = {feature["id"]: feature for feature in selection.catalog.features}
    return [by_id[id] for id in selection.compared]


def table(selection: Selection) -> list[list[str]]:
    """Names first; then a row for each line that any of the items has."""
    features = compared_features(selection)
    titles = Titles.of(selection.catalog, selection.lang)
    columns = [lines_of(feature["properties"], titles, selection.lang) for feature in features]
    names = [title_in(feature["properties"], selection.lang, "name") for feature in features]
    labels = dict.fromkeys(label for column in columns for label in column)
    return [["", *names], *([one, *(each.get(one, "–") for each in columns)] for one in labels)]


def lines_of(properties: dict[str, object], titles: Titles, lang: str) -> dict[str, str]:
    """Label → text: the card of the item, and how far the port and the station are."""
    texts = dict(card_lines(properties, titles, lang))
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
