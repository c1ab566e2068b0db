"""A document of the API in the format a client asked for: JSON, or a page for people."""

from collections.abc import Sequence
from typing import Any

import orjson
from fastapi import Request
from fastapi.responses import Response

from app.view.view import parse_choice
from app.web.api.links import own_links
from app.web.dependencies import Service, checked, language
from app.web.http.representations import HTML, JSON, Representation, negotiated
from app.web.http.responses import answer
from app.web.pages.html import page

DOCUMENT_NAMES = ("f", "lang")
JSON_AND_PAGE = (JSON, HTML)


def asked_language(request: Request, service: Service, values: dict[str, str]) -> str:
    """The language `lang` names, else what the client likes."""
    lang = values.get("lang", "")
    if lang:
        lang = parse_choice("lang", lang, service.words.languages)
    return language(request, service, lang)


def document(
    request: Request,
    service: Service,
    body: dict[str, Any],
    template: str = "",
    *,
    offered: Sequence[Representation] = (),
    linked: bool = True,
    **values: Any,
) -> Response:
    """`body`, if `linked` with links to itself and its other formats before its own.

    Without a template there is no page. Anything but `f` and `lang` in the query is an error.
    """
    asked = checked(request, DOCUMENT_NAMES)
    formats = offered or (JSON_AND_PAGE if template else (JSON,))
    chosen = negotiated(request, asked.get("f", ""), formats)
    lang = asked_language(request, service, asked)
    if linked:
        links = own_links(request, chosen, formats, lang, service.words.languages)
        body = {**body, "links": [*links, *body.get("links", [])]}
    if chosen is HTML:
        return page(request, service, template, here="api", document=body, **values)
    return answer(request, orjson.dumps(body), chosen.media_type)
