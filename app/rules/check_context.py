"""What a rule judges, and what it says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from app.domain.errors import PackError, place_in_file
from app.domain.models import Item, Layer, Located
from app.domain.text.languages import ENGLISH
from app.locate import LocateContext, locate
from app.pack.pack import Pack
from app.rules.lenient_pack import LenientPack


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    rule: str
    file: str
    row: int | None
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        where = place_in_file(self.file, self.row, self.column, self.value, self.expected)
        return f"{where} [{self.rule}]"


class CheckContext:
    """A pack and its located items; what cannot be read or located is kept as its error."""

    def __init__(self, pack: Pack) -> None:
        self.pack = LenientPack(pack.root, pack.version)
        self.locate_context = LocateContext(self.pack)

    @property
    def speaks_english(self) -> bool:
        """Whether the pack says things in English beside its first language."""
        return ENGLISH in self.pack.info.languages[1:]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return self.pack.items

    @cached_property
    def by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def layers(self) -> dict[str, Layer]:
        return {layer.id: layer for layer in self.pack.layers}

    @cached_property
    def located(self) -> list[tuple[Item, Located | PackError]]:
        found: list[tuple[Item, Located | PackError]] = []
        for item in self.items:
            try:
                found.append((item, locate(self.locate_context, item)))
            except PackError as error:
                found.append((item, error))
        return found

    def placed(self) -> Iterator[tuple[Item, Located]]:
        """The items whose method could be carried out."""
        for item, result in self.located:
            if isinstance(result, Located):
                yield item, result


Rule = Callable[[CheckContext], Iterator[Finding]]


def finding_for(rule: Rule, item: Item, column: str, value: object, expected: str) -> Finding:
    """A finding about one cell of an item's row."""
    return Finding(rule.__name__, item.row.file, item.row.number, column, str(value), expected)
