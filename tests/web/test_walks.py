"""How many files an answer passes: a reader of the code walks the same way."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.main import create_app
from app.settings import Settings
from tools.walks import GATE, walked

OWN = {"x-request-id": ""}
ITEMS = "/api/collections/transport/items"
WALKS = {
    "/rail-qinshen": ("/expwy-jingha", 6),
    "?limit=11&bbox=120,40,121,41": ("?limit=11&bbox=120,40,121,40.9", 11),
}
"""What makes all that is made once; the same for another item or page, and its files at most."""


@pytest.mark.parametrize(("first", "walk"), WALKS.items())
def test_an_answer_passes_few_files(client: TestClient, first: str, walk: tuple[str, int]) -> None:
    client.get(ITEMS + first)
    passed = walked(client, ITEMS + walk[0])
    own = [file for file in passed if not file.startswith(GATE)]
    assert 0 < len(own) <= walk[1], own
    assert "web/middleware/gate.py" in passed


PICTURE = "/view.png?layer=industrial-parks&size=800x600"


def test_a_picture_that_is_kept_is_found_at_the_gate(client: TestClient) -> None:
    first = client.get(PICTURE)
    found: list[Response] = []
    passed = walked(client, PICTURE, found)
    own = [file for file in passed if not file.startswith(GATE)]
    assert len(own) <= 3, own
    assert found[0].content == first.content
    assert dict(found[0].headers) | OWN == dict(first.headers) | OWN
    held = client.get(PICTURE, headers={"If-None-Match": first.headers["etag"]})
    assert held.status_code == 304
    part = client.get(PICTURE, headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.content) == (206, first.content[:8])


def test_a_picture_that_the_cache_has_lost_is_made_anew(tmp_path: Path) -> None:
    settings = Settings(cache=tmp_path, ready_bytes=0)
    with TestClient(create_app(settings)) as client:
        first = client.get(PICTURE)
        for entry in tmp_path.rglob("*.entry"):
            entry.unlink()
        again = client.get(PICTURE)
    assert (again.status_code, again.content) == (200, first.content)
