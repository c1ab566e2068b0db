"""What routes depend on is told at once: a plain function would be run in a thread each time."""

import asyncio
from collections.abc import Iterator
from typing import Any

from fastapi.testclient import TestClient

from app.web.openapi.document import routes_of


def calls_of(dependant: Any) -> Iterator[Any]:
    for one in dependant.dependencies:
        yield one.call
        yield from calls_of(one)


def test_no_dependency_is_run_in_a_thread(client: TestClient) -> None:
    app: Any = client.app
    calls = {call for route in routes_of(app.routes) for call in calls_of(route.dependant)}
    assert len(calls) >= 3
    assert [call for call in calls if not asyncio.iscoroutinefunction(call)] == []
