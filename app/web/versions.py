"""Snapshots of the data, each served under /v/<version>/."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.errors import NotFound
from app.pack.version import snapshots_in
from app.work.ambient import DATA, run

PREFIX = "/v"


class Versions:
    """An ASGI app that hands a request to the app of the version its path names.

    `folder` holds a plan pack per snapshot; `make` builds the app of one, off the event loop
    and once for all who ask. At most `most` are held; the one least lately asked for goes first.
    """

    def __init__(self, folder: Path, make: Callable[[Path], ASGIApp], most: int) -> None:
        self._folder = folder
        self._make = make
        self._most = most
        self._apps: OrderedDict[str, ASGIApp] = OrderedDict()
        self._making = asyncio.Lock()
        """One at a time: what is being made counts in memory too."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        version = scope["path"].removeprefix(scope.get("root_path", "")).split("/")[1]
        app = await self.app_of(version)
        root = f"{scope.get('root_path', '')}/{version}"
        await app({**scope, "root_path": root, "app_root_path": root}, receive, send)

    async def app_of(self, version: str) -> ASGIApp:
        """The app of a version. Raises NotFound naming those that are kept."""
        kept = snapshots_in(self._folder)
        if version not in kept:
            raise NotFound("kept data version", version, kept)
        if version not in self._apps:
            async with self._making:
                if version not in self._apps:
                    self._hold(version, await run(DATA, self._make, self._folder / version))
        self._apps.move_to_end(version)
        return self._apps[version]

    def __len__(self) -> int:
        return len(self._apps)

    def _hold(self, version: str, app: ASGIApp) -> None:
        """Keep an app, and let go of what is too much."""
        self._apps[version] = app
        while len(self._apps) > self._most:
            self._apps.popitem(last=False)
