"""How many files an answer passes: a reader of the code walks the same way."""

import pytest
from fastapi.testclient import TestClient

from tools.walks import GATE, walked

ITEMS = "/api/collections/transport/items"
WALKS = {
    "/rail-qinshen": ("/expwy-jingha", 8),
    "?limit=11&bbox=120,40,121,41": ("?limit=11&bbox=120,40,121,40.9", 15),
}
"""What makes all that is made once; the same for another item or page, and its files at most."""


@pytest.mark.parametrize(("first", "walk"), WALKS.items())
def test_an_answer_passes_few_files(client: TestClient, first: str, walk: tuple[str, int]) -> None:
    client.get(ITEMS + first)
    passed = walked(client, ITEMS + walk[0])
    own = [file for file in passed if not file.startswith(GATE)]
    assert 0 < len(own) <= walk[1], own
    assert "web/middleware/gate.py" in passed
