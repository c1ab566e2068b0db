"""Checks the Host of a request against the configured names; links are made from it.

A name that nobody listed would go into links, redirects and previews, and from there into caches
and other people's pages.
"""

from starlette.types import ASGIApp, Scope

from app.domain.errors import clip
from app.network import PORT, HostNames
from app.web.http.errors import RequestProblem, problem_document
from app.words import translator


class WrongHost(Exception):
    """A request for a name that is not ours."""


def unlisted_host(scope: Scope, names: HostNames) -> str:
    """The name that a request is for, where it is not believed."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    text = host.decode("latin-1")
    return "" if not text or text in names or is_own_address(text, scope) else text


def is_own_address(host: str, scope: Scope) -> bool:
    """Whether it is the address at which the connection came in: that one cannot be made up."""
    server = scope.get("server") or ("",)
    return PORT.sub("", host).strip("[]").lower() == str(server[0]).lower()


def wrong_host(scope: Scope, host: str) -> ASGIApp:
    """421."""
    words = (translator(lang)("error.host", host=repr(clip(host))) for lang in ("zh", "en"))
    detail = " ".join(words)
    problem = RequestProblem(WrongHost(host), 421, "Misdirected request", detail)
    return problem_document(scope, problem)
