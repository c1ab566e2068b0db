"""Ways to break a pack, for the rule that finds it."""

from collections.abc import Callable
from pathlib import Path

from tests.edit_pack import change, repeat

Break = Callable[[Path], None]


def cell(layer: str, row: str, /, **cells: str) -> Break:
    return lambda pack: change(pack, layer, row, **cells)


def twin(layer: str, row: str, /, **cells: str) -> Break:
    return lambda pack: repeat(pack, layer, row, **cells)


def text(file: str, old: str, new: str) -> Break:
    """Replace a piece of one of the pack's files."""

    def edit(pack: Path) -> None:
        path = pack / "geodata" / file
        found = path.read_text(encoding="utf-8")
        assert old in found
        path.write_text(found.replace(old, new, 1), encoding="utf-8")

    return edit
