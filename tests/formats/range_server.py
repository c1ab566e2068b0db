"""A web server of one file that counts what is taken of it: whether a reader takes parts only."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@dataclass(slots=True)
class ServedFile:
    """Where a file is to be had, and which of its bytes were."""

    url: str = ""
    taken: set[int] = field(default_factory=set)


@contextmanager
def served(body: bytes, name: str) -> Iterator[ServedFile]:
    """The file `name` on a free port of this machine."""
    found = ServedFile()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(0, len(body) - 1, head=True)

        def do_GET(self) -> None:
            asked = RANGE.match(self.headers.get("Range", ""))
            start, end = (int(asked[1]), asked[2]) if asked else (0, "")
            last = min(int(end), len(body) - 1) if end else len(body) - 1
            self.answer(start, last, partial=bool(asked))

        def answer(
            self, start: int, last: int, *, head: bool = False, partial: bool = False
        ) -> None:
            self.send_response(206 if partial else 200)
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Length", str(last - start + 1))
            if partial:
                self.send_header("Content-Range", f"bytes {start}-{last}/{len(body)}")
            self.end_headers()
            if not head:
                self.wfile.write(body[start : last + 1])
                found.taken.update(range(start, last + 1))

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests count bytes, not lines."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.url = f"http://127.0.0.1:{server.server_address[1]}/{name}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join(timeout=10)
