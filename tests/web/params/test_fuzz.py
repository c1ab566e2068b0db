"""Whatever is asked, the answer is no server error, and costs no more than what honest people ask.

`FUZZ_CASES=100000 FUZZ_SEED=1 pytest tests/web/params/test_fuzz.py` asks more.
"""

import os
import time

import pytest
from fastapi.testclient import TestClient

from tests.conftest import PLAIN
from tests.web.params.fuzz import Fuzz

CASES = int(os.environ.get("FUZZ_CASES", "400"))
SEED = int(os.environ.get("FUZZ_SEED", "14"))
HONEST = "/api/collections/plan/items?f=csv&limit=10000"
FIRST = ("/view.csv?q=a", "/view.fgb", "/api/collections/plan/items?f=csv&limit=9999")
"""What whoever asks first pays for: libraries and texts that are there from then on."""
TIMES_HONEST = 10
"""A wide bound, since the processor is shared: what it guards against takes hundreds of times."""


@pytest.fixture(scope="module")
def asked(client: TestClient) -> list[tuple[str, int, float]]:
    """Request, status and the processor's seconds of each case."""
    fuzz = Fuzz(SEED)
    quiet = TestClient(client.app, raise_server_exceptions=False, headers=PLAIN)
    for request in FIRST:
        assert quiet.get(request).status_code == 200
    found = []
    for _ in range(CASES):
        request = fuzz.request()
        start = time.process_time()
        status = quiet.get(request, follow_redirects=False).status_code
        found.append((request, status, time.process_time() - start))
    return found


def test_nothing_ends_in_a_server_error(asked: list[tuple[str, int, float]]) -> None:
    assert [(request, status) for request, status, _ in asked if status == 500] == []


def test_requests_are_of_all_kinds(asked: list[tuple[str, int, float]]) -> None:
    assert {200, 400, 404} <= {status for _, status, _ in asked}


def test_nothing_costs_much_more_than_an_honest_request(
    client: TestClient, asked: list[tuple[str, int, float]]
) -> None:
    start = time.process_time()
    client.get(HONEST)  # for the first time: what is asked again is ready
    most = TIMES_HONEST * (time.process_time() - start)
    assert [(request, spent) for request, _, spent in asked if spent > most] == []
