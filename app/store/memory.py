"""The embedded store: masks and an STRtree for the search, ready bytes for the answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from app.domain.errors import TooCostly
from app.domain.models import Position
from app.domain.projections import box_around_boxes
from app.domain.text.characters import printable
from app.domain.text.search import search_text, split_compounds
from app.store.base import ANY, CITY, OUTSIDE, Box, Query, ResultPage
from app.store.bodies import AS_BUILT, Bodies
from app.store.columns import FeatureColumns
from app.store.cql import Evaluation
from app.store.families import family_of
from app.store.proximity import first_point, is_somewhere, metres_from
from app.store.sorting import ordered
from app.store.tiles import Tile, TileLayer, Tiles
from app.work.ambient import FILTER, SEARCH, TILES, run

Mask = NDArray[np.bool_]

FEW = 150
"""Features that are put into shape at once; more would hold up others."""


class MemoryStore:
    """All features of one data version, in plan order, those without a place after the others:
    a client that looks at the first few sees geometry.

    `kinds` says by which properties they may be filtered and sorted, and of what kind each is;
    `term_fields`, which of them hold the words that `Query.terms` asks for; `texts` gives what a
    search looks through, a text a feature: it is asked with the first search; `with_headings`
    adds to words those they stand under.
    """

    def __init__(
        self,
        features: Sequence[dict[str, Any]],
        version: str,
        kinds: Mapping[str, str] | None = None,
        term_fields: Iterable[str] = (),
        texts: Callable[[], Sequence[str]] | None = None,
        *,
        with_headings: Callable[[Iterable[str]], Iterable[str]] = list,
    ) -> None:
        self._order = sorted(
            range(len(features)), key=lambda row: features[row]["geometry"] is None
        )
        self._make_texts = texts or (lambda: [search_text(one["properties"]) for one in given])
        given, features = features, [cleaned(features[n]) for n in self._order]
        self.version = version
        self._shapes = shapes_of(features)
        self.columns = FeatureColumns(features, kinds or {})
        self._bodies = Bodies(features)
        self._bounds = shapely.bounds(self._shapes)
        self._extents: dict[Query, Box | None] = {}
        self._facets = {
            name: masks_of([one["properties"].get(name) for one in features])
            for name in ("layer", "category", "status", "precision")
        }
        self._facets["family"] = masks_of([family_of(one["geometry"]) for one in features])
        self._facets["term"] = term_masks(features, tuple(term_fields), with_headings)
        self._access: dict[str, NDArray[np.float64]] = {}
        self._counties = county_masks(features)
        self._ids = {feature["id"]: row for row, feature in enumerate(features)}

    async def count(self, query: Query) -> int:
        return len(await self._rows(query))

    async def search(self, query: Query) -> ResultPage:
        rows = await self._rows(query)
        last = None if query.limit is None else query.offset + query.limit
        chosen = rows[query.offset : last].tolist()
        if query.stop_at_unlocated:
            chosen = self._alike(chosen)
        shape = query.shape or AS_BUILT
        if shape == AS_BUILT or len(chosen) <= FEW:
            return ResultPage(len(rows), self._bodies.get(chosen, shape))
        return ResultPage(len(rows), await run(SEARCH, self._bodies.get, chosen, shape))

    def _alike(self, rows: list[int]) -> list[int]:
        """The first rows that all have a place, or that all have none."""
        features = self.columns.features
        groups = groupby(rows, key=lambda row: features[row]["geometry"] is None)
        return next((list(alike) for _, alike in groups), [])

    async def feature(self, id: str, query: Query = ANY) -> bytes | None:
        row = self._ids.get(id)
        if row is None or not self.mask(query)[row]:
            return None
        return self._bodies.get([row], query.shape or AS_BUILT)[0]

    async def tile(self, layers: tuple[TileLayer, ...], tile: Tile) -> bytes:
        held = self._tiles.held(layers, tile)
        return held if held is not None else await run(TILES, self._tiles.get, layers, tile)

    async def boxes(self, query: Query) -> Sequence[Box]:
        chosen = self._bounds[self.mask(query)]
        known: list[Box] = [tuple(box) for box in chosen[~np.isnan(chosen[:, 0])].tolist()]
        return known

    async def extent(self, query: Query) -> Box | None:
        if query not in self._extents:
            self._extents[query] = box_around_boxes(await self.boxes(query))
        return self._extents[query]

    async def _rows(self, query: Query) -> NDArray[np.intp]:
        """The rows that match, in order; what may take long does not hold up others."""
        if query.filters:
            return await run(FILTER, self.rows, query)
        if query.near or query.sites or query.tokens or query.order:
            return await run(SEARCH, self.rows, query)
        return self.rows(query)

    def rows(self, query: Query) -> NDArray[np.intp]:
        found = [Evaluation(one.expression, self.columns, one.projection) for one in query.filters]
        check_cost(found, query)
        mask = self.mask(query)
        for one in found:
            mask &= one.rows()
        rows = np.flatnonzero(mask)
        if query.near and not query.order:
            return self._nearest_first(query.near[0], rows)
        if query.sites and not query.order:
            return rows[np.argsort(self._shares(query.sites)[rows], kind="stable")]
        return ordered(rows, query.order, self.columns)

    def mask(self, query: Query) -> Mask:
        """Which rows match all but the filters, as a boolean array in plan order."""
        mask = np.ones(len(self._bodies), dtype=np.bool_)
        for name, wanted in (
            ("layer", query.layers),
            ("category", query.categories),
            ("status", query.statuses),
            ("precision", query.precisions),
            ("term", query.terms),
            ("family", query.families),
        ):
            if wanted:
                mask &= any_of(self._facets[name], wanted, len(mask))
        if query.counties:
            mask &= any_of(self._counties, query.counties, len(mask))
        if query.ids:
            mask &= self._only({self._ids[id] for id in query.ids if id in self._ids})
        if query.bbox:
            mask &= self._only(self._in_box(query.bbox))
        if query.within:
            mask &= self._only(self._in_box(query.within)) & self._somewhere
        for kind, km in query.sites:
            mask &= self._kilometres(kind) <= km
        if query.near:
            mask &= self._only(self._near(*query.near))
        if query.tokens:
            tokens = split_compounds(query.tokens, self._texts)
            mask &= np.fromiter(
                (all(token in text for token in tokens) for text in self._texts),
                dtype=np.bool_,
                count=len(mask),
            )
        return mask

    def _in_box(self, box: Box) -> Iterable[int]:
        if np.isnan(box).any():
            return
        west, south, east, north = box
        halves = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        for left, right in halves:
            area = shapely.box(left, south, right, north)
            yield from self._tree.query(area, predicate="intersects").tolist()

    def _near(self, centre: str | Position, km: float) -> Iterable[int]:
        """Rows so near; an item is not its own neighbour, and one without a point has none."""
        row = self._ids.get(centre) if isinstance(centre, str) else None
        here = self._position(centre)
        if here is None:
            return ()
        rows = np.flatnonzero(self._somewhere)
        near = metres_from(here, self._shapes[rows]) <= km * 1000
        return (int(one) for one in rows[near] if one != row)

    def _nearest_first(self, centre: str | Position, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Rows by how far they are, those as far as each other in plan order."""
        here = self._position(centre)
        if here is None:
            return rows
        metres = metres_from(here, self._shapes[rows])
        return rows[np.argsort(metres, kind="stable")]

    def _kilometres(self, kind: str) -> NDArray[np.float64]:
        """How far each item is from the nearest place of a kind; NaN where it does not say."""
        if kind not in self._access:
            found = (
                (one["properties"].get("access") or {}).get(kind) for one in self.columns.features
            )
            self._access[kind] = np.array([one["km"] if one else np.nan for one in found])
        return self._access[kind]

    def _shares(self, sites: Iterable[tuple[str, float]]) -> NDArray[np.float64]:
        """The sum of an item's distances, each as a share of what it may be."""
        found = np.zeros(len(self._bodies))
        for kind, km in sites:
            found += self._kilometres(kind) / km
        return found

    def _position(self, centre: str | Position) -> Position | None:
        """Where nearness is reckoned from; None for an item without a point, or unknown."""
        if not isinstance(centre, str):
            return centre
        row = self._ids.get(centre)
        return None if row is None else first_point(self.columns.features[row])

    @cached_property
    def _texts(self) -> list[str]:
        texts = self._make_texts()
        return [texts[row] for row in self._order]

    @cached_property
    def _somewhere(self) -> Mask:
        features = self.columns.features
        return np.fromiter(map(is_somewhere, features), dtype=np.bool_, count=len(features))

    def _only(self, rows: Iterable[int]) -> Mask:
        mask = np.zeros(len(self._bodies), dtype=np.bool_)
        mask[list(rows)] = True
        return mask

    @cached_property
    def _tiles(self) -> Tiles:
        features = self.columns.features
        layers = np.array([one["properties"].get("layer") for one in features], dtype=object)
        return Tiles(features, self._shapes, layers)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._shapes)


def check_cost(evaluations: Sequence[Evaluation], query: Query) -> None:
    """Raises TooCostly where the filters together cost more than the query allows."""
    if query.cost_most is None:
        return
    cost = sum(one.cost() for one in evaluations)
    if cost > query.cost_most:
        raise TooCostly("filter", "the filter", cost, query.cost_most)


def shapes_of(features: Sequence[dict[str, Any]]) -> NDArray[np.object_]:
    """The geometries, in WGS 84 lng lat; None where a feature has no place. Those that many
    features have, as the outline of a county, are made once.
    """
    texts = [
        None if feature["geometry"] is None else orjson.dumps(feature["geometry"]).decode()
        for feature in features
    ]
    known = list(dict.fromkeys(texts))
    found = dict(zip(known, shapely.from_geojson(known), strict=True))
    return np.array([*(found[text] for text in texts), None], dtype=object)[:-1]


def cleaned(feature: dict[str, Any]) -> dict[str, Any]:
    """The feature without what cannot be printed, and with null for each text that says nothing:
    one way to say so, for all clients.
    """
    properties = printable(feature["properties"])
    if "" in properties.values():
        properties = {name: None if value == "" else value for name, value in properties.items()}
    return {**feature, "properties": properties}


def masks_of(column: Sequence[Any]) -> dict[str, Mask]:
    """Value → which rows have it."""
    values = np.array(column, dtype=object)
    return {str(value): values == value for value in dict.fromkeys(column)}


def term_masks(
    features: Sequence[dict[str, Any]],
    fields: Sequence[str],
    with_headings: Callable[[Iterable[str]], Iterable[str]],
) -> dict[str, Mask]:
    """Word of a list field, or a heading over one → which rows hold it."""
    found: dict[str, Mask] = {}
    for row, feature in enumerate(features):
        for field in fields:
            for word in with_headings(feature["properties"].get(field) or ()):
                found.setdefault(word, np.zeros(len(features), dtype=np.bool_))[row] = True
    return found


def county_masks(features: Sequence[dict[str, Any]]) -> dict[str, Mask]:
    """County code, CITY or OUTSIDE → which rows it holds."""
    found: dict[str, Mask] = {}
    for row, feature in enumerate(features):
        scope = feature["properties"].get("scope")
        codes = feature["properties"].get("counties") or ()
        for value in (*codes, *((scope,) if scope in (CITY, OUTSIDE) else ())):
            found.setdefault(value, np.zeros(len(features), dtype=np.bool_))[row] = True
    return found


def any_of(masks: dict[str, Mask], wanted: tuple[str, ...], length: int) -> Mask:
    """Rows that have one of the wanted values; a value nobody has matches nothing."""
    mask = np.zeros(length, dtype=np.bool_)
    for value in wanted:
        if value in masks:
            mask |= masks[value]
    return mask
