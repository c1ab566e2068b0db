"""Codes have titles beside them: a document of its own, and each collection's schema."""

import json
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from app.domain.text.cleaning import LIST_SEPARATOR

CODED = ("layer", "category", "status", "precision", "scope", "county_basis", "basis", "counties")


def values_of(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", CODED)
def test_every_code_of_a_feature_has_a_title_in_each_language(
    client: TestClient, name: str
) -> None:
    document = client.get("/codes.json").json()
    assert document["languages"] == ["zh", "en"]
    titles = document["codes"][name]
    features = json.loads(client.get("/view.geojson").content)["features"]
    used = {code for one in features for code in values_of(one["properties"].get(name)) if code}
    assert used
    assert used <= set(titles)
    assert all(set(one) == {"zh", "en"} and all(one.values()) for one in titles.values())


def test_codes_say_how_lists_are_joined(client: TestClient) -> None:
    assert client.get("/codes.json").json()["list_separator"] == LIST_SEPARATOR


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_schema_titles_its_codes_in_the_readers_language(client: TestClient, lang: str) -> None:
    path = f"/api/collections/transport/schema?lang={lang}"
    status = client.get(path).json()["properties"]["status"]
    titles = {one["const"]: one["title"] for one in status["oneOf"]}
    codes = client.get("/codes.json").json()["codes"]["status"]
    assert titles == {code: words[lang] for code, words in codes.items() if code in titles}
    assert set(titles) == set(status["enum"])


@pytest.mark.parametrize("collection", ["plan", "transport", "places", "boundaries"])
def test_features_keep_to_their_schema(client: TestClient, collection: str) -> None:
    schema = client.get(f"/api/collections/{collection}/schema").json()
    found = client.get(f"/api/collections/{collection}/items?limit=2000").json()["features"]
    for name, one in schema["properties"].items():
        if "oneOf" in one or "oneOf" in one.get("items", {}):
            jsonschema.Draft202012Validator.check_schema(one)
            validator = jsonschema.Draft202012Validator(one)
            values = [feature["properties"].get(name) for feature in found]
            for value in {str(value): value for value in values if value is not None}.values():
                validator.validate(value)
