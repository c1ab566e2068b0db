"""How many files of app/ an answer passes: those of the middleware, then those of its route.

python -m tools.walks
"""

import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import ROOT, Settings

APP = f"{ROOT / 'app'}/"
GATE = ("web/middleware/", "request_id.py", "network.py", "metrics.py", "web/http/methods.py")
"""What every request passes before and after its route."""
WALKS = {
    "a cached picture": "/view.png?layer=industrial-parks&size=800x600",
    "a page of items": "/api/collections/transport/items?limit=11&county=211421",
    "one feature": "/api/collections/transport/items/expwy-jingha",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(cache=Path(folder), ready_bytes=0))
        with TestClient(app) as client:
            for name, address in WALKS.items():
                assert client.get(address).status_code == 200, address
                files = walked(client, address)
                gate = [file for file in files if file.startswith(GATE)]
                own = [file for file in files if file not in gate]
                print(f"{name}: {len(own)} files ({len(gate)} of the gate)", *own, sep="\n    ")


def walked(client: TestClient, address: str, answers: list[Any] | None = None) -> list[str]:
    """The files whose functions an answer runs, in the order they are entered."""
    found: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(APP):
            found[frame.f_code.co_filename.removeprefix(APP)] = None

    client.portal.call(sys.setprofile, note)
    threading.setprofile(note)
    try:
        answer = client.get(address)
    finally:
        client.portal.call(sys.setprofile, None)
        threading.setprofile(None)
    if answers is not None:
        answers.append(answer)
    return list(found)


if __name__ == "__main__":
    main()
