"""Classes of addresses, few enough to be counted separately."""

import re
from functools import lru_cache

CLASSES = (
    ("watch", re.compile(r"/(healthz|readyz|metrics)$")),
    ("tiles", re.compile(r"/api/(.+/)?tiles(/|$)")),
    ("items", re.compile(r"/api/collections/[^/]+/items")),
    ("api", re.compile(r"/(api(/|$)|openapi\.json)")),
    ("pictures", re.compile(r"/view\.(png|svg|pdf|pptx)$")),
    ("files", re.compile(r"/view\.")),
    ("static", re.compile(r"/(static|vendor|base)/")),
    ("snapshots", re.compile(r"/v/")),
    ("documents", re.compile(r"/\w+\.json$")),
)
"""The first that fits."""

OTHER = "pages"


LONGEST = 200
"""The beginning of a path is enough."""


def route_class(path: str) -> str:
    """The kind of a path."""
    return class_of(path[:LONGEST])


@lru_cache(maxsize=2000)
def class_of(path: str) -> str:
    return next((name for name, pattern in CLASSES if pattern.match(path)), OTHER)
