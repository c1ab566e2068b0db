"""What a start leaves in memory."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from app.server.heap import filling, settle


class Ring:
    """Refers to itself: only the collector finds that nobody needs it."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_rubbish_of_the_reading_goes_and_what_was_there_before_is_not_looked_through() -> None:
    before = Ring()
    old = weakref.ref(before)
    with filling():
        made = weakref.ref(Ring())
        assert made() is not None
    del before
    settle(anew=False)
    assert made() is None
    assert old() is not None, "it was set aside"
    settle()
    assert old() is None
