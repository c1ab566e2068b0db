"""A filter that would cost too much is told so, with its cost and the limit."""

import re

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.conftest import TINY
from tests.store.attacks import ANSWERED, REFUSED

ITEMS = "/api/collections/plan/items"


@pytest.mark.parametrize("name", [name for name, text in REFUSED.items() if len(text) < 16_000])
def test_too_costly(client: TestClient, name: str) -> None:
    answer = client.get(ITEMS, params={"filter": REFUSED[name], "limit": 1})
    problem = answer.json()
    assert answer.status_code == 400
    assert problem["title"] == "Too costly"
    assert problem["limit"] == Settings().filter_cost_most < problem["cost"]
    assert str(problem["limit"]) in problem["detail"]


def test_a_person_reads_the_cost_too(client: TestClient) -> None:
    headers = {"Accept": "text/html"}
    answer = client.get(ITEMS, params={"filter": REFUSED["heap"]}, headers=headers)
    assert answer.status_code == 400
    text = re.sub(r"\s+", " ", answer.text)
    assert "计算量太大" in text
    assert f"上限 {Settings().filter_cost_most:,}" in text


def test_what_is_long_but_cheap_is_answered_in_every_format(client: TestClient) -> None:
    for form in ("json", "jsonfg", "csv", "html"):
        params = {"filter": ANSWERED["the same 1,700 times"], "limit": 2, "f": form}
        assert client.get(ITEMS, params=params).status_code == 200


def test_the_limit_is_a_setting() -> None:
    with TestClient(create_app(Settings(pack=TINY, filter_cost_most=150))) as client:
        items = "/api/collections/plan/items"
        assert client.get(items, params={"filter": "TRUE"}).status_code == 200
        answer = client.get(items, params={"filter": "id='a' OR id='b'"})
        assert answer.status_code == 400
        assert answer.json()["limit"] == 150


def test_the_filters_of_a_request_are_paid_together() -> None:
    with TestClient(create_app(Settings(pack=TINY, filter_cost_most=150))) as client:
        items = "/api/collections/plan/items"
        assert client.get(f"{items}?name=a").status_code == 200
        answer = client.get(f"{items}?name=a&name_en=b")
        assert answer.status_code == 400
        assert answer.json()["title"] == "Too costly"
