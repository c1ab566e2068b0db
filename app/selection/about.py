"""Metadata of a file: title, filters, date, publisher, citation, address."""

from dataclasses import dataclass
from typing import Any

from app.domain.text.languages import colon, tag_of, title_in, word_in
from app.selection.selection import Selection
from app.selection.view_words import filter_words, view_title

NO_DATE = "2000-01-01"
"""Stands where a format must have a date and the pack gives none: never a clock."""

NAMES = {
    "title": ("标题", "Title"),
    "filtered": ("筛选条件", "Filtered by"),
    "count": ("项目数", "Items"),
    "plan": ("规划", "Plan"),
    "publisher": ("发布", "Publisher"),
    "language": ("语言", "Language"),
    "version": ("数据版本", "Data version"),
    "updated": ("数据日期", "Data of"),
    "attribution": ("数据来源", "Sources"),
    "licence": ("许可", "Licences"),
    "approval": ("审图号", "Map approval number"),
    "citation": ("引用格式", "Cite as"),
    "url": ("链接", "Link"),
}
CITATION = (
    "{title}。据《{plan}》。数据版本 {version}。{url}",
    "{title}. After: {plan}. Data version {version}. {url}",
)
ALL = ("全部项目", "all items")


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
    info, lang = selection.pack.info, selection.lang
    title = view_title(selection.pack, selection.view, selection.lang)
    plan = title_in(info, lang, "plan")
    updated = f", {info.updated}" if info.updated else ""
    citation = word_in(CITATION, lang).format(
        title=title, plan=plan, version=f"{selection.version}{updated}", url=selection.url
    )
    return About(
        title=title,
        filtered=filter_words(selection.pack, selection.view, selection.lang) or word_in(ALL, lang),
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


def licences(selection: Selection) -> str:
    """The licence of every source the places shown stand on."""
    used = {id for feature in selection.features for id in sources_of(feature["properties"])}
    return "; ".join(
        f"{title_in(source, selection.lang)}: {source.licence}"
        for source in selection.pack.sources
        if source.id in used and source.licence not in ("", "unknown")
    )


def sources_of(properties: dict[str, Any]) -> list[str]:
    """Ids of sources: an item has several, a boundary one."""
    source = properties.get("source") or []
    return [source] if isinstance(source, str) else list(source)


def label_in(key: str, lang: str) -> str:
    return word_in(NAMES[key], lang)


def data_date(selection: Selection) -> str:
    """The day of the data, for the time stamps formats insist on."""
    return selection.pack.info.updated or NO_DATE
