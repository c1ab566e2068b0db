"""The OpenAPI document: valid, closed in itself, and true of the service."""

import json
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.main import create_app
from app.settings import Settings
from tests.conftest import PATIENT, TINY

CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
)  # fmt: skip
EXAMPLES = 12
"""A parameter set each; every operation has its own."""

SLOW = r"^/view\."
"""Pictures take seconds each; their parameters have tests of their own."""

TWINS = r"/collections/(plan|sites|ways)-(lines|areas)/|/collections/sites-points/"
"""A family of a collection is asked as another is; `plan-points` stands for all of them."""

OEMBED = "/oembed"
"""Its standard asks for 501 where a format is not offered."""


@pytest.fixture(scope="module", params=["/openapi.json", "/api/openapi.json"])
def document(request: pytest.FixtureRequest, client: TestClient) -> dict[str, Any]:
    answer = client.get(str(request.param))
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    return dict(answer.json())


def test_it_is_valid_openapi_3_0(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.0.3"
    validate(document)


def test_it_refers_to_nothing_outside_itself(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    references = [part.split('"')[1] for part in text.split('"$ref":')[1:]]
    assert references
    assert all(one.startswith("#/components/") for one in references)


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(names) == len(set(names))


def test_every_collection_has_its_own_parameters(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    collections = client.get("/api/collections").json()["collections"]
    for one in collections:
        names = [p["name"] for p in paths[f"/collections/{one['id']}/items"]["get"]["parameters"]]
        assert len(names) == len(set(names))
        queryables = client.get(f"/api/collections/{one['id']}/queryables").json()["properties"]
        assert set(queryables) - {"geometry"} <= set(names)
        assert {"limit", "bbox", "datetime", "crs", "bbox-crs", "filter", "f"} <= set(names)


def test_the_paths_of_the_api_are_relative_to_its_landing_page(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["servers"] == [{"url": "http://testserver/api"}]
    assert {"/", "/conformance", "/collections"} <= document["paths"].keys()


def test_every_answer_says_its_media_type(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for answer in operations["get"]["responses"].values():
            assert "*/*" not in answer.get("content", {}), path


def test_only_reading_is_described(document: dict[str, Any]) -> None:
    assert all(path.keys() == {"get"} for path in document["paths"].values())


described = schemathesis.openapi.from_asgi(
    "/openapi.json", create_app(Settings(pack=TINY, **PATIENT))
)


@described.exclude(path_regex=f"{SLOW}|{TWINS}").parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_any_request_gets_a_described_answer(case: Case) -> None:
    checks = CHECKS if case.path != OEMBED else CHECKS[1:]
    case.call_and_validate(checks=checks)
