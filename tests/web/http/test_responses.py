"""ETag, 304, compression and CORS, as any answer has them."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from fastapi.testclient import TestClient

from app.web.http.responses import EncodedBodies

ITEMS = "/api/collections/transport/items"


def test_the_same_answer_has_the_same_strong_tag(client: TestClient) -> None:
    first, second = client.get(ITEMS), client.get(ITEMS)
    assert first.headers["etag"] == second.headers["etag"]
    assert first.headers["etag"].startswith('"')


def test_a_current_copy_gets_304_without_a_body(client: TestClient) -> None:
    tag = client.get(ITEMS).headers["etag"]
    again = client.get(ITEMS, headers={"If-None-Match": f'"old", W/{tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag


@pytest.mark.parametrize(
    ("asked", "got"),
    [("br", "br"), ("gzip", "gzip"), ("gzip, br", "br"), ("identity", None), ("br;q=0", None)],
)
def test_the_body_is_compressed_as_the_client_likes(
    client: TestClient, asked: str, got: str | None
) -> None:
    with client.stream("GET", ITEMS, headers={"Accept-Encoding": asked}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers.get("content-encoding") == got
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: lambda body: body}
    plain = client.get(ITEMS, headers={"Accept-Encoding": "identity"}).content
    assert undo[got](raw) == plain


def test_each_encoding_has_its_own_tag(client: TestClient) -> None:
    tags = {
        client.get(ITEMS, headers={"Accept-Encoding": name}).headers["etag"]
        for name in ("br", "gzip", "identity")
    }
    assert len(tags) == 3


def test_any_site_may_read(client: TestClient) -> None:
    answer = client.get(ITEMS, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_health_says_count_and_version(client: TestClient) -> None:
    body = client.get("/healthz").json()
    assert body["features"] >= 723
    assert len(body["version"]) == 12


def test_compressed_bodies_are_made_once_and_bounded() -> None:
    made: list[str] = []

    def body(name: str, size: int) -> Callable[[], bytes]:
        return lambda: made.append(name) or b"x" * size  # type: ignore[func-returns-value]

    held = EncodedBodies(most=100)
    for name in ("a", "a", "b", "c", "a"):
        held.get(name, body(name, 40))
    assert made == ["a", "b", "c", "a"]
