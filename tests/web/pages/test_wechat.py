"""Signatures for cards in WeChat: of one ticket, and only with the keys of the operator."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from app.main import create_app
from app.settings import Settings
from app.startup import contradictions

OURS = "http://testserver/?layer=water"


@contextmanager
def upstream(ticket: dict[str, object]) -> Iterator[tuple[str, list[str]]]:
    """What stands for WeChat, and the paths that it was asked for."""
    asked: list[str] = []

    class WeChatStandIn(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            found = {"access_token": "tok"} if "/token?" in self.path else ticket
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is said."""

    server = HTTPServer(("127.0.0.1", 0), WeChatStandIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def with_keys(pack: Path, api: str) -> TestClient:
    settings = Settings(pack=pack, wechat_app_id="wx1", wechat_secret="s", wechat_api=api)
    return TestClient(create_app(settings))


def test_without_keys_there_is_no_such_address(tiny_client: TestClient) -> None:
    assert tiny_client.get("/wechat/signature", params={"url": OURS}).status_code == 404


def test_an_address_is_signed_as_documented_with_one_ticket(tiny: Path) -> None:
    with upstream({"ticket": "T", "expires_in": 7200}) as (api, asked), with_keys(tiny, api) as one:
        found = [one.get("/wechat/signature", params={"url": f"{OURS}#x"}).json() for _ in range(2)]
    assert len(asked) == 2
    assert "appid=wx1&secret=s" in asked[0]
    for own in found:
        text = f"jsapi_ticket=T&noncestr={own['nonceStr']}&timestamp={own['timestamp']}&url={OURS}"
        assert own["signature"] == hashlib.sha1(text.encode()).hexdigest()
        assert own["appId"] == "wx1"
    assert found[0]["nonceStr"] != found[1]["nonceStr"]


def test_the_address_of_another_is_not_signed(tiny: Path) -> None:
    with with_keys(tiny, "http://127.0.0.1:9") as one:
        for url in ("https://elsewhere.example/", "", "http://testserver.example/"):
            problem = one.get("/wechat/signature", params={"url": url})
            assert (problem.status_code, problem.json()["parameter"]) == (400, "url")


def test_a_ticket_that_is_not_given_is_asked_for_again_later(tiny: Path) -> None:
    with upstream({"errcode": 40013}) as (api, asked), with_keys(tiny, api) as one:
        for _ in range(2):
            assert one.get("/wechat/signature", params={"url": OURS}).status_code == 503
    assert len(asked) == 4


def test_only_with_keys_may_a_page_load_the_sdk_and_only_that(
    tiny: Path, tiny_client: TestClient
) -> None:
    sdk = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
    before = tiny_client.get("/")
    assert "wechat-sdk" not in before.text
    policy = before.headers["content-security-policy"]
    with with_keys(tiny, "http://127.0.0.1:9") as one:
        after = one.get("/")
        assert f'<meta name="wechat-sdk" content="{sdk}">' in after.text
        assert after.headers["content-security-policy"].replace(f" {sdk}", "") == policy
        assert sdk in after.headers["content-security-policy"]
        framed = one.get("/embed")
        assert "wechat-sdk" not in framed.text
        assert sdk not in framed.headers["content-security-policy"]


@pytest.mark.parametrize("text", ["res.wx.qq.com", "https://a/x.js; img-src *", "ftp://a/x.js", ""])
def test_an_address_that_is_no_script_is_refused(tiny: Path, text: str) -> None:
    with pytest.raises(ValidationError, match="address of a script"):
        Settings(pack=tiny, wechat_sdk=text)


def test_one_key_without_the_other_is_said() -> None:
    (line,) = contradictions(Settings(wechat_app_id="wx1"))
    assert line.startswith("PLANMAP_WECHAT_SECRET")
