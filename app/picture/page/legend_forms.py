"""Which legend a page has room for: all of it, or ever less; and how wide a column it needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.picture.map.declutter import few_apart
from app.picture.map.points import Spot
from app.picture.page.legend import COLUMN, LegendContent, legend_rows
from app.picture.page.panel import PanelRow, first_rows, paired
from app.picture.request import PictureRequest, visible_paths
from app.picture.scene.drawing_context import DrawingContext

SLIDE_LEAST, SLIDE_COLUMN, SLIDE_WIDE = 210.0, 320.0, 400.0
LEGEND_ROWS_MOST = 18
LOOSE = 34.0
"""Distance below which points join in a counted picture."""


@dataclass(frozen=True, slots=True)
class LegendForm:
    """What of a legend is told, and in what width."""

    column: float
    families: bool = False
    pairs: bool = False
    """Whether two keys may share a line."""
    brief: bool = False
    most: int | None = None
    """Rows at most."""

    def rows(
        self, request: PictureRequest, context: DrawingContext
    ) -> tuple[list[Spot], list[PanelRow]]:
        """The clusters on a map, and the rows of its legend."""
        spots = few_apart(request, context, LOOSE)
        rows = legend_rows(
            context, legend_content(request, context, spots), families=self.families,
            column=self.column, brief=self.brief,
        )  # fmt: skip
        return spots, first_rows(paired(rows, self.column) if self.pairs else rows, self.most)


def legend_forms(request: PictureRequest) -> Iterator[LegendForm]:
    """By layers, by families, two keys on a line, then with ever fewer rows: the smallest page has
    room for one. A slide has another for what its map's legend leaves out (slides.py).
    """
    column = SLIDE_COLUMN if request.slide else COLUMN
    yield LegendForm(column)
    yield LegendForm(column, families=True)
    if request.slide:
        column = SLIDE_WIDE
        yield LegendForm(column, pairs=True, brief=True)
    yield LegendForm(column, families=True, pairs=True)
    yield LegendForm(column, families=True, pairs=True, brief=request.slide)
    for most in range(LEGEND_ROWS_MOST, -1, -1):
        yield LegendForm(column, families=True, pairs=True, most=most)


def slide_column(rows: Sequence[PanelRow]) -> float:
    """No wider than the rows of a slide's legend need: the rest is the map's."""
    named = [row for row in rows if row.name and not row.head]
    widest = max((row.least or SLIDE_COLUMN for row in named), default=0.0)
    return min(max(widest, SLIDE_LEAST), SLIDE_COLUMN)


def legend_content(
    request: PictureRequest, context: DrawingContext, spots: Sequence[Spot]
) -> LegendContent:
    """What a legend has to explain."""
    on_map = {item.id for spot in spots for item in spot.items}
    on_map |= {item.id for item in visible_paths(request, context)}
    on_map |= {figure.item.id for figure in request.figures(context)}
    beyond = sum(item.geometry is not None and item.id not in on_map for item in request.items)
    groups = [spot for spot in spots if len(spot.items) > 1]
    return LegendContent(
        items=request.items, clusters=groups, beyond=beyond, status_title=request.status_title,
        by_status=request.by_status,
    )  # fmt: skip
