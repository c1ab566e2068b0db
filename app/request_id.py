"""The name of one request: in the answer, in the log and in every problem, so that they meet."""

import random
import re

HEADER = b"x-request-id"
SAFE = re.compile(rb"[A-Za-z0-9._-]{1,64}")


def new_id() -> str:
    """A name nobody else has; no secret, and so not asked of the system, which takes longer."""
    return f"{random.getrandbits(64):016x}"


def id_of(headers: list[tuple[bytes, bytes]]) -> str:
    """The name a client gave its request, where it is short and safe; else a new one."""
    given = [value for name, value in headers if name == HEADER]
    if len(given) == 1 and SAFE.fullmatch(given[0]):
        return given[0].decode("ascii")
    return new_id()
