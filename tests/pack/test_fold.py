"""What a reader takes for the same is the same to a search, in the store as on the page."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.domain.errors import PackError
from app.domain.text.folding import folded, traditional_for
from app.domain.text.spelling import MOST, spellings
from app.pack.pack import Pack
from app.rules import check
from tests.edit_pack import repeat

CASES = json.loads(
    (Path(__file__).parents[1] / "shared" / "folding_cases.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "expected"), CASES["cases"])
def test_text_is_folded_as_the_page_folds_it(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_the_page_is_told_the_traditional_characters_that_can_be_typed() -> None:
    assert traditional_for("葫芦岛") == ("島蘆", "岛芦")


@pytest.mark.parametrize(
    ("name", "typed"),
    [("徐大堡", "xudapu"), ("徐大堡", "xudabao"), ("单家屯", "shanjiatun"), ("单家屯", "danjiatun"),
     ("朝阳", "chaoyang"), ("朝阳", "zhaoyang"), ("佛宁", "foning"), ("绿岛", "ludao"),
     ("绿岛", "lvdao"), ("徐大堡", "xdp"), ("兴城", "xingcheng"), ("兴城", "xc")],
)  # fmt: skip
def test_a_name_is_spelt_in_each_of_its_readings(name: str, typed: str) -> None:
    assert typed in spellings(name)


def test_a_name_is_read_by_its_longest_words_and_in_no_more_ways_than_needed() -> None:
    assert spellings("东城北站 A区") == ("dongchengbeizhan aqu", "dcbz aq")
    assert "chongqing" in spellings("重庆")[0]
    assert "chongqingyinhang" in spellings("重庆银行")[0]
    assert len(spellings("大石六角单行会都" * 3)) <= 2 * MOST
    assert spellings("Port 7") == ()


def count(client: TestClient, q: str) -> int:
    return item_count(client, {"q": q})


@pytest.mark.parametrize(
    ("odd", "plain"),
    [("绥中\u200b港", "绥中港"), ("葫蘆島", "葫芦岛"), ("遼寧", "辽宁"), ("綏中", "绥中"),
     ("２２０ｋＶ", "220kV"), ("绥中　港", "绥中 港"), ("ＳＵＩＺＨＯＮＧ", "suizhong")],
)  # fmt: skip
def test_an_odd_way_to_write_a_search_finds_the_same(
    client: TestClient, odd: str, plain: str
) -> None:
    assert count(client, odd) == count(client, plain) > 0


def item_count(client: TestClient, query: dict[str, str]) -> int:
    asked = {**query, "limit": "1", "properties": "name"}
    answer = client.get("/api/collections/plan/items", params=asked)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["numberMatched"])


@pytest.mark.parametrize(
    ("odd", "plain"),
    [({"county": "綏中縣"}, {"county": "绥中县"}),
     ({"county": "２１１４２１"}, {"county": "211421"}),
     ({"county": "龍港區,\ufeff連山區"}, {"county": "龙港区,连山区"}),
     ({"county": "葫蘆島市"}, {"county": "city"}),
     ({"county": "绥\u200b中县\u00a0"}, {"county": "211421"}),
     ({"layer": "ｗａｔｅｒ，ｅｎｅｒｇｙ"}, {"layer": "water,energy"}),
     ({"place": "葫蘆島站", "near": "5"}, {"place": "葫芦岛站", "near": "5"})],
)  # fmt: skip
def test_an_odd_way_to_write_a_choice_chooses_the_same(
    client: TestClient, odd: dict[str, str], plain: dict[str, str]
) -> None:
    assert item_count(client, odd) == item_count(client, plain) > 0


@pytest.mark.parametrize("name", ["綏中縣", "绥\u200b中县", "２１１４２１", "Ｓｕｉｚｈｏｎｇ"])
def test_the_page_of_a_county_is_found_by_an_odd_way_to_write_its_name(
    client: TestClient, name: str
) -> None:
    assert client.get(f"/county/{name}").status_code == 200


def test_a_local_reading_finds_the_place(client: TestClient) -> None:
    assert count(client, "xudapu") == count(client, "xudabao") > 5
    traditional = client.get("/pack.json").json()["traditional"]
    assert "蘆" in traditional[0]
    assert len(traditional[0]) == len(traditional[1])


def test_a_place_is_found_in_whatever_width_its_name_is_typed(tiny: Path) -> None:
    path = tiny / "geodata" / "gazetteer.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("东镇,东,", "东镇,A9匝道,"), encoding="utf-8")
    gazetteer = Pack(tiny).gazetteer
    assert gazetteer.get("Ａ９匝道") is gazetteer.get("A9匝道") is gazetteer.get("东镇")
    path.write_text(text.replace("东镇,东,", "东镇,A9匝道|Ａ９匝道,"), encoding="utf-8")
    with pytest.raises(PackError, match="only once"):
        assert Pack(tiny).gazetteer


def test_names_that_read_the_same_are_the_same_to_the_rule_book(tiny: Path) -> None:
    repeat(tiny, "sites", "site-mill", id="site-second", name="東镇纺织厂", related="")
    rules = {finding.rule for finding in check(Pack(tiny))}
    assert "no_two_items_are_identical" in rules
