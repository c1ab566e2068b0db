"""GeoJSON text sequence (RFC 8142): a feature at a time, for programs that read while it comes."""

from collections.abc import Iterable, Iterator

import orjson

from app.selection.selection import Selection

START, END = b"\x1e", b"\n"
AT_ONCE = 200
"""Features per piece of the stream."""


def render(selection: Selection) -> bytes:
    """The features of a view, a record each."""
    return b"".join(records(selection))


def records(selection: Selection) -> Iterator[bytes]:
    """The same in pieces."""
    return pieces(orjson.dumps(feature) for feature in selection.features)


def pieces(features: Iterable[bytes]) -> Iterator[bytes]:
    """The records in pieces that are worth sending."""
    held: list[bytes] = []
    for feature in features:
        held.append(START + feature + END)
        if len(held) == AT_ONCE:
            yield b"".join(held)
            held.clear()
    if held:
        yield b"".join(held)
