"""The free room of a large plane: what is taken is looked up by cells."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.picture.map.labels import FreeRoom
from app.picture.scene.viewport import Rect

CELL = 128.0


@dataclass(slots=True)
class FreeGrid(FreeRoom):
    """As FreeRoom, for thousands of names."""

    cells: dict[tuple[int, int], list[Rect]] = field(default_factory=dict)

    def free(self, box: Rect) -> bool:
        taken = (other for cell in cells_of(box) for other in self.cells.get(cell, ()))
        return self.edge.holds(box) and not any(box.meets(other) for other in taken)

    def reserve(self, *boxes: Rect) -> None:
        for box in boxes:
            for cell in cells_of(box):
                self.cells.setdefault(cell, []).append(box)


def cells_of(box: Rect) -> Iterator[tuple[int, int]]:
    for column in range(math.floor(box.x / CELL), math.floor(box.right / CELL) + 1):
        for row in range(math.floor(box.y / CELL), math.floor(box.bottom / CELL) + 1):
            yield column, row
