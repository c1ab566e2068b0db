"""The page of a place of the gazetteer, in words."""

import re

import pytest
from fastapi.testclient import TestClient

from app.pack.pack import Pack
from app.web.pages.display_values import kind_names

ADDRESS = "/api/collections/places/items/东戴河新区?f=html"


@pytest.mark.parametrize(
    ("lang", "kind", "county"),
    [("zh", "城区", "绥中县"), ("en", "Built-up area", "Suizhong County")],
)
def test_kind_and_county_are_said_in_the_reader_s_language(
    client: TestClient, lang: str, kind: str, county: str
) -> None:
    page = client.get(f"{ADDRESS}&lang={lang}").text
    values = re.findall(r"<td[^>]*>([^<]*)</td></tr>", page)
    assert kind in values
    assert county in values
    assert "urban_area" not in values
    outside = client.get(
        f"/api/collections/places/items?f=html&lang={lang}&kind=outside_place"
    ).text
    assert kind_names(lang)["outside_place"] in outside


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_has_a_name(pack: Pack, lang: str) -> None:
    assert {one.kind for one in pack.gazetteer} <= kind_names(lang).keys()
