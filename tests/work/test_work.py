"""Long work: fair turns, a deadline, an end when nobody waits. No clock decides these tests."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.errors import Overloaded, TookTooLong
from app.web.middleware.callers import client_of
from app.work import FairQueue, Job, Pool, check, run
from app.work.ambient import CALLER, Caller, waited
from app.work.once import Once


def drained(queue: FairQueue[str]) -> str:
    return "".join(iter(queue.take, None))  # type: ignore[arg-type]


def test_turns_go_round_the_clients() -> None:
    queue: FairQueue[str] = FairQueue(9)
    for client, item in (("x", "a"), ("x", "b"), ("x", "c"), ("y", "1"), ("z", "-")):
        assert queue.put(client, item) is None
    assert drained(queue) == "a1-bc"
    assert len(queue) == 0


def test_who_is_alone_may_use_every_place_and_no_more() -> None:
    queue: FairQueue[str] = FairQueue(3)
    for item in "abc":
        queue.put("x", item)
    with pytest.raises(Overloaded, match="3 requests"):
        queue.put("x", "d")
    assert drained(queue) == "abc"


def test_a_newcomer_takes_the_last_place_of_whoever_holds_most() -> None:
    queue: FairQueue[str] = FairQueue(4)
    for item in "abcd":
        queue.put("x", item)
    assert queue.put("y", "1") == "d"
    assert queue.put("y", "2") == "c"
    with pytest.raises(Overloaded):  # two and two: nobody holds more
        queue.put("y", "3")
    assert queue.put("z", "-") == "b"
    assert drained(queue) in {"a1-2", "1a-2"}


def test_a_hundred_clients_never_displace_each_other() -> None:
    queue: FairQueue[int] = FairQueue(5)
    for client in range(5):
        queue.put(str(client), client)
    with pytest.raises(Overloaded):
        queue.put("5", 5)


def test_what_is_discarded_is_not_taken() -> None:
    queue: FairQueue[str] = FairQueue(4)
    queue.put("x", "a")
    queue.put("x", "b")
    assert queue.discard("x", "a")
    assert not queue.discard("x", "a")
    assert not queue.discard("y", "b")
    assert drained(queue) == "b"


def test_work_ends_at_the_first_step_past_its_deadline() -> None:
    now = [0.0]
    done: list[int] = []

    def steps() -> None:
        for step in range(100):
            check()
            done.append(step)
            now[0] += 1

    job = Job(steps, seconds=3, clock=lambda: now[0])
    job.run()
    with pytest.raises(TookTooLong, match="3 s"):
        job.future.result()
    assert done == [0, 1, 2, 3]


def test_what_is_made_once_is_not_waited_for_longer_than_work_may_take() -> None:
    made: list[int] = []
    go_on = threading.Event()

    def make() -> str:
        go_on.wait(10)
        made.append(1)
        return "texts"

    async def gone() -> None:
        await asyncio.sleep(60)

    async def ask() -> None:
        CALLER.set(Caller("x", gone, {"pool": Pool("pool", 1, 9, seconds=0.01)}))
        for _ in range(2):
            with pytest.raises(TookTooLong, match=r"search: .*ask again"):
                await waited("pool", once)
        go_on.set()
        assert once.get() == await waited("pool", once) == "texts"

    once = Once(make, "search")
    asyncio.run(ask())
    assert made == [1]


def test_what_could_not_be_made_is_tried_again() -> None:
    answers = iter((ValueError("once"), "texts"))

    def make() -> str:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    once = Once(make)
    with pytest.raises(ValueError, match="once"):
        once.get()
    assert once.get() == "texts"
    assert once.is_made


def test_work_nobody_wants_ends_at_its_next_step() -> None:
    done: list[int] = []

    def steps() -> None:
        for step in range(100):
            check()
            done.append(step)
            job.stop()

    job = Job(steps, seconds=100)
    job.run()
    with pytest.raises(Overloaded, match="nobody"):
        job.future.result()
    assert done == [0]


def test_a_job_stopped_while_it_waits_never_begins() -> None:
    job = Job(lambda: pytest.fail("it began"), seconds=1)
    job.stop()
    job.run()
    assert job.future.cancelled()


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool("test", workers=1, waiting=2, seconds=60)
    yield made
    made.clear()


def held(pool: Pool) -> tuple[threading.Event, threading.Event]:
    """A pool whose one thread is at work until the second event is set."""
    begun, release = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        while not release.wait(0.01):
            check()

    pool.submit("first", hold)
    assert begun.wait(30)
    return begun, release


def test_a_full_pool_refuses_and_a_newcomer_displaces(pool: Pool) -> None:
    _, release = held(pool)
    jobs = [pool.submit("x", lambda: "x") for _ in range(2)]
    with pytest.raises(Overloaded):
        pool.submit("x", lambda: "x")
    late = pool.submit("y", lambda: "y")
    with pytest.raises(Overloaded, match="gave way"):
        jobs[1].future.result(30)
    release.set()
    assert late.future.result(30) == "y"
    assert jobs[0].future.result(30) == "x"


def test_clearing_stops_what_runs_and_refuses_what_waits(pool: Pool) -> None:
    held(pool)
    job = pool.submit("x", lambda: "x")
    pool.clear()
    with pytest.raises(Overloaded, match="shutting down"):
        job.future.result(30)
    assert pool.submit("x", lambda: "again").future.result(30) == "again"


def test_threads_never_hold_up_the_end_of_the_process(pool: Pool) -> None:
    _, release = held(pool)
    assert all(one.daemon for one in threading.enumerate() if one.name.startswith("test-"))
    release.set()


def test_the_work_of_a_client_who_leaves_is_stopped(pool: Pool) -> None:
    ended = threading.Event()

    def work() -> None:
        try:
            while True:
                check()
        finally:
            ended.set()

    async def ask() -> None:
        left = asyncio.Event()

        async def gone() -> None:
            await left.wait()

        CALLER.set(Caller("x", gone, {"data": pool}))
        asking = asyncio.ensure_future(run("data", work))
        while not pool.running:
            await asyncio.sleep(0)
        left.set()
        with pytest.raises(Overloaded, match="nobody"):
            await asking

    asyncio.run(ask())
    assert ended.wait(30)


def test_a_cancelled_request_stops_its_work(pool: Pool) -> None:
    ended = threading.Event()

    def work() -> None:
        try:
            while True:
                check()
        finally:
            ended.set()

    async def ask() -> None:
        CALLER.set(Caller("x", asyncio.Event().wait, {"data": pool}))  # type: ignore[arg-type]
        asking = asyncio.ensure_future(run("data", work))
        while not pool.running:
            await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(ask())
    assert ended.wait(30)


def test_without_a_request_work_just_runs() -> None:
    async def ask() -> Any:
        return await run("data", lambda: (check(), 7)[1])

    assert asyncio.run(ask()) == 7


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
    ],
)
def test_all_addresses_of_one_client_stand_in_one_line(one: str, other: str, same: bool) -> None:
    """Else who has a network of addresses comes as a newcomer each time, and takes all places."""
    lines = {client_of({"client": (address, 1)}) for address in (one, other)}
    assert (len(lines) == 1) is same
