"""Every format holds whatever the data does: an item for each forbidden character, read strictly.

The features are made directly, so that no rule stands between them and the writer.
"""

import csv
import io
import json
import sqlite3
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import openpyxl
import pyarrow.parquet
import pyogrio
import pypdf
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation

from app.catalog.catalog import Catalog
from app.domain.text.characters import FORBIDDEN, code_of, forbidden_in, printable
from app.formats import FORMATS, Format, Selection
from app.pack.pack import Pack
from app.selection.selection import FrontEnd
from app.settings import Settings
from app.view.view import View
from tests.conftest import TINY
from tests.formats.readers import entities, tiles

CONTROLS = [chr(code) for code in range(32) if code not in (9, 10, 13)]
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff"]
NONCHARACTERS = [
    *(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)),
    "\ufdd0", "\ufdef",
]  # fmt: skip
BAD = [*CONTROLS, *SURROGATES, *NONCHARACTERS]
WRITTEN = ("name", "name_en", "summary", "summary_en", "plan_term", "place_note", "note_en")
CLEAN = "东镇ab"


def item(character: str, number: int, like: dict[str, Any]) -> dict[str, Any]:
    """An item whose every text, and every word of whose lists, has the character within."""
    made = deepcopy(like)
    made["id"] = made["properties"]["id"] = f"bad-{number}"
    text = f"东镇a{character}b"
    made["properties"] |= dict.fromkeys(WRITTEN, text)
    made["properties"] |= {"facts": [text], "facts_en": [text], "industries": [text]}
    return made


@pytest.fixture(scope="module")
def selection() -> Selection:
    pack, settings = Pack(TINY), Settings()
    like = next(one for one in pack.features if one["id"] == "site-mill")
    return Selection(
        catalog=Catalog(pack), version="0" * 12, view=View(title="题\x07\ufffe", q="a\uffff"),
        features=[item(one, number, like) for number, one in enumerate(BAD)],
        lang="zh", url="http://map.test/",
        files=FrontEnd(settings.static, settings.packages, settings.font),
    )  # fmt: skip


def texts_of_json(body: bytes) -> Iterator[str]:
    text = body.decode()
    json.loads(text)
    yield text


def texts_of_xml(body: bytes) -> Iterator[str]:
    root = etree.fromstring(body, etree.XMLParser(recover=False, huge_tree=True))
    yield "\n".join(str(text) for text in root.itertext())


def texts_of_zip(body: bytes) -> Iterator[str]:
    """Every XML part of a package, parsed."""
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        assert file.testzip() is None
        for name in file.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                yield from texts_of_xml(file.read(name))


def texts_of_xlsx(body: bytes) -> Iterator[str]:
    yield from texts_of_zip(body)
    for sheet in openpyxl.load_workbook(io.BytesIO(body)):
        for row in sheet.iter_rows(values_only=True):
            yield "\n".join(str(value) for value in row if value is not None)


def texts_of_pptx(body: bytes) -> Iterator[str]:
    yield from texts_of_zip(body)
    for slide in Presentation(io.BytesIO(body)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text


def texts_of_pdf(body: bytes) -> Iterator[str]:
    reader = pypdf.PdfReader(io.BytesIO(body), strict=True)
    yield str(reader.metadata.title if reader.metadata else "")
    for page in reader.pages:
        yield page.extract_text()


def texts_of_png(body: bytes) -> Iterator[str]:
    with Image.open(io.BytesIO(body)) as picture:
        picture.load()
    yield ""


def texts_of_csv(body: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True):
        yield "\n".join(row)


def texts_of_html(body: bytes) -> Iterator[str]:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign]
    parser.feed(body.decode())
    parser.close()
    yield from found


def texts_of_frames(ending: str) -> Callable[[bytes], Iterator[str]]:
    def read(body: bytes) -> Iterator[str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"view{ending}"
            path.write_bytes(body)
            if ending == ".gpkg":
                with sqlite3.connect(path) as file:
                    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            source = f"/vsizip/{path}" if ending == ".zip" else path
            for layer, _ in pyogrio.list_layers(source):
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    frame = pyogrio.read_dataframe(source, layer=layer)
                for column in frame.columns:
                    if column != "geometry":
                        yield "\n".join(str(value) for value in frame[column])

    return read


def texts_of_parquet(body: bytes) -> Iterator[str]:
    for column in pyarrow.parquet.read_table(io.BytesIO(body)).itercolumns():
        if not pyarrow.types.is_binary(column.type):
            yield "\n".join(str(value) for value in column.to_pylist())


def texts_of_dxf(body: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for _, said in entities(body, Path(folder)):
            yield from said.values()


def texts_of_tiles(body: bytes) -> Iterator[str]:
    for (zoom, _, _), tile in tiles(body):
        for layer in mapbox_vector_tile.decode(tile).values() if zoom == 12 else ():
            for one in layer["features"]:
                yield from map(str, one["properties"].values())


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "geojson": texts_of_json,
    "jsonfg": texts_of_json,
    "geojsonseq": lambda body: (
        text for record in body.split(b"\x1e") if record.strip() for text in texts_of_json(record)
    ),
    "csv": texts_of_csv,
    "xlsx": texts_of_xlsx,
    "gpkg": texts_of_frames(".gpkg"),
    "fgb": texts_of_frames(".fgb"),
    "shp.zip": texts_of_frames(".zip"),
    "parquet": texts_of_parquet,
    "dxf": texts_of_dxf,
    "pmtiles": texts_of_tiles,
    "kml": texts_of_xml,
    "svg": texts_of_xml,
    "png": texts_of_png,
    "pdf": texts_of_pdf,
    "pptx": texts_of_pptx,
    "html": texts_of_html,
}
NAMELESS = {"png", "svg", "pdf", "pptx"}
"""Pictures draw a few names of many."""


def test_every_format_has_a_strict_reader_here() -> None:
    assert {file_format.ext for file_format in FORMATS} <= set(READERS)


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda file_format: file_format.ext)
def test_a_format_holds_every_item_whatever_character_it_brings(
    file_format: Format, selection: Selection
) -> None:
    texts = list(READERS[file_format.ext](file_format.render(selection)))
    wrong = {code for text in texts if (code := forbidden_in(text))}
    assert wrong == set()
    if file_format.ext not in NAMELESS:
        assert sum(text.count(CLEAN) for text in texts) >= len(BAD)


@pytest.mark.parametrize("character", BAD, ids=code_of)
def test_a_forbidden_character_is_known_named_and_taken_out(character: str) -> None:
    assert forbidden_in(f"a{character}b") == code_of(character)
    assert printable({f"a{character}": [f"b{character}", ("c", character)]}) == {
        "a": ["b", ("c", "")]
    }


def test_what_xml_allows_stays_the_very_same_value() -> None:
    allowed = {"a": ["\t\n\r ~\x7f\x85\u200b\ufffd\U0001f600", [1.5, 2.5], None, True]}
    assert printable(allowed) is allowed
    assert not FORBIDDEN.search("\ue000\ufdcf\ufdf0\U0010fffd")
