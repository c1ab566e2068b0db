"""File names of downloads (RFC 6266)."""

import re
from urllib.parse import quote

UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
REPEATED_DASHES = re.compile(r"-{2,}")


def disposition(kind: str, stem: str, ext: str) -> str:
    """Content-Disposition with a name in ASCII for every client, and the whole one for most."""
    whole = f"{stem}.{ext}"
    plain = f"{ascii_name(stem)}.{ext}"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"


def ascii_name(stem: str) -> str:
    """A name that any file system and any header can hold.

    >>> ascii_name("规划-2021 transport")
    '2021-transport'
    >>> ascii_name("葫芦岛")
    'plan'
    """
    return REPEATED_DASHES.sub("-", UNFIT.sub("-", stem)).strip("-.") or "plan"
