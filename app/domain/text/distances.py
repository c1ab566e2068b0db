"""Distances in words, in Chinese and in English: the same in the data as on the page.

`static/js/core/i18n.js` is the twin; tests/shared/distance_cases.json holds the cases of both.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any


def distance_words(metres: float) -> tuple[str, str]:
    """`500 米`, `5.5 公里`, `12 公里`: no finer than is worth saying."""
    if metres < 1000:
        whole = rounded(metres, 0)
        return f"{whole} 米", f"{whole} m"
    km = rounded(metres / 1000, 1 if metres < 10_000 else 0)
    return f"{km} 公里", f"{km} km"


def away_words(metres: float, doubt: float) -> tuple[str, str]:
    """How far off a thing is; a range from nothing on where the doubt is larger: `约 0–10 公里`."""
    if doubt <= metres:
        return distance_words(metres)
    zh, en = distance_words(metres + doubt)
    return f"约 0–{zh}", f"about 0–{en}"


def access_words(nearest: dict[str, Any]) -> tuple[str, str]:
    """One entry of `access`: `绥中港区 21 公里（± 8 公里）`, or the range without its ±."""
    metres, doubt = nearest["km"] * 1000, nearest["doubt_km"] * 1000
    zh, en = away_words(metres, doubt)
    said_zh, said_en = f"{nearest['name']} {zh}", f"{nearest['name_en']}, {en}"
    if doubt > metres:
        return said_zh, said_en
    doubt_zh, doubt_en = distance_words(doubt)
    road_zh, road_en = road_words(nearest.get("road_km"))
    return f"{said_zh}（± {doubt_zh}）{road_zh}", f"{said_en} (± {doubt_en}){road_en}"


def road_words(km: float | None) -> tuple[str, str]:
    """How far it is by road, where that is known: an estimate."""
    if km is None:
        return "", ""
    zh, en = distance_words(km * 1000)
    return f"，沿公路约 {zh}（估计）", f", about {en} by road (estimate)"


def rounded(value: float, digits: int) -> str:
    """To so many decimals at most, a half upwards."""
    step = Decimal(1).scaleb(-digits)
    return f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP).normalize():f}"
