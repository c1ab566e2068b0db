"""Whether the product has words for the languages of a pack; no fault of the pack's rows."""

from collections.abc import Iterator
from pathlib import Path

from app.plan.languages import CHINESE, ENGLISH, WORDS
from app.plan.pack import Pack
from app.plan.rules.subject import Finding

APP = WORDS.parent
CATALOGUES = ("{static}/locale/{lang}.json", "app/web/locale/{lang}.json", "app/words/{lang}.json")
"""Where the words of a language stand: the map's, the pages', those of files and pictures."""


def locale_is_there(pack: Pack, static: Path) -> Iterator[Finding]:
    """Every catalogue of every language; what lacks one is said in English."""
    folders = (static / "locale", APP / "web" / "locale", WORDS)
    for lang in pack.info.languages:
        for form, folder in zip(CATALOGUES, folders, strict=True):
            built_in = folder == WORDS and lang in (CHINESE, ENGLISH)
            if not built_in and not (folder / f"{lang}.json").is_file():
                name = form.format(static=static.name, lang=lang)
                yield Finding(
                    locale_is_there.__name__, "plan.toml", None, "languages", lang,
                    f"the file {name}; without it these words are in English",
                )  # fmt: skip
