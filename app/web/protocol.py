"""Addresses as people type them: `?county=东县` sent raw, without percent-encoding.

RFC 3986 asks a client to encode such letters; curl and some GIS clients do not, and the parser
would turn them away before the app could say anything.
"""

from urllib.parse import quote_from_bytes

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LINE_END = b"\r\n"
EVERY_ASCII = bytes(range(128)).decode()


class TypedAddressProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with the request line's non-ASCII bytes percent-encoded first."""

    def data_received(self, data: bytes) -> None:
        super().data_received(data if data.isascii() else with_encoded_address(data))


def with_encoded_address(data: bytes) -> bytes:
    """Encode what is not ASCII in the first line, if that is a request line; leave the rest."""
    line, end, rest = data.partition(LINE_END)
    if not end or b" HTTP/1." not in line:
        return data
    return quote_from_bytes(line, safe=EVERY_ASCII).encode() + end + rest
