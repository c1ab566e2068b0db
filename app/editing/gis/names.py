"""Ids and English names made from a Chinese name, the same every time."""

import hashlib
import re

from pypinyin import lazy_pinyin
from shapely.geometry.base import BaseGeometry

from app.rules.wording.english import title_case

LONGEST = 60
TAIL = 4


def romanised(name: str) -> str:
    """`锦州港 2` → `Jinzhougang 2`: how a name without English is spelt."""
    text = "".join(lazy_pinyin(name))
    return title_case(text)


def slug(text: str, joint: str = "-") -> str:
    """Lower-case letters, digits and a joint; empty when nothing of the text can be spelt."""
    spelt = " ".join(lazy_pinyin(text)).lower()
    return re.sub(r"[^a-z0-9]+", joint, spelt)[:LONGEST].strip(joint)


def item_id(layer: str, name: str, geometry: BaseGeometry, taken: set[str]) -> str:
    """An id no item has: the slug of the name; of two alike, with a few digits of the place."""
    base = slug(name) or layer
    if base not in taken:
        return base
    return f"{base}-{hashlib.sha256(geometry.normalize().wkb).hexdigest()[:TAIL]}"
