"""A tour as slides and the plan as an atlas: over HTTP, read by real readers."""

import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

import pytest
from fastapi.testclient import TestClient
from pptx import Presentation
from pypdf import PdfReader

from app.catalog.catalog import Catalog
from app.main import create_app
from app.pack.pack import Pack
from app.picture.scene.assets import DrawingAssets, load_assets
from app.settings import Settings
from app.view.view import Vocabulary, parse_view
from tests.conftest import PATIENT

VIEWS = ["layer=water&county=211422&title=建昌治水", "?layer=industrial-parks&present=1&table=1"]
TOUR = urlencode([("view", view) for view in VIEWS])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(cache=tmp_path_factory.mktemp("cache"), **PATIENT))
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def assets() -> DrawingAssets:
    settings = Settings()
    return load_assets(settings.static, settings.packages, settings.font)


def slide_titles(body: bytes) -> list[str]:
    slides = Presentation(io.BytesIO(body)).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title]
    return list(dict.fromkeys(titles))


def outline(reader: PdfReader) -> dict[str, int]:
    """Bookmark → page, from 1."""
    found = {}
    for one in reader.outline:
        assert not isinstance(one, list)
        found[str(one.title)] = (reader.get_destination_page_number(one) or 0) + 1
    return found


def test_a_tour_is_one_deck_in_its_order(served: TestClient) -> None:
    answer = served.get(f"/deck.pptx?{TOUR}&title=汇报")
    assert answer.status_code == 200
    assert "deck.pptx" in answer.headers["content-disposition"]
    titles = slide_titles(answer.content)
    assert titles == ["汇报", "建昌治水", "九大工业园区", "来源与说明"]
    other = served.get(f"/deck.pptx?{urlencode([('view', one) for one in VIEWS[::-1]])}&title=汇报")
    assert slide_titles(other.content) == ["汇报", "九大工业园区", "建昌治水", "来源与说明"]


def test_a_view_is_a_deck_under_another_path(served: TestClient) -> None:
    view = "layer=water&county=建昌县&table=1"
    own, told = (served.get(f"/deck.pptx?{one}").content for one in (
        view, urlencode({"view": view})
    ))  # fmt: skip
    assert own == told
    assert slide_titles(served.get(f"/deck.pptx?{view}&title=汇报").content)[0] == "汇报"


def slides_xml(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        names = (name for name in file.namelist() if name.startswith("ppt/slides/slide"))
        return "".join(file.read(name).decode() for name in names)


@pytest.mark.parametrize(
    ("query", "coloured"),
    [
        ("view=layer%3Dwater", False),
        ("view=layer%3Dwater&colour=family", False),
        ("view=layer%3Dwater&colour=status", True),
        ("view=layer%3Dwater%26colour%3Dstatus", True),
    ],
)
def test_a_deck_is_coloured_as_asked_or_as_its_views_are(
    served: TestClient, assets: DrawingAssets, query: str, coloured: bool
) -> None:
    hue = assets.palettes["light"]["status-planned"][1:].upper()
    assert (hue in slides_xml(served.get(f"/deck.pptx?{query}").content)) is coloured


@pytest.mark.parametrize("path", ["/deck.pptx?tour=figures", "/atlas.pdf?county=211403"])
def test_colours_that_there_are_not_are_refused(served: TestClient, path: str) -> None:
    assert served.get(f"{path}&colour=red").status_code == 400


def test_a_deck_with_much_to_say_is_asked_for_by_a_form(served: TestClient) -> None:
    same = served.post("/deck.pptx?title=汇报", data={"view": VIEWS})
    assert same.content == served.get(f"/deck.pptx?{TOUR}&title=汇报").content
    said = [urlencode({"layer": "water", "say": f"第{n}幅" + "讲" * 490}) for n in range(6)]
    deck = served.post("/deck.pptx", data={"view": said})
    assert deck.status_code == 200
    notes = [
        one.notes_slide.notes_text_frame.text
        for one in Presentation(io.BytesIO(deck.content)).slides
    ]
    assert [note[:3] for note in notes if "讲" * 490 in note] == [f"第{n}幅" for n in range(6)]
    links = re.findall(rb'Target="(http[^"]*)"', b"".join(parts_of(deck.content, "_rels/slide1")))
    assert all(len(link) <= 2100 for link in links), "a link longer than this opens nothing"
    for body in ("a=1", "view=%zz&view", b"\xff=1"):
        refused = served.post(
            "/deck.pptx",
            content=body,
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert refused.status_code == 400


@pytest.mark.parametrize("title", ["%FF", "%ED%A0%80", "%00"])
def test_a_form_is_read_as_a_query_is(served: TestClient, title: str) -> None:
    fields = f"view=layer%3Dwater&title={title}"
    form = {"content-type": "application/x-www-form-urlencoded"}
    asked = served.get(f"/deck.pptx?{fields}")
    sent = served.post("/deck.pptx", content=fields, headers=form)
    assert sent.status_code == asked.status_code == 400
    assert sent.json()["detail"] == asked.json()["detail"]


def parts_of(body: bytes, name: str) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return [parts.read(one) for one in parts.namelist() if name in one]


TALK = urlencode([("view", "layer=water&county=211422&say=先说水库&dwell=12"), ("view", VIEWS[1])])


def test_what_is_said_and_how_long_a_view_stays_go_into_the_slides(served: TestClient) -> None:
    slides = Presentation(io.BytesIO(served.get(f"/deck.pptx?{TALK}").content)).slides
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert [note.startswith("先说水库\n\n") for note in notes].count(True) == 1
    waits = [slide._element.xpath("p:transition/@advTm") for slide in slides]
    assert (waits[0], waits[1], waits[-1]) == ([], ["12000"], [])
    other = served.get(f"/deck.pptx?{TALK.replace('dwell%3D12', 'dwell%3D13')}").content
    assert Presentation(io.BytesIO(other)).slides[1]._element.xpath("p:transition/@advTm") == [
        "13000"
    ]


def test_a_pdf_of_a_talk_says_it_too(served: TestClient) -> None:
    reader = PdfReader(io.BytesIO(served.get(f"/deck.pdf?{TALK}").content))
    said = [
        str(one.get_object()["/Contents"])
        for page in reader.pages for one in page.get("/Annots", ())
        if one.get_object()["/Subtype"] == "/Text"
    ]  # fmt: skip
    assert said == ["先说水库"]
    assert [page.get("/Dur") for page in reader.pages][1] == 12
    assert reader.metadata
    assert "ReportLab" not in str(reader.metadata.producer)


@pytest.mark.parametrize("talk", ["dwell=0", "dwell=x", "dwell=601", "say=" + "x" * 501])
def test_a_talk_that_no_slide_holds_is_refused(served: TestClient, talk: str) -> None:
    answer = served.get(f"/deck.pptx?{urlencode([('view', f'layer=water&{talk}')])}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == talk.partition("=")[0]


def test_the_same_tour_is_a_pdf_with_bookmarks(served: TestClient) -> None:
    reader = PdfReader(io.BytesIO(served.get(f"/deck.pdf?{TOUR}&title=汇报&lang=zh").content))
    marks = outline(reader)
    assert list(marks) == ["汇报", "建昌治水", "九大工业园区", "来源与说明"]
    for title, page in marks.items():
        assert title in reader.pages[page - 1].extract_text()
    sources = reader.pages[marks["来源与说明"] - 1].extract_text()
    assert "建昌治水" in sources  # among what was chosen


def test_the_five_figures_are_a_tour_that_is_ready(served: TestClient) -> None:
    (tour,) = served.get("/tours.json").json()
    assert tour["id"] == "figures"
    pack = Pack(Settings().pack)
    words = Vocabulary.of(Catalog(pack))
    views = [parse_view(parse_qsl(stop["view"]), words) for stop in tour["stops"]]
    assert len(views) == 5
    for lang, name in (("zh", "title"), ("en", "title_en")):
        titles = slide_titles(served.get(f"/deck.pptx?tour=figures&lang={lang}").content)
        assert titles[1:-1] == [stop[name] for stop in tour["stops"]]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/deck.pptx", "view"),
        ("/deck.pptx?tour=moon", "figures"),
        ("/deck.pptx?view=layer%3Dmoon", "industrial-parks"),
        ("/deck.pptx?view=colour%3Dred", "colour"),
        ("/deck.pptx?flavour=red", "tour"),
        ("/deck.pptx?layer=water&flavour=red", "'flavour'"),
        ("/deck.pptx?layer=moon", "industrial-parks"),
        ("/deck.pptx?layer=water&layer=energy", "once"),
        ("/deck.pdf?tour=figures&tour=figures", "once"),
        ("/deck.pptx?" + "&".join(["view=layer%3Dwater"] * 31), "30"),
        ("/atlas.pdf?county=moon", "211421"),
        ("/atlas.pdf?county=211421,211422", "one county"),
        ("/atlas.pdf?layer=water", "county"),
        ("/atlas.pdf?size=huge", "1920x1080"),
    ],
)
def test_a_wrong_wish_is_answered_with_what_is_allowed(
    served: TestClient, path: str, said: str
) -> None:
    answer = served.get(path)
    assert answer.status_code == 400
    assert said in answer.text


def test_another_ending_is_not_found(served: TestClient) -> None:
    answer = served.get("/deck.doc?tour=figures")
    assert answer.status_code == 404
    assert "pptx" in answer.text


@pytest.fixture(scope="module")
def county_atlas(served: TestClient) -> bytes:
    answer = served.get("/atlas.pdf?county=211422")
    assert answer.status_code == 200
    return answer.content


def test_an_atlas_has_cover_contents_maps_index_and_sources(county_atlas: bytes) -> None:
    reader = PdfReader(io.BytesIO(county_atlas))
    marks = outline(reader)
    names = list(marks)
    assert "建昌县" in names[0]
    assert names[1:3] == ["目录", "总览"]
    assert names[-2:] == ["项目索引", "来源与说明"]
    assert any("水利" in name for name in names)
    contents = reader.pages[marks["目录"] - 1].extract_text()
    for name in names[2:]:
        assert name.rpartition(" · ")[2] in contents
        assert str(marks[name]) in contents
    for number, page in enumerate(reader.pages[1:], 2):
        assert page.extract_text().split()[-1] == str(number)


def test_the_contents_and_the_index_of_an_atlas_lead_to_its_pages(county_atlas: bytes) -> None:
    reader = PdfReader(io.BytesIO(county_atlas))
    marks = outline(reader)
    for name in ("目录", "项目索引"):
        page = reader.pages[marks[name] - 1]
        targets = [one.get_object().get("/Dest") for one in page["/Annots"]]
        assert len([one for one in targets if one]) > 5
    pack = Pack(Settings().pack)
    index = "".join(
        page.extract_text()
        for page in reader.pages[marks["项目索引"] - 1 : marks["来源与说明"] - 1]
    )
    words = index.replace("\n", "")
    held = [one["properties"] for one in pack.features
            if "211422" in one["properties"]["counties"]]  # fmt: skip
    assert sum(p["name"][:8] in words for p in held) >= len(held) * 0.95


def test_an_atlas_has_the_same_bytes_for_the_same_data(
    served: TestClient, county_atlas: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with TestClient(
        create_app(Settings(cache=tmp_path_factory.mktemp("cache"), **PATIENT))
    ) as other:
        again = other.get("/atlas.pdf?county=211422")
    assert again.status_code == 200, again.text
    assert again.content == county_atlas


@pytest.mark.parametrize(("by", "least"), [("county", 3), ("layer", 2), ("category", 4)])
def test_a_view_is_taken_apart_by_county_layer_or_category(
    served: TestClient, by: str, least: int
) -> None:
    query = f"layer=industrial-parks,innovation&split={by}"
    slides = slide_titles(served.get(f"/view.pptx?{query}").content)
    pages = PdfReader(io.BytesIO(served.get(f"/view.pdf?{query}").content))
    assert len(slides) >= least
    assert list(outline(pages)) == slides
    assert len(pages.pages) == len(slides)
