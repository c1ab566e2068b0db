"""What answers weigh, packed as browsers ask for it."""

import random
import statistics

from fastapi.testclient import TestClient

from tests.web.ogc.asking import PLAN

MOST = 40_000


def test_a_box_of_a_hundred_items_is_light(client: TestClient) -> None:
    """County-wide outlines stand in it again and again; brotli has each once."""
    chance = random.Random(5)
    sizes = []
    for _ in range(9):
        west, south = chance.uniform(119.4, 120.0), chance.uniform(40.0, 40.4)
        box = f"{west:.4f},{south:.4f},{west + 0.9:.4f},{south + 0.6:.4f}"
        answer = client.get(
            PLAN, params={"bbox": box, "limit": 100}, headers={"accept-encoding": "br"}
        )
        assert answer.json()["numberReturned"] == 100
        sizes.append(int(answer.headers["content-length"]))
    assert statistics.median(sizes) <= MOST
