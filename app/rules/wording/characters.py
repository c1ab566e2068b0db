"""A rule about characters that no file can hold, read from the pack's files as they lie there."""

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.domain.text.characters import forbidden_in, spelt_out
from app.rules.check_context import CheckContext, Finding, Rule

SHOWN_MOST = 80


class FileText(NamedTuple):
    """A piece of text in a file: its row where the file has rows, and its column or key."""

    row: int | None
    column: str
    text: str


def characters_can_be_written(context: CheckContext) -> Iterator[Finding]:
    """No control character, lone surrogate or noncharacter: XML, and so half the formats, fail."""
    for path in files_of(context.pack.data):
        name = path.relative_to(context.pack.data).as_posix()
        for row, column, text in texts_of(path):
            if code := forbidden_in(text):
                yield Finding(
                    characters_can_be_written.__name__, name, row, column,
                    spelt_out(text)[:SHOWN_MOST], f"text without {code}: no file holds it",
                )  # fmt: skip


def files_of(data: Path) -> list[Path]:
    """Every file of the pack that holds text, in order; a base map is computed, not written."""
    files = (path for path in data.rglob("*") if path.suffix in READERS and path.is_file())
    return sorted(path for path in files if path.relative_to(data).parts[0] != "base")


def texts_of(path: Path) -> Iterator[FileText]:
    """Every text of a file; one that cannot be parsed is another rule's to name.

    A byte that is no UTF-8 becomes a lone surrogate, and is found as such.
    """
    text = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
    try:
        yield from READERS[path.suffix](text)
    except (ValueError, csv.Error):
        return


def texts_of_table(text: str) -> Iterator[FileText]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [spelt_out(name) for name in next(reader, [])]
    for column in header:
        yield FileText(1, column, column)
    for cells in reader:
        for number, cell in enumerate(cells):
            yield FileText(reader.line_num, header[number] if number < len(header) else "", cell)


def texts_of_value(value: Any, key: str = "") -> Iterator[FileText]:
    """Every text in parsed TOML or JSON, under the last name on the way to it."""
    if isinstance(value, str):
        yield FileText(None, key, value)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield FileText(None, key, name)
            yield from texts_of_value(part, spelt_out(name))
    elif isinstance(value, list) and not (value and isinstance(value[0], int | float)):
        for part in value:
            yield from texts_of_value(part, key)


def texts_of_document(text: str) -> Iterator[FileText]:
    for number, line in enumerate(text.split("\n"), start=1):
        yield FileText(number, "", line)


READERS = {
    ".csv": texts_of_table,
    ".toml": lambda text: texts_of_value(tomllib.loads(text)),
    ".geojson": lambda text: texts_of_value(json.loads(text)),
    ".md": texts_of_document,
}

RULES: tuple[Rule, ...] = (characters_can_be_written,)
