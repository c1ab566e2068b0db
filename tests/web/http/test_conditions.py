"""Conditional and range requests (RFC 9110 §13, §14), in the order of §13.2.2."""

from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from fastapi.testclient import TestClient

ADDRESSES = (
    "/", "/data", "/api?f=html", "/api/collections", "/pack.json", "/index.json",
    "/static/js/entries/main.js", "/vendor/leaflet/leaflet.css", "/view.csv", "/view.geojson",
    "/api/collections/plan/items?f=geojsonseq", "/api/collections/plan/items?f=csv",
    "/api/tiles/WebMercatorQuad/0/0/0",
)  # fmt: skip
PLAIN = {"Accept-Encoding": "identity"}


def shifted(date: str, **step: int) -> str:
    return format_datetime(parsedate_to_datetime(date) + timedelta(**step), usegmt=True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_honours_the_conditions(tiny_client: TestClient, address: str) -> None:
    first = tiny_client.get(address)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    before, after = shifted(date, days=-1), shifted(date, days=1)
    for headers, status in (
        ({"If-Match": tag}, 200),
        ({"If-Match": f'"other", {tag}'}, 200),
        ({"If-Match": "*"}, 200),
        ({"If-Match": '"other"'}, 412),
        ({"If-Match": f"W/{tag}"}, 412),
        ({"If-Unmodified-Since": before}, 412),
        ({"If-Unmodified-Since": date}, 200),
        ({"If-Unmodified-Since": "yesterday"}, 200),
        ({"If-Modified-Since": date}, 304),
        ({"If-Modified-Since": after}, 304),
        ({"If-Modified-Since": before}, 200),
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": f"W/{tag}"}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        # tags before dates, what must hold before what is held
        ({"If-Match": tag, "If-Unmodified-Since": before}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": date}, 200),
        ({"If-None-Match": tag, "If-Modified-Since": before}, 304),
        ({"If-Match": '"other"', "If-None-Match": tag}, 412),
        ({"If-Unmodified-Since": before, "If-None-Match": tag}, 412),
        ({"If-Match": tag, "If-None-Match": tag}, 304),
    ):
        answer = tiny_client.get(address, headers=headers)
        assert answer.status_code == status, headers
        if status == 304:
            assert answer.content == b""
            assert answer.headers["etag"] == tag
    assert tiny_client.head(address, headers={"If-Match": '"other"'}).status_code == 412


def test_a_refusal_says_which_condition_failed(tiny_client: TestClient) -> None:
    body = tiny_client.get("/view.csv", headers={"If-Match": '"other"'}).json()
    assert body["status"] == 412
    assert "If-Match" in body["detail"]


def test_conditions_do_not_hide_an_error(tiny_client: TestClient) -> None:
    for headers in ({"If-None-Match": "*"}, {"If-Match": '"other"'}):
        assert tiny_client.get("/api?wrong=1", headers=headers).status_code == 400


def test_a_part_is_of_the_very_file_the_client_began(tiny_client: TestClient) -> None:
    whole = tiny_client.get("/view.csv", headers=PLAIN)
    tag, date = whole.headers["etag"], whole.headers["last-modified"]
    packed = tiny_client.get("/view.csv", headers={"Accept-Encoding": "br"}).headers["etag"]
    part = {"Range": "bytes=10-19"}
    for headers, status in (
        ({**part, **PLAIN}, 206),
        ({**part, "Accept-Encoding": "br, gzip"}, 206),
        ({**part, "If-Range": tag, "Accept-Encoding": "br"}, 206),
        ({**part, "If-Range": packed, "Accept-Encoding": "br"}, 200),
        ({**part, "If-Range": f"W/{tag}"}, 200),
        ({**part, "If-Range": shifted(date, days=-1)}, 200),
        ({**part, "If-Match": '"other"'}, 412),
        ({**part, "If-None-Match": tag}, 304),
        ({"Range": "bytes=99999999-"}, 416),
        ({"Range": "bytes=99999999-", "If-Range": '"other"'}, 200),
    ):
        answer = tiny_client.get("/view.csv", headers=headers)
        assert answer.status_code == status, headers
        if status == 206:
            assert answer.content == whole.content[10:20]
            assert "content-encoding" not in answer.headers
            assert answer.headers["etag"] == tag
            assert answer.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
        elif status == 200:
            assert answer.content == whole.content
