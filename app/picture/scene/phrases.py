"""The words a picture says of its own: `picture.…` in the catalogues, or those of the page."""

from app.domain.text.languages import in_language
from app.words import translator

SHARED = {
    **{one: f"truth.{one}.legend" for one in ("pin", "disc", "circle", "schematic", "wide")},
    "certainty": "legend.certainty",
}
"""What the legend of the page says too."""


PLAIN = str.maketrans("‘’“”", "''\"\"")


def typeset(text: str, lang: str) -> str:
    """In a Chinese font curly quotes are as wide as a sign: fine in Chinese, a gap in English."""
    return in_language(lang, text, text.translate(PLAIN))


def printable(text: str) -> str:
    """What a reader typed, without signs that no picture has and XML does not allow."""
    return "".join(char for char in text if char.isprintable())


def phrase(key: str, lang: str, **values: object) -> str:
    """One phrase in a language."""
    own = key if key.startswith("diagram.") else f"picture.{key}"
    return translator(lang)(SHARED.get(key, own), **values)
