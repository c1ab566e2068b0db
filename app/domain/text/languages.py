"""The languages of a pack: which text of a record is in which, and what they are called.

A record says everything in the pack's first language under a plain name (`title`), and in any
other under that name and the language (`title_en`, `title_pt`). The product's own words are pairs,
Chinese and English (a record made of them says `of_product`); what a third language says for them
stands in `words/<language>.json` under `product`, by the English. Where a language says nothing,
a record speaks the pack's first language and the product English.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from app.words import CODE, PRODUCT, catalogue, catalogue_texts

CHINESE, ENGLISH = "zh", "en"
NAMES = {
    "zh": "中文", "en": "English", "pt": "Português", "es": "Español", "fr": "Français",
    "de": "Deutsch", "ru": "Русский", "ja": "日本語", "ko": "한국어", "ar": "العربية",
    "vi": "Tiếng Việt", "th": "ไทย", "mn": "Монгол", "id": "Bahasa Indonesia", "it": "Italiano",
}  # fmt: skip
"""What a language calls itself, for the switch; any other goes by its code."""

TAGS = {"zh": "zh-CN"}
"""BCP 47, where it is more than the code."""

SIGNS = {"zh": ("、", "：", " · ")}
OTHER_SIGNS = (", ", ": ", " · ")


def tag_of(lang: str) -> str:
    """As `lang` attributes and Content-Language write it."""
    return TAGS.get(lang, lang)


def name_of_language(lang: str) -> str:
    return NAMES.get(lang, lang)


def value_in(record: Any, lang: str, name: str) -> Any:
    """A field of a record in a language, or None where it is nowhere.

    >>> value_in({"title": "港口", "title_en": "Port"}, "en", "title")
    'Port'
    """
    own = f"{name}_{lang}"
    if getattr(record, "of_product", False):
        words, english = getattr(record, name), getattr(record, f"{name}_en", None)
        return word_in(words if english is None else (words, english), lang)
    if isinstance(record, Mapping):
        return record.get(own) or record.get(name)
    known = getattr(record, "translations", {})
    return getattr(record, own, "") or known.get(own) or getattr(record, name, None)


def title_in(record: Any, lang: str, name: str = "title") -> str:
    """A text of a record in a language, else in the pack's first; the one way to ask for it."""
    return str(value_in(record, lang, name) or "")


def own_text(record: Any, lang: str, name: str, first: str) -> str:
    """A text as a language itself says it, or nothing: what another says would not be read."""
    own = f"{name}_{lang}"
    text = getattr(record, own, "") or getattr(record, "translations", {}).get(own, "")
    return str(text or (getattr(record, name, "") if lang == first else ""))


def word_in(words: Sequence[str], lang: str) -> str:
    """One of the product's own words: by its key, or given in Chinese and in English.

    What no catalogue says yet is said by the key's own end, so that pages open all the same.

    >>> word_in("format.shp.zip", "en"), word_in("format.tsv", "en")
    ('Shapefile', 'tsv')
    """
    if isinstance(words, str):
        return catalogue_texts(lang).get(words) or words.partition(".")[2]
    if lang == CHINESE:
        return words[0]
    return words[1] if lang == ENGLISH else catalogue(lang).get(PRODUCT, {}).get(words[1], words[1])


def in_language(lang: str, zh: str, en: str) -> str:
    """`word_in` for two texts that are made, not chosen from a list."""
    return zh if lang == CHINESE else en


def signs(lang: str) -> tuple[str, str, str]:
    """What stands between things listed, after a label, and between groups."""
    return SIGNS.get(lang, OTHER_SIGNS)


def comma(lang: str) -> str:
    return signs(lang)[0]


def colon(lang: str) -> str:
    return signs(lang)[1]


def record_json(record: Any) -> dict[str, Any]:
    """A record as a document shows it: what it says in further languages beside the rest."""
    document = asdict(record)
    return {**document, **document.pop("translations", {})}


def product_words(name: str, words: Sequence[str], languages: Iterable[str]) -> dict[str, str]:
    """A word of the product in every language of a pack: `title`, `title_en`, `title_pt`."""
    others = (lang for lang in languages if lang not in (CHINESE, ENGLISH))
    return {
        name: word_in(words, CHINESE), f"{name}_en": word_in(words, ENGLISH),
        **{f"{name}_{lang}": word_in(words, lang) for lang in others},
    }  # fmt: skip


def translations_in(
    cells: Mapping[str, Any], names: Iterable[str], known: Iterable[str]
) -> dict[str, Any]:
    """The cells that say one of `names` in a language no field is there for: `title_pt`."""
    found = translated_columns(tuple(cells), tuple(names), tuple(known))
    return {key: cells[key] for key in found}


@lru_cache(maxsize=1024)
def translated_columns(
    columns: tuple[str, ...], names: tuple[str, ...], known: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(one for one in columns if one not in known and is_translation(one, names))


def is_translation(column: str, names: Iterable[str]) -> bool:
    """Whether a column is one of these texts in some language."""
    name, mark, lang = column.rpartition("_")
    return bool(mark) and name in names and bool(CODE.fullmatch(lang))
