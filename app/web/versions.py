"""Kept versions of the data, each served under /v/<version>/: a report's map stays as it was."""

import re
from collections.abc import Callable
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from app.plan.errors import NotFound

PREFIX = "/v"
VERSION = re.compile(r"[0-9a-f]{12}")


def kept_versions(folder: Path) -> list[str]:
    """The data versions kept in a folder."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if VERSION.fullmatch(path.name))


class Versions:
    """An ASGI app that hands a request to the app of the version its path names.

    `folder` holds a plan pack per kept version; `make` builds the app of one, when first asked for.
    """

    def __init__(self, folder: Path, make: Callable[[Path], ASGIApp]) -> None:
        self._folder = folder
        self._make = make
        self._apps: dict[str, ASGIApp] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        version = scope["path"].removeprefix(scope.get("root_path", "")).split("/")[1]
        app = self._app(version)
        root = f"{scope.get('root_path', '')}/{version}"
        await app({**scope, "root_path": root, "app_root_path": root}, receive, send)

    def _app(self, version: str) -> ASGIApp:
        kept = kept_versions(self._folder)
        if version not in kept:
            raise NotFound("kept data version", version, kept)
        if version not in self._apps:
            self._apps[version] = self._make(self._folder / version)
        return self._apps[version]
