"""Whom to ask: a column where somebody is known, nothing where nobody is."""

import csv
import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.build.build import build, write
from app.domain.models import CONTACT
from app.main import create_app
from app.pack.pack import Pack
from app.rules import check
from app.settings import Settings
from tests.edit_pack import change, read
from tests.edit_pack import write as write_rows

SOURCE = "Town notice, https://example.org/notice, 2025-03-01"


def ask_at(pack: Path, **contact: str) -> None:
    path = pack / "geodata" / "items" / "sites.csv"
    write_rows(path, [{**row, **dict.fromkeys(CONTACT, "")} for row in read(path)])
    change(pack, "sites", "site-mill", **contact)
    write(build(Pack(pack)))


def test_a_contact_is_in_every_answer_and_only_of_its_layer(tiny: Path) -> None:
    ask_at(
        tiny, contact="东镇招商局", contact_en="East Town Investment Office",
        telephone="+86 429 1234567", website="https://example.org", contact_source=SOURCE,
    )  # fmt: skip
    assert check(Pack(tiny)) == []
    with TestClient(create_app(Settings(pack=tiny))) as client:
        item = client.get("/api/collections/sites/items/site-mill").json()["properties"]
        assert item["telephone"] == "+86 429 1234567"
        text = client.get("/view.csv?layer=sites").content.decode("utf-8-sig")
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
        assert rows["site-mill"]["contact"] == "东镇招商局"
        assert rows["site-mill"]["contact_source"] == SOURCE
        ways = client.get("/view.csv?layer=ways").content.decode("utf-8-sig")
        assert not {*CONTACT} & {*next(csv.reader(io.StringIO(ways)))}
        assert "东镇招商局" in client.get("/view.kml?layer=sites").text
        schema = client.get("/api/collections/sites/schema").json()["properties"]
        assert "telephone" in schema


def test_no_file_of_the_plan_has_columns_that_nobody_fills(client: TestClient) -> None:
    text = client.get("/view.csv?layer=industrial-parks").content.decode("utf-8-sig")
    assert not {*CONTACT} & {*next(csv.reader(io.StringIO(text)))}


@pytest.mark.parametrize(
    ("contact", "column"),
    [
        ({"telephone": "0429-1234567"}, "contact_source"),
        ({"telephone": "ask around", "contact_source": SOURCE}, "telephone"),
        ({"website": "example.org", "contact_source": SOURCE}, "website"),
    ],
)
def test_a_contact_that_nobody_published_is_named(
    tiny: Path, contact: dict[str, str], column: str
) -> None:
    ask_at(tiny, **contact)
    assert column in [one.column for one in check(Pack(tiny)) if one.rule == "contact_is_published"]


def test_a_county_says_whom_to_ask(tiny: Path) -> None:
    path = tiny / "geodata" / "plan.toml"
    text = path.read_text(encoding="utf-8")
    county = f'code = "900001"\ntelephone = "0429-1234567"\ncontact_source = "{SOURCE}"'
    path.write_text(text.replace('code = "900001"', county), encoding="utf-8")
    assert check(Pack(tiny)) == []
    with TestClient(create_app(Settings(pack=tiny))) as client:
        assert client.get("/pack.json").json()["counties"][0]["telephone"] == "0429-1234567"
    path.write_text(text.replace('code = "900001"', 'code = "900001"\ntelephone = "0429-1234567"'))
    assert [one.rule for one in check(Pack(tiny))] == ["contact_is_published"]
