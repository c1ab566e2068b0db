"""An .xlsx file as the cells it holds, read from its parts, each damage kept with its place.

A library that builds the whole workbook fails at the first attribute a writer got wrong, and takes
an index of -1 for the last text there is. Here only what a table needs is read: texts, numbers and
their formats, formulas, merged cells, comments, names; the transitional and the strict dialect of
Office Open XML alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import column_index_from_string, get_column_letter

from app.domain.errors import PackError

PART_MOST = 512 * 1024**2
OLE, PASSWORD = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
WORKSHEET = "/worksheet"
DAMAGED = (ParseError, BadZipFile, ZlibError, EOFError, KeyError, ValueError, NotImplementedError,
           OSError)  # fmt: skip
SAVE_AGAIN = "open it in Excel, WPS or LibreOffice and save it again as .xlsx"


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell: its text as the file has it, what kind of value that is, and its number format."""

    kind: str
    """text, number, boolean, date (ISO 8601), error, formula; or damaged, and `text` says how."""
    text: str
    format: str = "General"


@dataclass(slots=True)
class RawSheet:
    """One sheet: row → column (both from 1) → cell."""

    title: str
    rows: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    damage: str = ""
    """Why it cannot be read, or not to its end."""


@dataclass(slots=True)
class Book:
    """A workbook: its sheets in their order, its names, its own properties."""

    sheets: dict[str, RawSheet] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """What cells refer to: texts by index, number formats by the index of a style."""

    texts: tuple[str, ...]
    formats: tuple[str, ...] | None
    """None where the styles cannot be read."""


def read_package(path: Path) -> Book:
    """Every sheet of a workbook. Raises PackError when the file is no workbook at all."""
    try:
        head = path.read_bytes()
    except FileNotFoundError:
        raise PackError(str(path), "the file is missing") from None
    except OSError as error:
        raise PackError(str(path), f"an .xlsx workbook ({error.strerror})") from None
    if not head.startswith(b"PK"):
        raise PackError(str(path), f"an .xlsx workbook that can be read; {what_is(head)}")
    try:
        with ZipFile(path) as archive:
            return book_of(path, archive)
    except DAMAGED as error:
        why = f"an .xlsx workbook that can be read ({error})"
        raise PackError(str(path), why) from None


def what_is(head: bytes) -> str:
    """What a file is that is no archive, and what to do about it."""
    if head.startswith(OLE) and PASSWORD in head:
        return "it is protected by a password: take the password off and save it again"
    if head.startswith(OLE):
        return "it is an .xls of old Excel: save it as .xlsx"
    if not head:
        return "it is empty (0 bytes)"
    if head.lstrip()[:1] == b"<":
        return "it is a web page or XML called .xlsx: save it as .xlsx"
    return "it is something else"


def book_of(path: Path, archive: ZipFile) -> Book:
    files = set(archive.namelist())
    if "mimetype" in files and b"opendocument" in archive.read("mimetype"):
        raise PackError(
            str(path), "an .xlsx workbook that can be read; it is an .ods: save it as .xlsx"
        )
    main = main_part(archive)
    if main not in files:
        raise PackError(str(path), "an .xlsx workbook that can be read; it holds no workbook")
    book = Book(properties=properties_of(archive))
    targets = relations(archive, main)
    shared = Shared(texts_of(path, archive, targets), formats_of(archive, targets))
    for element in elements(archive, main, "workbookPr", "sheet", "definedName"):
        tag = local(element)
        if tag == "workbookPr":
            book.since_1904 = element.get("date1904") in ("1", "true")
        elif tag == "definedName":
            book.names[element.get("name", "")] = element.text or ""
        else:
            kind, part = targets.get(attribute(element, "id"), ("", ""))
            if kind.endswith(WORKSHEET) or not kind:
                title = element.get("name", "")
                book.sheets[title] = sheet_of(archive, title, part, shared)
    return book


def main_part(archive: ZipFile) -> str:
    """Where the workbook stands inside the archive."""
    for kind, part in relations(archive, "").values():
        if kind.endswith("/officeDocument"):
            return part
    return "xl/workbook.xml"


def relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Id → kind and part, of the relations of a part."""
    place = PurePosixPath(part)
    name = str(place.parent / "_rels" / f"{place.name}.rels") if part else "_rels/.rels"
    if name not in archive.namelist():
        return {}
    targets = {}
    for element in elements(archive, name, "Relationship"):
        target = element.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else str(place.parent / target)
        targets[element.get("Id", "")] = (element.get("Type", ""), normal(full))
    return targets


def normal(path: str) -> str:
    """A path without `..` and `.`."""
    parts: list[str] = []
    for part in PurePosixPath(path).parts:
        if part == ".." and parts:
            parts.pop()
        elif part not in ("..", "."):
            parts.append(part)
    return "/".join(parts)


def of_kind(targets: dict[str, tuple[str, str]], kind: str) -> str:
    return next((part for one, part in targets.values() if one.endswith(kind)), "")


def texts_of(path: Path, archive: ZipFile, targets: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """The shared texts. Raises PackError where some are missing: every cell might be another's."""
    part = of_kind(targets, "/sharedStrings")
    if not part:
        return ()
    texts: list[str] = []
    declared = None
    try:
        for element in elements(archive, part, "si", "sst"):
            if local(element) == "si":
                texts.append(text_in(element))
            else:
                declared = element.get("uniqueCount")
    except DAMAGED as error:
        raise PackError(
            str(path), f"a workbook whose texts can be read ({part}: {error}); {SAVE_AGAIN}"
        ) from None
    if declared is not None and declared != str(len(texts)):
        raise PackError(
            str(path), f"{declared} texts in {part}, as it says; it holds {len(texts)}, and a text "
            f"may stand in another's cell: {SAVE_AGAIN}",
        )  # fmt: skip
    return tuple(texts)


def formats_of(archive: ZipFile, targets: dict[str, tuple[str, str]]) -> tuple[str, ...] | None:
    """The number format of each style, in their order."""
    part = of_kind(targets, "/styles")
    codes = {id: str(code) for id, code in BUILTIN_FORMATS.items()}
    formats: list[str] = []
    try:
        for element in elements(archive, part, "numFmts", "cellXfs"):
            for one in element:
                if local(element) == "numFmts":
                    codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
                else:
                    formats.append(codes.get(int(one.get("numFmtId") or 0), "General"))
    except DAMAGED:
        return None
    return tuple(formats)


def properties_of(archive: ZipFile) -> dict[str, str]:
    """The workbook's own document properties."""
    part = "docProps/custom.xml"
    if part not in archive.namelist():
        return {}
    try:
        return {
            element.get("name", ""): "".join(element.itertext())
            for element in elements(archive, part, "property")
        }
    except DAMAGED:
        return {}


def sheet_of(archive: ZipFile, title: str, part: str, shared: Shared) -> RawSheet:
    """One sheet, as far as it can be read."""
    sheet = RawSheet(title)
    try:
        number = 0
        for element in elements(archive, part, "row", "mergeCell"):
            if local(element) == "mergeCell":
                sheet.merged.append(element.get("ref", ""))
                continue
            number = int(element.get("r") or number + 1)
            sheet.rows[number] = dict(cells_of(element, shared))
        comments = of_kind(relations(archive, part), "/comments")
        for element in elements(archive, comments, "comment") if comments else ():
            sheet.comments[element.get("ref", "")] = text_in(element)
    except DAMAGED as error:
        sheet.damage = f"{part or 'no part'}: {error}"
    return sheet


def cells_of(row: Element, shared: Shared) -> Iterator[tuple[int, RawCell]]:
    """Column → cell of a row; an empty cell is left out."""
    column = 0
    for element in row:
        if local(element) != "c":
            continue
        match = ADDRESS.fullmatch(element.get("r") or "")
        column = column_index_from_string(match[1]) if match else column + 1
        cell = cell_of(element, shared)
        if cell.text or cell.kind in ("damaged", "formula"):
            yield column, cell


def cell_of(element: Element, shared: Shared) -> RawCell:
    parts = {local(one): one for one in element}
    value = parts["v"].text or "" if "v" in parts else ""
    kind = element.get("t") or "n"
    if "f" in parts:
        return RawCell("formula", f"={parts['f'].text or value}")
    if kind == "s":
        return shared_text(value, shared)
    if kind in ("inlineStr", "str"):
        text = text_in(parts["is"]) if "is" in parts else unescaped(value)
        return RawCell("text", text)
    if kind in ("b", "e", "d"):
        return RawCell({"b": "boolean", "e": "error", "d": "date"}[kind], value)
    return number_of(value, element.get("s"), shared)


def shared_text(value: str, shared: Shared) -> RawCell:
    """The text a cell refers to; an index that leads nowhere is a damage, not the last text."""
    if not value:
        return RawCell("text", "")
    if not value.isdecimal() or int(value) >= len(shared.texts):
        return RawCell(
            "damaged", f"a text; it refers to text {value} of {len(shared.texts)}: {SAVE_AGAIN}"
        )
    return RawCell("text", shared.texts[int(value)])


def number_of(value: str, style: str | None, shared: Shared) -> RawCell:
    """A number with its format, which alone tells a date from a number."""
    if not value:
        return RawCell("number", "")
    index = int(style) if style and style.isdecimal() else 0
    if shared.formats is None or index >= max(len(shared.formats), 1):
        return RawCell("damaged", f"a number {value} with a format that can be read: {SAVE_AGAIN}")
    return RawCell("number", value, shared.formats[index] if shared.formats else "General")


def text_in(element: Element) -> str:
    """The text of runs, without the readings that are written above characters."""
    if local(element) == "rPh":
        return ""
    own = unescaped(element.text or "") if local(element) == "t" else ""
    return own + "".join(text_in(one) for one in element)


def unescaped(text: str) -> str:
    r"""A text with the characters that XML cannot hold, which Excel writes as `_x000B_`.

    >>> unescaped("a_x000B_b"), unescaped("_x005F_x000B_")
    ('a\x0bb', '_x000B_')
    """
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def elements(archive: ZipFile, part: str, *tags: str) -> Iterator[Element]:
    """The elements of a part with these names, in document order, in either dialect."""
    if archive.getinfo(part).file_size > PART_MOST:
        raise ValueError(f"{part} is larger than {PART_MOST // 1024**2} MB")
    with archive.open(part) as file:
        yield from named(file, tags)


def named(file: IO[bytes], tags: tuple[str, ...]) -> Iterator[Element]:
    for _, element in iterparse(file):
        if local(element) in tags:
            yield element
            if local(element) == "row":
                element.clear()


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its name, whatever its namespace, one in a namespace first."""
    for key, value in element.attrib.items():
        if key.endswith(f"}}{name}"):
            return value
    return element.get(name, "")


def address(column: int, row: int) -> str:
    return f"{get_column_letter(column)}{row}"
