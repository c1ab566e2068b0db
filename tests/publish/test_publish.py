"""The published site holds what the service answers."""

import csv
import io
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from app.cli import app as cli
from app.cli.publish import address
from app.domain.errors import PackError
from app.main import create_app
from app.pack.storage.files import replaced_folder
from app.publish import Edition, NotEmpty, publish
from app.settings import Settings
from tests.conftest import TINY

URL = "https://plan.example.org/tiny/"
FACES = ("geojson", "csv", "html")


T = TypeVar("T")


def apart(call: Callable[[], T]) -> T:
    """In a thread of its own: publishing runs an event loop, and so does the browser's driver."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


def make(folder: Path, force: bool = False, formats: tuple[str, ...] = FACES) -> list[str]:
    app = create_app(Settings(pack=TINY))
    edition = Edition(URL, formats)
    written = apart(
        lambda: publish(app, folder, edition, force=force, progress=lambda *_: None)
    )  # fmt: skip
    return [path.relative_to(folder).as_posix() for path in written]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    make(folder)
    return folder


def test_every_item_has_its_file(site: Path, tiny_client: TestClient) -> None:
    for found in tiny_client.get("/view.geojson").json()["features"]:
        layer = found["properties"]["layer"]
        feature = tiny_client.get(f"/api/collections/{layer}/items/{found['id']}").json()
        path = site / "api" / "collections" / layer / "items" / f"{feature['id']}.json"
        item = json.loads(path.read_text(encoding="utf-8"))
        assert item["properties"] == feature["properties"]
        assert "links" not in item


def test_a_countys_file_holds_the_countys_items(site: Path, tiny_client: TestClient) -> None:
    wanted = tiny_client.get("/view.geojson?county=900001").json()["features"]
    text = (site / "county" / "900001" / "view.csv").read_text(encoding="utf-8-sig")
    found = [row["id"] for row in csv.DictReader(io.StringIO(text))]
    assert found == [feature["id"] for feature in wanted]


def test_every_language_layer_and_face_has_files(site: Path, tiny_client: TestClient) -> None:
    pack = tiny_client.get("/pack.json").json()
    for folder in ("", "en/"):
        for layer in pack["layers"]:
            for ext in FACES:
                assert (site / f"{folder}layer/{layer['id']}/view.{ext}").is_file()


def test_links_in_files_lead_to_where_the_site_will_stand(site: Path) -> None:
    found = json.loads((site / "county" / "900001" / "view.geojson").read_text(encoding="utf-8"))
    assert found["url"] == f"{URL}?county=900001"
    assert f'<link rel="canonical" href="{URL}"' in (site / "index.html").read_text("utf-8")


def test_the_page_offers_only_what_there_is(site: Path) -> None:
    words = json.loads((site / "pack.json").read_text(encoding="utf-8"))
    assert [file_format["ext"] for file_format in words["faces"]] == list(FACES)
    text = (site / "static" / "js" / "io" / "addresses.js").read_text(encoding="utf-8")
    assert "county" in text


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(NotEmpty, match="--force"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_force_removes_what_an_earlier_run_made_and_nothing_else(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "letter.txt").write_text("mine")
    before = (tmp_path / "view.geojson").read_bytes()
    make(tmp_path, force=True, formats=("geojson",))
    assert (tmp_path / "letter.txt").read_text() == "mine"
    assert not (tmp_path / "view.csv").exists()
    assert (tmp_path / "view.geojson").read_bytes() == before


def test_the_list_names_every_file(site: Path) -> None:
    listed = json.loads((site / "published.json").read_text(encoding="utf-8"))["files"]
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert set(listed) == there - {"published.json"}


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    command = ["publish", str(folder), "--url", URL, "--face", "csv", "--pack", str(TINY)]
    said = apart(lambda: CliRunner().invoke(cli, command))
    assert said.exit_code == 0, said.output
    assert "files" in said.output
    assert (folder / "view.csv").is_file()


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--url", "plan.example.org"], "plan.example.org"),
        (["--url", URL, "--face", "doc"], "doc"),
    ],
)
def test_a_wrong_option_is_named(tmp_path: Path, options: list[str], named: str) -> None:
    said = CliRunner().invoke(
        cli, ["publish", str(tmp_path / "site"), *options, "--pack", str(TINY)]
    )
    assert said.exit_code == 2
    assert named in said.output


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published with one format only, at an address in Chinese."""
    folder = tmp_path_factory.mktemp("small") / "site"
    url = address("https://规划.中国/葫芦岛/")
    apart(lambda: publish(
        create_app(Settings(pack=TINY)), folder, Edition(url, ("csv",)), force=False,
        progress=lambda *_: None,
    ))  # fmt: skip
    return folder


def test_a_site_with_some_formats_speaks_of_no_others(small_site: Path) -> None:
    assert {path.suffix for path in small_site.rglob("view.*")} == {".csv"}
    assert not (small_site / "preview.png").exists()
    for page in small_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for part in re.findall(r"view\.([a-z.]+)", text):
            assert part == "csv", page
        assert "og:image" not in text


def test_every_address_of_a_site_is_ascii_and_below_its_own(small_site: Path) -> None:
    base = "https://xn--wbrs17k.xn--fiqs8s/%E8%91%AB%E8%8A%A6%E5%B2%9B/"
    found = 0
    for page in [*small_site.rglob("index.html"), *small_site.rglob("*.xml")]:
        for one in re.findall(r"https?://[^\s\"<]*xn--[^\s\"<]*", page.read_text(encoding="utf-8")):
            assert one.startswith(base), page
            assert one.isascii()
            found += 1
    assert found > 5
    assert f"Sitemap: {base}sitemap.xml" in (small_site / "robots.txt").read_text()


def test_pages_of_a_site_below_a_prefix_find_their_files(small_site: Path) -> None:
    page = (small_site / "data" / "index.html").read_text(encoding="utf-8")
    assert '<base href="../">' in page
    assert 'href="static/css/tokens.css"' in page


def test_a_mount_point_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    folder = next(path for path in ("/dev/shm", "/sys", "/proc") if Path(path).is_mount())
    with pytest.raises(PackError, match="mount point"), replaced_folder(Path(folder)):
        pytest.fail("it is too late to say so now")
    with replaced_folder(tmp_path / "site") as half:
        (half / "a").write_text("b", encoding="utf-8")
    assert (tmp_path / "site" / "a").read_text(encoding="utf-8") == "b"


def test_the_page_of_a_box_is_published_in_each_language(site: Path) -> None:
    for folder, up in (("", "../../../"), ("en/", "../../../../")):
        page = (site / folder / "data/boxes/box-1-1/index.html").read_text(encoding="utf-8")
        assert f'<base href="{up}">' in page
        assert re.search(r'href="[^"]*\?focus=[\w-]+', page)
        listed = (site / folder / "data/boxes/index.html").read_text(encoding="utf-8")
        assert f'href="{folder}data/boxes/box-1-1/"' in listed
