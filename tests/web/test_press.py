"""The press: once for all who ask, in bounded time, not for those who left."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.faces import BY_EXT, Face, Selection
from app.main import create_app
from app.plan.errors import Overloaded
from app.plan.pack import Pack
from app.settings import Settings
from app.view import View
from app.web import press as press_module
from app.web.press import Press, Worker, key_of
from app.web.routes.view import files_of
from app.web.shelf import Shelf

SMALL = "size=800x600"


@pytest.fixture
def selection(pack: Pack) -> Selection:
    return Selection(
        pack=pack, version="v", view=View(), features=[], lang="zh", url="http://map.test/",
        files=files_of(Settings()),
    )  # fmt: skip


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    made = Press(Shelf(tmp_path, 10_000_000), 60, 1)
    yield made
    made.close()


async def here() -> bool:
    return False


async def left() -> bool:
    return True


def counting(monkeypatch: pytest.MonkeyPatch, seconds: float = 0.3) -> list[str]:
    """Replace the drawing by one that takes its time; what was drawn."""
    drawn: list[str] = []

    def draw(self: Worker, ext: str, selection: Selection, most: float) -> bytes:
        drawn.append(ext)
        time.sleep(seconds)
        return ext.encode()

    monkeypatch.setattr(Worker, "draw", draw)
    return drawn


PNG = BY_EXT["png"]


def test_a_picture_of_another_process_is_the_same_picture(
    press: Press, selection: Selection
) -> None:
    body = asyncio.run(press.make(PNG, selection, here))
    assert body == PNG.render(selection)


def test_two_who_ask_at_once_get_one_drawing(
    press: Press, selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = counting(monkeypatch)

    async def both() -> list[bytes]:
        return await asyncio.gather(*(press.make(PNG, selection, here) for _ in range(5)))

    assert asyncio.run(both()) == [b"png"] * 5
    assert drawn == ["png"]


def test_who_asks_later_gets_what_was_kept(
    press: Press, selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = counting(monkeypatch, 0)
    for _ in range(3):
        assert asyncio.run(press.make(PNG, selection, here)) == b"png"
    assert drawn == ["png"]


def test_a_picture_that_takes_too_long_is_given_up_and_the_next_one_works(
    tmp_path: Path, selection: Selection
) -> None:
    press = Press(Shelf(tmp_path, 10_000_000), 0.05, 1)
    with pytest.raises(Overloaded, match=r"0\.05 s"):
        asyncio.run(press.make(PNG, selection, here))
    press.seconds = 60
    assert asyncio.run(press.make(PNG, selection, here)).startswith(b"\x89PNG")
    press.close()


def test_what_nobody_waits_for_any_more_is_not_drawn(
    press: Press, selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = counting(monkeypatch, 1.2)
    monkeypatch.setattr(press_module, "LOOK_AROUND_SECONDS", 0.05)
    second = replace(selection, lang="en")

    async def scene() -> None:
        first = asyncio.create_task(press.make(PNG, selection, here))
        await asyncio.sleep(0.2)  # it is being drawn: the other one waits in the queue
        with pytest.raises(Overloaded, match="nobody waits"):
            await press.make(PNG, second, left)
        await first

    asyncio.run(scene())
    assert drawn == ["png"]


def test_a_drawing_whose_last_reader_left_is_stopped(
    press: Press, selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(press.make(PNG, replace(selection, lang="en"), here))  # the process is up
    monkeypatch.setattr(press_module, "LOOK_AROUND_SECONDS", 0.01)
    process = press._workers[0]._process
    assert process is not None

    async def scene() -> None:
        with pytest.raises(Overloaded, match="nobody waits"):
            await press.make(PNG, selection, left)

    asyncio.run(scene())
    assert process.wait(5) != 0


def test_a_crowd_is_sent_away_with_a_reason(
    press: Press, selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting(monkeypatch)
    monkeypatch.setattr(press_module, "WAITING_MOST", 2)

    async def scene() -> list[object]:
        asked = (replace(selection, version=str(n)) for n in range(4))
        made = (press.make(PNG, one, here) for one in asked)
        return list(await asyncio.gather(*made, return_exceptions=True))

    answers = asyncio.run(scene())
    assert answers.count(b"png") == 2
    assert sum(isinstance(one, Overloaded) for one in answers) == 2


def test_trouble_while_drawing_is_told_with_its_traceback(
    press: Press, selection: Selection
) -> None:
    broken = replace(selection, features=[{"properties": {}}])
    with pytest.raises(RuntimeError, match="KeyError"):
        asyncio.run(press.make(PNG, broken, here))
    assert asyncio.run(press.make(PNG, selection, here)).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "change",
    [{"version": "w"}, {"lang": "en"}, {"url": "http://other/"}, {"view": View(theme="dark")}],
)
def test_other_data_or_another_view_is_another_picture(
    selection: Selection, change: dict[str, object]
) -> None:
    assert key_of(PNG, selection) != key_of(PNG, replace(selection, **change))  # type: ignore[arg-type]
    assert key_of(PNG, selection) != key_of(BY_EXT["svg"], selection)
    assert key_of(PNG, selection) == key_of(PNG, replace(selection))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service with a cache of its own."""
    folder = tmp_path_factory.mktemp("cache")
    with TestClient(create_app(Settings(cache=folder))) as opened:
        yield opened


PICTURES = [face for face in BY_EXT.values() if face.options]


@pytest.mark.parametrize("face", PICTURES, ids=lambda face: face.ext)
def test_every_picture_is_served_with_its_type_name_and_tag(served: TestClient, face: Face) -> None:
    answer = served.get(f"/view.{face.ext}?county=211421&layer=industrial-parks&{SMALL}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(face.media_type)
    assert f"211421-industrial-parks.{face.ext}" in answer.headers["content-disposition"]
    again = served.get(answer.request.url, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("size=huge", "1920x1080"),
        ("size=5000x5000", "9000000"),
        ("size=a3&dpi=600", "9000000"),
        ("dpi=0", "72"),
        ("qr=maybe", "1"),
        ("size=a4&size=a3", "once"),
        ("colour=red", "dpi"),
        ("split=county", "qr"),
    ],
)
def test_a_wrong_wish_is_answered_with_what_is_allowed(
    served: TestClient, query: str, said: str
) -> None:
    answer = served.get(f"/view.png?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.text


def test_data_has_no_size(served: TestClient) -> None:
    answer = served.get("/view.csv?size=a4")
    assert answer.status_code == 400
    assert "size" in answer.json()["detail"]


def test_a_picture_given_up_is_a_503_that_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(cache=tmp_path, picture_seconds=0.05)
    with TestClient(create_app(settings)) as hurried:
        answer = hurried.get(f"/view.png?{SMALL}")
    assert answer.status_code == 503
    assert "fewer items" in answer.json()["detail"]


def test_another_city_has_pictures_too(tiny_client: TestClient) -> None:
    answer = tiny_client.get(f"/view.svg?{SMALL}")
    assert answer.status_code == 200
    assert "葫芦岛" not in answer.text


def test_a_service_without_its_font_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="npm ci"):
        create_app(Settings(font=tmp_path))
