"""A column of lists by what is in them."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.store.cql.coded import FEW, Coded, codes_of
from app.store.cql.pieces import distinct
from app.work.once import Once

Members = dict[Any, NDArray[np.int32]]
MEMBERS_MOST = 100_000
NOWHERE = np.empty(0, np.int32)
REQUIRED = {"a_contains": True, "a_equals": True, "a_overlaps": False}
"""Whether a list needs all members of another to stand in this relation to it, or one."""


class CodedLists(Coded):
    """The values are sets."""

    def codes_about(self, op: str, other: frozenset[Any]) -> NDArray[Any] | None:
        """The places of the values that may stand in a relation to another one; None where each
        has to be looked at.
        """
        if self.is_part or op not in REQUIRED or not other or self.contents is None:
            return None
        known = self.contents.get()
        if known is None:
            return None
        found = [known.get(one, NOWHERE) for one in other]
        if REQUIRED[op]:
            return reduce(np.intersect1d, sorted(found, key=len))
        return distinct(np.concatenate(found))

    @cached_property
    def contents(self) -> Once[Members | None] | None:
        """Which values have a member; None of values so few that each is looked at."""
        return Once(self._by_member, "filter") if len(self.values) >= FEW else None

    def _by_member(self) -> Members | None:
        """None where there are too many members to hold: few lists have the same."""
        places: defaultdict[Any, array[int]] = defaultdict(lambda: array("i"))
        for code, value in enumerate(self.values):
            for member in value:
                places[member].append(code)
            if len(places) > MEMBERS_MOST:
                return None
        return {member: np.array(codes, np.int32) for member, codes in places.items()}


def coded_lists(values: Iterable[frozenset[Any]]) -> CodedLists:
    values = list(values)
    different = list(dict.fromkeys(values))
    return CodedLists(codes_of(values, different), different)
