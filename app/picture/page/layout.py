"""How a page is shared: title above, map, panel beside or under it, sources below."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.picture.page.panel import COLUMN_GAP, PanelRow, PlacedRow, flow, least_height
from app.picture.scene.viewport import Rect
from app.selection.picture_options import PagePixels

MARGIN = 30.0
HEAD = 82.0
LANDSCAPE = 1.15
"""From this ratio of width to height on, the panel stands beside the map."""
GUTTER = 22.0
PANEL_SHARE = 0.47
"""Of the page, what the panel may take at most."""
MAP_LEAST = 120.0
"""Height of a map, whatever else is wanted."""
QR = 118.0


@dataclass(frozen=True, slots=True)
class PageLayout:
    map: Rect
    panel: Rect
    columns: int
    rows: Sequence[PlacedRow]
    qr: tuple[float, float] | None
    """Upper left corner of the code."""


def lay_out(
    page: PagePixels, rows: Sequence[PanelRow], foot: float, column: float, *, qr: bool
) -> PageLayout | None:
    """The page with all rows in its panel, or None where they do not fit.

    `column` is the width a column of the panel would like to have, `foot` what the sources take.
    """
    inner = Rect(MARGIN, MARGIN + HEAD, page.width - 2 * MARGIN,
                 page.height - 2 * MARGIN - HEAD - foot)  # fmt: skip
    if page.width / page.height >= LANDSCAPE:
        return panel_beside(inner, rows, column, qr)
    return panel_under(inner, rows, column, qr)


def panel_beside(
    inner: Rect, rows: Sequence[PanelRow], column: float, qr: bool
) -> PageLayout | None:
    """As few columns as the rows need."""
    height = inner.height - (QR + 26 if qr else 0)
    column, columns = min(column, inner.width * PANEL_SHARE), 1
    while True:
        width = columns * column + (columns - 1) * COLUMN_GAP
        if width > inner.width * PANEL_SHARE:
            return None
        placed = flow(rows, columns, height)
        if placed is not None:
            break
        columns += 1
    left = inner.right - width
    return PageLayout(
        Rect(inner.x, inner.y, inner.width - width - GUTTER, inner.height),
        Rect(left, inner.y, width, height),
        columns,
        placed,
        (left, inner.bottom - QR - 16) if qr else None,
    )


def panel_under(
    inner: Rect, rows: Sequence[PanelRow], column: float, qr: bool
) -> PageLayout | None:
    """As many columns as the page is wide for; no taller than the rows need."""
    width = inner.width - (QR + GUTTER if qr else 0)
    columns = max(1, int((width + COLUMN_GAP) / (column + COLUMN_GAP)))
    most = min(inner.height * PANEL_SHARE, inner.height - GUTTER - MAP_LEAST)
    height = least_height(rows, columns, most)
    if height is None:
        return None
    placed = flow(rows, columns, height)
    if placed is None:
        return None
    height = max(height, QR + 16) if qr else height
    top = inner.bottom - height
    return PageLayout(
        Rect(inner.x, inner.y, inner.width, inner.height - height - GUTTER),
        Rect(inner.x, top, width, height),
        columns,
        placed,
        (inner.right - QR, top) if qr else None,
    )
