"""Responses kept ready to send: a repeated request is answered without running the app.

The key holds all that decides an answer: the address as it was sent, the name it was asked under,
and what the client prefers (`preferences`). A request with anything more that might decide goes
through, and an answer that depends on more is not kept. An answer is kept when it is asked for the
second time, so that addresses nobody asks for twice push nothing out. Of a picture the headers
are kept at once, with the name of its body in the cache of files.
"""

import math
import re
import time
from collections.abc import Mapping

from starlette.types import Message, Scope, Send

from app.web.dependencies import Service
from app.web.http.conditions import is_weak_match
from app.web.middleware.preferences import Preferences
from app.web.middleware.ready_store import MOMENT, FileAnswer, Key, ReadyAnswer, ReadyStore

THROUGH = frozenset((
    b"authorization", b"cookie", b"expect", b"if-match", b"if-range", b"if-unmodified-since",
    b"range",
))  # fmt: skip
"""Who sends one of these gets an answer of his own."""
HELD, SINCE = b"if-none-match", b"if-modified-since"
KEYED = frozenset((b"accept", b"accept-encoding", b"accept-language"))
"""What an answer may vary by to be kept."""
FROM_FILES = re.compile(r"/(?:(?:static|vendor)/.*|embed)?", re.DOTALL)
"""What is made of files that somebody may be working on: kept for a moment only."""
FILE = "file"
"""Of the request's state: the key of the answer's body in the cache of files."""
SNAPSHOTS = "/v/"
"""Other versions of the data, with languages of their own; they come and go."""
FIT = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")

Headers = Mapping[bytes, bytes]


class ReadyAnswers:
    """What is kept of the answers of a service; those of the one before it are forgotten."""

    def __init__(self, store: ReadyStore, service: Service) -> None:
        self._store, self._service = store, service
        self._preferences = Preferences(service.words.languages)

    def look(self, scope: Scope) -> tuple[Key | None, ReadyAnswer | None]:
        """What decides the answer to a request, and the answer where it is kept."""
        if self._store.basis is not self._service:
            self._store.clear(self._service)
        headers = dict(scope["headers"])
        key = self._key(scope, headers)
        answer = self._find(key, headers.get(HELD)) if key else None
        if answer:
            self._store.hits += 1
        elif key:
            self._store.misses += 1
        return key, answer

    def recorded(self, key: Key | None, scope: Scope, send: Send) -> Send:
        """Sends, and keeps what is asked for again."""
        if key is None or scope["method"] != "GET":
            return send
        again = self._store.is_asked_again(key)
        return Recorder(self._store, key, scope, send, again=again).send

    def file_of(self, key: Key | None, scope: Scope) -> FileAnswer | None:
        """The answer to a request, where its body lies in the cache of files."""
        return self._store.file_of(key) if key and has_no_copy(scope) else None

    def note(self, key: Key, scope: Scope, answer: ReadyAnswer) -> None:
        """An answer that was made at once; one of 200 is kept when it is asked for again."""
        if scope["method"] == "GET" and answer.status == 200 and self._store.is_asked_again(key):
            self._store.keep(self._store.basis, key, answer)

    def _key(self, scope: Scope, headers: Headers) -> Key | None:
        """All that decides the answer to a request; None where there may be more."""
        if (
            "raw_path" not in scope
            or scope["method"] not in ("GET", "HEAD")
            or len(headers) != len(scope["headers"])  # a field that is there twice
            or b"host" not in headers
            or not THROUGH.isdisjoint(headers)
            or (SINCE in headers and not headers.get(HELD))
            or own_path(scope).startswith(SNAPSHOTS)
        ):
            return None
        return (
            scope["raw_path"], scope["query_string"], scope["scheme"], headers[b"host"],
            self._preferences.of(headers),
        )  # fmt: skip

    def _find(self, key: Key, held: bytes | None) -> ReadyAnswer | None:
        """The answer to a key, for a client that holds these tags."""
        if not held:
            return self._store.get(key, 200)
        tags = held.decode("latin-1")
        current = self._store.get(key, 304)
        if current and is_weak_match(tags, current.tag):
            return current
        answer = self._store.get(key, 200)
        # That he has it, the app says once; then that is ready too.
        return None if answer and is_weak_match(tags, answer.tag) else answer


class Recorder:
    """Sends an answer on, and has it kept where it is one that everybody gets."""

    def __init__(
        self, store: ReadyStore, key: Key, scope: Scope, send: Send, *, again: bool
    ) -> None:
        self._store, self._key, self._scope, self._again = store, key, scope, again
        self._basis = store.basis
        self._send = send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message if is_everybodys(message) else None
            if self._start is None:
                self._store.forget(self._basis, self._key)
        elif self._start is not None and not message.get("more_body", False):
            self._keep(self._start, message.get("body", b""))
        else:
            self._start = None  # it comes in pieces
        await self._send(message)

    def _keep(self, start: Message, body: bytes) -> None:
        headers = tuple(start["headers"])
        file = self._scope["state"].get(FILE)
        if file and start["status"] == 200 and b"content-encoding" not in dict(headers):
            self._store.keep_file(self._basis, self._key, FileAnswer(headers, file))
        if not self._again:
            return
        tag = dict(headers)[b"etag"].decode("latin-1")
        until = time.monotonic() + lifetime(self._scope)
        lines = b"".join(b"%s: %s\r\n" % pair for pair in headers)
        answer = ReadyAnswer(start["status"], headers, lines, body, tag, until)
        self._store.keep(self._basis, self._key, answer)


def is_everybodys(start: Message) -> bool:
    """Whether an answer is the same for all who have the same key."""
    headers = dict(start["headers"])
    varies = {one.strip().lower() for one in headers.get(b"vary", b"").split(b",")} - {b""}
    return (
        start["status"] in (200, 304)
        and b"etag" in headers
        and b"public" in headers.get(b"cache-control", b"")
        and b"set-cookie" not in headers
        and (start["status"] == 304 or b"content-length" in headers)
        and varies <= KEYED
        and all(FIT.fullmatch(value) for _, value in start["headers"])
    )


def lifetime(scope: Scope) -> float:
    """Seconds for which an answer is good."""
    return MOMENT if FROM_FILES.fullmatch(own_path(scope)) else math.inf


def has_no_copy(scope: Scope) -> bool:
    """Whether a client does not ask if the copy it has is still good."""
    headers = dict(scope["headers"])
    return HELD not in headers and SINCE not in headers


def own_path(scope: Scope) -> str:
    """The path without the prefix the service is under."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))
