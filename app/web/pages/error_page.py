"""A problem as an HTML page, for people who typed an address or followed a broken link."""

import logging

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from app.web.dependencies import Service, service_of
from app.web.http.errors import VARY, RequestProblem
from app.web.http.languages import content_language_header, set_content_language
from app.web.http.representations import GEOJSON, prefers_page
from app.web.http.responses import compressed
from app.web.pages.error_messages import ErrorMessages
from app.web.pages.html import in_frame

FEW = 9
"""So many choices are shown at once; more are folded."""


def error_page(request: Request, problem: RequestProblem) -> Response | None:
    """The page, for a client that likes pages better than JSON; `f=json` asks for the document.

    The page stands on the pack, and the pack may be what is wrong: then there is only the document.
    """
    if not prefers_page(request) or request.query_params.get("f", "") in GEOJSON.names:
        return None
    try:
        text = error_text(request, service_of(request), problem)
    except Exception:
        logging.getLogger(__name__).exception("the page about %r cannot be made", problem.detail)
        return None
    headers = {**(problem.headers or {}), **VARY, **content_language_header(request)}
    page = HTMLResponse(text.encode("utf-8", "replace"), problem.status, headers=headers)
    return compressed(request, page)


def error_text(request: Request, service: Service, problem: RequestProblem) -> str:
    """The page, in the language of the other pages."""
    lang = set_content_language(request, error_language(request, service))
    message = ErrorMessages(request, service, lang).text_for(problem.error)
    return in_frame(
        request, service, lang, "error.html",
        here="", message=message, status=problem.status, few=FEW,
        request_id=request.scope.get("state", {}).get("request_id", ""),
    )  # fmt: skip


def error_language(request: Request, service: Service) -> str:
    """`lang` where the pack knows it, else the pack's first: a wrong one is no second problem."""
    lang = request.query_params.get("lang", "")
    return lang if lang in service.words.languages else service.words.languages[0]
