"""What search engines and catalogues find: the dataset, its licence and date, robots, sitemap."""

import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from app.domain.text.languages import tag_of

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
PAGES = (
    "/", "/?lang=en", "/?layer=ways", "/api?f=html", "/api?f=html&lang=en",
    "/api/collections/plan?f=html", "/api/collections/ways?f=html&lang=en",
    "/api/collections/places?f=html",
)  # fmt: skip
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def dataset(client: TestClient, path: str) -> dict[str, Any]:
    found = BLOCK.findall(client.get(path).text)
    assert len(found) == 1
    parsed: dict[str, Any] = json.loads(found[0])
    return parsed


@pytest.mark.parametrize("path", PAGES)
def test_a_page_describes_its_data(tiny_client: TestClient, path: str) -> None:
    found = dataset(tiny_client, path)
    assert (found["@context"], found["@type"]) == ("https://schema.org/", "Dataset")
    for name in ("name", "description", "url", "version", "keywords", "creditText", "inLanguage"):
        assert found[name], name
    assert found["dateModified"] == "2030-01-31"
    for one in found["distribution"]:
        answer = tiny_client.get(one["contentUrl"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(one["encodingFormat"])
    box = [float(part) for part in found["spatialCoverage"]["geo"]["box"].split()]
    assert box[0] < box[2]
    assert 49 < box[0] < 51  # latitude first


def test_the_committed_pack_says_its_licences_and_years(client: TestClient) -> None:
    found = dataset(client, "/")
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in found["license"]
    assert "unknown" not in found["license"]
    assert found["temporalCoverage"] == "2021/2025"
    assert dataset(client, "/?lang=en")["name"] == "Huludao Plan Map"
    assert "葫芦岛市" in found["keywords"]


@pytest.mark.parametrize("path", ["/api", "/api/collections/plan", "/api/collections/ways"])
def test_documents_say_licence_date_and_keywords(tiny_client: TestClient, path: str) -> None:
    body = tiny_client.get(path).json()
    assert body["updated"] == "2030-01-31T00:00:00Z"
    assert body["keywords"]
    licence = [link for link in body["links"] if link["rel"] == "license"]
    assert [tiny_client.get(link["href"]).status_code for link in licence] == [200]


def test_robots_lead_to_the_list_of_pages(tiny_client: TestClient) -> None:
    text = tiny_client.get("/robots.txt").text
    assert text.startswith("User-agent: *\n")
    address = text.partition("Sitemap: ")[2].strip()
    assert tiny_client.get(address).headers["content-type"] == "application/xml"


def test_every_page_of_the_sitemap_answers_in_every_language(tiny_client: TestClient) -> None:
    tree = ElementTree.fromstring(tiny_client.get("/sitemap.xml").content)
    pages = tree.findall("s:url", SITEMAP)
    assert len(pages) > 8
    for page in pages:
        assert page.findtext("s:lastmod", namespaces=SITEMAP) == "2030-01-31"
        for one in page.iter("{http://www.w3.org/1999/xhtml}link"):
            answer = tiny_client.get(one.attrib["href"])
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/html")
            assert answer.headers["content-language"] == one.attrib["hreflang"]
    paths = {urlsplit(unquote(page.findtext("s:loc", "", SITEMAP))).path for page in pages}
    assert {"/", "/data", "/api", "/api/collections/ways"} <= paths
    assert tag_of("zh") == "zh-CN"
