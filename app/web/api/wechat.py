"""Signatures for WeChat's JS-SDK, with which a page says what its card shows; off without keys.

The one thing this service asks of another: a token and a ticket, once in two hours, of the address
the operator sets. Nothing of a reader goes there.
"""

import asyncio
import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from app.domain.errors import Overloaded
from app.settings import Settings

SECONDS = 10
"""That an answer of WeChat is waited for."""
EARLY = 300
"""Seconds before its end at which a ticket is no longer used."""


def sdk_of(settings: Settings) -> tuple[str, ...]:
    """Where pages get the JS-SDK from inside WeChat; nothing without keys."""
    return (settings.wechat_sdk,) if settings.wechat_app_id and settings.wechat_secret else ()


@dataclass(slots=True)
class TicketOffice:
    """The ticket in force, fetched when there is none; one asks for all."""

    settings: Settings
    ticket: str = ""
    ends: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self) -> str:
        async with self.lock:
            if time.monotonic() >= self.ends:
                self.ticket, seconds = await asyncio.to_thread(self.fetch)
                self.ends = time.monotonic() + max(seconds - EARLY, 0)
            return self.ticket

    def fetch(self) -> tuple[str, float]:
        """A new ticket and for how many seconds it holds. Raises Overloaded where there is none."""
        own = self.settings
        token = self.asked(
            "token", grant_type="client_credential", appid=own.wechat_app_id,
            secret=own.wechat_secret,
        ).get("access_token")  # fmt: skip
        answer = self.asked("ticket/getticket", access_token=token, type="jsapi") if token else {}
        if not answer.get("ticket"):
            raise Overloaded("WeChat", "gives no ticket; see PLANMAP_WECHAT_APP_ID and _SECRET")
        return str(answer["ticket"]), float(answer.get("expires_in", 0))

    def asked(self, path: str, **values: str) -> dict[str, Any]:
        address = f"{self.settings.wechat_api}/cgi-bin/{path}?{urlencode(values)}"
        try:
            with urlopen(address, timeout=SECONDS) as answer:
                body = json.load(answer)
        except (OSError, ValueError) as problem:
            raise Overloaded("WeChat", "does not answer") from problem
        return body if isinstance(body, dict) else {}


def signature_of(ticket: str, nonce: str, stamp: int, url: str) -> str:
    """As WeChat documents it: SHA-1 of the four in the order of their names.

    >>> signature_of("t", "n", 1, "https://a/")
    '4bc558f659cb4708a512add4456b3f71382a9a00'
    """
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={stamp}&url={url}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
