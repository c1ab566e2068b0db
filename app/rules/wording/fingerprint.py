"""A fingerprint of the plan's text: enough to notice a copied sentence, not enough to read one.

Winnowing (Schleimer, Wilkerson and Aiken 2003): of every WINDOW neighbouring hashes of GRAM
characters the smallest is kept, so that any run of NOTICED characters or more is surely noticed.
Only letters and digits count.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

GRAM, WINDOW = 14, 8
NOTICED = GRAM + WINDOW - 1
LINE = 100
NOT_TEXT = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """The text without spaces and punctuation."""
    return NOT_TEXT.sub("", text)


def hashes(text: str) -> list[int]:
    """A 32-bit hash of every GRAM characters."""
    plain = letters(text)
    return [
        int.from_bytes(hashlib.blake2b(plain[i : i + GRAM].encode(), digest_size=4).digest(), "big")
        for i in range(len(plain) - GRAM + 1)
    ]


def winnowed(text: str) -> set[int]:
    """The hashes that stand for a text."""
    every = hashes(text)
    return {min(every[i : i + WINDOW]) for i in range(len(every) - WINDOW + 1)}


def copied(text: str, known: set[int]) -> Iterator[str]:
    """Pieces of GRAM letters that also stand in the fingerprinted text."""
    plain = letters(text)
    for start, value in enumerate(hashes(text)):
        if value in known:
            yield plain[start : start + GRAM]


def write_fingerprint(known: set[int]) -> str:
    """The fingerprint as text: sorted 32-bit numbers, base64, in lines."""
    packed = b"".join(value.to_bytes(4, "big") for value in sorted(known))
    coded = b64encode(packed).decode()
    return "\n".join(coded[i : i + LINE] for i in range(0, len(coded), LINE)) + "\n"


def read_fingerprint(path: Path) -> set[int]:
    """The numbers of a fingerprint; none where there is no such file."""
    if not path.exists():
        return set()
    packed = b64decode(path.read_text(encoding="ascii"))
    return {int.from_bytes(packed[i : i + 4], "big") for i in range(0, len(packed), 4)}
