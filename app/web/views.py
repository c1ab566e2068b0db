"""The view a request asks for, held against the data as well as against the pack's words."""

from collections.abc import Iterable

from app.plan.errors import BadValue
from app.view import View, parse_view
from app.web.dependencies import Service

QR_BYTES_MOST = 2331
"""What a QR code holds at error correction M (ISO/IEC 18004, version 40)."""


async def asked_view(service: Service, pairs: Iterable[tuple[str, str]]) -> View:
    """The view of some query pairs, as parse_view reads it.

    Raises BadValue for a focus no item has, as for a place no gazetteer has: a file about another
    selection than the one meant would be worse than none.
    """
    view = parse_view(pairs, service.words)
    if view.focus and await service.store.feature(view.focus) is None:
        raise BadValue("focus", view.focus, "the id of an item (/index.json lists them)")
    return view


def check_code(name: str, address: str) -> None:
    """Raises BadValue, for the parameter `name`, where an address is too long for a QR code."""
    if len(address.encode()) > QR_BYTES_MOST:
        raise BadValue(
            name, address, f"a view whose address has at most {QR_BYTES_MOST} bytes: a QR code"
            " holds no more",
        )  # fmt: skip
