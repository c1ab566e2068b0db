"""What stands around a map: title, scale bar, north arrow, source line, QR code."""

import math
from collections.abc import Sequence

import segno

from app.domain.text.languages import colon, title_in
from app.picture.scene.drawing_context import DrawingContext
from app.picture.scene.scene import TITLE_GROUP, Group, Paint, Path, polyline, rectangle
from app.picture.scene.viewport import Rect
from app.selection.selection import Selection

TITLE, SUBTITLE, SMALL = 34.0, 17.0, 11.5
TITLE_LEAST, LONG_TITLE, SECOND_LINE = 22.0, 17.0, 11.0
"""The smallest title in one line and in two; how much lower what is under two lines stands."""
SMALL_LEADING = 16.0
NO_BREAK = "\u00a0"
ROUND_LENGTHS = (1, 2, 5)
SCALE_SHARE = 0.16
"""Of the map's width, what the scale bar may take."""
BACKING = 0.72
"""Opacity of the ground under bar and needle, where lines may run beneath them."""
QUIET = 2
"""Modules of white around the code; the paper around it is light as well."""


def title_group(
    context: DrawingContext, title: str, subtitle: str, *, x: float, y: float, most: float
) -> Group:
    """Title and subtitle, the first line's top at y; a title too long for a line takes two."""
    size = TITLE
    while size > TITLE_LEAST and context.width(title, size, True) > most:
        size -= 2
    lines, first, under = [title], y + TITLE * 0.86, y + TITLE + 24
    if context.width(title, size, True) > most:
        while size > LONG_TITLE and len(wrapped(context, title, size, most, bold=True)) > 2:
            size -= 1
        broken = wrapped(context, title, size, most, bold=True)
        lines, first = [broken[0], " ".join(broken[1:])], y + size
        under += SECOND_LINE
    return Group(
        TITLE_GROUP,
        [
            *(
                context.text(
                    x, first + n * size * 1.15, line, size, "ink", bold=True, most=most, name=title
                )
                for n, line in enumerate(lines)
            ),
            context.text(x, under, subtitle, SUBTITLE, "ink-2", most=most, name=subtitle),
        ],
    )  # fmt: skip


def scale_bar(context: DrawingContext, right: float, bottom: float) -> tuple[Group, Rect]:
    """A bar of a round length, its end at the right; and the room it takes."""
    metres = round_length(
        context.viewport.rect.width * SCALE_SHARE / context.viewport.units_per_metre
    )
    length = metres * context.viewport.units_per_metre
    left = right - length
    text = (
        context.phrase("km", n=f"{metres / 1000:g}")
        if metres >= 1000
        else context.phrase("m", n=metres)
    )
    ink, halo = context.colours["map-ink"], context.colours["home-land"]
    ticks = polyline([(left, bottom - 6), (left, bottom), (right, bottom), (right, bottom - 6)])
    group = Group("scale", title=text)
    group.add(
        Path(rectangle(left - 10, bottom - 24, length + 20, 31, 5), Paint(halo, BACKING)),
        Path(ticks, Paint(stroke=ink, width=1.6), text),
        context.text(
            (left + right) / 2, bottom - 8, text, 14, "map-ink", anchor="middle", halo=True
        ),
    )
    return group, Rect(left - 12, bottom - 26, length + 24, 34)


def round_length(most: float) -> int:
    """The largest 1, 2 or 5 times a power of ten that is no more than this; at least 1."""
    power = 10 ** math.floor(math.log10(max(most, 1)))
    return int(max(step * power for step in ROUND_LENGTHS if step * power <= max(most, 1)))


def north_arrow(context: DrawingContext, x: float, y: float) -> tuple[Group, Rect]:
    """A needle with its letter; north is up on this map."""
    ink, paper = context.colours["map-ink"], context.colours["paper"]
    name = context.phrase("north")
    dark = polyline([(x, y), (x + 7, y + 24), (x, y + 19)], closed=True)
    light = polyline([(x, y), (x - 7, y + 24), (x, y + 19)], closed=True)
    group = Group("north", title=name)
    group.add(
        Path(rectangle(x - 14, y - 20, 28, 50, 5), Paint(context.colours["home-land"], BACKING)),
        Path(dark, Paint(ink, 1, ink, 1), name),
        Path(light, Paint(paper, 1, ink, 1), name),
        context.text(x, y - 4, name, 14, "map-ink", bold=True, anchor="middle", halo=True),
    )
    return group, Rect(x - 14, y - 20, 28, 50)


def source_lines(context: DrawingContext, selection: Selection, most: float) -> list[str]:
    """Approval number, attribution and data version, broken into lines."""
    info = selection.catalog.info
    parts = []
    if info.approval_number:
        parts.append(context.phrase("approval", n=info.approval_number))
    attribution = title_in(info, context.lang, "attribution")
    parts.append(f"{context.phrase('source')}{colon(context.lang)}{attribution}")
    parts.append(context.phrase("version", v=selection.version).replace(" ", NO_BREAK))
    return wrapped(context, "  ·  ".join(parts), SMALL, most)


def wrapped(
    context: DrawingContext, text: str, size: float, most: float, *, bold: bool = False
) -> list[str]:
    """Lines no wider than allowed; broken at a space, between any two signs of Chinese, and where a
    single word, as an address is, would be wider.
    """
    lines, line, taken = [], "", 0.0
    words = words_of(text)
    if any(context.width(word, size, bold) > most for word in words):
        words = [
            part
            for word in words
            for part in ([word] if context.width(word, size, bold) <= most else word)
        ]
    for word in words:
        if line and taken + context.width(word.rstrip(), size, bold) > most:
            lines.append(line.rstrip())
            line = word.lstrip()
            taken = context.width(line, size, bold)
        else:
            line += word
            taken += context.width(word, size, bold)
    return [*lines, line.rstrip()] if line.strip() else lines


def words_of(text: str) -> list[str]:
    """What may not be broken: a run of Latin letters with the space behind it, else one sign."""
    words: list[str] = []
    for char in text:
        if words and (clings(char) or (is_latin(char) and is_latin(words[-1][-1].strip(" ")))):
            words[-1] += char
        else:
            words.append(char)
    return words


CLINGING = "，。；：、）》”"
LATIN_LAST = "\u2e7f"


def clings(char: str) -> bool:
    """Whether a sign may not begin a line."""
    return char in CLINGING


def is_latin(char: str) -> bool:
    """Whether a sign is written in words; no sign at all is not."""
    return "" < char <= LATIN_LAST


def foot(context: DrawingContext, lines: Sequence[str], x: float, bottom: float) -> Group:
    """The source lines at the lower left; the approval number comes first."""
    top = bottom - SMALL_LEADING * (len(lines) - 1)
    return Group(
        "source",
        [
            context.text(x, top + number * SMALL_LEADING, line, SMALL, "ink-3", name=line)
            for number, line in enumerate(lines)
        ],
    )


def qr_group(context: DrawingContext, url: str, x: float, y: float, size: float) -> Group:
    """The address as a QR code (ISO/IEC 18004, level M), always dark on white so that it scans."""
    matrix = [list(row) for row in segno.make(url, error="m", micro=False).matrix]
    module = size / (len(matrix) + 2 * QUIET)
    steps = []
    for row, line in enumerate(matrix):
        for start, length in dark_runs(line):
            left, top = x + (start + QUIET) * module, y + (row + QUIET) * module
            steps += rectangle(left, top, length * module, module)
    words = context.phrase("scan")
    group = Group("qr", title=words, link=url)
    return group.add(
        Path(rectangle(x, y, size, size), Paint("#ffffff")),
        Path(steps, Paint("#000000"), words, url),
        context.text(x + size / 2, y + size + 14, words, SMALL, "ink-3", anchor="middle"),
    )


def dark_runs(line: Sequence[int]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    runs: list[tuple[int, int]] = []
    for i, dark in enumerate(line):
        if dark and runs and sum(runs[-1]) == i:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((i, 1))
    return runs
