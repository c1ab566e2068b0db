"""What only the system has: a test that needs it is left out where it is missing, never in CI."""

import os

import pytest


def need(present: object, missing: str) -> None:
    """Leaves the test out with what is missing; in CI that is a failure."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
