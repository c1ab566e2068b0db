"""The embedded store: masks and an STRtree for the search, ready bytes for the answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import isnan
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.domain.models import Position
from app.domain.text.search import split_compounds
from app.store.base import ANY, Box, FacetCounts, GridCell, Query, ResultPage
from app.store.bodies import AS_BUILT, ParsedFeatures, Texts
from app.store.columns import FeatureColumns
from app.store.counting import cells_of, facet_counts
from app.store.cql import Evaluation, properties_of, searched_in
from app.store.cql.filters import Filters, Marked
from app.store.facets import Mask, Rows
from app.store.feature_table import FeatureTable
from app.store.proximity import first_point, metres_from
from app.store.search import Parts, SearchIndex, own_parts
from app.store.sorting import Sorting, ordered
from app.store.tiles import Tile, TileLayer, Tiles
from app.work.ambient import FILTER, SEARCH, TILES, run, waited
from app.work.once import Once

SORTED_AT_ONCE = 4_000
"""Rows that are sorted while others wait."""


class MemoryStore:
    """All features of one data version, in plan order, those without a place after the others:
    a client that looks at the first few sees geometry.

    `kinds` says by which properties they may be filtered and sorted, and of what kind each is;
    `term_fields`, which of them hold the words that `Query.terms` asks for; `parts` gives what a
    search looks through in features: it is asked with the first search; `with_headings`
    adds to words those they stand under.
    """

    def __init__(
        self,
        features: Iterable[dict[str, Any]],
        version: str,
        kinds: Mapping[str, str] | None = None,
        term_fields: Iterable[str] = (),
        parts: Callable[[Iterable[Mapping[str, Any]]], Parts] = own_parts,
        *,
        with_headings: Callable[[Iterable[str]], Iterable[str]] = list,
    ) -> None:
        self.version = version
        self._table = FeatureTable(features, tuple(term_fields), with_headings)
        self._bodies, self._shapes = self._table.bodies, self._table.shapes
        self.columns = FeatureColumns(
            ParsedFeatures(self._bodies), {} if kinds is None else kinds, self._shapes
        )
        self._texts = Once(lambda: SearchIndex(*parts(self.columns.features)))
        self._filters, self._sorting = Filters(self.columns), Sorting(self.columns)
        self._bounds = shapely.bounds(self._shapes)
        self._extents: dict[tuple[Query, Box | None], Box | None] = {}
        self._access: dict[str, NDArray[np.float64]] = {}
        self._all = np.arange(len(self._bodies))

    async def count(self, query: Query) -> int:
        return len(await self._found(query))

    async def search(self, query: Query) -> ResultPage:
        return self._page(await self._found(query), query)

    def search_now(self, query: Query) -> ResultPage | None:
        evaluations = self._evaluations(query)
        if self._is_long(query, evaluations):
            return None
        return self._page(self._in_order(query, evaluations), query)

    def _page(self, rows: Rows | Marked, query: Query) -> ResultPage:
        last = None if query.limit is None else query.offset + query.limit
        chosen = rows[query.offset : last]
        if query.stop_at_unlocated:
            chosen = self._alike(chosen)
        return ResultPage(len(rows), Texts(self._bodies, chosen, query.shape or AS_BUILT))

    def _alike(self, rows: Rows) -> Rows:
        """The first rows that all have a place, or that all have none."""
        located = self._table.located[rows]
        return rows[np.logical_and.accumulate(located == located[:1])]

    async def facets(self, query: Query) -> FacetCounts:
        await self._prepare(query)
        return await run(SEARCH, self._facets, query)

    def _facets(self, query: Query) -> FacetCounts:
        open_query = replace(
            query, layers=(), counties=(), categories=(), statuses=(), precisions=(), terms=(),
            doubts=(), order=(), by_layer=False,
        )  # fmt: skip
        return facet_counts(self._table, query, self.rows(open_query))

    async def cells(self, query: Query, size: float) -> Sequence[GridCell]:
        await self._prepare(query)
        return await run(
            SEARCH, lambda: cells_of(self._table, self._bounds, self.rows(query), size)
        )

    async def feature(self, id: str, query: Query = ANY) -> bytes | None:
        return self.feature_now(id, query)

    def feature_now(self, id: str, query: Query = ANY) -> bytes | None:
        row = self._table.ids.get(id)
        if row is None or (query.chooses and not len(self._matching(query, np.array([row])))):
            return None
        return self._bodies.get(row, query.shape or AS_BUILT)

    async def tile(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str = "") -> bytes:
        held = self.tile_now(layers, tile, lang)
        return held if held is not None else await run(TILES, self._tiles.get, layers, tile, lang)

    def tile_now(self, layers: tuple[TileLayer, ...], tile: Tile, lang: str = "") -> bytes | None:
        return self._tiles.held(layers, tile, lang)

    async def extent(self, query: Query, beyond: Box | None = None) -> Box | None:
        if (query, beyond) not in self._extents:
            rows = await run(SEARCH, self._matching, query, self._all)
            self._extents[query, beyond] = box_around(self._bounds[rows], beyond)
        return self._extents[query, beyond]

    async def _found(self, query: Query) -> Rows | Marked:
        """The rows that match, in order; what may take long does not hold up others."""
        evaluations = self._evaluations(query)
        if not self._is_long(query, evaluations):
            return self._in_order(query, evaluations)
        await self._prepare(query)
        name = FILTER if query.filters else SEARCH
        return await run(name, self._in_order, query, evaluations)

    async def _prepare(self, query: Query) -> None:
        """Wait for what the query needs and is made once: texts, columns."""
        if query.tokens:
            await waited(SEARCH, self._texts)
        expressions = [one.expression for one in query.filters]
        names = (*properties_of(expressions), *(one.property for one in query.order))
        columns = self.columns.making(names)
        if columns is not None:
            await waited(FILTER, columns)
        for contents in self.columns.searching(searched_in(expressions)):
            await waited(FILTER, contents)

    def rows(self, query: Query) -> Rows:
        found = self._in_order(query, self._evaluations(query))
        return found[:] if isinstance(found, Marked) else found

    def _evaluations(self, query: Query) -> Sequence[Evaluation]:
        return self._filters.evaluations(query) if query.filters else ()

    def _is_long(self, query: Query, evaluations: Sequence[Evaluation]) -> bool:
        """Whether to find what matches may take so long that others would wait."""
        if query.near or query.sites or query.tokens:
            return True
        if evaluations and self._filters.are_long(query, evaluations):
            return True
        return bool(query.order) and self._is_long_to_sort(query)

    def _is_long_to_sort(self, query: Query) -> bool:
        """Whether what is found at once may take long to sort."""
        if any(self.columns.held(one.property) is None for one in query.order):
            return True
        if len(self._all) <= SORTED_AT_ONCE:
            return False
        rows = self._unordered(query, self._evaluations(query))
        is_sorted = rows is self._all and not query.by_layer and self._sorting.holds(query.order)
        return len(rows) > SORTED_AT_ONCE and not is_sorted

    def _in_order(self, query: Query, evaluations: Sequence[Evaluation]) -> Rows | Marked:
        rows = self._unordered(query, evaluations)
        if rows is self._all and query.order and not query.by_layer:
            return self._sorting.every(query.order)
        if isinstance(rows, Marked):
            if not query.order and not query.by_layer:
                return rows
            rows = rows[:]
        if query.near and not query.order:
            return self._nearest_first(query.near[0], rows)
        if query.sites and not query.order:
            return rows[np.argsort(self._shares(query.sites)[rows], kind="stable")]
        if query.by_layer:
            rows = rows[np.argsort(self._table.layer.codes[rows], kind="stable")]
        return ordered(rows, query.order, self.columns) if query.order else rows

    def _unordered(self, query: Query, evaluations: Sequence[Evaluation]) -> Rows | Marked:
        """The rows in plan order: what is known to leave few comes first."""
        if not evaluations:
            return self._matching(query, self._all)
        if query.ids or query.bbox or query.within:
            return self._filters.rows(query, evaluations, self._matching(query, self._all))
        found = self._filters.rows(query, evaluations)
        if not isinstance(found, Marked):
            return self._matching(query, found)
        rows = self._matching(query, self._all)
        return found if rows is self._all else rows[found.mask[rows]]

    def _matching(self, query: Query, rows: Rows) -> Rows:
        """Those of some rows that match all but the filters, in plan order.

        What leaves the fewest comes first, so that the rest looks at these alone.
        """
        table = self._table
        if query.ids:
            named = [table.ids[id] for id in query.ids if id in table.ids]
            rows = common(rows, np.unique(np.array(named, dtype=np.intp)), self._all)
        if query.hidden:
            gone = [table.ids[id] for id in query.hidden if id in table.ids]
            rows = rows[~np.isin(rows, gone)]
        if query.bbox:
            rows = common(rows, self._in_box(query.bbox), self._all)
        if query.within:
            rows = common(rows, self._in_box(query.within), self._all)
            rows = rows[table.somewhere[rows]]
        if query.everywhere:
            rows = rows[table.located[rows] & ~table.somewhere[rows]]
        for facet, wanted in (
            (table.layer, query.layers),
            (table.category, query.categories),
            (table.status, query.statuses),
            (table.precision, query.precisions),
            (table.family, query.families),
            (table.term, query.terms),
            (table.county, query.counties),
            (table.doubt, query.doubts),
        ):
            if wanted:
                is_all = rows is self._all
                rows = facet.rows(wanted) if is_all else rows[facet.has(rows, wanted)]
        for kind, km in query.sites:
            rows = rows[self._kilometres(kind)[rows] <= km]
        if query.near:
            rows = self._near(*query.near, rows)
        if query.tokens:
            texts = self._texts.get()
            rows = texts.matching(split_compounds(query.tokens, texts), rows)
        return rows

    def _in_box(self, box: Box) -> Rows:
        """The rows whose geometry the box touches, in order."""
        if any(map(isnan, box)):
            return self._all[:0]
        west, south, east, north = box
        halves = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        rows = [self._in_half(shapely.box(left, south, right, north)) for left, right in halves]
        if len(rows) > 1:
            return np.unique(np.concatenate(rows))
        rows[0].sort()
        return rows[0]

    def _in_half(self, area: Any) -> Rows:
        """A point is where its box is; of other shapes only the box is sure to touch."""
        rows: Rows = self.columns.tree.query([area])[1]  # of one alone shapely makes a list first
        other = rows[~self._are_points[rows]]
        if not len(other):
            return rows
        apart = other[~shapely.intersects(area, self._shapes[other])]
        return rows[~np.isin(rows, apart)] if len(apart) else rows

    @cached_property
    def _are_points(self) -> Mask:
        return np.asarray(shapely.get_type_id(self._shapes) == 0)

    def _near(self, centre: str | Position, km: float, rows: Rows) -> Rows:
        """Rows so near; an item is not its own neighbour, and one without a point has none."""
        own = self._table.ids.get(centre) if isinstance(centre, str) else None
        here = self._position(centre)
        if here is None:
            return rows[:0]
        rows = rows[self._table.somewhere[rows]]
        near = rows[metres_from(here, self._shapes[rows]) <= km * 1000]
        return near if own is None else near[near != own]

    def _nearest_first(self, centre: str | Position, rows: Rows) -> Rows:
        """Rows by how far they are, those as far as each other in plan order."""
        here = self._position(centre)
        if here is None:
            return rows
        metres = metres_from(here, self._shapes[rows])
        return rows[np.argsort(metres, kind="stable")]

    def _kilometres(self, kind: str) -> NDArray[np.float64]:
        """How far each item is from the nearest place of a kind; NaN where it does not say."""
        if kind not in self._access:
            nearest = (
                (feature["properties"].get("access") or {}).get(kind)
                for feature in self.columns.features
            )
            self._access[kind] = np.array([one["km"] if one else np.nan for one in nearest])
        return self._access[kind]

    def _shares(self, sites: Iterable[tuple[str, float]]) -> NDArray[np.float64]:
        """The sum of an item's distances, each as a share of what it may be."""
        shares = np.zeros(len(self._bodies))
        for kind, km in sites:
            shares += self._kilometres(kind) / km
        return shares

    def _position(self, centre: str | Position) -> Position | None:
        """Where nearness is reckoned from; None for an item without a point, or unknown."""
        if not isinstance(centre, str):
            return centre
        row = self._table.ids.get(centre)
        return None if row is None else first_point(self.columns.features[row])

    @cached_property
    def _tiles(self) -> Tiles:
        table = self._table
        return Tiles(self.columns.features, self._shapes, table.layer.values, list(table.ids))


def box_around(bounds: NDArray[np.float64], beyond: Box | None = None) -> Box | None:
    """The box around boxes, those that are NaN left out, and those that lie within another."""
    chosen = ~np.isnan(bounds[:, 0])
    if beyond:
        inside = (bounds[:, :2] >= beyond[:2]) & (bounds[:, 2:] <= beyond[2:])
        chosen &= ~inside.all(axis=1)
    if not chosen.any():
        return None
    west, south = bounds[chosen, :2].min(axis=0).tolist()
    east, north = bounds[chosen, 2:].max(axis=0).tolist()
    return west, south, east, north


def common(rows: Rows, others: Rows, whole: Rows) -> Rows:
    """The rows that are in both, in order."""
    return others if rows is whole else np.intersect1d(rows, others, assume_unique=True)
