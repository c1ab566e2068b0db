"""A view in words: for titles, subtitles, files and previews."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from app.catalog.catalog import Catalog
from app.domain.doubts import DOUBTS
from app.domain.models import PRECISIONS, STATUSES
from app.domain.table_schema import destination_words
from app.domain.text.languages import colon, signs, title_in, word_in
from app.selection.overview import is_start
from app.store.base import CITY, OUTSIDE
from app.view.values import SiteCondition
from app.view.view import View

SPECIAL_COUNTIES = {id: f"view.county.{id}" for id in (CITY, OUTSIDE)}


def figure_title(catalog: Catalog, view: View, lang: str) -> str:
    """The plan's own title of a view that is a stop of a ready tour; empty for any other."""
    plain = replace(
        view, title="", lang="", theme="", base="", colour="", bbox=None, inview=False,
        hidden=(), notes=(), names=(),
    )  # fmt: skip
    chosen = query_parts(plain.query_string())
    stops = (stop for tour in catalog.info.tours for stop in tour.stops)
    stop_shown = next((stop for stop in stops if query_parts(stop.view) == chosen), None)
    return title_in(stop_shown, lang) if stop_shown else ""


def query_parts(query: str) -> set[tuple[str, frozenset[str]]]:
    """A query string in whatever order it is written."""
    return {(name, frozenset(text.split(","))) for name, text in parse_qsl(query)}


def view_words(catalog: Catalog, view: View, lang: str) -> str:
    """`东县、西县 · 交通`: the choices of a view; empty when nothing is chosen."""
    if figure := figure_title(catalog, view, lang):
        return figure
    comma, _, dot = signs(lang)
    if catalog.info.start and is_start(catalog, view):
        return title_in(catalog.info.start, lang)
    groups = (
        titles_of_chosen(county_titles(catalog, lang), view.county),
        titles_of_chosen(layer_titles(catalog, lang), view.layer),
        titles_of_chosen(category_titles(catalog, lang), view.category),
        status_words(catalog, view, lang),
        titles_of_chosen(words_in(PRECISIONS, lang), view.precision),
        [catalog.term_in(word, lang) for word in view.term],
        titles_of_chosen(words_in(DOUBTS, lang), view.doubt),
        [site_words(one, lang) for one in view.site],
        near_words(catalog, view, lang),
        [quoted(view.q, lang)] if view.q else [],
    )
    return dot.join(comma.join(group) for group in groups if group)


def status_words(catalog: Catalog, view: View, lang: str) -> list[str]:
    """The statuses chosen, and whose word they are where the pack says so."""
    words = titles_of_chosen(words_in(STATUSES, lang), view.status)
    if not words or not catalog.info.status_title:
        return words
    return [f"{catalog.info.status_in(lang)}{colon(lang)}{words[0]}", *words[1:]]


def quoted(text: str, lang: str) -> str:
    """What a reader typed; curly quotes are for Chinese, whose fonts draw them wide."""
    return word_in("view.quoted", lang).format(text=text)


def near_words(catalog: Catalog, view: View, lang: str) -> list[str]:
    """The place or the item that a view is near to; a place alone where no distance is said."""
    if not view.place and not view.near:
        return []
    named = view.place or catalog.item_names.get(view.focus, {"name": view.focus})
    name = title_in(named, lang, "name")
    return [within_words(name, view.near, lang) if view.near else name]


def site_words(one: SiteCondition, lang: str) -> str:
    """`距港口 20 公里内`."""
    kind = word_in(destination_words(one.kind), lang)
    return word_in("view.site", lang).format(kind=kind, km=f"{one.km:g}")


def within_words(name: str, km: float, lang: str) -> str:
    words = word_in("view.within", lang)
    return words.format(place=name, km=f"{km:g}")


def filter_words(catalog: Catalog, view: View, lang: str) -> str:
    """All that leaves items out: what a title says, the window."""
    parts = [view_words(catalog, view, lang)]
    if view.inview and view.bbox:
        box = ",".join(f"{edge:.10g}" for edge in view.bbox)
        words = word_in("view.box", lang)
        parts.append(words.format(box=box))
    if view.hidden:
        parts.append(word_in("view.hidden", lang).format(n=len(view.hidden)))
    return signs(lang)[2].join(filter(None, parts))


def view_title(catalog: Catalog, view: View, lang: str) -> str:
    """The reader's title, else the choices and the pack's title."""
    if view.title:
        return view.title
    info = catalog.info
    own = title_in(info, lang)
    words = view_words(catalog, view, lang)
    return f"{words} — {own}" if words else own


def titles_of_chosen(titles: Mapping[str, str], chosen: Iterable[str]) -> list[str]:
    """The titles of the chosen ids."""
    return [titles[id] for id in chosen if id in titles]


def words_in(closed: Mapping[str, Sequence[str]], lang: str) -> dict[str, str]:
    """Id → title of a closed list of the product's own."""
    return {id: word_in(words, lang) for id, words in closed.items()}


def county_titles(catalog: Catalog, lang: str) -> dict[str, str]:
    own = {county.code: title_in(county, lang, "name") for county in catalog.info.counties}
    return {**own, **words_in(SPECIAL_COUNTIES, lang)}


def layer_titles(catalog: Catalog, lang: str) -> dict[str, str]:
    return {layer.id: title_in(layer, lang) for layer in catalog.layers}


def category_titles(catalog: Catalog, lang: str) -> dict[str, str]:
    return {
        category.id: title_in(category, lang)
        for layer in catalog.layers
        for category in layer.categories
    }
