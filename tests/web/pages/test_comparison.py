"""Items side by side as files: the same items, whatever the program that opens them."""

import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from pptx import Presentation

from app.formats.comparison import around

PARKS = "park-dongdaihe,park-xingcheng-edz,park-hightech,park-dayushan"
NAMES = ("辽宁东戴河新区", "辽宁兴城经济开发区", "葫芦岛高新技术产业开发区")


def test_slides_have_a_map_and_a_table(client: TestClient) -> None:
    answer = client.get(f"/comparison.pptx?compare={PARKS}")
    assert answer.status_code == 200, answer.text
    slides = list(Presentation(io.BytesIO(answer.content)).slides)
    assert len(slides) >= 2
    texts = (
        one.text for slide in slides[1:] for one in slide.element.iter() if one.tag.endswith("}t")
    )
    text = "".join(one or "" for one in texts)
    for word in (*NAMES, "港口", "绥中港区", "生物医药"):
        assert word in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_slide_of_the_table_says_whose_columns_they_are(client: TestClient, lang: str) -> None:
    answer = client.get(f"/comparison.pptx?compare={PARKS}&lang={lang}")
    _, *tables = Presentation(io.BytesIO(answer.content)).slides
    assert len(tables) > 1, "what is compared is long enough to go on to another slide"
    first_words = {"zh": ("辽宁东戴河新区", "辽宁兴城经"), "en": ("Dongdaihe", "Xingcheng")}[lang]
    for slide in tables:
        texts = [one.text or "" for one in slide.element.iter() if one.tag.endswith("}t")]
        for word in first_words:
            assert any(word in text for text in texts[:16]), texts[:16]


def test_a_pdf_and_a_workbook_of_the_same(client: TestClient) -> None:
    pdf = client.get(f"/comparison.pdf?compare={PARKS}")
    assert pdf.status_code == 200
    assert pdf.content.startswith(b"%PDF")
    book = load_workbook(io.BytesIO(client.get(f"/comparison.xlsx?compare={PARKS}").content))
    first, items, about = book.worksheets[:3]
    assert set(NAMES) <= {cell.value for cell in first[1]}, "it opens with what was asked for"
    words = {str(cell.value) for row in first.iter_rows() for cell in row}
    assert "经济开发区" in " ".join(words)
    assert not {"development-zone", "existing", "211422"} & words, "nobody reads codes"
    assert {cell.value for cell in items["A"][1:]} == set(PARKS.split(",")), "nothing else"
    facts = {str(row[0].value): str(row[1].value) for row in about.iter_rows()}
    assert facts["项目数"] == str(len(PARKS.split(",")))
    assert facts["链接"].endswith(f"/?compare={PARKS}")


COUNTIES = "211421,211481"


def counted(client: TestClient, county: str, layer: str = "") -> int:
    query = f"county={county}" + (f"&layer={layer}" if layer else "")
    return len(client.get(f"/view.geojson?{query}").json()["features"])


def comparison_rows(book: bytes) -> dict[str, list[object]]:
    sheet = load_workbook(io.BytesIO(book))["对比"]
    return {str(label): cells for label, *cells in sheet.iter_rows(values_only=True)}


def test_a_workbook_of_counties_has_numbers_and_the_items_of_them_all(client: TestClient) -> None:
    book = client.get(f"/comparison.xlsx?compare={COUNTIES}").content
    rows = comparison_rows(book)
    assert rows["列名"] == ["绥中县", "兴城市"]
    assert rows["项目"] == [counted(client, code) for code in COUNTIES.split(",")]
    energy = [counted(client, code, "energy") for code in COUNTIES.split(",")]
    assert rows["能源"] == energy, "numbers, to be reckoned with"
    _, items, about = load_workbook(io.BytesIO(book)).worksheets[:3]
    assert items.max_row - 1 == counted(client, COUNTIES)
    facts = {str(row[0].value): str(row[1].value) for row in about.iter_rows()}
    assert facts["链接"].endswith(f"/?compare={COUNTIES}")


def test_slides_and_pages_of_counties_have_the_same_table(client: TestClient) -> None:
    answer = client.get(f"/comparison.pptx?compare={COUNTIES}&lang=en")
    assert answer.status_code == 200, answer.text
    assert "comparison-211421-211481.pptx" in answer.headers["content-disposition"]
    _, *tables = [texts_of(slide) for slide in Presentation(io.BytesIO(answer.content)).slides]
    assert len(tables) > 1
    for texts in tables:
        assert {"Suizhong County", "Xingcheng City"} <= texts, "each slide says whose column it is"
    assert str(counted(client, "211421")) in tables[0]
    pdf = client.get(f"/comparison.pdf?compare={COUNTIES}")
    assert pdf.content.startswith(b"%PDF")


def texts_of(slide: Any) -> set[str]:
    return {one.text or "" for one in slide.element.iter() if one.tag.endswith("}t")}


def test_the_workbook_of_a_view_compares_counties_whole(client: TestClient) -> None:
    answer = client.get(f"/view.xlsx?layer=water&compare={COUNTIES}")
    rows = comparison_rows(answer.content)
    assert rows["项目"] == [counted(client, code) for code in COUNTIES.split(",")]


def at(method: str, *position: float) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": position} if position else None
    return {"properties": {"located_by": {"method": method}}, "geometry": geometry}


def test_the_map_of_a_comparison_shows_what_is_compared_apart() -> None:
    near = around([at("point", 120.945, 40.768), at("point", 120.96, 40.83), at("unlocated")])
    assert near == pytest.approx((120.795, 40.618, 121.11, 40.98))
    assert around([at("point", 120.945, 40.768), at("counties", 120.5, 40.5)]) is None
    assert around([at("unlocated")]) is None


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "compare=park-dongdaihe",
        "compare=park-dongdaihe,nosuch",
        f"compare={PARKS},park-bajiazi",
        "compare=211421",
        "compare=211421,211499",
        "compare=211421,park-dongdaihe",
        "compare=211402,211403,211404,211421,211422",
    ],
)
def test_what_is_no_comparison_is_refused(client: TestClient, asked: str) -> None:
    assert client.get(f"/comparison.pdf?{asked}").status_code == 400
    assert client.get("/comparison.doc?compare=park-dongdaihe,park-hightech").status_code == 404
