"""What every store keeps (app/store/base.py), asked of each and held to sums over features."""

import asyncio
import json
import math
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
import shapely
from shapely.geometry import box, shape

from app.domain.doubts import DOUBTS, doubts_of
from app.domain.errors import TooCostly
from app.domain.projections import CRS84, box_around_boxes
from app.store.base import CITY, OUTSIDE, Filter, Order, Query, Store
from app.store.bodies import AnswerShape
from app.store.cql import Evaluation
from app.store.cql.filters import COST_ROWS, check_cost
from app.store.geometry_families import family_of
from app.store.lazy_store import LazyStore
from app.store.memory import MemoryStore
from app.store.search import Parts
from app.store.tiles import Tile, TileLayer
from tests.store.plain_cql import holds

Feature = dict[str, Any]
Make = Callable[[Sequence[Feature], str], Store]

KINDS = {"id": "text", "name": "text", "area": "number", "terms": "list", "layer": "text"}


def parts(features: Iterable[Mapping[str, Any]]) -> Parts:
    """What is searched of features: half of their names is their own, the rest they share."""
    names = (one["properties"]["name"].lower().partition(" ") for one in features)
    return Parts((first, [(rest,)]) for first, _, rest in names)


def memory(features: Sequence[Feature], version: str) -> Store:
    return MemoryStore(features, version, KINDS, ("terms",), parts)


def late(features: Sequence[Feature], version: str) -> Store:
    return LazyStore(version, lambda: memory(features, version))


def known(features: Sequence[Feature], version: str) -> Store:
    """It is known beforehand where what it holds lies."""
    shapes = [one["geometry"] and shape(one["geometry"]) for one in features]
    return LazyStore(version, lambda: memory(features, version), lambda: shapely.bounds(shapes))


STORES: dict[str, Make] = {"memory": memory, "late": late, "known": known}
"""Another store keeps the contract when it passes here."""

LAYERS, COUNTIES, STATUSES = ("parks", "roads"), ("900001", "900002"), ("existing", "planned")
GEOMETRIES: tuple[Any, ...] = (
    ("Point", [120.5, 40.5]), ("Point", [121.5, 41.5]), ("MultiPoint", [[120, 40], [122, 42]]),
    ("LineString", [[120, 41], [122, 41]]), ("LineString", [[119, 39], [119.5, 39.5]]),
    ("Polygon", [[[121, 40], [122, 40], [122, 41], [121, 40]]]), None,
)  # fmt: skip


def features(count: int = 60) -> list[Feature]:
    """Items that differ in all that can be asked for; those without a place last."""
    chance = random.Random(7)
    made = [item(number, chance) for number in range(count)]
    return sorted(made, key=lambda one: one["geometry"] is None)


def item(number: int, chance: random.Random) -> Feature:
    found = chance.choice(GEOMETRIES)
    scope = chance.choice(("county", "county", CITY, OUTSIDE))
    properties = {
        "id": f"i{number:02}", "name": f"{chance.choice(('East', 'West'))} Works {number}",
        "layer": chance.choice(LAYERS), "category": chance.choice("ab"),
        "status": chance.choice(STATUSES), "precision": chance.choice(("site", "none")),
        "scope": scope, "counties": chance.sample(COUNTIES, 1) if scope == "county" else [],
        "county_basis": chance.choice(("plan", "inferred")),
        "basis": chance.choice(("derived", "estimated")), "note": chance.choice((None, "?")),
        "terms": chance.sample(["steel", "salt", "fish"], 2), "area": chance.choice((1, 2.5, None)),
        "located_by": {"method": "counties" if number % 9 == 0 else "point", "places": []},
    }  # fmt: skip
    geometry = found and {"type": found[0], "coordinates": found[1]}
    return {"type": "Feature", "id": properties["id"], "geometry": geometry,
            "properties": properties}  # fmt: skip


FEATURES = features()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Store:
    return STORES[request.param](FEATURES, "v1")


def run(awaited: Any) -> Any:
    return asyncio.run(awaited)


def found(store: Store, query: Query) -> list[Feature]:
    page = run(store.search(query))
    return [json.loads(body) for body in page.features]


def ids(store: Store, query: Query) -> list[str]:
    return [one["id"] for one in found(store, query)]


def meant(query: Query) -> list[str]:
    """The ids a query means, an item at a time, in the order of the plan."""
    return [one["id"] for one in FEATURES if matches(one, query)]


def matches(one: Feature, query: Query) -> bool:
    own = one["properties"]
    geometry = one["geometry"]
    places = {*own["counties"], own["scope"]}
    window = query.bbox or query.within
    return all((
        not query.layers or own["layer"] in query.layers,
        not query.categories or own["category"] in query.categories,
        not query.statuses or own["status"] in query.statuses,
        not query.precisions or own["precision"] in query.precisions,
        not query.counties or places & set(query.counties),
        not query.terms or set(own["terms"]) & set(query.terms),
        not query.doubts or set(doubts_of(own)) & set(query.doubts),
        one["id"] not in query.hidden,
        not query.ids or one["id"] in query.ids,
        not query.families or family_of(geometry) in query.families,
        all(token in own["name"].lower() for token in query.tokens),
        not window or (geometry is not None and shape(geometry).intersects(box(*window))),
        not query.within or own["located_by"]["method"] != "counties",
        all(holds(found.expression, one) for found in query.filters),
    ))  # fmt: skip


def random_query(chance: random.Random) -> Query:
    def some(values: Sequence[str]) -> tuple[str, ...]:
        return tuple(chance.sample(values, 1)) if chance.random() < 0.3 else ()

    west, south = chance.uniform(118, 122), chance.uniform(38, 42)
    window = (west, south, west + chance.uniform(0, 3), south + chance.uniform(0, 3))
    return Query(
        layers=some(LAYERS), categories=some("ab"), counties=some((*COUNTIES, CITY, OUTSIDE)),
        statuses=some(STATUSES), precisions=some(("site", "none")), terms=some(("steel", "salt")),
        ids=some([one["id"] for one in FEATURES]), tokens=some(("east", "works", "1")),
        doubts=some(tuple(DOUBTS)), hidden=some([one["id"] for one in FEATURES]),
        families=some(("points", "lines", "areas")),
        bbox=window if chance.random() < 0.3 else None,
        within=window if chance.random() < 0.2 else None,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_a_query_means_what_plain_sums_say(store: Store, seed: int) -> None:
    query = random_query(random.Random(seed))
    assert ids(store, query) == meant(query)
    assert run(store.count(query)) == len(meant(query))


def test_the_version_is_that_of_the_data(store: Store) -> None:
    assert store.version == "v1"


def test_pages_follow_each_other_and_say_how_many_there_are(store: Store) -> None:
    pages = [run(store.search(Query(limit=7, offset=at))) for at in range(0, 63, 7)]
    assert {page.matched for page in pages} == {len(FEATURES)}
    bodies = [body for page in pages for body in page.features]
    assert [json.loads(body) for body in bodies] == found(store, Query())
    assert [len(page.features) for page in pages] == [7] * 8 + [4]
    assert not run(store.search(Query(limit=7, offset=99))).features


def test_features_come_back_as_they_are(store: Store) -> None:
    assert found(store, Query()) == FEATURES


def test_features_come_one_at_a_time_as_bytes(store: Store) -> None:
    assert all(isinstance(body, bytes) for body in run(store.search(Query(limit=5))).features)


def test_a_page_may_end_where_those_without_a_place_begin(store: Store) -> None:
    located = sum(one["geometry"] is not None for one in FEATURES)
    page = run(store.search(Query(limit=10, offset=located - 4, stop_at_unlocated=True)))
    assert (page.matched, len(page.features)) == (len(FEATURES), 4)


def test_an_answer_has_every_property_and_one_kind_of_geometry_where_asked(store: Store) -> None:
    wanted = Query(families=("points",), shape=AnswerShape(("id", "never"), multi=True))
    for one in found(store, wanted):
        assert one["properties"]["never"] is None
        assert one["geometry"]["type"] == "MultiPoint"


def test_one_feature_is_found_where_the_query_means_it(store: Store) -> None:
    one = FEATURES[3]
    layer = one["properties"]["layer"]
    (other,) = set(LAYERS) - {layer}
    assert json.loads(run(store.feature(one["id"]))) == one
    assert run(store.feature(one["id"], Query(layers=(layer,)))) is not None
    assert run(store.feature(one["id"], Query(layers=(other,)))) is None
    assert run(store.feature("nobody")) is None


def test_the_order_asked_for_holds_and_what_has_no_value_comes_last(store: Store) -> None:
    for descending in (False, True):
        areas = [one["properties"]["area"] for one in
                 found(store, Query(order=(Order("area", descending),)))]  # fmt: skip
        known = [area for area in areas if area is not None]
        assert known == sorted(known, reverse=descending)
        assert areas == known + [None] * (len(areas) - len(known))


@pytest.mark.parametrize("expression", [
    {"op": ">", "args": [{"property": "area"}, 1]},
    {"op": "isNull", "args": [{"property": "area"}]},
    {"op": "and", "args": [
        {"op": "=", "args": [{"property": "layer"}, "parks"]},
        {"op": "not", "args": [{"op": "=", "args": [{"property": "area"}, 1]}]},
    ]},
])  # fmt: skip
def test_an_expression_means_what_plain_sums_say(store: Store, expression: Any) -> None:
    query = Query(filters=(Filter(expression, CRS84),))
    assert ids(store, query) == meant(query)
    with pytest.raises(TooCostly):
        run(store.search(Query(filters=query.filters, cost_most=1)))


def test_what_filters_may_cost_grows_with_a_large_pack() -> None:
    class Priced(Evaluation):
        def __init__(self, cost: int) -> None:
            self.cost = lambda: cost  # type: ignore[method-assign]

    query = Query(cost_most=10)
    for count, most in ((1, 10), (COST_ROWS, 10), (3 * COST_ROWS, 30)):
        check_cost([Priced(most - 4), Priced(4)], query, count)
        with pytest.raises(TooCostly, match=f"{most}"):
            check_cost([Priced(most - 4), Priced(5)], query, count)


def test_what_is_near_comes_nearest_first(store: Store) -> None:
    assert ids(store, Query(near=((120.5, 40.5), 1))) == [
        one["id"] for one in FEATURES
        if one["geometry"] and one["geometry"]["coordinates"] == [120.5, 40.5]
        and one["properties"]["located_by"]["method"] != "counties"
    ]  # fmt: skip
    first = found(store, Query(near=((120.5, 40.5), 1000)))[0]
    assert first["geometry"]["coordinates"] == [120.5, 40.5]


def test_an_extent_holds_what_matches(store: Store) -> None:
    query = Query(layers=("roads",))
    wanted = [shape(one["geometry"]).bounds for one in FEATURES
              if one["geometry"] and one["properties"]["layer"] == "roads"]  # fmt: skip
    assert run(store.extent(query)) == box_around_boxes(wanted)
    assert run(store.extent(Query(ids=("nobody",)))) is None
    for inner in ((0.0, 0.0, 1.0, 1.0), box_around_boxes(wanted), *wanted):
        rest = [one for one in wanted if box_around_boxes((one, inner)) != inner]
        assert run(store.extent(query, inner)) == box_around_boxes(rest)
    every = [shape(one["geometry"]).bounds for one in FEATURES if one["geometry"]]
    assert run(store.extent(Query())) == box_around_boxes(every)
    assert run(store.count(Query())) == len(FEATURES)


def test_nothing_is_in_a_box_beyond_numbers(store: Store) -> None:
    assert ids(store, Query(bbox=(math.nan,) * 4)) == []


def test_a_tile_holds_its_layers_and_an_empty_one_no_bytes(store: Store) -> None:
    layers = tuple(TileLayer(name, (name,)) for name in LAYERS)
    whole = run(store.tile(layers, Tile(0, 0, 0)))
    assert all(name.encode() in whole for name in LAYERS)
    assert run(store.tile(layers, Tile(3, 0, 0))) == b""
    assert run(store.tile(layers[:1], Tile(0, 0, 0))) != whole


def test_what_is_asked_at_once_is_what_is_waited_for() -> None:
    store = STORES["memory"](features(), "1")
    for query in (Query(), Query(bbox=(120, 40, 121, 41), limit=3), Query(layers=("parks",))):
        now, then = store.search_now(query), asyncio.run(store.search(query))
        assert now is not None
        assert (now.matched, list(now.features)) == (then.matched, list(then.features))
    assert store.search_now(Query(tokens=("works",))) is None
    for id in ("i01", "nobody"):
        assert store.feature_now(id) == asyncio.run(store.feature(id))


def test_features_joined_are_the_features_and_their_digest_tells_them_apart() -> None:
    store = STORES["memory"](features(), "1")
    digests = set()
    for wanted in (AnswerShape(), AnswerShape(("name", "more")), AnswerShape(multi=True)):
        for limit in (0, 1, 7, None):
            page = asyncio.run(store.search(Query(shape=wanted, limit=limit)))
            assert b"".join(page.features.pieces()) == b",".join(page.features)
            digests.add(page.features.digest())
    assert len(digests) == 12


def test_a_late_store_is_filled_by_the_first_question_and_never_on_the_event_loop() -> None:
    made: list[str] = []

    def make() -> Store:
        made.append(threading.current_thread().name)
        return memory(FEATURES, "v1")

    store = LazyStore("v1", make)
    assert store.search_now(Query()) is None
    assert store.feature_now("i01") is None
    assert not made

    async def at_once() -> None:
        await asyncio.gather(store.count(Query()), store.extent(Query()))

    run(at_once())
    assert len(made) == 1
    assert made != [threading.main_thread().name]
    assert store.search_now(Query()) is not None


def test_how_many_there_are_and_where_is_told_of_a_late_store_that_knows_it_unfilled() -> None:
    def make() -> Store:
        raise AssertionError("nothing asks for a feature")

    store = LazyStore("v1", make, lambda: shapely.bounds([shapely.Point(1, 2), None]))
    assert asyncio.run(store.count(Query())) == 2
    assert asyncio.run(store.extent(Query())) == (1, 2, 1, 2)
    assert asyncio.run(store.extent(Query(), (0, 0, 3, 3))) is None


FACETS = ("layer", "county", "category", "status", "precision", "term", "doubt")
FIELDS = {
    "layer": "layers", "county": "counties", "category": "categories", "status": "statuses",
    "precision": "precisions", "term": "terms", "doubt": "doubts",
}  # fmt: skip


def values_of(one: Feature, facet: str) -> list[str]:
    own = one["properties"]
    if facet == "county":
        return [*own["counties"], *([own["scope"]] if own["scope"] != "county" else [])]
    if facet == "doubt":
        return list(doubts_of(own))
    return list(own["terms"]) if facet == "term" else [own[facet]]


@pytest.mark.parametrize(
    "query",
    [
        Query(), Query(layers=("parks",)), Query(counties=("900001", CITY), statuses=("planned",)),
        Query(terms=("steel",), tokens=("works",), precisions=("site",)),
        Query(categories=("a",), within=(120.0, 40.0, 121.0, 41.0)), Query(layers=("none",)),
        Query(doubts=("inferred", "doubtful"), statuses=("planned",)),
    ],
)  # fmt: skip
def test_facets_count_what_each_further_choice_would_show(store: Store, query: Query) -> None:
    counts = run(store.facets(query))
    assert counts.matched == len(meant(query))
    for facet in FACETS:
        others = [one for one in FEATURES if matches(one, replace(query, **{FIELDS[facet]: ()}))]
        expected = Counter(value for one in others for value in values_of(one, facet))
        assert counts.values[facet] == expected, facet
    others = [one["properties"] for one in FEATURES if matches(one, replace(query, categories=()))]
    pairs = Counter(f"{one['layer']}:{one['category']}" for one in others)
    assert counts.categories == pairs
    matching = [one["properties"] for one in FEATURES if matches(one, query)]
    assert counts.statuses == Counter(f"{one['layer']}:{one['status']}" for one in matching)
    own = [one["properties"]["layer"] for one in FEATURES if matches(one, query)]
    assert counts.layers == Counter(own)


@pytest.mark.parametrize("size", [0.01, 0.5, 400.0])
def test_cells_count_each_placed_item_once(store: Store, size: float) -> None:
    query = Query(statuses=("planned",))
    found = run(store.cells(query, size))
    placed = [one for one in FEATURES if matches(one, query) and one["geometry"]]
    whole: Counter[str] = Counter()
    for cell in found:
        whole.update(cell.layers)
    assert whole == Counter(one["properties"]["layer"] for one in placed)
    assert all(-180 <= cell.lng <= 180 and -90 <= cell.lat <= 90 for cell in found)
    assert size < 100 or len(found) == 1
    assert run(store.cells(Query(layers=("none",)), size)) == []


def test_a_list_keeps_layers_together_and_a_closed_list_has_its_own_order(store: Store) -> None:
    grouped = [one["properties"]["layer"] for one in found(store, Query(by_layer=True))]
    assert len(list(groupby(grouped))) == len(set(grouped))
    order = (Order("layer", values=("roads", "parks")),)
    assert [one["properties"]["layer"] for one in found(store, Query(order=order))] == sorted(
        grouped, reverse=True
    )
