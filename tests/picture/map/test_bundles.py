"""What follows one course is one line, in pictures as on the page."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.picture.map.bundles import bundles_of

CASES = json.loads((Path(__file__).parents[2] / "shared" / "bundle_cases.json").read_text("utf8"))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_what_lines_share(case: dict[str, Any]) -> None:
    courses = [
        (one["id"], [[tuple(at) for at in line] for line in one["lines"]])
        for one in case["courses"]
    ]
    found = [
        [list(ids), [[list(at) for at in line] for line in lines]]
        for ids, lines in bundles_of(courses)
    ]
    assert found == case["bundles"]
