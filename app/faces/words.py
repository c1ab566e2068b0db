"""A view in words: what a title, a subtitle, a file or a preview says is shown."""

from collections.abc import Iterable, Mapping

from app.plan.models import PRECISIONS, STATUSES
from app.plan.pack import Pack
from app.store.store import CITY, OUTSIDE
from app.view import View

SPECIAL_COUNTIES = {CITY: ("全市性", "City-wide"), OUTSIDE: ("市外", "Outside the city")}
JOINERS = {"zh": ("、", " · "), "en": (", ", " · ")}


def view_words(pack: Pack, view: View, lang: str) -> str:
    """`东县、西县 · 交通`: the choices of a view; empty when nothing is chosen."""
    comma, dot = JOINERS[lang if lang in JOINERS else "en"]
    groups = (
        pick(county_titles(pack), view.county, lang),
        pick(layer_titles(pack), view.layer, lang),
        pick(category_titles(pack), view.category, lang),
        status_words(pack, view, lang),
        pick({id: names[:2] for id, names in PRECISIONS.items()}, view.precision, lang),
        [word if lang == "zh" else pack.terms.get(word, word) for word in view.term],
        near_words(view, lang),
        [quoted(view.q, lang)] if view.q else [],
    )
    return dot.join(comma.join(group) for group in groups if group)


def status_words(pack: Pack, view: View, lang: str) -> list[str]:
    """The statuses chosen, and whose word they are where the pack says so."""
    words = pick({id: names[:2] for id, names in STATUSES.items()}, view.status, lang)
    if not words or not pack.info.status_title:
        return words
    title, colon = (pack.info.status_titles[0], "：") if lang == "zh" else (
        pack.info.status_titles[1], ": ",
    )  # fmt: skip
    return [f"{title}{colon}{words[0]}", *words[1:]]


def quoted(text: str, lang: str) -> str:
    """What a reader typed; curly quotes are for Chinese, whose fonts draw them wide."""
    return f"“{text}”" if lang == "zh" else f'"{text}"'


def near_words(view: View, lang: str) -> list[str]:
    """Where a view is near to, if it is a place; an item in focus is named elsewhere."""
    if not view.place:
        return []
    name = view.place.name if lang == "zh" else view.place.name_en or view.place.name
    if not view.near:
        return [name]
    return [
        f"{name} {view.near:g} 公里内" if lang == "zh" else f"within {view.near:g} km of {name}"
    ]


def view_title(pack: Pack, view: View, lang: str) -> str:
    """The reader's title, else the choices and the pack's title."""
    if view.title:
        return view.title
    info = pack.info
    own = info.title if lang == "zh" else info.title_en
    words = view_words(pack, view, lang)
    return f"{words} — {own}" if words else own


def pick(titles: Mapping[str, tuple[str, str]], chosen: Iterable[str], lang: str) -> list[str]:
    """The titles of the chosen ids, in one language."""
    return [titles[id][0 if lang == "zh" else 1] for id in chosen if id in titles]


def county_titles(pack: Pack) -> dict[str, tuple[str, str]]:
    own = {county.code: (county.name, county.name_en) for county in pack.info.counties}
    return {**own, **SPECIAL_COUNTIES}


def layer_titles(pack: Pack) -> dict[str, tuple[str, str]]:
    return {layer.id: (layer.title, layer.title_en) for layer in pack.layers}


def category_titles(pack: Pack) -> dict[str, tuple[str, str]]:
    return {
        category.id: (category.title, category.title_en)
        for layer in pack.layers
        for category in layer.categories
    }
