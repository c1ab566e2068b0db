"""Counts of what is found: by what it could be narrowed to, and by where it lies."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.store.base import FacetCounts, GridCell, Query
from app.store.facets import Mask, OfMany, OfOne, Rows
from app.store.feature_table import FeatureTable

INWARDS = 0.3
"""By how much the middle of what lies in a square is drawn to the square's own: marks on two
squares side by side keep apart."""

SPREAD = 4
"""Keys that are no more than so many times as many are not sorted, but counted."""
WORLD = (-180, -90), (180, 90)


def facet_counts(table: FeatureTable, query: Query, rows: Rows) -> FacetCounts:
    """Of `rows`, which match all of the query but its facets."""
    count = len(table.ids)
    base = marked(rows, count)
    whole = np.arange(count)
    facets: dict[str, tuple[OfOne | OfMany, Sequence[str]]] = {
        "layer": (table.layer, query.layers),
        "county": (table.county, query.counties),
        "category": (table.category, query.categories),
        "status": (table.status, query.statuses),
        "precision": (table.precision, query.precisions),
        "term": (table.term, query.terms),
        "doubt": (table.doubt, query.doubts),
    }
    held = {name: facet.has(whole, wanted) for name, (facet, wanted) in facets.items() if wanted}

    def left(name: str = "") -> Mask:
        """What the other facets leave."""
        rows_left = base.copy()
        for other, mask in held.items():
            if other != name:
                rows_left &= mask
        return rows_left

    matched = np.flatnonzero(left())
    values = {name: facet.counts(np.flatnonzero(left(name))) for name, (facet, _) in facets.items()}
    pairs = table.layer.paired(table.category, np.flatnonzero(left("category")))
    statuses = table.layer.paired(table.status, matched)
    return FacetCounts(len(matched), values, pairs, statuses, table.layer.counts(matched))


def marked(rows: Rows, count: int) -> Mask:
    marks = np.zeros(count, dtype=np.bool_)
    marks[rows] = True
    return marks


def cells_of(
    table: FeatureTable, bounds: NDArray[np.float64], rows: Rows, size: float
) -> list[GridCell]:
    """Squares of so many degrees of longitude, and of latitude where they are as long; given the
    box of each feature.
    """
    rows = rows[table.located[rows]]
    if not len(rows):
        return []
    west, south, east, north = bounds[rows].T
    middles = (west + east) / 2, (south + north) / 2
    sizes = size, size * float(np.cos(np.radians(middles[1].mean())))
    columns, lines = (
        np.floor(along / one).astype(np.int64) for along, one in zip(middles, sizes, strict=True)
    )
    first, lowest, height = columns.min(), lines.min(), lines.max() - lines.min() + 1
    squares, which = numbered((columns - first) * height + lines - lowest)
    counts = np.bincount(which)
    corners = np.stack([squares // height + first, squares % height + lowest], axis=1)
    means = np.stack([np.bincount(which, weights=along) / counts for along in middles], axis=1)
    own = (corners + 0.5) * sizes
    places = np.clip(own + (means - own) * INWARDS, *WORLD)
    layers: list[dict[str, int]] = [{} for _ in corners]
    names = table.layer.names
    numbers = np.bincount(which * len(names) + table.layer.codes[rows])
    for pair in np.flatnonzero(numbers).tolist():
        square, layer = divmod(pair, len(names))
        layers[square][names[layer]] = int(numbers[pair])
    return [
        GridCell(round(lng, 5), round(lat, 5), held)
        for (lng, lat), held in zip(places.tolist(), layers, strict=True)
    ]


def numbered(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The different ones in order, and which of them each is."""
    if keys.max() > SPREAD * len(keys):
        return np.unique(keys, return_inverse=True)
    seen = np.bincount(keys) > 0
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[keys]
