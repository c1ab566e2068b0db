"""The service on a real port, for clients that are programs of their own."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from app.main import create_app
from app.server.guard import Guard
from app.server.run import config_for
from app.settings import Settings


@pytest.fixture(scope="session")
def api() -> Iterator[str]:
    """The address of the API, served by uvicorn in a thread of this process."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        settings = Settings()
        config = config_for(create_app(settings), settings, Guard(settings))
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/api"
        server.should_exit = True
        thread.join(timeout=20)
