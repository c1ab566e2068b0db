"""Items side by side as files: the same items, whatever the program that opens them."""

import io

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from pptx import Presentation

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


def test_a_pdf_and_a_workbook_of_the_same(client: TestClient) -> None:
    pdf = client.get(f"/comparison.pdf?compare={PARKS}")
    assert pdf.status_code == 200
    assert pdf.content.startswith(b"%PDF")
    book = load_workbook(io.BytesIO(client.get(f"/comparison.xlsx?compare={PARKS}").content))
    heads = [[cell.value for cell in sheet[1]] for sheet in book.worksheets]
    assert any(set(NAMES) <= {str(one) for one in head} for head in heads)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "compare=park-dongdaihe",
        "compare=park-dongdaihe,nosuch",
        f"compare={PARKS},park-bajiazi",
    ],
)
def test_what_is_no_comparison_is_refused(client: TestClient, asked: str) -> None:
    assert client.get(f"/comparison.pdf?{asked}").status_code == 400
    assert client.get("/comparison.doc?compare=park-dongdaihe,park-hightech").status_code == 404
