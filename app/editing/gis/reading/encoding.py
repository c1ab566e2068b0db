"""The encoding of a file's text, compared with the one the file declares.

A .dbf does not say what its bytes mean, or says it wrongly: GBK read as Latin-1 is `²âÊÔ`, UTF-8
read as GBK is `娴嬭瘯`, and no program complains. Here the bytes are read in every encoding that
officials' files come in, and a claim that another encoding plainly fits better is refused.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import PackError
from app.editing.gis.reading.source import beside

CANDIDATES = ("UTF-8", "GBK", "Big5", "UTF-16-LE", "UTF-16-BE")
ALIASES = {"cp936": "GBK", "936": "GBK", "gb2312": "GBK", "gbk": "GBK", "cp65001": "UTF-8",
           "65001": "UTF-8", "utf8": "UTF-8", "utf-8": "UTF-8", "950": "Big5",
           "cp950": "Big5", "big5": "Big5", "88591": "ISO-8859-1"}  # fmt: skip
LANGUAGES = {0x4D: "GBK", 0x4F: "Big5", 0x78: "Big5", 0x7A: "GBK"}
"""The language byte of a .dbf's head, where it says something; 0x57 is "whatever Windows has"."""
TEXT_FILES = (".geojson", ".json", ".geojsonl", ".geojsons", ".kml", ".gml", ".gpx", ".csv")
OPEN_FILES = (".shp", ".csv", ".tab", ".mif", ".dxf")
"""Formats that do not settle by themselves what their text is written in."""
CODECS = {"GBK": "gb18030"}
"""GB 18030 holds all of GBK, and the rare characters of names that programs add to it."""
HANZI = re.compile("[\u4e00-\u9fff]")
SIGNS = re.compile("[\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2190-\u22ff\u2460-\u24ff°±²³·×÷]")
DELETED = ord("*")
SAMPLE_MOST = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """The bytes of one text of a .dbf; `number` counts features from 1."""

    number: int
    column: str
    raw: bytes
    full: bool
    """Whether it fills its field, so that its end may have been cut off."""


@dataclass(frozen=True, slots=True)
class Misread:
    """A text whose bytes are none of the encoding."""

    number: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding to read with (empty: as the file is), and the texts that do not fit it."""

    name: str = ""
    misread: tuple[Misread, ...] = ()


def encoding_of(path: Path, asked: str) -> Encoding:
    """How to read a file's text. Raises PackError where its bytes are not what they are said, and
    for an encoding that is asked for where the format leaves none to ask for.
    """
    asked, kind = known(asked, "--encoding") if asked else "", path.suffix.lower()
    if kind == ".shp":
        table = beside(path, ".dbf")
        return table_encoding(path, table, asked) if table else Encoding(asked)
    if kind in TEXT_FILES:
        text_is_utf8(path, asked)
    if kind in OPEN_FILES:
        return Encoding(asked)
    if asked not in ("", "UTF-8"):
        kinds = ", ".join(OPEN_FILES)
        raise PackError(
            "--encoding", f"left out: only {kinds} leave it open, {path.name} does not", value=asked
        )
    return Encoding()


def table_encoding(path: Path, table: Path, asked: str) -> Encoding:
    cells = [cell for cell in cells_of(table) if not cell.raw.isascii()]
    if not cells:
        return Encoding(asked)
    claim, said = (asked, "--encoding") if asked else declared(path, table)
    best = fitting(cells)
    if not claim:
        raise PackError(path.name, encoding_error(best, cells), column="encoding", value=said)
    if best and best != claim and better(best, claim, cells):
        raise PackError(path.name, encoding_error(best, cells), column=said, value=claim)
    wrong = tuple(misread(cells, claim))
    if len({one.number for one in wrong}) == len({cell.number for cell in cells}):
        raise PackError(path.name, encoding_error(best, cells), column=said, value=claim)
    return Encoding(CODECS.get(claim, claim), wrong)


def encoding_error(best: str, cells: list[Cell]) -> str:
    """What to give, with a sample by which a person can see that it is right."""
    mixed = "" if best else "most of "
    best = best or max(CANDIDATES, key=lambda name: sum(score([c], name) > 0.6 for c in cells))
    if score(cells, best) < 0.6 and not any(score([cell], best) > 0.6 for cell in cells):
        return "--encoding with the encoding of its .dbf; none of " + ", ".join(CANDIDATES)
    first = next(cell for cell in cells if score([cell], best) > 0.6)
    sample = decoded(first.raw, best, cut=True)[:SAMPLE_MOST]
    return (
        f"--encoding {best}: {mixed}the text looks like {best}, feature {first.number} "
        f"{first.column} then reads {sample!r}"
    )


def known(name: str, where: str) -> str:
    """An encoding by any of its names. Raises PackError for one that Python does not know."""
    name = ALIASES.get(name.lower().replace("_", "-"), name)
    try:
        "".encode(name)
    except LookupError:
        raise PackError(
            where, f"an encoding like {', '.join(CANDIDATES[:3])}", value=name
        ) from None
    return name


def declared(path: Path, table: Path) -> tuple[str, str]:
    """The encoding a shapefile says it has, and where it says so; empty where it says none."""
    page = beside(path, ".cpg")
    if page:
        text = page.read_text(encoding="latin-1").strip()
        try:
            return known(text, page.name), page.name
        except (PackError, ValueError):
            return "", text
    language = table.read_bytes()[29:30]
    return LANGUAGES.get(language[0], "") if language else "", ""


def fitting(cells: list[Cell]) -> str:
    """The encoding in which all the text is Chinese as it is written; empty where none is."""
    marks = {name: score(cells, name) for name in CANDIDATES}
    best = max(CANDIDATES, key=lambda name: marks[name])
    return best if marks[best] > 0.6 else ""


def better(best: str, claim: str, cells: list[Cell]) -> bool:
    """Whether the claim is plainly wrong: it cannot read the bytes, or reads what nobody writes."""
    return score(cells, claim) < score(cells, best) - 0.3


def score(cells: list[Cell], name: str) -> float:
    """How much of the text is common Chinese when read so, 0 to 1; below 0 where it cannot be."""
    good = total = 0
    for cell in cells:
        try:
            text = decoded(cell.raw, name, cut=cell.full)
        except UnicodeError:
            return -1.0
        strange = [char for char in text if not char.isascii()]
        total += len(strange)
        good += sum(map(is_common, strange))
    return good / total if total else 0.0


def is_common(char: str) -> bool:
    """A character of everyday text: GB 2312's first level, or Big5's; or a mark of Chinese."""
    if SIGNS.match(char):
        return True
    if not HANZI.match(char):
        return False
    for name, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= char.encode(name)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def decoded(raw: bytes, name: str, *, cut: bool = False) -> str:
    """Bytes as text; of a field cut off inside a character, what is whole of it."""
    codec = CODECS.get(name, name)
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        if cut and error.start >= len(raw) - 3:
            return raw[: error.start].decode(codec)
        raise


def misread(cells: Iterable[Cell], name: str) -> Iterator[Misread]:
    """The texts that are none of this encoding, each with the one that fits it."""
    for cell in cells:
        try:
            decoded(cell.raw, name)
        except UnicodeDecodeError:
            shown = cell.raw.decode(CODECS.get(name, name), errors="replace")
            try:
                whole = decoded(cell.raw, name, cut=cell.full)
                expected = f"the whole text; its end was cut off after {whole[-8:]!r} to fit"
            except UnicodeDecodeError:
                fits = fitting([cell])
                reads = f"; as {fits} it reads {decoded(cell.raw, fits)!r}" if fits else ""
                expected = f"text in {name}, as the other features{reads}"
            yield Misread(cell.number, cell.column, shown, expected)


def cells_of(table: Path) -> Iterator[Cell]:
    """Every text of a .dbf as bytes, its column names too (as feature 0)."""
    data = table.read_bytes()
    if len(data) < 33:
        raise PackError(table.name, "a .dbf that can be read; it is cut off")
    count, head, length = struct.unpack_from("<IHH", data, 4)
    fields, start = [], 1
    for at in range(32, head - 1, 32):
        if data[at : at + 1] in (b"\r", b""):
            break
        name, kind, width = (
            data[at : at + 11].split(b"\0")[0],
            data[at + 11 : at + 12],
            data[at + 16],
        )
        fields.append((name, kind, start, width))
        start += width
        yield Cell(0, "column name", name, False)
    for number in range(1, count + 1):
        record = data[head + (number - 1) * length : head + number * length]
        if len(record) < length:
            raise PackError(
                table.name, f"{count} rows, as its head says; it is cut off in row {number}"
            )
        for name, kind, first, width in fields if record[0] != DELETED else ():
            if kind == b"C":
                raw = record[first : first + width].rstrip(b" \0")
                column = (
                    name.decode("latin-1") if name.isascii() else name.decode("gb18030", "replace")
                )
                yield Cell(number, column, raw, len(raw) >= width - 1)


def text_is_utf8(path: Path, asked: str) -> None:
    """A text file is UTF-8, or says what it is in its own head. Raises PackError otherwise."""
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise PackError(path.name, "UTF-8 text, not UTF-16; save it again as UTF-8")
    if b"encoding" in data[:200].lower() and b"<?xml" in data[:200]:
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if asked not in ("", "UTF-8") and path.suffix.lower() == ".csv":
            return
        line = data.count(b"\n", 0, error.start) + 1
        piece = re.split(rb"[\"<>,\r\n]", data[error.start : error.start + 90])[0]
        fits = fitting([Cell(0, "", piece, True)])
        reads = f"; it looks like {fits}: {decoded(piece, fits, cut=True)!r}" if fits else ""
        raise PackError(
            path.name, f"UTF-8 text{reads}; save it again as UTF-8", row=line, column="encoding"
        ) from None


MISREADINGS = (
    ("cp1252", "gb2312"), ("latin-1", "gb2312"), ("latin-1", "utf-8"), ("cp1252", "utf-8"),
    ("gb18030", "utf-8"), ("cp1252", "big5"), ("latin-1", "big5"),
)  # fmt: skip
"""The encoding a text was read in, the one it was written in."""


def mojibake(text: str) -> str:
    """What a text was before somebody read it in a wrong encoding; empty where it is all right.

    >>> mojibake("²âÊÔ"), mojibake("娴嬭瘯鐢电珯"), mojibake("Zürich"), mojibake("测试")
    ('测试', '测试电站', '', '')
    """
    hanzi = HANZI.findall(text)
    if text.isascii() or (hanzi and all(map(is_common, hanzi))):
        return ""
    for wrong, right in MISREADINGS:
        try:
            repaired = text.encode(wrong).decode(right)
        except UnicodeError:
            continue
        strange = [char for char in repaired if not char.isascii()]
        if len(HANZI.findall(repaired)) >= 2 and repaired != text and all(map(is_common, strange)):
            return repaired
    return ""
