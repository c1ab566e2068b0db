"""The five figures of the plan: named by the plan's own phrase, wherever they are shown."""

from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient

from app.picture.page.finish import title_of
from tests.picture.conftest import MakeTask
from tools.pictures.views import FIGURES

TITLES = {
    "towns": "一主一副一带三轴", "parks": "九大工业园区", "transport": "交通骨架",
    "farming": "两园两中心五基地", "tourism": "一核一带四区",
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_the_plans_phrase_for_a_title(picture_request: MakeTask, name: str) -> None:
    assert TITLES[name] in title_of(picture_request(FIGURES[name]))
    assert TITLES[name] in title_of(picture_request(f"{FIGURES[name]}&theme=dark"))
    turned = "&".join(reversed(FIGURES[name].split("&")))
    assert TITLES[name] in title_of(picture_request(turned))
    more = title_of(picture_request(f"{FIGURES[name]}&county=211481"))
    assert more != title_of(picture_request(FIGURES[name]))
    assert title_of(picture_request(f"{FIGURES[name]}&title=某图")) == "某图"


def test_the_page_is_told_the_same_titles(client: TestClient) -> None:
    told = {one["view"]: one["title"] for one in client.get("/pack.json").json()["figures"]}
    for name, view in FIGURES.items():
        assert TITLES[name] in told[view]
        assert TITLES[name] in client.get(f"/?{view}").text.split("</title>")[0]
        assert dict(parse_qsl(view))
