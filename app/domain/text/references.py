"""References to the plan: how it writes them, and how they read in another language.

`[references]` of plan.toml gives the forms of a chapter, a section and a box in the pack's first
language, and under `chapter_en` and the like in any other; `{n}` stands for the number. A pack
that says nothing writes as Chinese plans do.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.domain.text.languages import CHINESE
from app.words import CODE

KINDS = ("chapter", "section", "box")
DEFAULT: Mapping[str, Any] = {
    "chapter": "第{n}章", "chapter_en": "Chapter {n}",
    "section": "第{n}节", "section_en": "Section {n}",
    "box": ["专栏{n}", "表{n}"], "box_en": ["Box {n}", "Table {n}"],
    "join": " ", "join_en": ", ",
}  # fmt: skip
NUMBER = "{n}"
WANTED = (
    "chapter, section, box: a form with {n}, or several; join: a text; each also with a language, "
    "as in chapter_en, and then as many forms"
)
DIGITS = "零一二三四五六七八九"
NUMERAL = re.compile(f"(?:([{DIGITS}]?)(十))?([{DIGITS}]?)")

Parts = tuple[str, str, str]
"""Chapter, section and box as the plan writes them; empty where there is none."""


@dataclass(frozen=True)
class Grammar:
    """The forms of one pack's references."""

    table: Mapping[str, Any] = field(default_factory=lambda: DEFAULT)

    def forms(self, kind: str, lang: str = "") -> tuple[str, ...]:
        """Those of a kind in a language; empty where the pack does not say."""
        found = self.table.get(f"{kind}_{lang}" if lang else kind, ())
        return (found,) if isinstance(found, str) else tuple(found)

    @cached_property
    def patterns(self) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
        """Kind, number of the form, and what a part in that form looks like."""
        return tuple(
            (kind, number, re.compile(re.escape(form).replace(re.escape(NUMBER), r"(\S+?)")))
            for kind in KINDS
            for number, form in enumerate(self.forms(kind))
        )

    def parse(self, text: str) -> Parts:
        """Read `第十章 第一节 专栏10-1`; any part but the chapter may be missing.

        >>> Grammar().parse("第十章 专栏10-1")
        ('第十章', '', '专栏10-1')
        """
        parts = dict.fromkeys(KINDS, "")
        for kind, part in self.parts_of(text):
            parts[kind] = f"{parts[kind]} {part}".strip() if kind == "box" else part
        return parts["chapter"], parts["section"], parts["box"]

    def parts_of(self, text: str) -> Iterator[tuple[str, str]]:
        """Each part with its kind; what no form fits is a box in words of its own."""
        words = text.split()
        while words:
            kind, length = self.longest(words)
            yield kind, " ".join(words[:length])
            words = words[length:]

    def longest(self, words: list[str]) -> tuple[str, int]:
        """Kind of the part that words begin with, and how many of them it takes."""
        for length in range(min(len(words), self.words_most), 0, -1):
            part = " ".join(words[:length]).rstrip(",")
            for kind, _, pattern in self.patterns:
                if pattern.fullmatch(part):
                    return kind, length
        return "box", 1

    @cached_property
    def words_most(self) -> int:
        """Of how many words the longest form consists."""
        return max((len(form.split()) for kind in KINDS for form in self.forms(kind)), default=1)

    def citation(self, parts: Parts, lang: str) -> str:
        """As a reader of a language says it.

        >>> Grammar().citation(("第十二章", "第四节", "专栏12-1"), "en")
        'Chapter 12, Section 4, Box 12-1'
        """
        return self.join(lang).join(self.part_in(part, lang) for part in parts if part)

    def join(self, lang: str) -> str:
        """What stands between the parts of a reference."""
        return str(self.table.get(f"join_{lang}") or self.table.get("join") or " ")

    def part_in(self, part: str, lang: str) -> str:
        """A part of a plan reference; one written otherwise stands as it is."""
        for kind, number, pattern in self.patterns:
            match = pattern.fullmatch(part)
            forms = self.forms(kind, lang)
            if match and number < len(forms):
                n = match[1] if lang == CHINESE else numeral(match[1])
                return forms[number].replace(NUMBER, n)
        return part


def check_grammar(table: Any) -> bool:
    """Whether a table of plan.toml says what it may: every form has its number."""
    if not isinstance(table, dict):
        return False
    for key, value in table.items():
        kind, _, lang = key.partition("_")
        if kind not in (*KINDS, "join") or (lang and not CODE.fullmatch(lang)):
            return False
        if kind == "join":
            if not isinstance(value, str):
                return False
            continue
        forms = [value] if isinstance(value, str) else value
        if (
            not isinstance(forms, list)
            or not forms
            or not all(isinstance(form, str) and form.count(NUMBER) == 1 for form in forms)
        ):
            return False
    return True


def numeral(text: str) -> str:
    """A Chinese numeral below a hundred in figures; anything else stands as it is.

    >>> [numeral(one) for one in ("九", "十", "十六", "二十", "二十一", "5-1")]
    ['9', '10', '16', '20', '21', '5-1']
    """
    match = NUMERAL.fullmatch(text)
    if not text or not match:
        return text
    tens, ten, ones = match.groups()
    first = 10 * DIGITS.index(tens or "一") if ten else 0
    return str(first + DIGITS.index(ones or "零"))
