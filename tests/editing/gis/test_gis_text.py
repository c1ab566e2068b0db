"""Text of other people's GIS files: its encoding, and what is lost by it."""

import re
import struct
from pathlib import Path

import geopandas
import pytest

from app.editing.gis.reading.encoding import mojibake
from tests.editing.gis.foreign import HERE, NAMES, answer, geojson, imported
from tests.editing.gis.test_gis import EAST, WEST, frame, write


def shapefile(path: Path, encoding: str, page: str | None) -> Path:
    content = geopandas.GeoDataFrame({"NAME": NAMES}, geometry=[EAST, WEST], crs=4326)
    content.to_file(path, engine="pyogrio", encoding=encoding)
    path.with_suffix(".cpg").unlink()
    if page is not None:
        path.with_suffix(".cpg").write_text(page, encoding="ascii")
    return path


@pytest.mark.parametrize("page", [None, "ANSI 936", "OEM", "UTF-8", "ISO-8859-1", "Big5"])
def test_gbk_text_that_is_said_to_be_something_else_is_refused(
    page: str | None, tiny: Path, tmp_path: Path
) -> None:
    path = shapefile(tmp_path / "a.shp", "GBK", page)
    (messages,) = answer(tiny, path)
    assert "--encoding GBK" in messages
    assert NAMES[0] in messages
    assert [row["name"] for row in imported(tiny, path, encoding="GBK").rows] == NAMES


@pytest.mark.parametrize("page", [None, "GBK", "936", "ANSI 936", "Big5", "88591"])
def test_utf8_text_that_is_said_to_be_something_else_is_refused(
    page: str | None, tiny: Path, tmp_path: Path
) -> None:
    path = shapefile(tmp_path / "a.shp", "UTF-8", page)
    assert "--encoding UTF-8" in answer(tiny, path)[0]
    assert [row["name"] for row in imported(tiny, path, encoding="utf8").rows] == NAMES


@pytest.mark.parametrize("page", ["GBK", "936", "GB2312", "CP936"])
def test_text_that_is_what_it_is_said_to_be_is_read(page: str, tiny: Path, tmp_path: Path) -> None:
    path = shapefile(tmp_path / "a.shp", "GBK", page)
    assert [row["name"] for row in imported(tiny, path).rows] == NAMES


@pytest.mark.parametrize("encoding", ["GBK", "Big5", "latin-1", "nonsense"])
def test_an_encoding_asked_for_wrongly_is_refused(
    encoding: str, tiny: Path, tmp_path: Path
) -> None:
    path = shapefile(tmp_path / "a.shp", "UTF-8", "UTF-8")
    (messages,) = answer(tiny, path, encoding=encoding)
    assert "--encoding" in messages


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "fgb", "gml"])
def test_an_encoding_is_refused_where_the_format_leaves_none_to_say(
    suffix: str, tiny: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"a.{suffix}"
    geopandas.GeoDataFrame({"NAME": NAMES}, geometry=[EAST, WEST], crs=4326).to_file(path)
    (message,) = answer(tiny, path, encoding="GBK")
    assert re.search(rf"--encoding 'GBK': left out: only .shp, .* a.{suffix} does not", message)
    assert "nonsense" in answer(tiny, path, encoding="nonsense")[0]
    assert "--encoding" not in "".join(answer(tiny, path, encoding="utf8"))


def test_a_name_of_no_encoding_is_refused_where_all_text_is_ascii(
    tiny: Path, tmp_path: Path
) -> None:
    frame = geopandas.GeoDataFrame({"NAME": ["a", "b"]}, geometry=[EAST, WEST], crs=4326)
    frame.to_file(tmp_path / "a.shp")
    assert "nonsense" in answer(tiny, tmp_path / "a.shp", encoding="nonsense")[0]


def test_one_feature_in_another_encoding_is_named(tiny: Path, tmp_path: Path) -> None:
    path = shapefile(tmp_path / "a.shp", "UTF-8", "UTF-8")
    table = path.with_suffix(".dbf")
    old = NAMES[1].encode()
    new = NAMES[1].encode("gbk").ljust(len(old))
    table.write_bytes(table.read_bytes().replace(old, new))
    messages = answer(tiny, path)[0]
    assert messages.startswith("feature 2 NAME")
    assert f"as GBK it reads '{NAMES[1]}'" in messages


def test_a_name_cut_off_by_its_field_is_named(tiny: Path, tmp_path: Path) -> None:
    path = shapefile(tmp_path / "a.shp", "UTF-8", "UTF-8")
    table = path.with_suffix(".dbf")
    data = bytearray(table.read_bytes())
    (head,) = struct.unpack_from("<H", data, 8)
    width = data[32 + 16]
    data[head + 1 : head + 1 + width] = ("测" * 100).encode()[:width]
    table.write_bytes(bytes(data))
    assert any("cut off" in messages for messages in answer(tiny, path))


def test_text_files_that_are_no_utf8_are_refused(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": NAMES[0]}, HERE))
    text = path.read_text("utf-8")
    path.write_text(text, encoding="gbk")
    (messages,) = answer(tiny, path)
    assert "it looks like GBK" in messages
    assert NAMES[0] in messages
    path.write_text(text, encoding="utf-16")
    assert "not UTF-16" in answer(tiny, path)[0]
    path.write_text(text, encoding="utf-8-sig")
    assert imported(tiny, path).rows[0]["name"] == NAMES[0]


@pytest.mark.parametrize(
    "text", ["²âÊÔ±äµçÕ¾", "娴嬭瘯鐢电珯", "锟斤拷锟斤拷", "测试\ufffd站", "æµ‹è¯•ç«™"]
)
def test_text_that_was_read_wrongly_before_is_named(text: str, tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST], name=[text]))
    (messages,) = answer(tiny, path)
    assert messages.startswith(f"feature 1 name {text!r}") or messages.startswith("feature 1 name")


@pytest.mark.parametrize(
    "text",
    ["Zürich", "Île-de-France – Besançon", "高新技术产业园区", "瑷珲", "犇鑫淼", "£5 – €7",
     "naïveté", "Łódź", "東莞", "喇嘛洞镇", "虹螺岘"],
)  # fmt: skip
def test_honest_text_is_left_alone(text: str) -> None:
    assert mojibake(text) == ""


def test_a_name_of_nothing_that_can_be_seen_is_none(tiny: Path, tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "a.geojson", ({"name": "\u200b"}, HERE), ({"name": " \u3000"}, HERE),
        ({"name": "\ufeff东\u200b山\u00a0林场"}, HERE),
    )  # fmt: skip
    messages = answer(tiny, path)
    assert [line[:16] for line in messages] == ["feature 1 name: ", "feature 2 name: "]
    path = geojson(tmp_path / "b.geojson", ({"name": "\ufeff东\u200b山\u00a0林场"}, HERE))
    assert imported(tiny, path).rows[0]["name"] == "东山 林场"
