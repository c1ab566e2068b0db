"""What filters cost: known before they are computed, bounded, and paid once for equal parts."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import shapely

from app.catalog.catalog import Catalog
from app.catalog.collections import plan_store
from app.domain.errors import TooCostly, TookTooLong
from app.pack.pack import Pack
from app.settings import Settings
from app.store.base import Filter, Query
from app.store.columns import FeatureColumns
from app.store.cql import Evaluation, read_filter
from app.store.cql.values import GEOMETRY, NUMBER, TEXT
from app.store.memory import MemoryStore
from app.work import Job
from tests.store.attacks import ANSWERED, REFUSED

MOST = Settings().filter_cost_most


@pytest.fixture(scope="module")
def store(pack: Pack) -> MemoryStore:
    return plan_store(Catalog(pack), pack.features, "test")


def reading(text: str, columns: FeatureColumns) -> Evaluation:
    return Evaluation(read_filter(text), columns)


def cost(text: str, columns: FeatureColumns) -> int:
    return reading(text, columns).cost()


def search(store: MemoryStore, text: str, most: int = MOST) -> Any:
    query = Query(filters=(Filter(read_filter(text)),), cost_most=most)
    return store.rows(query)


@pytest.mark.parametrize("name", REFUSED)
def test_what_costs_too_much_is_refused_before_it_is_computed(
    store: MemoryStore, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Evaluation, "rows", lambda self: pytest.fail("it was computed"))
    with pytest.raises(TooCostly) as caught:
        search(store, REFUSED[name])
    assert caught.value.cost > caught.value.limit == MOST
    assert str(MOST) in str(caught.value)
    assert str(caught.value.cost) in str(caught.value)


@pytest.mark.parametrize("name", ANSWERED)
def test_what_is_long_but_cheap_is_answered(store: MemoryStore, name: str) -> None:
    assert len(search(store, ANSWERED[name])) >= 0


@pytest.mark.parametrize(
    "text",
    [
        "status='planned' AND uncertainty_m < 3000",
        "S_INTERSECTS(geometry,BBOX(120,40,121,41))",
        "distance_km(geometry,POINT(120.85 40.75)) < 20",
        "CASEI(ACCENTI(summary_en)) LIKE casei('%port of suizhong%')",
        "layer IN ('transport','water','energy') AND A_CONTAINS(counties,('211421'))",
        "S_WITHIN(geometry,POLYGON((119 40,121 40,121 41,119 41,119 40))) OR geometry IS NULL",
    ],
)
def test_what_people_ask_costs_little(store: MemoryStore, text: str) -> None:
    assert cost(text, store.columns) < MOST / 10


def test_a_county_as_a_filter_costs_less_than_a_third(store: MemoryStore) -> None:
    shapes = [one for one in store.columns.column("geometry").data if one is not None]
    largest = max(shapes, key=shapely.get_num_coordinates)
    text = f"S_WITHIN(geometry,{largest.wkt})"
    assert cost(text, store.columns) < MOST / 3


def many(count: int, corners: int) -> FeatureColumns:
    """Items that differ, each a circle of so many corners."""
    features = []
    for number in range(count):
        turns = np.linspace(0, 2 * np.pi, corners, endpoint=False)
        points = [[120 + np.cos(a) / 9, 40 + number / 99 + np.sin(a) / 9] for a in turns]
        shape = {"type": "Polygon", "coordinates": [[*points, points[0]]]}
        features.append({"id": str(number), "geometry": shape,
                         "properties": {"name": "n" * 9, "size": number}})  # fmt: skip
    return FeatureColumns(features, {"name": TEXT, "size": NUMBER, "geometry": GEOMETRY})


@pytest.mark.parametrize(
    "text",
    ["S_OVERLAPS(geometry,geometry)", "S_TOUCHES(geometry,BBOX(119,39,121,41))",
     "distance_km(geometry,POINT(120 40))<3"],
)  # fmt: skip
def test_the_cost_grows_with_items_and_their_vertices(text: str) -> None:
    least = cost(text, many(100, 400))
    assert cost(text, many(200, 400)) > 1.8 * least
    assert cost(text, many(100, 800)) > 1.8 * least


def test_the_cost_grows_with_items_and_parts_and_characters() -> None:
    few, twice = many(1000, 4), many(2000, 4)
    for text in ("size+1>2", "name='a'", "name LIKE '%a%b%c%d%'"):
        assert cost(text, twice) > 1.5 * cost(text, few)
    parts = " OR ".join(f"size>{number}" for number in range(50))
    assert cost(parts, few) > 40 * cost("size>1", few)
    assert cost(f"name LIKE '{'%ab' * 80}'", few) > 4 * cost(f"name LIKE '{'%ab' * 10}'", few)


def test_two_literals_cost_their_crossings() -> None:
    columns = many(1, 4)
    at = ",".join(f"{119 + i / 999:.3f} {40 + i % 2}" for i in range(200))
    twice = ",".join(f"{119 + i / 999:.3f} {40 + i % 2}" for i in range(400))
    text = "S_CROSSES(LINESTRING({0}),LINESTRING({0}))"
    assert cost(text.format(twice), columns) > 3 * cost(text.format(at), columns)


def counting(monkeypatch: pytest.MonkeyPatch, op: str) -> list[int]:
    """How many geometries each call of a relation is given."""
    from app.store.cql.operators import spatial  # noqa: PLC0415

    seen: list[int] = []
    real: Callable[..., Any] = spatial.SPATIAL[op]

    def counted(left: Any, right: Any) -> Any:
        seen.append(max(len(left), len(right)))
        return real(left, right)

    monkeypatch.setitem(spatial.SPATIAL, op, counted)
    monkeypatch.setitem(spatial.TURNED, op, counted)
    return seen


def test_equal_parts_are_computed_once(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = counting(monkeypatch, "s_within")
    text = " OR ".join(["S_WITHIN(geometry,geometry)"] * 1700)
    found = reading(text, store.columns)
    assert found.cost() < 2 * cost("S_WITHIN(geometry,geometry)", store.columns)
    found.rows()
    assert len(seen) == 1
    assert found.steps <= 2


def test_equal_parts_anywhere_are_computed_once(store: MemoryStore) -> None:
    far = "distance_km(geometry,POINT(120 40))"
    text = " OR ".join(f"({far} > {number} AND NOT {far} < 3)" for number in range(30))
    found = reading(text, store.columns)
    found.rows()
    assert found.steps < 30 * 2 + 10  # two a line (its AND, its comparison), all else once


def test_true_is_not_one() -> None:
    columns = many(3, 4)
    rows = reading("size = 1 AND (TRUE OR size = 1)", columns).rows()
    assert rows.tolist() == [False, True, False]
    mixed = {"op": "or", "args": [{"op": "=", "args": [True, True]},
                                  {"op": "=", "args": [1, 1.0]}]}  # fmt: skip
    assert Evaluation(mixed, columns).rows().all()


def test_items_that_share_a_geometry_are_compared_once(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = store.columns.column("geometry").data
    different = len({one.wkb if one is not None else None for one in shapes})
    assert different < len(shapes) / 2
    seen = counting(monkeypatch, "s_intersects")
    reading("S_INTERSECTS(geometry,BBOX(120,40,121,41))", store.columns).rows()
    reading("S_INTERSECTS(geometry,geometry)", store.columns).rows()
    near, every = seen
    assert every == different
    assert near < different  # points, and what the box does not touch, are not looked at


def test_what_was_measured_is_measured_once(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost("S_WITHIN(geometry,geometry)", store.columns)
    monkeypatch.setattr("app.store.columns.size_of", lambda value: pytest.fail("again"))
    cost("S_OVERLAPS(geometry,geometry)", store.columns)


def test_a_filter_ends_at_the_step_past_its_deadline(store: MemoryStore) -> None:
    now = [0.0]

    def clock() -> float:
        now[0] += 1
        return now[0]

    text = " OR ".join(f"uncertainty_m > {number}" for number in range(50))
    found = reading(text, store.columns)
    job = Job(found.rows, seconds=10, clock=clock)
    job.run()
    with pytest.raises(TookTooLong):
        job.future.result()
    assert found.steps < 15


def test_a_filter_nobody_waits_for_ends_at_its_next_step(store: MemoryStore) -> None:
    text = " OR ".join(f"uncertainty_m > {number}" for number in range(50))
    found = reading(text, store.columns)
    job = Job(found.rows, seconds=100)
    real = Evaluation.step

    def step(self: Evaluation) -> None:
        if self.steps == 5:
            job.stop()
        real(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Evaluation, "step", step)
        job.run()
    assert job.future.exception() is not None
    assert found.steps == 6


def test_the_costliest_that_is_answered_takes_no_more_than_some_thousand_simple_ones(
    store: MemoryStore,
) -> None:
    """A guard of the prices, in the processor's time: wide, since machines differ."""
    simple = seconds(lambda: [search(store, "status='planned'") for _ in range(1000)])
    for text in (*ANSWERED.values(), *REFUSED.values()):
        assert seconds(lambda text=text: tried(store, text)) < 20 * simple, text[:60]


def tried(store: MemoryStore, text: str) -> None:
    with suppress(TooCostly):
        search(store, text)


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
