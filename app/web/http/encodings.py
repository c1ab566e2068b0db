"""Content codings (RFC 9110 §8.4): what is compressed, by which coding, by what the client
accepts, and the tag that each coding of a body has.
"""

import asyncio
import gzip
import hashlib
import re
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import brotli
import zstandard

TEXT_TYPE = re.compile(
    r"""text/.*
      | [^/]+/ (?: .*\+ (?: json | xml | yaml | json-seq )
               | json | xml | yaml | javascript | ecmascript | x-javascript | x-ndjson | ndjson
               | json-seq | sql | toml | graphql | rtf | postscript | x-sh | manifest | dxf )
      | image/vnd\.dxf
      | application/vnd\.(?: mapbox-vector-tile | mapbox\.tile )  # packed numbers and words
      | application/(?: wasm | vnd\.ms-fontobject ) | font/(?: ttf | otf | collection )
      | image/(?: bmp | x-icon | vnd\.microsoft\.icon )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Text by its kind or ending, and the few other types that are not packed already."""

BROTLI, ZSTD, GZIP = "br", "zstd", "gzip"

DENSE_MOST = 200_000
"""Bytes above which the densest packing takes longer than a reader waits."""

ZSTD_LEVEL = 9
"""As long as gzip takes, and smaller."""

KEPT_TURN = 2047
"""Bytes that are hashed without giving up the turn: of more, `hashlib` lets other threads in, and
the event loop waits for longer than it hashes.
"""
HASHED_AT_ONCE = 200_000

PAGE_MOST = 40_000
NEARLY = 46_000
"""A page of a hundred items of so few bytes fits `PAGE_MOST` when it is packed more densely."""


def brotli_body(body: bytes) -> bytes:
    """Packed so that a page takes at most `PAGE_MOST`, at ten times the work where it must."""
    packed = bytes(brotli.compress(body, quality=7))
    return bytes(brotli.compress(body, quality=10)) if PAGE_MOST < len(packed) < NEARLY else packed


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    BROTLI: brotli_body,
    ZSTD: lambda body: zstandard.compress(body, ZSTD_LEVEL),
    GZIP: lambda body: gzip.compress(body, compresslevel=8, mtime=0),
}
"""Best first."""
DENSE: dict[str, Callable[[bytes], bytes]] = {
    **ENCODERS,
    BROTLI: lambda body: bytes(brotli.compress(body, quality=11 if len(body) < DENSE_MOST else 7)),
}
"""For what is packed once and sent to everybody."""


def is_compressible(media_type: str) -> bool:
    """Whether a body of this type gets smaller: whatever is text, by a rule."""
    return TEXT_TYPE.fullmatch(media_type.partition(";")[0].strip()) is not None


def chosen_encoding(header: str) -> str:
    """The coding an Accept-Encoding likes best, of two equals the better; none where it has none.

    `*` stands for what is not named; `q=0` refuses.
    """
    weights = accepted_encodings(header)
    rest = weights.get("*", 0.0)
    encoding = max(ENCODERS, key=lambda name: weights.get(name, rest))
    best = weights.get(encoding, rest)
    return encoding if best > 0 and best >= weights.get("identity", 0.0) else ""


def accepted_encodings(header: str) -> dict[str, float]:
    """Coding → weight."""
    weights = {}
    for part in header.split(","):
        name, _, parameters = part.partition(";")
        label, _, value = parameters.strip().partition("=")
        weight = value.strip() if label.strip().lower() == "q" else "1"
        try:
            weights[name.strip().lower()] = float(weight)
        except ValueError:
            weights[name.strip().lower()] = 1.0
    return {
        "gzip" if name == "x-gzip" else name: weight for name, weight in weights.items() if name
    }


def encoded_pieces(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """A body compressed while it is made."""
    add, finish = packer_of(encoding)
    for piece in pieces:
        if packed := add(piece):
            yield bytes(packed)
    yield bytes(finish())


async def encoded_stream(pieces: AsyncIterator[bytes], encoding: str) -> AsyncIterator[bytes]:
    """The same of a body that comes; it is compressed off the event loop."""
    add, finish = packer_of(encoding)
    async for piece in pieces:
        if packed := await asyncio.to_thread(add, piece):
            yield bytes(packed)
    yield bytes(await asyncio.to_thread(finish))


def packer_of(encoding: str) -> tuple[Callable[[bytes], bytes], Callable[[], bytes]]:
    """What compresses a piece, and what is left at the end."""
    if encoding == BROTLI:
        packer = brotli.Compressor(quality=5)
        return packer.process, packer.finish
    if encoding == ZSTD:
        stream = zstandard.ZstdCompressor(ZSTD_LEVEL).compressobj()
        return stream.compress, stream.flush
    deflater = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return deflater.compress, deflater.flush


def etag_of(body: bytes, encoding: str) -> str:
    """A strong tag: the same bytes have the same tag, each encoding its own (RFC 9110 §8.8.3)."""
    step = KEPT_TURN if len(body) <= HASHED_AT_ONCE else len(body)
    whole = memoryview(body)
    digest = hashlib.blake2b(whole[:step], digest_size=12)
    for start in range(step, len(body), step):
        digest.update(whole[start : start + step])
    return tag_in(f'"{digest.hexdigest()}"', encoding)


def tag_in(tag: str, encoding: str) -> str:
    """The tag of a body in an encoding."""
    return f'{tag[:-1]}-{encoding}"' if encoding else tag
