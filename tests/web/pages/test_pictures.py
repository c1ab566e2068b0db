"""Pictures over HTTP: every format, wrong wishes, and what happens when one cannot be made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.formats import BY_EXT, FORMATS, Format
from app.main import create_app
from app.selection.picture_options import PIXELS_MOST, SIDE_MOST
from app.settings import Settings

SMALL = "size=800x600"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service with a cache of its own."""
    folder = tmp_path_factory.mktemp("cache")
    with TestClient(create_app(Settings(cache=folder))) as opened:
        yield opened


PICTURES = [file_format for file_format in BY_EXT.values() if "size" in file_format.options]


@pytest.mark.parametrize("file_format", PICTURES, ids=lambda file_format: file_format.ext)
def test_every_picture_is_served_with_its_type_name_and_tag(
    served: TestClient, file_format: Format
) -> None:
    answer = served.get(f"/view.{file_format.ext}?county=211421&layer=industrial-parks&{SMALL}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(file_format.media_type)
    assert f"211421-industrial-parks.{file_format.ext}" in answer.headers["content-disposition"]
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
        ("flavour=red", "dpi"),
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
        answer = hurried.get("/view.png?size=3840x2160")
    assert answer.status_code == 503
    assert "fewer items" in answer.json()["detail"]
    assert int(answer.headers["retry-after"]) > 0


def test_a_kept_picture_is_served_without_a_search_or_a_worker(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is the code hashed again, and two services share what is kept."""
    settings = Settings(pack=tiny, cache=tmp_path / "cache")
    with TestClient(create_app(settings)) as first:
        drawn = first.get(f"/view.svg?{SMALL}")
    app = create_app(settings)
    with TestClient(app) as second:
        for name in ("search", "count"):
            monkeypatch.setattr(app.state.service.store, name, None)
        monkeypatch.setattr("app.render.fingerprint.hashlib", None)
        kept = second.get(f"/view.svg?{SMALL}")
    assert (kept.status_code, kept.content) == (200, drawn.content)
    assert app.state.render.stats().hits == 1


@pytest.mark.parametrize("damage", [b"", b"PMC1", b"<svg/>"], ids=["empty", "cut", "other"])
def test_a_damaged_picture_is_made_anew(tmp_path: Path, tiny: Path, damage: bytes) -> None:
    folder = tmp_path / "cache"
    with TestClient(create_app(Settings(pack=tiny, cache=folder))) as served:
        whole = served.get(f"/view.svg?{SMALL}")
        (entry,) = folder.iterdir()
        entry.write_bytes(damage)
        again = served.get(f"/view.svg?{SMALL}")
        assert (again.status_code, again.content) == (200, whole.content)
        assert entry.stat().st_size > len(whole.content)


def test_data_that_changes_under_a_running_service_is_not_mixed_into_a_picture(
    tmp_path: Path, tiny: Path
) -> None:
    app = create_app(Settings(pack=tiny, cache=tmp_path / "cache"))
    with TestClient(app) as served:
        kept = served.get(f"/view.svg?{SMALL}")
        path = tiny / "geodata" / "plan.toml"
        path.write_text(path.read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8")
        assert served.get(f"/view.svg?{SMALL}").content == kept.content
        assert served.get("/view.svg?size=640x480").status_code == 200  # of what a worker has read
        for slot in app.state.render.pictures.slots:
            slot.discard()
        answer = served.get("/view.svg?size=640x500")
    assert answer.status_code == 503
    assert "changed" in answer.json()["detail"]
    assert int(answer.headers["retry-after"]) > 0


def test_a_cache_that_cannot_be_written_costs_no_picture_and_is_said(
    tmp_path: Path, tiny: Path, caplog: pytest.LogCaptureFixture
) -> None:
    way = tmp_path / "file"
    way.write_text("in the way")
    app = create_app(Settings(pack=tiny, cache=way / "cache"))
    assert str(way) in caplog.text
    with TestClient(app) as served:
        assert served.get(f"/view.svg?{SMALL}").status_code == 200
        assert str(way) in served.get("/readyz").json()["cache"]
        assert "planmap_cache_writable 0" in served.get("/metrics").text
    assert str(way) in app.state.render.ready()


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda file_format: file_format.ext)
def test_what_takes_options_is_made_by_a_worker(file_format: Format) -> None:
    """The format says so itself; whatever takes a size is drawn, and drawing takes long."""
    assert file_format.in_worker or "size" not in file_format.options
    if file_format.in_worker and file_format.kind == "data":
        assert file_format.patience > 1  # it may hold all of a large pack


@pytest.mark.parametrize(
    "ext", [file_format.ext for file_format in FORMATS if "size" in file_format.options]
)
@pytest.mark.parametrize(
    "size",
    [f"{SIDE_MOST}x{SIDE_MOST}", f"{SIDE_MOST + 1}x{SIDE_MOST}", "99999x99999", "480x6000",
     "0x0", "-1x800", "1e9x800", "800x", "x", "800x600x2", "９００x800"],
)  # fmt: skip
def test_no_picture_is_larger_than_allowed(served: TestClient, ext: str, size: str) -> None:
    assert SIDE_MOST * SIDE_MOST > PIXELS_MOST
    assert served.get(f"/view.{ext}", params={"size": size}).status_code == 400


def test_another_city_has_pictures_too(tiny_client: TestClient) -> None:
    answer = tiny_client.get(f"/view.svg?{SMALL}")
    assert answer.status_code == 200
    assert "葫芦岛" not in answer.text


def test_a_service_without_its_font_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="npm ci"):
        create_app(Settings(font=tmp_path))
