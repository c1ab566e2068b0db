"""Rows of a sheet as XML, a few at a time: a library that makes an object of each cell takes ten
times as long, and a large sheet would stand in memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

OFFICE = "http://schemas.openxmlformats.org"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
PACKAGE = f"{OFFICE}/package/2006/relationships"
ROWS_END, MARGINS = b"</sheetData>", b"<pageMargins"
TEXT_MOST = 32_767
"""Characters a cell holds."""
AT_ONCE = 500
EPOCH = datetime(1899, 12, 30)


def row_texts(
    lines: Iterable[Sequence[Any]], columns: int, styles: dict[int, int]
) -> Iterator[str]:
    """A row under the head for each line of plain values; `styles` are those of columns from 0."""
    letters = [get_column_letter(number) for number in range(1, columns + 1)]
    starts = [
        (f'<c r="{letter}', f' s="{styles[number]}"' if number in styles else "")
        for number, letter in enumerate(letters)
    ]
    for number, values in enumerate(lines, start=2):
        cells = "".join(
            f'{start}{number}"{style}{content(value)}</c>'
            for (start, style), value in zip(starts, values, strict=True)
            if value is not None and value != ""
        )
        yield f'<row r="{number}">{cells}</row>'


def content(value: Any) -> str:
    """What is in a cell, from the rest of its tag on; a text stays one whatever it looks like."""
    if not isinstance(value, str):
        if isinstance(value, bool):
            return f' t="b"><v>{value:d}</v>'
        return f"><v>{serial(value) if isinstance(value, date) else value}</v>"
    text = escape(value[:TEXT_MOST], {"\r": "&#13;"})
    kept = ' xml:space="preserve"' if "\n" in text or text != text.strip() else ""
    return f' t="inlineStr"><is><t{kept}>{text}</t></is>'


def serial(moment: date) -> float:
    """A time as the days since the first that Excel knows."""
    return (datetime.fromisoformat(moment.isoformat()[:19]) - EPOCH) / timedelta(days=1)


def with_rows(sheet: bytes, rows: Iterable[str], links: Sequence[str]) -> Iterator[bytes]:
    """A sheet that has a head, with rows below it, the first cell of each linked where it is."""
    head, end, rest = sheet.partition(ROWS_END)
    frame, margins, foot = rest.partition(MARGINS)
    yield head
    yield from bunches(rows)
    yield end + frame
    if links:
        yield f'<hyperlinks xmlns:r="{RELATIONS}">'.encode()
        yield from bunches(
            f'<hyperlink ref="A{number + 1}" r:id="rId{number}"/>'
            for number in range(1, len(links) + 1)
        )
        yield b"</hyperlinks>"
    yield margins + foot


def link_targets(links: Sequence[str]) -> Iterator[bytes]:
    """What the links of a sheet lead to: a part beside it."""
    yield f'<Relationships xmlns="{PACKAGE}">'.encode()
    kind = f'Type="{RELATIONS}/hyperlink" TargetMode="External"'
    yield from bunches(
        f'<Relationship Id="rId{number}" {kind} Target={quoteattr(link)}/>'
        for number, link in enumerate(links, start=1)
    )
    yield b"</Relationships>"


def bunches(texts: Iterable[str]) -> Iterator[bytes]:
    rest = iter(texts)
    while bunch := "".join(islice(rest, AT_ONCE)):
        yield bunch.encode()
