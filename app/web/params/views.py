"""The view of a request, checked against the pack's words and against the data."""

from collections.abc import Iterable
from dataclasses import replace

import orjson

from app.domain.errors import BadValue, RequestError
from app.domain.models import Position
from app.store.proximity import first_point
from app.view.view import View, parse_view, read_view
from app.web.dependencies import Service

AN_ITEM = "the id of an item (/api/collections/plan/items lists them)"
QR_BYTES_MOST = 2331
"""What a QR code holds at error correction M (ISO/IEC 18004, version 40)."""


async def asked_view(service: Service, pairs: Iterable[tuple[str, str]]) -> View:
    """The view of some query pairs, as parse_view reads it.

    Raises BadValue for a focus no item has, as for a place no gazetteer has: a file about another
    selection than the one meant would be worse than none.
    """
    view = parse_view(pairs, service.words)
    _, problems = await known_part(service, view)
    if problems:
        raise problems[0]
    return view


async def understood_view(service: Service, pairs: Iterable[tuple[str, str]]) -> View:
    """What a page shows of some query pairs, as the page itself reads them."""
    view, _ = read_view(pairs, service.words)
    known, _ = await known_part(service, view)
    return known


async def known_part(service: Service, view: View) -> tuple[View, list[RequestError]]:
    """The view without what the data does not know, and what that was
    (static/js/core/checked_view.js).
    """
    view, problems = await known_items(service, view)
    if not view.focus:
        return view, problems
    body = await service.store.feature(view.focus)
    if body is None:
        problems.append(BadValue("focus", view.focus, AN_ITEM))
        view = replace(view, focus="")
    if view.near and not view.place and (not body or first_point(orjson.loads(body)) is None):
        expected = "to stand beside a place, or the id of an item that is shown as a point"
        problems.append(BadValue("near", f"{view.near:g}", expected))
        view = replace(view, near=None)
    return view, problems


async def centre_of(service: Service, view: View) -> Position | None:
    """Where nearness is reckoned from; None for a view that is near to nothing."""
    if not view.near:
        return None
    if view.place:
        return view.place.position
    body = await service.store.feature(view.focus)
    return first_point(orjson.loads(body)) if body else None


async def known_items(service: Service, view: View) -> tuple[View, list[RequestError]]:
    """The view without ids that no item has among those it hides, or whose names it moves."""
    problems: list[RequestError] = []
    known: dict[str, bool] = {}
    for name, id in (
        *(("hidden", id) for id in view.hidden), *(("names", one.id) for one in view.names),
    ):  # fmt: skip
        known[id] = await service.store.feature(id) is not None
        if not known[id]:
            problems.append(BadValue(name, id, AN_ITEM))
    if not problems:
        return view, problems
    hidden = tuple(id for id in view.hidden if known[id])
    names = tuple(one for one in view.names if known[one.id])
    return replace(view, hidden=hidden, names=names), problems


def check_code(name: str, address: str) -> None:
    """Raises BadValue, for the parameter `name`, where an address is too long for a QR code."""
    if len(address.encode()) > QR_BYTES_MOST:
        raise BadValue(
            name, address, f"a view whose address has at most {QR_BYTES_MOST} bytes: a QR code"
            " holds no more",
        )  # fmt: skip
