"""Headers of every answer, errors and redirects too: what a browser may do with it."""

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.content_policy import NOTHING, framed, page_policy

EVERYWHERE = {
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


class GuardedApp(FastAPI):
    """An app whose every answer carries the headers, also what the server says when all fails."""

    frame_ancestors: str = OURS

    def build_middleware_stack(self) -> ASGIApp:
        return Headers(super().build_middleware_stack(), self.frame_ancestors)


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
                for name, value in self._missing(path, headers.get("content-type", "")):
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_guarded)

    def _missing(self, path: str, media_type: str) -> list[tuple[str, str]]:
        found = list(EVERYWHERE.items())
        if media_type.startswith("text/html"):
            ancestors = self._ancestors if path in FRAMED else OURS
            found.append((POLICY, framed(page_policy(), ancestors)))
            if path != "/embed":
                found.append(OWN_WINDOW)
        elif is_document(media_type):
            found.append((POLICY, framed(NOTHING, OURS)))
        return found


def is_document(media_type: str) -> bool:
    """Whether a browser would show it as a page; not PDF, whose viewer would be shut out."""
    return media_type.startswith("text/") or "json" in media_type or "xml" in media_type
