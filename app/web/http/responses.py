"""Answers with a strong ETag, compressed as the client likes, 304 when it has them already."""

import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from functools import partial
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from app.web.http.conditions import http_date, is_current
from app.web.http.encodings import (
    DENSE,
    ENCODERS,
    chosen_encoding,
    encoded_pieces,
    encoded_stream,
    etag_of,
    is_compressible,
    tag_in,
)
from app.web.http.languages import content_language_header
from app.web.http.ranges import UNIT, content_range, part_of, wants_part
from app.work.ambient import DATA, run

LEAST_COMPRESSED = 700
"""Bytes below which compressing costs more than it saves."""

LARGE = 64_000
"""Bytes above which compressing takes long enough to hold up others."""

VARY = "Accept, Accept-Encoding, Accept-Language"
SENT_BACK = frozenset(("if-match", "if-unmodified-since"))
"""Who sends one of these wants an error for what has changed."""
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
    dense: bool = False,
    tag: str = "",
) -> Response:
    """The response for a body: encoded, tagged, or 304 where the client's copy is current.

    `tag`: that of the body as it is, where something less than all of it decides it. `dense`:
    whether it is sent so often that packing it takes its time. `ranges`: whether a part of it may
    be asked for. Parts are of the body as it is, so that who asks for one gets it unencoded.
    """
    plain = ranges and wants_part(request)
    encoding = "" if plain else encoding_for(request, body, media_type)
    tag = tag_in(tag, encoding) if tag else etag_of(body, encoding)
    kept = answer_headers(request, tag, cache, headers or {})
    if is_current(request, tag, request.app.state.modified):
        return Response(status_code=304, headers=kept)
    if encoding:
        kept["Content-Encoding"] = encoding
        encode = (DENSE if dense else ENCODERS)[encoding]
        body = request.app.state.encoded.get(tag, lambda: encode(body))
    elif ranges:
        kept["Accept-Ranges"] = UNIT
        if part := part_of(request, len(body), tag):
            kept["Content-Range"] = content_range(part, len(body))
            body = body[part.start : part.stop]
            return Response(body, HTTPStatus.PARTIAL_CONTENT, kept, media_type)
    return Response(body, media_type=media_type, headers=kept)


def answer_headers(
    request: Request, tag: str, cache: str, headers: Mapping[str, str]
) -> dict[str, str]:
    """What an answer says of itself, whether the body follows or the client has it."""
    return {
        "ETag": tag,
        "Last-Modified": http_date(request.app.state.modified),
        "Cache-Control": cache,
        "Vary": VARY,
        **content_language_header(request),
        **headers,
    }


def answer_stream(
    request: Request, pieces: Iterable[bytes], body_tag: str, media_type: str,
    headers: Mapping[str, str],
) -> Response:  # fmt: skip
    """A body sent, and compressed, while it is made; `body_tag` is that of all of it."""
    compressible = is_compressible(media_type)
    encoding = accepted_encoding(request) if compressible else ""
    tag = tag_in(body_tag, encoding)
    kept = answer_headers(request, tag, REVALIDATE, headers)
    if is_current(request, tag, request.app.state.modified):
        return Response(status_code=304, headers=kept)
    if encoding:
        kept["Content-Encoding"] = encoding
        pieces = encoded_pieces(pieces, encoding)
    return StreamingResponse(pieces, media_type=media_type, headers=kept)


def answer_growing(
    request: Request, pieces: AsyncIterator[bytes], body_tag: str, media_type: str,
    headers: Mapping[str, str],
) -> Response:  # fmt: skip
    """A file sent while a worker makes it; once it is kept, parts of it may be asked for."""
    encoding = accepted_encoding(request) if is_compressible(media_type) else ""
    kept = answer_headers(request, tag_in(body_tag, encoding), REVALIDATE, headers)
    if encoding:
        kept["Content-Encoding"] = encoding
        pieces = encoded_stream(pieces, encoding)
    else:
        kept["Accept-Ranges"] = UNIT
    return StreamingResponse(pieces, media_type=media_type, headers=kept)


def if_current(
    request: Request, body_tag: str, media_type: str, headers: Mapping[str, str]
) -> Response | None:
    """The answer where the client has the body of that tag, before it is made; None where that
    depends on the body.
    """
    if wants_part(request) or not SENT_BACK.isdisjoint(request.headers):
        return None
    tag = tag_in(body_tag, accepted_encoding(request) if is_compressible(media_type) else "")
    if not is_current(request, tag, request.app.state.modified):
        return None
    return Response(status_code=304, headers=answer_headers(request, tag, REVALIDATE, headers))


def compressed(request: Request, response: Response) -> Response:
    """An answer that is not kept by anybody, as a problem is, compressed where it is text."""
    body = bytes(response.body)
    encoding = encoding_for(request, body, response.headers.get("content-type", ""))
    if encoding:
        response.body = ENCODERS[encoding](body)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.body))
        response.headers.add_vary_header("Accept-Encoding")
    return response


async def answer_large(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    cache: str = REVALIDATE,
    headers: Mapping[str, str] | None = None,
    dense: bool = False,
) -> Response:
    """The same; a large body is compressed off the event loop when it is asked for first."""
    make = partial(answer, request, body, media_type, cache=cache, headers=headers, dense=dense)
    return (
        make()
        if is_ready(request, body, media_type, 0 if dense else LARGE)
        else await run(DATA, make)
    )


def is_ready(request: Request, body: bytes, media_type: str, large: int = LARGE) -> bool:
    """Whether nothing is left to be done for an answer that takes long."""
    if len(body) < large:
        return True
    encoding = encoding_for(request, body, media_type)
    return not encoding or etag_of(body, encoding) in request.app.state.encoded


class EncodedBodies:
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
            encoded = self._bodies.get(tag)
            if encoded is not None:
                self._bodies.move_to_end(tag)
                self.hits += 1
                return encoded
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
    if len(body) < LEAST_COMPRESSED or not is_compressible(media_type):
        return ""
    return accepted_encoding(request)


def accepted_encoding(request: Request) -> str:
    return chosen_encoding(request.headers.get("accept-encoding", ""))
