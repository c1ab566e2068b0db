"""One table from exceptions to statuses, one handler that answers (RFC 9457 problem+json)."""

from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.plan.errors import (
    BadValue,
    NotAcceptable,
    NotFound,
    NotOffered,
    Overloaded,
    PackError,
    UnknownParameter,
)

PROBLEM = "application/problem+json"

ERROR_STATUS: dict[type[Exception], tuple[int, str]] = {
    UnknownParameter: (400, "Unknown query parameter"),
    NotOffered: (501, "Not offered"),
    BadValue: (400, "Invalid parameter value"),
    NotFound: (404, "Not found"),
    NotAcceptable: (406, "Not acceptable"),
    Overloaded: (503, "Too much at once"),
    PackError: (500, "The plan pack cannot be read"),
}


def add_error_handlers(app: FastAPI) -> None:
    """Answer every known error from the table, and FastAPI's own in the same shape."""
    for kind, (status, title) in ERROR_STATUS.items():
        app.add_exception_handler(kind, handler_for(status, title))
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, validation_error)


def handler_for(status: int, title: str) -> Any:
    async def handle(request: Request, error: Exception) -> Response:
        return problem(status, title, str(error), **details(error))

    return handle


async def http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what = f"{request.method} {request.url.path}"
    detail = f"{what}: {error.detail}"
    return problem(error.status_code, str(error.detail), detail, headers=error.headers)


async def validation_error(request: Request, error: Exception) -> Response:
    return problem(422, "Unprocessable request", str(error))


def details(error: Exception) -> dict[str, Any]:
    """The parts of the message a program may want: parameter, value, what is allowed."""
    match error:
        case UnknownParameter():
            return {"parameter": error.name, "allowed": error.allowed}
        case BadValue():
            return {"parameter": error.name, "value": str(error.value), "expected": error.expected}
        case NotFound():
            return {"value": error.name, "allowed": error.allowed}
        case NotAcceptable():
            return {"value": error.accept, "allowed": error.offered}
    return {}


def problem(status: int, title: str, detail: str, headers: Any = None, **more: Any) -> Response:
    """A problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return Response(orjson.dumps(body), status, media_type=PROBLEM, headers=headers)
