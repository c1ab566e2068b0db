"""Tables of a page: each cell says its column, for a phone sets rows as labels with values."""

import re

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
TITLE = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(td|th)\b")
TAG = re.compile(r"<[^>]*>")


def with_labels(html: str) -> str:
    """The page with `data-label` on each cell of a table that has titles of columns."""
    return TABLE.sub(lambda found: labelled(found[0]), html)


def labelled(table: str) -> str:
    head = HEAD.search(table)
    if head is None:
        return table
    labels = [label_of(title) for title in TITLE.findall(head[0])]
    body = ROW.sub(lambda row: labelled_row(row[0], labels), table[head.end() :])
    return table[: head.end()] + body


def label_of(title: str) -> str:
    """A title without what it is marked up with, as an attribute may hold it."""
    return " ".join(TAG.sub("", title).split()).replace('"', "&quot;")


def labelled_row(row: str, labels: list[str]) -> str:
    rest = iter(labels)

    def cell(found: re.Match[str]) -> str:
        label = next(rest, "")
        return f'<td data-label="{label}"' if found[1] == "td" and label else found[0]

    return CELL.sub(cell, row)
