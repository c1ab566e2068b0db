"""Files say who made them, what of, and which day the data is of; no library and no clock does."""

import io
import json
import sqlite3
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from fastapi.testclient import TestClient
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from app.editing.workbook.exporting import export_workbook
from app.formats import BY_EXT
from app.pack.pack import Pack
from tests.picture.conftest import Select

PUBLISHER = "葫芦岛规划一张图"
TITLE = "九大工业园区"
PARKS = "layer=industrial-parks"
STRANGERS = (
    b"Steve Canny", b"python-pptx", b"Macintosh", b"2013-01", b"openpyxl", b"anonymous",
    b"2000-01-01", b"20000101", b"Microsoft Excel",
)  # fmt: skip
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def day(pack: Pack) -> date:
    return date.fromisoformat(pack.info.updated)


def parts_of(body: bytes) -> Iterator[bytes]:
    """A file, and what is in it where it is an archive."""
    yield body
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("ext", ["pptx", "pdf", "png", "svg"])
def test_no_picture_is_signed_by_a_library(select: Select, ext: str) -> None:
    for part in parts_of(BY_EXT[ext].render(select(PARKS))):
        assert [one for one in STRANGERS if one in part] == []


def test_slides_say_whose_they_are(select: Select, day: date) -> None:
    core = Presentation(io.BytesIO(BY_EXT["pptx"].render(select(PARKS)))).core_properties
    assert (core.title, core.author, core.last_modified_by) == (TITLE, PUBLISHER, PUBLISHER)
    assert "2035年远景目标纲要" in core.subject
    assert core.language == "zh-CN"
    assert core.created.date() == core.modified.date() == day


def test_a_deck_of_counties_has_the_title_of_the_whole(select: Select) -> None:
    deck = Presentation(io.BytesIO(BY_EXT["pptx"].render(select(PARKS, split="county"))))
    assert len(deck.slides) > 3
    assert deck.core_properties.title == TITLE
    assert "县" not in deck.core_properties.subject.partition("·")[0]


@pytest.mark.parametrize(
    ("size", "name", "ratio"),
    [
        ("16:9", "screen16x9", 16 / 9), ("4:3", "screen4x3", 4 / 3),
        ("a4-landscape", "A4", 297 / 210), ("a4", "A4", 210 / 297),
        ("a3-landscape", "A3", 420 / 297), ("1000x600", "custom", 5 / 3),
    ],
)  # fmt: skip
def test_slides_are_called_by_their_size_and_their_master_stays_within(
    select: Select,
    size: str,
    name: str,
    ratio: float,
) -> None:
    deck = Presentation(io.BytesIO(BY_EXT["pptx"].render(select(PARKS, size=size))))
    assert deck.element.xpath("p:sldSz/@type") == [name]
    assert deck.slide_width / deck.slide_height == pytest.approx(ratio, rel=1e-3)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + 1
            assert shape.top + shape.height <= deck.slide_height + 1
    right = max(shape.left + shape.width for shape in deck.slide_master.shapes)
    assert right > 0.9 * deck.slide_width


def test_a_pdf_says_whose_it_is(select: Select, day: date) -> None:
    reader = PdfReader(io.BytesIO(BY_EXT["pdf"].render(select(PARKS))))
    facts = reader.metadata
    assert facts is not None
    assert (facts.title, facts.author) == (TITLE, PUBLISHER)
    assert "规划" in str(facts.subject)
    assert facts.creation_date
    assert facts.modification_date
    assert facts.creation_date.date() == facts.modification_date.date() == day
    assert reader.root_object["/Lang"] == "zh-CN"


def test_a_png_says_whose_it_is(select: Select, day: date) -> None:
    with Image.open(io.BytesIO(BY_EXT["png"].render(select(PARKS)))) as image:
        image.load()
        said = image.text
    assert (said["Title"], said["Author"]) == (TITLE, PUBLISHER)
    assert said["Creation Time"] == day.isoformat()
    assert "OpenStreetMap" in said["Copyright"]


def test_an_svg_says_whose_it_is(select: Select, day: date) -> None:
    root = ElementTree.fromstring(BY_EXT["svg"].render(select(PARKS)))
    said = {one.tag.removeprefix(DC): one.text for one in root.iter() if one.tag.startswith(DC)}
    assert (said["title"], said["creator"], said["publisher"]) == (TITLE, PUBLISHER, PUBLISHER)
    assert (said["date"], said["language"]) == (day.isoformat(), "zh-CN")


def test_a_workbook_says_whose_it_is_and_counts_in_numbers(client: TestClient, day: date) -> None:
    body = client.get(f"/view.xlsx?{PARKS}&title=汇报").content
    book = openpyxl.load_workbook(io.BytesIO(body))
    facts = book.properties
    assert (facts.title, facts.creator, facts.lastModifiedBy) == ("汇报", PUBLISHER, PUBLISHER)
    assert facts.language == "zh-CN"
    assert facts.created.date() == facts.modified.date() == day
    assert dict(book["说明"].iter_rows(values_only=True))["项目数"] == book["项目"].max_row - 1
    for part in parts_of(body):
        assert [one for one in STRANGERS if one in part] == []


def test_no_cell_of_a_workbook_is_filled_with_nothing(client: TestClient) -> None:
    body = client.get("/view.xlsx?layer=energy").content
    empty = (b"<t></t>", b"<t/>", b"<t />", b"<v></v>", b"<v/>", b"<v />")
    for part in parts_of(body):
        assert [one for one in empty if one in part] == []


def test_the_workbook_of_the_tables_has_no_clock(pack: Pack, day: date, tmp_path: Path) -> None:
    export_workbook(pack, tmp_path / "a.xlsx")
    time.sleep(2.1)  # zip counts in two seconds
    export_workbook(pack, tmp_path / "b.xlsx")
    body = (tmp_path / "a.xlsx").read_bytes()
    assert body == (tmp_path / "b.xlsx").read_bytes()
    facts = openpyxl.load_workbook(io.BytesIO(body)).properties
    assert (facts.creator, facts.modified.date()) == (PUBLISHER, day)
    for part in parts_of(body):
        assert [one for one in STRANGERS if one in part] == []


def test_a_geopackage_says_whose_it_is_in_its_metadata(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "view.gpkg"
    path.write_bytes(client.get(f"/view.gpkg?{PARKS}").content)
    with sqlite3.connect(path) as base:
        texts = [row[0] for row in base.execute("SELECT metadata FROM gpkg_metadata")]
        scopes = {
            row[0] for row in base.execute("SELECT reference_scope FROM gpkg_metadata_reference")
        }
    assert scopes == {"geopackage", "table"}
    assert all(PUBLISHER in text and "zh-CN" in text for text in texts)


def test_an_offline_page_says_whose_it_is(client: TestClient, day: date) -> None:
    text = client.get(f"/view.html?{PARKS}").text
    assert f'<meta name="author" content="{PUBLISHER}">' in text
    assert f'<meta name="dcterms.modified" content="{day.isoformat()}">' in text


def test_a_feature_collection_says_whose_it_is(client: TestClient, day: date) -> None:
    found = json.loads(client.get(f"/view.geojson?{PARKS}").content)
    assert (found["publisher"], found["language"]) == (PUBLISHER, "zh-CN")
    assert found["updated"] == day.isoformat()
