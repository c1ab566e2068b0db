"""Methods and other sites: what every address allows, and says it allows."""

import pytest
from fastapi.testclient import TestClient

PATHS = ("/", "/api", "/view.gpkg", "/static/index.html", "/healthz")
ALLOWED = "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", PATHS)
def test_options_say_what_is_allowed(client: TestClient, path: str) -> None:
    answer = client.options(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == ALLOWED


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_is_not_allowed_says_what_is(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == ALLOWED


def test_what_takes_a_form_too_says_so_to_other_sites(client: TestClient) -> None:
    def says(client: TestClient, path: str) -> tuple[str, str]:
        asks = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
        of_form = client.options(path, headers=asks).headers["access-control-allow-methods"]
        return of_form, client.options(path).headers["allow"]

    by_form, by_address = ("GET, HEAD, POST", "GET, HEAD, POST, OPTIONS"), ("GET, HEAD", ALLOWED)
    for path in ("/deck.pptx", "/deck.pdf"):
        assert says(client, path) == by_form
        assert client.put(path).headers["allow"] == by_form[1]
    assert says(client, "/atlas.pdf") == by_address


def test_another_site_may_ask_again_and_in_parts(client: TestClient) -> None:
    asked = "If-None-Match, Range, If-Range, Accept-Language"
    answer = client.options(
        "/view.fgb",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": asked,
        },
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-headers"].lower() == asked.lower()


def test_another_site_may_read_what_it_needs(client: TestClient) -> None:
    answer = client.get("/view.csv?layer=energy", headers={"Origin": "https://example.org"})
    exposed = answer.headers["access-control-expose-headers"].split(", ")
    assert {"Content-Range", "Accept-Ranges", "ETag", "Link", "Content-Crs"} <= set(exposed)
