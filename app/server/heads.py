"""Parses the head of a request strictly; refuses what two programs could read in two ways.

Two programs that read the same bytes differently are how one client's request becomes part of
another's (request smuggling). So what RFC 9112 does not allow is refused, even where a parser
would make something of it.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

LINE_END = b"\r\n"
HEAD_END = b"\r\n\r\n"

TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]++"
REQUEST_LINE = rb"[A-Z][A-Z-]{0,19} [\x21-\x7e]++ HTTP/1\.[01]"
FIELD_LINE = TOKEN + rb":[\t\x20-\x7e\x80-\xff]*+"
HEAD = re.compile(REQUEST_LINE + rb"\r\n(?:" + FIELD_LINE + rb"\r\n)*+\r\n")
FIELD = re.compile(FIELD_LINE)
BARE_LINE_END = re.compile(rb"(?<!\r)\n|\r(?!\n|\Z)")

HOST = re.compile(rb"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
LENGTHS = frozenset((b"content-length", b"transfer-encoding"))
LENGTH = re.compile(rb"[0-9]{1,18}")
ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)

BODILESS = frozenset(("GET", "HEAD"))
ADDRESS_SHOWN = 400

Fields = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the parts of a request may be."""

    line: int
    head: int
    fields: int
    body: int


class Refusal(Exception):
    """A request that is not handed to the app, and what its client is told in two languages."""

    def __init__(self, status: int, reason: str, zh: str, en: str, retry_after: int = 0) -> None:
        self.status, self.reason, self.zh, self.en = status, reason, zh, en
        self.retry_after = retry_after
        super().__init__(f"{status} {reason}")


def malformed(zh: str, en: str) -> Refusal:
    return Refusal(400, "malformed", zh, en)


def end_of_head(received: bytearray, known: int, sizes: Sizes) -> int:
    """Where the first head ends, -1 while it is not all there. Raises Refusal when it is too large.

    `known`: so many bytes were looked at before.
    """
    start = max(0, known - len(HEAD_END))
    end = received.find(HEAD_END, start)
    length = len(received) if end < 0 else end + len(HEAD_END)
    line = received.find(LINE_END, 0, sizes.line + len(LINE_END))
    if line < 0 and length > sizes.line:
        raise Refusal(
            414, "long-line", f"请求行超过 {sizes.line} 字节。",
            f"The request line is longer than {sizes.line} bytes.",
        )  # fmt: skip
    if length > sizes.head or received.count(LINE_END, 0, length) > sizes.fields + 2:
        raise Refusal(
            431, "large-head", f"请求头超过 {sizes.head} 字节或 {sizes.fields} 个字段。",
            f"The head is larger than {sizes.head} bytes or has more than {sizes.fields} fields.",
        )  # fmt: skip
    if end < 0:
        if BARE_LINE_END.search(received, start):
            raise explain(bytes(received))
        return -1
    return length


def check_head(head: bytes) -> None:
    """Raises Refusal where the head is not as RFC 9112 writes one."""
    if HEAD.fullmatch(head) is None:
        raise explain(head)


def explain(head: bytes) -> Refusal:
    """What is wrong with a head, in words that help whoever wrote it."""
    line = re.split(rb"\r?\n", head, maxsplit=1)[0]
    if not line.isascii():
        return unencoded(line)
    if BARE_LINE_END.search(head):
        return malformed("行尾应为 CRLF。", "Lines end with CR LF, never with one of them.")
    if re.fullmatch(REQUEST_LINE, line) is None:
        return malformed(
            "请求行应为：方法 地址 HTTP/1.1。", "A request line is: method, address, HTTP/1.1."
        )
    wrong = next(one for one in head.split(LINE_END)[1:] if not FIELD.fullmatch(one))
    if wrong[:1] in (b" ", b"\t"):
        return malformed("请求头的字段不可折行。", "A header field is on one line.")
    return malformed(
        "请求头的每一行应为：名称、冒号、值。",
        "Each line of the head is: a name, a colon at once, a value.",
    )


def unencoded(line: bytes) -> Refusal:
    """The sentence for an address with letters as people type them, with the address to use."""
    address = line.split(b" ", 1)[-1].rsplit(b" HTTP/", 1)[0]
    ascii_bytes = bytes(range(0x21, 0x7F)).decode()
    encoded = quote_from_bytes(address, safe=ascii_bytes)
    shown = encoded if len(encoded) <= ADDRESS_SHOWN else encoded[:ADDRESS_SHOWN] + "…"
    return Refusal(
        400, "unencoded", f"地址里的汉字等非 ASCII 字符要按 UTF-8 百分号编码，应写成：{shown}",
        f"Letters beyond ASCII are percent-encoded as UTF-8 in an address; write: {shown}",
    )  # fmt: skip


def check_fields(method: str, version: str, url: bytes, fields: Fields, sizes: Sizes) -> bytes:
    """The address without its authority. Raises Refusal where the fields contradict each other."""
    hosts = [value for name, value in fields if name == b"host"]
    if len(hosts) > 1 or (not hosts and version == "1.1"):
        raise malformed("Host 字段应恰有一个。", "There is exactly one Host field.")
    if hosts and not HOST.fullmatch(hosts[0]):
        raise malformed(
            "Host 字段应为主机名，可带端口。", "Host is a host name, with a port if need be."
        )
    if not LENGTHS.isdisjoint([name for name, _ in fields]):
        check_body(method, version, fields, sizes)
    return path_of(method, url, hosts)


def check_body(method: str, version: str, fields: Fields, sizes: Sizes) -> None:
    """Raises Refusal where it is not certain how long the body is, or where there may be none."""
    lengths = [value for name, value in fields if name == b"content-length"]
    codings = [value for name, value in fields if name == b"transfer-encoding"]
    if len(lengths) + len(codings) > 1:
        raise malformed(
            "请求体的长度只能由一个 Content-Length 或一个 Transfer-Encoding 说明。",
            "A body's length is said once: by one Content-Length or by one Transfer-Encoding.",
        )
    if codings and (codings[0].lower() != b"chunked" or version != "1.1"):
        raise malformed("Transfer-Encoding 只可为 chunked。", "Transfer-Encoding is chunked only.")
    if lengths and not LENGTH.fullmatch(lengths[0]):
        raise malformed("Content-Length 应为一个整数。", "Content-Length is one whole number.")
    length = int(lengths[0]) if lengths else 0
    if method in BODILESS and (codings or length):
        raise malformed("GET 和 HEAD 请求没有请求体。", "A GET or HEAD has no body.")
    if length > sizes.body:
        raise large_body(sizes)


def large_body(sizes: Sizes) -> Refusal:
    return Refusal(
        413, "large-body", f"请求体超过 {sizes.body} 字节。",
        f"The body is larger than {sizes.body} bytes.",
    )  # fmt: skip


def path_of(method: str, url: bytes, hosts: list[bytes]) -> bytes:
    """The target as path and query: of an absolute one what follows its host, which is Host's."""
    if url.startswith(b"/"):
        return url
    if url == b"*" and method == "OPTIONS":
        return b"/"
    absolute = ABSOLUTE.match(url)
    if absolute is None:
        raise malformed("地址应以 / 开头。", "The address begins with a slash.")
    if hosts and absolute[1].lower() != hosts[0].lower():
        raise malformed(
            "地址里的主机与 Host 字段不一致。", "The address names another host than Host does."
        )
    rest = url[absolute.end() :]
    return rest if rest.startswith(b"/") else b"/" + rest
