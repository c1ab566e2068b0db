"""Pages for people, rendered on the server: one environment, one frame, words by key.

A page is a template that extends `base.html`; its words stand in `words/<language>.json`, a key
per sentence, and are asked for with `t("data.title")`.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain.text.languages import name_of_language, tag_of, word_in
from app.domain.text.links import web_address
from app.view.view import parse_choice
from app.web.dependencies import Service, own_pairs, titled
from app.web.http.languages import set_content_language
from app.web.http.responses import answer
from app.web.pages.tables import with_labels
from app.words import translator

HERE = Path(__file__).resolve().parents[1]
HTML = "text/html; charset=utf-8"


def page_language(request: Request, service: Service) -> str:
    """The language of a page: `lang`, else the pack's first, as of the map at `/`.

    Not what the browser likes: who comes from the map would find another language than he left.
    """
    lang = request.query_params.get("lang", "")
    if lang:
        lang = parse_choice("lang", lang, service.words.languages)
    return lang or service.words.languages[0]


def page(request: Request, service: Service, template: str, **values: Any) -> Response:
    """The answer for a page: `template` filled with the pack, the words and `values`."""
    return answer(request, render(request, service, template, **values).encode(), HTML)


def render(request: Request, service: Service, template: str, **values: Any) -> str:
    """The text of a page."""
    lang = set_content_language(request, page_language(request, service))
    return in_frame(request, service, lang, template, **values)


def in_frame(request: Request, service: Service, lang: str, template: str, **values: Any) -> str:
    """The text of a page in a language."""
    return with_labels(
        environment()
        .get_template(template)
        .render(
            lang=lang,
            tag=tag_of(lang),
            t=translator(lang),
            word=lambda words: word_in(words, lang),
            titled=lambda thing, name="title": titled(thing, lang, name),
            info=service.catalog.info,
            version=service.store.version,
            root=root_of(request),
            languages=switch(request, service, lang),
            **values,
        )
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Every value is escaped; a name nobody gave is an error, not a blank."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["web_address"] = web_address
    return templates


def root_of(request: Request) -> str:
    """The way from this page to the root of the site: `./`, `../` …

    Relative, so that a page works under any prefix and from a folder of static files. The path is
    counted as it was sent: a browser does not take `%2F` for a step.
    """
    scope = request.scope
    # A mount moves root_path to itself; where the site begins stays in app_root_path.
    prefix = str(scope.get("app_root_path", scope.get("root_path", "")))
    sent = scope.get("raw_path") or scope["path"].encode()
    path = sent.decode("latin-1").partition("?")[0].removeprefix(quote(prefix))
    return "../" * (path.count("/") - 1) or "./"


def switch(request: Request, service: Service, lang: str) -> list[dict[str, Any]]:
    """This page in each language of the pack: code, its own name, address, whether it is now."""
    others = [pair for pair in own_pairs(request, service) if pair[0] != "lang"]
    return [
        {
            "code": code,
            "tag": tag_of(code),
            "name": name_of_language(code),
            "href": "?" + urlencode([*others, ("lang", code)]),
            "current": code == lang,
        }
        for code in service.words.languages
    ]
