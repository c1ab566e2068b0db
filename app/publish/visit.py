"""Asking the app for what a visitor would get, without a server in between."""

import asyncio
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Message, Scope

from app.domain.errors import PlanmapError

PORTS = {"http": 80, "https": 443}


class BadAnswer(PlanmapError):
    """The app refused something the site needs: a mistake in the pack or in the code."""


class Visitor:
    """A client that believes the site stands at `url`, so that links in files lead there."""

    def __init__(self, app: ASGIApp, url: str) -> None:
        self._app = app
        self._place = urlsplit(url)
        self._root = self._place.path.rstrip("/")

    async def get(self, path: str) -> bytes:
        """The body of an answer. Raises BadAnswer for anything but 200."""
        started: list[Message] = []
        body = bytearray()

        request: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Message:
            """The request, and then nothing: this client waits for its answer."""
            return request.pop() if request else await asyncio.Future()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        await self._app(self._scope(path), receive, send)
        status, task = started[0]["status"], asyncio.current_task()
        if task and task.cancelling():  # the app answers that it is told to stop
            raise asyncio.CancelledError
        if status != 200:
            raise BadAnswer(f"{path}: HTTP {status}: {body.decode(errors='replace')[:200]}")
        return bytes(body)

    def _scope(self, path: str) -> Scope:
        step, _, query = path.partition("?")
        scheme = self._place.scheme
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": scheme,
            "path": unquote(self._root + step),
            "raw_path": (self._root + step).encode(),
            "root_path": unquote(self._root),
            "query_string": query.encode(),
            "headers": [(b"host", self._place.netloc.encode()), (b"accept", b"*/*")],
            "client": ("127.0.0.1", 0),
            "server": (self._place.hostname, self._place.port or PORTS.get(scheme, 80)),
        }
