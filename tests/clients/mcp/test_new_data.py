"""Data that changes while language models ask: each answer is wholly old or new, none fails."""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters, stdio_client

from app.pack.pack import Pack
from app.server.register import reload_servers, running_servers
from app.settings import ROOT
from tests.clients.mcp.test_mcp import COMMAND, MAP, answer_of, served_over_http
from tests.server.test_reload import NAMES, edit
from tests.server.wire import until

ID = "site-mill"


def places(tiny: Path, folder: Path) -> dict[str, str]:
    own = {"PACK": tiny, "CACHE": folder / "cache", "STATE": folder / "state"}
    return {f"PLANMAP_{name}": str(path) for name, path in own.items()}


async def seen_by(client: Client) -> tuple[str, str]:
    """The version of the data and the name of an item, of one answer."""
    answer = answer_of(await client.call_tool("get_item", {"id": ID}))
    return answer["data_version"], answer["name"]


@pytest.fixture
def over_http(tiny: Path, tmp_path: Path) -> Iterator[str]:
    edit(tiny, NAMES[0])
    with served_over_http("--reload-data", **places(tiny, tmp_path)) as address:
        yield address


def test_no_call_fails_while_data_is_reloaded(over_http: str, tiny: Path, tmp_path: Path) -> None:
    old = Pack(tiny).version
    seen: list[tuple[str, str]] = []

    async def ask_on(over: asyncio.Event) -> None:
        async with Client(over_http) as client:
            while not over.is_set():
                seen.append(await seen_by(client))

    async def crowd() -> str:
        over = asyncio.Event()
        asking = [asyncio.create_task(ask_on(over)) for _ in range(2)]
        layers = tiny / "geodata" / "layers.toml"
        titled = layers.read_text("utf-8").replace("场地", "新图层")
        layers.write_text(titled, "utf-8")
        edit(tiny, NAMES[1])
        new = Pack(tiny).version
        await asyncio.to_thread(until, lambda: (new, NAMES[1]) in seen or any(
            one.done() for one in asking))  # fmt: skip
        over.set()
        await asyncio.gather(*asking)
        async with Client(over_http) as client:
            assert "新图层" in (client.instructions or "")
        return new

    assert set(seen) <= {(old, NAMES[0]), (asyncio.run(crowd()), NAMES[1])}
    (note,) = running_servers(tmp_path / "state", tiny)
    assert (note.url, note.refused) == (over_http, "")


def test_one_session_over_stdio_sees_new_data_and_a_broken_pack_changes_nothing(
    tiny: Path, tmp_path: Path
) -> None:
    edit(tiny, NAMES[0])
    server = StdioServerParameters(
        command=sys.executable, args=[*COMMAND, "--url", MAP], cwd=str(ROOT),
        env={**os.environ, **places(tiny, tmp_path)},
    )  # fmt: skip
    state = tmp_path / "state"

    def reload() -> str:
        (note,) = reload_servers(state, running_servers(state, tiny))
        return note.refused

    async def session() -> list[Any]:
        async with Client(stdio_client(server)) as client:
            seen = [await seen_by(client)]
            edit(tiny, NAMES[1])
            seen.append(await seen_by(client))
            assert await asyncio.to_thread(reload) == ""
            seen.append(await seen_by(client))
            layers = tiny / "geodata" / "layers.toml"
            shutil.copy(layers, tmp_path)
            layers.write_text("[[layers]\n", "utf-8")
            assert "layers.toml" in await asyncio.to_thread(reload)
            seen.append(await seen_by(client))
            shutil.copy(tmp_path / "layers.toml", layers)
            return seen

    names = [name for _, name in asyncio.run(session())]
    assert names == [NAMES[0], NAMES[0], NAMES[1], NAMES[1]]
    until(lambda: not running_servers(state, tiny))
