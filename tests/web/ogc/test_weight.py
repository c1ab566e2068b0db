"""What answers weigh, packed as browsers ask for it."""

import random
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.pack.pack import Pack
from tests.web.ogc.asking import PLAN

MOST = 40_000
"""Of a hundred items, wherever they lie and whatever they have in common."""
MOST_UNPACKED = 1_250_000


def boxes(seed: int, count: int, sizes: tuple[float, ...]) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        west, south = chance.uniform(119.3, 120.8), chance.uniform(40.0, 40.8)
        size = chance.choice(sizes)
        yield f"{west:.4f},{south:.4f},{west + size:.4f},{south + size * 0.7:.4f}"


def weight(client: TestClient, encoding: str = "br", **params: str) -> tuple[int, int]:
    """How many items an answer has, and how many bytes are sent."""
    answer = client.get(
        PLAN, params={"limit": "100", **params}, headers={"accept-encoding": encoding}
    )
    return answer.json()["numberReturned"], int(answer.headers["content-length"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_box_of_a_hundred_items_is_light(client: TestClient, lang: str) -> None:
    """County-wide outlines stand in it again and again; brotli has each once."""
    weights = [weight(client, bbox=box, lang=lang) for box in boxes(5, 12, (0.1, 0.4, 0.8, 1.5))]
    weights = [one for one in weights if one[0] == 100]
    assert len(weights) > 8
    assert max(weights) <= (100, MOST)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hundred_items_of_a_county_are_light(client: TestClient, pack: Pack, lang: str) -> None:
    """More roads and fewer outlines are among them."""
    for county in pack.info.counties:
        assert weight(client, county=county.code, lang=lang)[1] <= MOST, county


def test_each_page_of_a_hundred_is_light(client: TestClient, pack: Pack) -> None:
    for offset in range(0, len(pack.features), 100):
        assert weight(client, offset=str(offset))[1] <= MOST, offset


def test_unpacked_a_box_holds_its_outlines_in_few_letters(client: TestClient) -> None:
    for box in boxes(7, 5, (0.8, 1.5)):
        assert weight(client, "identity", bbox=box)[1] <= MOST_UNPACKED
