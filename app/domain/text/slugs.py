"""Ids that are also names of files and parts of addresses."""

import re

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 100
SLUG_EXPECTED = f"lower-case letters, digits, hyphens; at most {LONGEST_ID}"


def is_slug(id: str) -> bool:
    return len(id) <= LONGEST_ID and SLUG.fullmatch(id) is not None
