"""Sharing: preview cards, oEmbed, QR codes, and who may frame the map."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.domain.models import County
from app.main import create_app
from app.settings import Settings
from app.web.routes.pages import english_names


def meta(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name|itemprop)="{name}" content="([^"]*)">', page)
    assert found, name
    return unescape(found[1])


def test_a_filtered_address_says_so_in_its_preview(client: TestClient) -> None:
    page = client.get("/", params={"county": "211421", "layer": "transport"}).text
    assert meta(page, "og:title").startswith("绥中县 · 交通 — ")
    assert "county=211421" in meta(page, "og:url")


def test_a_small_card_has_a_square_picture_and_a_short_title(client: TestClient) -> None:
    page = client.get("/", params={"county": "211421", "layer": "transport"}).text
    assert meta(page, "name") == "绥中县 · 交通"
    picture = urlsplit(meta(page, "image"))
    assert parse_qs(picture.query)["size"] == ["600x600"]
    long = client.get("/", params={"title": "很长的标题" * 9}).text
    assert meta(long, "name").endswith("…")
    assert len(meta(long, "name")) <= 24


def test_the_preview_follows_the_language_of_the_view(client: TestClient) -> None:
    page = client.get("/", params={"county": "211421", "lang": "en"}).text
    assert meta(page, "og:title") == "Suizhong County — Huludao Plan Map"


def test_a_view_that_cannot_be_read_still_opens_the_page(client: TestClient) -> None:
    answer = client.get("/", params={"colour": "red"})
    assert answer.status_code == 200
    assert meta(answer.text, "og:title") == "葫芦岛规划一张图"


def test_a_title_cannot_break_out_of_the_head(client: TestClient) -> None:
    page = client.get("/", params={"title": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


def test_oembed_answers_with_an_iframe_of_the_view(client: TestClient) -> None:
    page = client.get("/?county=211422").text
    address = re.search(r'type="application/json\+oembed" |href="([^"]*oembed[^"]*)"', page)
    assert address
    url = next(unescape(href) for href in re.findall(r'href="([^"]*)"', page) if "oembed" in href)
    body = client.get(url).json()
    assert (body["type"], body["version"]) == ("rich", "1.0")
    source = re.search(r'src="([^"]*)"', body["html"])
    assert source
    asked = urlsplit(unescape(source[1]))
    assert asked.path == "/embed"
    assert parse_qs(asked.query) == {"county": ["211422"]}


@pytest.mark.parametrize(
    ("params", "status", "named"),
    [
        ({}, 400, "url"),
        ({"url": "http://elsewhere.example/?county=211422"}, 404, "elsewhere"),
        ({"url": "http://testserver/?county=x"}, 400, "county"),
        ({"url": "http://testserver/?focus=nosuch"}, 400, "nosuch"),
        ({"url": "http://["}, 400, "url"),
        ({"url": "http://testserver/", "format": "xml"}, 501, "xml"),
        ({"url": "http://testserver/", "maxwidth": "abc"}, 400, "maxwidth"),
        ({"url": "http://testserver/", "colour": "red"}, 400, "colour"),
    ],
)
def test_a_wrong_oembed_request_is_explained(
    client: TestClient, params: dict[str, str], status: int, named: str
) -> None:
    answer = client.get("/oembed", params=params)
    assert answer.status_code == status
    assert named in answer.json()["detail"]


def test_oembed_keeps_within_the_width_asked_for(client: TestClient) -> None:
    body = client.get("/oembed", params={"url": "http://testserver/", "maxwidth": "400"}).json()
    assert body["width"] == 400


def test_a_qr_code_is_a_drawing_that_differs_by_view(client: TestClient) -> None:
    one, other = client.get("/qr.svg?county=211421"), client.get("/qr.svg?county=211422")
    assert one.headers["content-type"] == "image/svg+xml"
    assert one.content != other.content
    assert one.content == client.get("/qr.svg?county=211421").content


def test_the_operator_says_who_may_frame_the_map() -> None:
    settings = Settings(frame_ancestors="https://www.example.org")
    with TestClient(create_app(settings)) as client:
        for page in ("/", "/embed", "/embed?origin=x"):
            answer = client.get(page, headers={"Accept": "text/html"})
            policy = answer.headers["content-security-policy"]
            assert policy.endswith("; frame-ancestors https://www.example.org")
        assert client.get("/data").headers["content-security-policy"].endswith("'self'")


def test_the_title_of_a_countys_page_names_the_county_as_its_preview_does(
    client: TestClient,
) -> None:
    for query, title in (
        ("county=211421&table=1", "绥中县 — 葫芦岛规划一张图"),
        ("county=211421&table=1&lang=en", "Suizhong County — Huludao Plan Map"),
        ("table=1", "葫芦岛规划一张图"),
    ):
        page = client.get(f"/?{query}").text
        assert re.findall(r"<title>([^<]*)</title>", page.partition("</head>")[0]) == [title]
        assert meta(page, "og:title") == meta(page, "twitter:title") == title


@pytest.mark.parametrize(
    "county",
    [
        "211421",
        "绥中县",
        "绥中",
        "綏中",
        "Suizhong",
        "Suizhong County",
        "SUIZHONG",
        "suizhong-county",
        " suizhong_county",
    ],
)
def test_a_county_has_a_page_of_its_own(client: TestClient, county: str) -> None:
    answer = client.get(f"/county/{county}", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"].endswith("/?county=211421&table=1")


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        ("county=绥中&layer=交通&category=港口与航道",
         "county=211421&layer=transport&category=port"),
        ("status=规划新建，在建&precision=場址", "status=planned,building&precision=site"),
        ("county=Suizhong&status=Planned&precision=Schematic",
         "county=211421&status=planned&precision=schematic"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["view.csv", "api/collections/plan/items"])
def test_what_is_chosen_by_its_title_is_what_its_id_chooses(
    client: TestClient, path: str, named: str, ids: str
) -> None:
    pair = [client.get(f"/{path}?{query}") for query in (named, ids)]
    assert [answer.status_code for answer in pair] == [200, 200]
    if path == "view.csv":
        assert pair[0].content == pair[1].content
    else:
        found = [[one["id"] for one in answer.json()["features"]] for answer in pair]
        assert found[0] == found[1] != []


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("layer=water", "layer=water&county=211422&table=1"),
        (
            "status=planned&lang=en&layer=water",
            "layer=water&county=211422&status=planned&lang=en&table=1",
        ),
        ("lang=zh&q=水库", "county=211422&q=%E6%B0%B4%E5%BA%93&table=1"),
        ("present=1&compare=a,b&table=0", "county=211422&compare=a,b&table=1&present=1"),
        ("layer=&present=", "county=211422&table=1"),
    ],
)
def test_a_countys_page_takes_the_rest_of_the_view_along(
    client: TestClient, asked: str, location: str
) -> None:
    answer = client.get(f"/county/211422?{asked}", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"http://testserver/?{location}"


@pytest.mark.parametrize(
    ("query", "named"),
    [("flavour=red", "flavour"), ("county=211421", "county"), ("layer=moon", "moon")],
)
def test_a_countys_page_refuses_what_no_view_knows(
    client: TestClient, query: str, named: str
) -> None:
    answer = client.get(f"/county/211422?{query}", follow_redirects=False)
    assert answer.status_code == 400
    assert named in answer.json()["detail"]


def test_a_first_word_that_two_counties_share_opens_neither() -> None:
    counties = [
        County("1", "甲县", "North Hill County", "甲", ""),
        County("2", "乙县", "North Lake County", "乙", ""),
        County("3", "丙市", "Port City", "丙", ""),
    ]
    assert english_names(counties) == {
        "north hill county": "1", "north lake county": "2", "port city": "3", "port": "3",
    }  # fmt: skip


def test_a_county_that_is_none_is_not_found(client: TestClient) -> None:
    answer = client.get("/county/北京")
    assert answer.status_code == 404
    assert "北京" in answer.json()["detail"]


def test_what_lies_near_is_taken_away_as_it_is_shown(client: TestClient) -> None:
    view = {"focus": "park-dongdaihe", "near": "10"}
    near = client.get("/view.geojson", params=view).json()["features"]
    wide = client.get("/view.geojson", params={**view, "near": "20"}).json()["features"]
    assert 0 < len(near) < len(wide)
    assert "park-dongdaihe" not in {feature["id"] for feature in wide}
    assert all(f["properties"]["located_by"]["method"] != "counties" for f in wide)


@pytest.mark.parametrize("query", ["near=5", "focus=park-dongdaihe&near=0", "inview=1"])
def test_a_view_that_contradicts_itself_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/view.geojson?{query}").status_code == 400


def test_what_changes_nothing_in_a_file_does_not_stop_it(client: TestClient) -> None:
    answer = client.get("/view.geojson?layer=industrial-parks&table=1&present=1")
    assert len(answer.json()["features"]) == 9


@pytest.mark.parametrize("path", ["/view.csv", "/view.xlsx", "/view.png", "/qr.svg"])
@pytest.mark.parametrize("rest", ["", "&near=5", "&layer=water"])
def test_a_focus_no_item_has_is_named(client: TestClient, path: str, rest: str) -> None:
    answer = client.get(f"{path}?focus=nosuch{rest}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "focus"
    assert "nosuch" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_a_page_has_its_own_words_for_a_focus_no_item_has(client: TestClient, path: str) -> None:
    assert client.get(f"{path}?focus=nosuch").status_code == 200


@pytest.mark.parametrize("value", ["0", "yes"])
def test_a_switch_says_what_it_may_be(client: TestClient, value: str) -> None:
    detail = client.get(f"/view.csv?inview={value}&bbox=1,2,3,4").json()["detail"]
    assert "expected 1, with a bbox beside it" in detail


@pytest.mark.parametrize(("name", "several"), [("layer", True), ("focus", False), ("q", False)])
def test_only_a_list_takes_several_values(client: TestClient, name: str, several: bool) -> None:
    detail = client.get(f"/view.csv?{name}=water&{name}=water").json()["detail"]
    assert "once" in detail
    assert ("commas" in detail) == several


def test_the_window_is_said_not_to_filter(client: TestClient) -> None:
    asked = client.get("/openapi.json").json()["paths"]["/view.{ext}"]["get"]["parameters"]
    assert "unless inview=1" in next(one for one in asked if one["name"] == "bbox")["description"]


FOREIGN = "from=singlemessage&isappinstalled=0&utm_source=x&nsukey=a%2Bb&from=again"


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_what_messengers_add_leaves_the_head_of_a_page_as_it_is(
    client: TestClient, path: str
) -> None:
    plain = client.get(f"{path}?county=211421&lang=en").text
    assert client.get(f"{path}?county=211421&{FOREIGN}&lang=en").text == plain
    assert "county=211421" in plain.partition('rel="canonical"')[2][:80]


@pytest.mark.parametrize(
    "path",
    ["/county/211421", "/data", "/data/sources", "/api/docs", "/view.html?county=211421"],
)
def test_a_page_opens_with_what_messengers_add(client: TestClient, path: str) -> None:
    sign = "&" if "?" in path else "?"
    plain = client.get(path, follow_redirects=False)
    added = client.get(f"{path}{sign}{FOREIGN}", follow_redirects=False)
    assert added.status_code == plain.status_code < 400
    assert added.headers.get("location") == plain.headers.get("location")


def test_an_embedded_view_is_found_by_an_address_with_what_others_added(
    client: TestClient,
) -> None:
    address = f"http://testserver/embed?county=211421&{FOREIGN}&controls=0"
    found = client.get("/oembed", params={"url": address}).json()
    assert found["title"].startswith("绥中县")
    assert "singlemessage" not in found["html"]


@pytest.mark.parametrize(
    "path", ["/api", "/api/collections/plan/items", "/view.csv", "/view.png", "/qr.svg", "/oembed"]
)
def test_programs_are_told_of_what_nobody_asked_for(client: TestClient, path: str) -> None:
    assert client.get(f"{path}?from=singlemessage").status_code == 400


def test_the_list_of_what_others_add_can_be_configured() -> None:
    with TestClient(create_app(Settings(foreign_parameters=("src*",)))) as other:
        assert other.get("/data?srcid=1").status_code == 200
        assert other.get("/data?from=1").status_code == 400
        assert other.get("/pack.json").json()["foreign_parameters"] == ["src*"]


def test_a_head_says_what_is_understood_of_a_view(client: TestClient) -> None:
    text = client.get("/?layer=energy&county=999999&focus=nosuch").text
    assert 'rel="canonical" href="http://testserver/?layer=energy"' in text
