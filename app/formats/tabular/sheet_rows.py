"""Rows of a sheet as XML, a few at a time: a library that makes an object of each cell takes ten
times as long, and a large sheet would stand in memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
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
NONE = type(None)
CONTENTS: dict[type, str] = {
    str: ' t="inlineStr"><is><t>%s</t></is>',
    bool: ' t="b"><v>%d</v>',
    **dict.fromkeys((int, float, date, datetime), "><v>%s</v>"),
}
"""What is in a cell that holds a simple value of a kind, from the rest of its tag on."""
NUMBER = "\0"
NOT_SIMPLE = "&", "<", ">", "\r", "\n"
"""In a text, what is written in another way than it reads, or makes its spaces count."""
FORMS_MOST = 1000
"""Kinds of rows that are remembered."""


def row_texts(
    lines: Iterable[Sequence[Any]], columns: int, styles: dict[int, int]
) -> Iterator[str]:
    """A row under the head for each line of plain values; `styles` are those of columns from 0.

    Rows whose cells are of the same kinds differ in their number and in what is between the tags:
    these are put together once for all of them.
    """
    starts = cell_starts(columns, styles)
    forms: dict[tuple[type, ...], RowForm | None] = {}
    for number, values in enumerate(lines, start=2):
        kinds = tuple(map(type, values))
        if kinds not in forms:
            if len(forms) >= FORMS_MOST:
                forms.clear()
            forms[kinds] = form_of(kinds, starts)
        form = forms[kinds]
        texts = [value for value in values if value.__class__ is str]
        if form is None or not are_simple(texts):
            yield row_text(number, values, starts)
        else:
            yield form.filled(number, [value for value in values if value is not None])


class RowForm(NamedTuple):
    """The tags of a row whose cells are of some kinds."""

    tags: str
    """With NUMBER where the row's own belongs, and a place for what is in each cell."""
    times: tuple[int, ...]
    """Which of the cells are times."""

    def filled(self, number: int, values: list[Any]) -> str:
        """The row of that number with those cells."""
        for at in self.times:
            values[at] = serial(values[at])
        return self.tags.replace(NUMBER, str(number)) % tuple(values)


def form_of(kinds: Sequence[type], starts: Sequence[tuple[str, str]]) -> RowForm | None:
    """None where a kind is none of those that are known."""
    filled = [(start, kind) for start, kind in zip(starts, kinds, strict=True) if kind is not NONE]
    if any(kind not in CONTENTS for _, kind in filled):
        return None
    cells = (f'{start}{NUMBER}"{style}{CONTENTS[kind]}</c>' for (start, style), kind in filled)
    times = (at for at, (_, kind) in enumerate(filled) if issubclass(kind, date))
    return RowForm(f'<row r="{NUMBER}">{"".join(cells)}</row>', tuple(times))


def are_simple(texts: list[str]) -> bool:
    """Whether each is what stands in the sheet for it, and there is none that says nothing."""
    if not all(texts) or list(map(str.strip, texts)) != texts:
        return False
    together = "".join(texts)
    return len(together) <= TEXT_MOST and not any(one in together for one in NOT_SIMPLE)


def cell_starts(columns: int, styles: dict[int, int]) -> list[tuple[str, str]]:
    """The tag of a cell of each column, before and behind the number of its row."""
    letters = (get_column_letter(number) for number in range(1, columns + 1))
    return [
        (f'<c r="{letter}', f' s="{styles[number]}"' if number in styles else "")
        for number, letter in enumerate(letters)
    ]


def row_text(number: int, values: Sequence[Any], starts: Sequence[tuple[str, str]]) -> str:
    """A row of whatever is in its cells."""
    cells = "".join(
        f'{start}{number}"{style}{content(value)}</c>'
        for (start, style), value in zip(starts, values, strict=True)
        if value is not None and value != ""
    )
    return f'<row r="{number}">{cells}</row>'


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
