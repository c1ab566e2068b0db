"""One table from exceptions to statuses, one handler that answers.

A program gets RFC 9457 problem+json. A browser gets a page that says the same, where the app has
one: `app.web.pages.error_page` stands on the templates and the pack, above this module, so it is
handed in with the handlers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from app.domain.errors import (
    BadValue,
    NotAcceptable,
    NotFound,
    NotOffered,
    Overloaded,
    PackChanged,
    PackError,
    TooCostly,
    TookTooLong,
    UnknownParameter,
)
from app.web.http.methods import allowed

PROBLEM = "application/problem+json"

VARY = {"Vary": "Accept"}
"""What decides between the document and the page. The page's language is in the address."""

ERROR_STATUS: dict[type[Exception], tuple[int, str]] = {
    UnknownParameter: (400, "Unknown query parameter"),
    NotOffered: (501, "Not offered"),
    BadValue: (400, "Invalid parameter value"),
    TooCostly: (400, "Too costly"),
    NotFound: (404, "Not found"),
    NotAcceptable: (406, "Not acceptable"),
    Overloaded: (503, "Too much at once"),
    TookTooLong: (503, "Took too long"),
    PackChanged: (503, "The data has changed"),
    PackError: (500, "The plan pack cannot be read"),
}


@dataclass(frozen=True, slots=True)
class RequestProblem:
    """What went wrong with a request, before it is put into a form."""

    error: Exception
    status: int
    title: str
    detail: str
    headers: Any = None


Page = Callable[[Request, RequestProblem], Response | None]
"""The page about a problem; None where this client is to have the document."""


def add_error_handlers(app: FastAPI, page: Page | None = None) -> None:
    """Answer every known error from the table, and FastAPI's own in the same shape; `page` has
    the first word on every problem.
    """
    app.state.error_page = page
    for kind, (status, title) in ERROR_STATUS.items():
        app.add_exception_handler(kind, handler_for(status, title))
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, validation_error)
    app.add_exception_handler(Exception, unforeseen_error)


def handler_for(status: int, title: str) -> Any:
    async def handle(request: Request, error: Exception) -> Response:
        headers = retry_after(error)
        return error_response(request, RequestProblem(error, status, title, str(error), headers))

    return handle


def retry_after(error: Exception) -> dict[str, str]:
    """When to come back, where that may help."""
    if isinstance(error, Overloaded | PackChanged):
        return {"Retry-After": str(error.retry_after)}
    return {}


async def http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what = f"{request.method} {request.url.path}"
    detail = f"{what}: {error.detail}"
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:  # routes know their own only
        headers["Allow"] = allowed(request.scope)
    problem = RequestProblem(error, error.status_code, str(error.detail), detail, headers)
    return error_response(request, problem)


async def validation_error(request: Request, error: Exception) -> Response:
    return error_response(request, RequestProblem(error, 422, "Unprocessable request", str(error)))


async def unforeseen_error(request: Request, error: Exception) -> Response:
    """It says no more than where to look."""
    detail = "the service failed to answer; its log says more under this request_id"
    return error_response(request, RequestProblem(error, 500, "Internal error", detail))


def error_response(request: Request, problem: RequestProblem) -> Response:
    """The page where the client is to have one, else the document."""
    page: Page | None = request.app.state.error_page
    return (page and page(request, problem)) or problem_document(request.scope, problem)


def problem_document(scope: Scope, problem: RequestProblem) -> Response:
    """A problem document, with the name the log has for the request."""
    body = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        **details(problem.error),
        "request_id": scope.get("state", {}).get("request_id", ""),
    }
    headers = {**(problem.headers or {}), **VARY, "Content-Language": "en"}
    return Response(orjson.dumps(body), problem.status, media_type=PROBLEM, headers=headers)


def details(error: Exception) -> dict[str, Any]:
    """The parts of the message a program may want: parameter, value, what is allowed."""
    match error:
        case UnknownParameter():
            return {"parameter": error.name, "allowed": error.allowed}
        case TooCostly():
            return {"parameter": error.name, "cost": error.cost, "limit": error.limit}
        case BadValue():
            return {"parameter": error.name, "value": str(error.value), "expected": error.expected}
        case NotFound():
            return {"value": error.name, "allowed": error.allowed}
        case NotAcceptable():
            return {"value": error.accept, "allowed": error.offered}
    return {}
