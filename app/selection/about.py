"""Metadata of a file: title, filters, date, publisher, citation, address."""

from dataclasses import dataclass
from typing import Any

from app.domain.text.languages import colon, tag_of, title_in, word_in
from app.selection.selection import Selection
from app.selection.view_words import filter_words, view_title

NO_DATE = "2000-01-01"
"""Stands where a format must have a date and the pack gives none: never a clock."""

NAMES = (
    "title",
    "filtered",
    "count",
    "plan",
    "publisher",
    "language",
    "version",
    "updated",
    "attribution",
    "licence",
    "approval",
    "citation",
    "url",
)
"""What is said, in its order; what each is called stands under `about.…` in the catalogues."""


@dataclass(frozen=True, slots=True)
class About:
    """Empty where nothing is known."""

    title: str
    filtered: str
    count: int
    plan: str
    publisher: str
    """Who makes the map, whatever title a reader gave this view of it."""
    language: str
    """As BCP 47 writes it."""
    version: str
    updated: str
    attribution: str
    licence: str
    approval: str
    citation: str
    url: str

    def lines(self, lang: str) -> list[tuple[str, str]]:
        """Name and value of all that is known, in the reader's language."""
        named = ((label_in(key, lang), str(getattr(self, key))) for key in NAMES)
        return [(name, value) for name, value in named if value]

    def text(self, lang: str) -> str:
        """The same as plain text, a line each."""
        return "\n".join(f"{name}{colon(lang)}{value}" for name, value in self.lines(lang))

    @property
    def subject(self) -> str:
        """What of which plan, in a line."""
        return f"{self.filtered} · {self.plan}"

    @property
    def day(self) -> str:
        """For the time stamps formats insist on: the data's day, never a clock's."""
        return self.updated or NO_DATE

    def pairs(self) -> dict[str, str]:
        """The same by key, for formats that keep metadata as pairs."""
        return {key: str(getattr(self, key)) for key in NAMES if getattr(self, key)}


def about_selection(selection: Selection) -> About:
    """What is to be said of a selection."""
    info, lang = selection.catalog.info, selection.lang
    title = view_title(selection.catalog, selection.view, selection.lang)
    plan = title_in(info, lang, "plan")
    updated = f", {info.updated}" if info.updated else ""
    citation = word_in("about.cite", lang).format(
        title=title, plan=plan, version=f"{selection.version}{updated}", url=selection.url
    )
    return About(
        title=title,
        filtered=compared_words(selection)
        or filter_words(selection.catalog, selection.view, selection.lang)
        or word_in("about.all", lang),
        count=len(selection.features),
        plan=plan,
        publisher=title_in(info, lang),
        language=tag_of(selection.lang),
        version=selection.version,
        updated=info.updated,
        attribution=title_in(info, lang, "attribution"),
        licence=licences(selection),
        approval=info.approval_number,
        citation=citation.strip(),
        url=selection.url,
    )


def compared_words(selection: Selection) -> str:
    """What is set side by side, where a file holds nothing else."""
    held = selection.features
    if not selection.compared or {one["id"] for one in held} != set(selection.compared):
        return ""
    names = " / ".join(title_in(one["properties"], selection.lang, "name") for one in held)
    return f"{word_in('xlsx.comparison', selection.lang)} · {names}"


def licences(selection: Selection) -> str:
    """The licence of every source the places shown stand on."""
    used = {id for feature in selection.features for id in sources_of(feature["properties"])}
    return "; ".join(
        f"{title_in(source, selection.lang)}: {source.licence}"
        for source in selection.catalog.sources
        if source.id in used and source.licence not in ("", "unknown")
    )


def sources_of(properties: dict[str, Any]) -> list[str]:
    """Ids of sources: an item has several, a boundary one."""
    source = properties.get("source") or []
    return [source] if isinstance(source, str) else list(source)


def label_in(key: str, lang: str) -> str:
    return word_in(f"about.{key}", lang)


def data_date(selection: Selection) -> str:
    """The day of the data, for the time stamps formats insist on."""
    return selection.catalog.info.updated or NO_DATE
