"""No format drops a part of an address in silence: it shows it, says that it cannot, or it is
declared that the part changes nothing in what the format holds.
"""

import io

import openpyxl
import pytest
from fastapi.testclient import TestClient

from app.formats import BY_EXT, FORMATS
from app.view.values import COMPARED_MOST
from app.view.view import PAGE_PARAMETERS

TOO_MANY = ["site-mill", "site-zone", "site-pair", "site-all", "way-avenue"]
VALUES = {"compare": "site-mill,site-zone", "table": "1", "present": "1", "choropleth": "1"}


@pytest.mark.parametrize("name", PAGE_PARAMETERS)
@pytest.mark.parametrize("ext", [file_format.ext for file_format in FORMATS])
def test_what_a_format_cannot_show_it_refuses(tiny_client: TestClient, ext: str, name: str) -> None:
    answer = tiny_client.get(f"/view.{ext}?{name}={VALUES[name]}")
    if name in BY_EXT[ext].ignored:
        assert answer.content == tiny_client.get(f"/view.{ext}").content
        return
    if name in BY_EXT[ext].options:
        assert answer.content != tiny_client.get(f"/view.{ext}").content
        return
    assert answer.status_code == 400
    problem = answer.json()
    assert (problem["parameter"], problem["value"]) == (name, VALUES[name])
    assert f"{ext} does not show it" in problem["detail"]
    assert ("/comparison.pdf" in problem["detail"]) == (name == "compare")
    assert tiny_client.get(f"/view.{ext}?{name}=").status_code == 200


@pytest.mark.parametrize("name", ["notes", "names"])
@pytest.mark.parametrize("ext", [one.ext for one in FORMATS if one.kind == "data"])
def test_data_refuse_what_only_a_map_shows(tiny_client: TestClient, ext: str, name: str) -> None:
    value = {"notes": "10.3,50.1:港", "names": "site-mill:10.3,50.1"}[name]
    problem = tiny_client.get(f"/view.{ext}?{name}={value}")
    assert (problem.status_code, problem.json()["parameter"]) == (400, name)


@pytest.mark.parametrize(
    ("name", "value"), [("hidden", "nosuch"), ("names", "nosuch:10,50"), ("doubt", "odd")]
)
@pytest.mark.parametrize("path", ["/view.geojson", "/view.svg", "/api/collections/plan/items"])
def test_a_mark_on_what_is_not_there_is_refused(
    tiny_client: TestClient, path: str, name: str, value: str
) -> None:
    problem = tiny_client.get(f"{path}?{name}={value}")
    assert (problem.status_code, problem.json()["parameter"]) == (400, name)


def test_a_hidden_item_is_in_no_format(tiny_client: TestClient) -> None:
    for ext in ("geojson", "csv", "kml", "svg", "html"):
        assert "纺织厂" not in tiny_client.get(f"/view.{ext}?hidden=site-mill").text.replace(
            "东镇纺织厂 9", ""
        )


def test_what_is_to_be_checked_is_a_column_each_in_the_workbook(tiny_client: TestClient) -> None:
    body = tiny_client.get("/view.xlsx?doubt=inferred&lang=en").content
    head, *lines = (
        openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
    )
    assert [line[0] for line in lines] == ["site-pair"]
    assert lines[0][head.index("County inferred")] == "yes"
    assert lines[0][head.index("In doubt")] is None


def test_only_tables_pass_over_the_table() -> None:
    for file_format in FORMATS:
        assert ("table" in file_format.ignored) == (file_format.kind == "data")
        assert not {"compare", "choropleth"} & {*file_format.ignored}


def test_a_code_leads_to_the_view_as_it_is_shown(tiny_client: TestClient) -> None:
    plain = tiny_client.get("/qr.svg?layer=sites").content
    for name, value in VALUES.items():
        assert tiny_client.get(f"/qr.svg?layer=sites&{name}={value}").content != plain


@pytest.mark.parametrize(
    ("lang", "sheet", "names", "port"),
    [
        ("zh", "对比", ["东镇纺织厂", "东部片区"], "到港口的距离 (km)"),
        ("en", "Comparison", ["East Town Mill", "Eastern Zone"], "Distance to the port (km)"),
    ],
)
def test_a_workbook_sets_the_items_compared_side_by_side(
    tiny_client: TestClient, lang: str, sheet: str, names: list[str], port: str
) -> None:
    query = f"layer=ways&compare={VALUES['compare']}&lang={lang}"
    book = openpyxl.load_workbook(io.BytesIO(tiny_client.get(f"/view.xlsx?{query}").content))
    assert book.sheetnames[3:] == [sheet]
    head, *lines = book[sheet].iter_rows(values_only=True)
    assert list(head[1:]) == names
    told = {line[0]: line[1:] for line in lines}
    assert told[port][0] > 0
    assert all(any(cell is not None for cell in cells) for cells in told.values())


@pytest.mark.parametrize("value", ["nosuch", ",".join(TOO_MANY)])
def test_a_comparison_of_what_is_not_there_is_refused(tiny_client: TestClient, value: str) -> None:
    problem = tiny_client.get(f"/view.xlsx?compare={value}")
    assert problem.status_code == 400
    assert problem.json()["parameter"] == "compare"
    assert f"at most {COMPARED_MOST} ids of items" in problem.json()["detail"]
