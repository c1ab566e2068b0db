"""Security headers of every response, errors and redirects included."""

from typing import Protocol

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.content_policy import NOTHING, framed, page_policy

EXPOSED = (
    "ETag", "Last-Modified", "Link", "Content-Crs", "Content-Language", "Content-Range",
    "Content-Disposition", "Accept-Ranges", "OGC-NumberMatched", "OGC-NumberReturned",
    "Retry-After", "X-Request-ID",
)  # fmt: skip
"""Headers that a page of another site may read."""

EVERYWHERE = {
    # Said to everybody, not only where an Origin asks: a cache between keeps one answer for all.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
    "X-Content-Type-Options": "nosniff",
    # A host page that takes the map in a frame, and a tile service, are told the origin, no more.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), fullscreen=(self), camera=(), microphone=(), "
    "payment=(), usb=(), display-capture=()",
}
OWN_WINDOW = ("Cross-Origin-Opener-Policy", "same-origin")
FRAMED = ("/", "/embed")
"""Pages that others may frame, as the operator says."""
POLICY = "Content-Security-Policy"
OURS = "'self'"


class Door(Protocol):
    """What stands before an app and may answer itself."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    def answer_now(self, scope: Scope) -> tuple[int, bytes, bytes] | None: ...


class GuardedApp(FastAPI):
    """An app whose every answer carries the headers, perhaps behind a gate."""

    frame_ancestors: str = OURS
    gate: Door | None = None

    def build_middleware_stack(self) -> ASGIApp:
        self.within = Headers(super().build_middleware_stack(), self.frame_ancestors)
        return self.gate or self.within

    async def answer_anew(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer as it is made now, past the gate and what is kept there."""
        await self.within({**scope, "app": self}, receive, send)

    def answer_now(self, scope: Scope) -> tuple[int, bytes, bytes] | None:
        """Status, header lines and body of an answer that is ready; it needs no task."""
        return self.gate.answer_now(scope) if self.gate else None


class Headers:
    """An ASGI app that adds what a route has not said itself."""

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self._app = app
        self._ancestors = frame_ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in missing_headers(
                    path, headers.get("content-type", ""), self._ancestors
                ):
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_guarded)


def missing_headers(path: str, media_type: str, ancestors: str) -> list[tuple[str, str]]:
    """What every answer of a type says besides; `ancestors`, who may frame a page."""
    headers = list(EVERYWHERE.items())
    if media_type.startswith("text/html"):
        ancestors = ancestors if path in FRAMED else OURS
        headers.append((POLICY, framed(page_policy(), ancestors)))
        if path != "/embed":
            headers.append(OWN_WINDOW)
    elif is_document(media_type):
        headers.append((POLICY, framed(NOTHING, OURS)))
    return headers


def guarded(answer: ASGIApp) -> ASGIApp:
    """An answer that the gate gives itself."""
    return Headers(answer, OURS)


def is_document(media_type: str) -> bool:
    """Whether a browser would show it as a page; not PDF, whose viewer would be shut out."""
    return media_type.startswith("text/") or "json" in media_type or "xml" in media_type
