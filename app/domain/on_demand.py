"""Sequences whose members are made when they are looked at: held, they would take far more room."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")


class OnDemand(Sequence[T]):
    """A sequence by its length and by how the member at a place is made."""

    @abstractmethod
    def member(self, at: int) -> T:
        """The member at that place."""

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return [self.member(one) for one in range(len(self))[at]]
        return self.member(at)

    def __iter__(self) -> Iterator[T]:
        return map(self.member, range(len(self)))


class PrintableRecords(OnDemand[dict[str, Any]]):
    """Records whose maker has seen to it that they hold no character that no file may hold."""
