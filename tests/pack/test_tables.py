"""Tables as other programs save them: read as they are meant, or named."""

from pathlib import Path

import pytest

from app.domain.errors import PackError
from app.pack.tables.csv_tables import read_table

COLUMNS = ("id", "name")


def cells(path: Path, data: bytes) -> list[dict[str, str]]:
    path.write_bytes(data)
    return [record.cells for record in read_table(path, COLUMNS)]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffid,name\na,甲\n".encode(),
        b"id,name\r\na,\xe7\x94\xb2\r\n",
        b"id,name\ra,\xe7\x94\xb2\r",
        "\u200bid , name\u00a0\n\ufeffa, \u200b甲\u200b\u00a0\n".encode(),
        'id,name\na,"\u2028甲"\n'.encode(),
        b"id,name\na,\xe7\x94\xb2",
    ],
)
def test_marks_nobody_sees_and_line_ends_of_any_kind_change_nothing(
    data: bytes, tmp_path: Path
) -> None:
    assert cells(tmp_path / "a.csv", data) == [{"id": "a", "name": "甲"}]


@pytest.mark.parametrize("end", ["\u2028", "\u0085", "\u2029", "\x0b", "\x0c", "\x1c"])
def test_a_character_that_is_no_line_end_of_a_table_ends_no_row(end: str, tmp_path: Path) -> None:
    (found,) = cells(tmp_path / "a.csv", f"id,name\na,甲{end}乙\n".encode())
    assert found["name"].replace(" ", "") == "甲乙"


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_table_in_another_encoding_is_refused_with_what_it_looks_like(
    encoding: str, tmp_path: Path
) -> None:
    with pytest.raises(PackError, match=r"must be UTF-8; it looks like .*save it as CSV UTF-8"):
        cells(tmp_path / "a.csv", "id,name\na,绥中港\n".encode(encoding))


def test_a_quote_that_is_never_closed_is_found(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="a quote opened in row 3 or below is not closed"):
        cells(tmp_path / "a.csv", 'id,name\na,甲\nb,"乙\nc,丙\n'.encode())


@pytest.mark.parametrize("mark", [";", "\t"])
def test_columns_that_stand_apart_by_another_mark_are_shown(mark: str, tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"id.+name': column 'id' is missing; .* apart by commas"):
        cells(tmp_path / "a.csv", f"id{mark}name\na{mark}甲\n".encode())
