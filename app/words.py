"""The words of the product: one catalogue a language, for Python, templates and the page alike.

`words/<language>.json` holds a text per key in sections by who needs them: `page` goes to the
browser, `site` is for what the server writes, `files` for pictures and files, `data` for sentences
that the build writes; in a language beside
Chinese and English, `product` has the words for English ones that the code holds in pairs. A key
stands once. What a language does not say is said in English.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "words"
FALLBACK = "en"
PAGE, PRODUCT = "page", "product"
CODE = re.compile(r"[a-z]{2,3}")
"""What a pack may call a language: ISO 639."""


def catalogue_file(lang: str) -> Path:
    return FOLDER / f"{lang}.json"


@lru_cache(maxsize=32)
def catalogue(lang: str) -> Mapping[str, Mapping[str, str]]:
    """The sections of a language; empty where nobody has written any."""
    path = catalogue_file(lang)
    if not CODE.fullmatch(lang) or not path.is_file():
        return {}
    words: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return words


@lru_cache(maxsize=32)
def catalogue_texts(lang: str, section: str = "") -> Mapping[str, str]:
    """The words of a language by key, of one section or of all.

    What a language says itself it says of one thing too: the fallback's `.one` is not for it.
    """
    texts: dict[str, str] = {}
    for one in (catalogue(FALLBACK), catalogue(lang)):
        for name, words in one.items():
            if section in ("", name) and name != PRODUCT:
                for key in words:
                    texts.pop(f"{key}.one", None)
                texts |= words
    return texts


def translator(lang: str) -> Callable[..., str]:
    """`t(key, name=value)`: the sentence of a key, with its `{name}` filled.

    Of one thing (`n=1`) a language may speak in other words: `<key>.one`.
    """
    words = catalogue_texts(lang)

    def sentence(key: str, **values: object) -> str:
        one = f"{key}.one" if values.get("n") == 1 else key
        return words.get(one, words[key]).format(**values)

    return sentence
