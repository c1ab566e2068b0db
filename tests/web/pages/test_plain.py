"""The map's pages hold the view as words and links, for browsers that cannot run the map."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin

import pytest
from fastapi.testclient import TestClient

VOID = ("meta", "link", "input", "img", "br", "base")


class Tree(HTMLParser):
    """Notes the links of the list in words, and that every element is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.in_plain = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id") == "plain":
            self.in_plain = len(self.open)
        if self.in_plain and tag == "a":
            self.links.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if len(self.open) < self.in_plain:
            self.in_plain = 0


def read(client: TestClient, path: str) -> Tree:
    tree = Tree()
    tree.feed(client.get(path).text)
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    return tree


@pytest.mark.parametrize("path", ["/", "/embed", "/?lang=en", "/embed?layer=ways&lang=en",
                                  "/embed?county=900001"])  # fmt: skip
def test_every_link_of_the_list_in_words_leads_to_a_page(
    tiny_client: TestClient, path: str
) -> None:
    links = read(tiny_client, path).links
    assert len(links) > 2
    for link in links:
        answer = tiny_client.get(urljoin(f"http://testserver{path}", link))
        assert answer.status_code == 200, link
        if not link.startswith("view."):
            assert answer.headers["content-type"].startswith("text/html")
        if "lang=" in link or not link.startswith("?"):
            wanted = "en" if "lang=en" in link else "zh-CN"
            assert answer.headers["content-language"] == wanted


def test_the_list_is_that_of_the_view(client: TestClient) -> None:
    path = "/embed?county=211481&layer=energy"
    links = [link.partition("?")[0] for link in read(client, path).links]
    shown = {link.rpartition("/")[2] for link in links if "/items/" in link}
    items = client.get("/view.geojson?county=211481&layer=energy").json()["features"]
    assert {one["id"] for one in items} == shown


def test_the_words_lead_to_other_views_and_to_its_files(client: TestClient) -> None:
    """Who has no map can still choose a county or a layer, and take away what is chosen."""
    links = read(client, "/?county=211481&layer=energy&table=1&lang=en").links
    kept = {("county", "211481"), ("layer", "energy"), ("lang", "en")}
    views = [set(parse_qsl(link[1:])) - {("table", "1")} for link in links if link[0] == "?"]
    assert kept - {("lang", "en")} | {("lang", "zh")} in views
    assert kept - {("county", "211481")} | {("county", "211421")} in views
    assert kept - {("layer", "energy")} in views
    assert kept not in views  # where one is
    pack = client.get("/pack.json").json()
    files = {link.partition("?")[0]: parse_qsl(link.partition("?")[2]) for link in links}
    for one in pack["faces"]:
        assert kept <= set(files[f"view.{one['ext']}"])
        assert one["kind"] != "picture" or ("table", "1") not in files[f"view.{one['ext']}"]


def test_what_does_not_fit_is_a_link_away(client: TestClient) -> None:
    for path in ("/", "/?status=planned"):
        wanted = [link for link in read(client, path).links if "/items?" in link]
        assert wanted
        assert client.get(f"/{wanted[0]}").status_code == 200


def test_a_title_from_the_address_is_only_text(tiny_client: TestClient) -> None:
    text = tiny_client.get("/", params={"title": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in text


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_a_classic_script_tells_the_map_from_the_words(tiny_client: TestClient, path: str) -> None:
    answer = tiny_client.get(path)
    assert re.search(r'supports\("importmap"\)', answer.text)
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
