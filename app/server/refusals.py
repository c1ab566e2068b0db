"""Responses to requests that do not reach the app: a problem document and a log line."""

import json
import logging
from http import HTTPStatus

from app.server.heads import Refusal

access = logging.getLogger("planmap.access")

PROBLEM = b"application/problem+json"
Headers = list[tuple[bytes, bytes]]


def answer_to(refusal: Refusal, default_headers: Headers, request_id: str) -> bytes:
    """All bytes of the answer."""
    status = HTTPStatus(refusal.status)
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": refusal.status,
        "detail": f"{refusal.zh} {refusal.en}",
        "request_id": request_id,
    }
    body = json.dumps(problem, ensure_ascii=False).encode()
    headers = [
        *default_headers,
        (b"content-type", PROBLEM),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-request-id", request_id.encode()),
        (b"connection", b"close"),
    ]
    if refusal.retry_after:
        headers.append((b"retry-after", b"%d" % refusal.retry_after))
    lines = b"".join(b"%s: %s\r\n" % pair for pair in headers)
    return b"HTTP/1.1 %d %s\r\n%s\r\n%s" % (refusal.status, status.phrase.encode(), lines, body)


def note_refusal(refusal: Refusal, client: str, sent: int, request_id: str) -> None:
    """The line of the access log: nothing is told of a head that nobody could read."""
    if access.isEnabledFor(logging.INFO):
        line = {
            "request_id": request_id, "client": client, "method": "", "host": "", "path": "",
            "status": refusal.status, "bytes": sent, "seconds": 0.0, "referer": "", "agent": "",
            "refused": refusal.reason,
        }  # fmt: skip
        access.info("", extra={"request": line})
