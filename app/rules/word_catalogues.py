"""Whether the product has words for the languages of a pack; no fault of the pack's rows."""

from collections.abc import Iterator

from app.pack.pack import Pack
from app.rules.check_context import Finding
from app.words import catalogue_file


def catalogue_is_there(pack: Pack) -> Iterator[Finding]:
    """The catalogue of every language; what lacks one is said in English."""
    for lang in pack.info.languages:
        path = catalogue_file(lang)
        if not path.is_file():
            yield Finding(
                catalogue_is_there.__name__, "plan.toml", None, "languages", lang,
                f"the file {path.parent.name}/{path.name}; without it the product speaks English",
            )  # fmt: skip
