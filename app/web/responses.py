"""Answers with a strong ETag, compressed as the client likes, 304 when it has them already."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from http import HTTPStatus

import brotli
from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from app.web.ranges import UNIT, part_of, said, wants_part
from app.work.ambient import DATA, run

LEAST_COMPRESSED = 700
"""Bytes below which compressing costs more than it saves."""

LARGE = 64_000
"""Bytes above which compressing takes long enough to hold up others."""

COMPRESSIBLE = ("text/", "application/json", "application/geo+json", "application/problem+json",
                "application/schema+json", "application/vnd.oai.openapi+json", "image/svg+xml",
                "application/javascript", "application/manifest+json",
                "application/vnd.ogc.fg+json", "application/vnd.mapbox")  # fmt: skip

VARY = "Accept, Accept-Encoding, Accept-Language"
REVALIDATE = "public, max-age=0, must-revalidate"
"""The answer may be kept, but ask each time whether it is still the same."""


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    cache: str = REVALIDATE,
    headers: Mapping[str, str] | None = None,
    ranges: bool = False,
) -> Response:
    """The response for a body: encoded, tagged, or 304 where the client's copy is current.

    `ranges`: whether a part of it may be asked for. Parts are of the body as it is, so that who
    asks for one gets it unencoded.
    """
    plain = ranges and wants_part(request)
    encoding = "" if plain else encoding_for(request, body, media_type)
    tag = etag_of(body, encoding)
    kept = {"ETag": tag, "Cache-Control": cache, "Vary": VARY}
    kept |= headers or {}
    if tag_matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=kept)
    if encoding:
        kept["Content-Encoding"] = encoding
        body = request.app.state.encoded.get(tag, lambda: ENCODERS[encoding](body))
    elif ranges:
        kept["Accept-Ranges"] = UNIT
        if part := part_of(request, len(body), tag):
            kept["Content-Range"] = said(part, len(body))
            body = body[part.start : part.stop]
            return Response(body, HTTPStatus.PARTIAL_CONTENT, kept, media_type)
    return Response(body, media_type=media_type, headers=kept)


def answer_stream(
    request: Request, pieces: Iterable[bytes], tag: str, media_type: str, headers: Mapping[str, str]
) -> Response:
    """A body sent while it is made, under the tag given; 304 where the client has it."""
    kept = {"ETag": tag, "Cache-Control": REVALIDATE, "Vary": VARY, **headers}
    if tag_matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=kept)
    return StreamingResponse(pieces, media_type=media_type, headers=kept)


async def answer_large(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    cache: str = REVALIDATE,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The same; a large body is compressed off the event loop when it is asked for first."""
    make = partial(answer, request, body, media_type, cache=cache, headers=headers)
    return make() if is_ready(request, body, media_type) else await run(DATA, make)


def is_ready(request: Request, body: bytes, media_type: str) -> bool:
    """Whether nothing is left to be done for an answer that takes long."""
    if len(body) < LARGE:
        return True
    encoding = encoding_for(request, body, media_type)
    return not encoding or etag_of(body, encoding) in request.app.state.encoded


class Encoded:
    """Compressed bodies by tag, bounded in bytes; the least lately used goes first.

    For any thread; two that want the same at once both make it, and one is kept.
    """

    def __init__(self, most: int) -> None:
        self._lock = threading.Lock()
        self._most = most
        self.held = 0
        self.hits = self.misses = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def get(self, tag: str, make: Callable[[], bytes]) -> bytes:
        """The compressed body of a tag, made at most once while it is held."""
        with self._lock:
            found = self._bodies.get(tag)
            if found is not None:
                self._bodies.move_to_end(tag)
                self.hits += 1
                return found
            self.misses += 1
        made = make()
        with self._lock:
            self._keep(tag, made)
        return made

    def __contains__(self, tag: str) -> bool:
        return tag in self._bodies

    def _keep(self, tag: str, made: bytes) -> None:
        self.held += len(made) - len(self._bodies.pop(tag, b""))
        self._bodies[tag] = made
        while self.held > self._most:
            self.held -= len(self._bodies.popitem(last=False)[1])


def encoding_for(request: Request, body: bytes, media_type: str) -> str:
    """The best encoding both sides know, or none for small or already compact bodies."""
    if len(body) < LEAST_COMPRESSED or not media_type.startswith(COMPRESSIBLE):
        return ""
    accepted = accepted_encodings(request.headers.get("accept-encoding", ""))
    return next((name for name in ENCODERS if name in accepted), "")


def accepted_encodings(header: str) -> set[str]:
    """The encodings of an Accept-Encoding header that are not refused with q=0."""
    found = set()
    for part in header.split(","):
        name, _, parameters = part.strip().partition(";")
        if parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            found.add(name.strip().lower())
    return found


def etag_of(body: bytes, encoding: str) -> str:
    """A strong tag: the same bytes have the same tag, each encoding its own (RFC 9110 §8.8.3)."""
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    return f'"{digest}{"-" + encoding if encoding else ""}"'


def tag_matches(header: str, tag: str) -> bool:
    """Whether If-None-Match names the tag; weak comparison, as RFC 9110 §13.1.2 asks."""
    tags = {part.strip().removeprefix("W/") for part in header.split(",")}
    return "*" in tags or tag in tags


ENCODERS = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""Best first."""
