"""Distances in words, in the data as on the page.

`distance` of `static/js/core/i18n.js` says the same; tests/shared/distance_cases.json holds both.
"""

from decimal import ROUND_HALF_UP, Decimal

from app.words import translator


def distance_words(metres: float, lang: str) -> str:
    """`500 米`, `5.5 公里`, `12 公里`: no finer than is worth saying."""
    if metres < 1000:
        return translator(lang)("picture.m", n=rounded(metres, 0))
    km = rounded(metres / 1000, 1 if metres < 10_000 else 0)
    return translator(lang)("picture.km", n=km)


def rounded(value: float, digits: int) -> str:
    """To so many decimals at most, a half upwards."""
    step = Decimal(1).scaleb(-digits)
    return f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP).normalize():f}"
