"""The access log: a line per request on standard output, written by a thread of its own."""

import json
import logging
import queue
import sys
import time
from logging.handlers import QueueHandler, QueueListener
from typing import Any

from app.web.middleware.observe import access

MOST_WAITING = 10_000
"""Lines. Where the log is not read, more are lost: a full pipe must not hold up the service."""


class LineFormatter(logging.Formatter):
    """A line of one request."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def format(self, record: logging.LogRecord) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        when = f"{stamp}.{int(record.msecs):03d}Z"
        request: dict[str, Any] = getattr(record, "request", {})
        if self._kind == "json":
            return json.dumps({"time": when, **request}, ensure_ascii=False)
        return f"{when} " + " ".join(word(value) for value in request.values())


def word(value: object) -> str:
    """A value as one word of a line: quoted where it would be more, or none."""
    text = str(value)
    plain = text.isascii() and text.isprintable() and " " not in text and '"' not in text
    return text if text and plain else json.dumps(text)


class DroppingQueueHandler(QueueHandler):
    """Puts lines into the queue as long as there is room."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        return record

    def handleError(self, record: logging.LogRecord) -> None:
        """A line that finds no room is lost."""


def start_access_log(kind: str) -> QueueListener | None:
    """Write the access log as `text` or `json`; with `off` there is none. Stop what it returns."""
    for handler in list(access.handlers):
        access.removeHandler(handler)
    access.propagate = False
    access.setLevel(logging.INFO if kind != "off" else logging.CRITICAL)
    if kind == "off":
        return None
    writer = logging.StreamHandler(sys.stdout)
    writer.setFormatter(LineFormatter(kind))
    lines: queue.Queue[Any] = queue.Queue(MOST_WAITING)
    access.addHandler(DroppingQueueHandler(lines))
    listener = QueueListener(lines, writer)
    listener.start()
    return listener
