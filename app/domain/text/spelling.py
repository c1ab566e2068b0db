"""Chinese names as they are typed on a Latin keyboard: whole pinyin, and its initials."""

import re
from collections import defaultdict
from collections.abc import Container
from functools import lru_cache
from importlib import import_module
from itertools import islice, product

Ways = tuple[tuple[str, str], ...]
"""How a word may be spelt: whole, and by initials."""

LOCAL = {
    "堡": ("bao", "pu", "bu"), "单": ("dan", "shan"), "朝": ("chao", "zhao"), "佛": ("fo", "fu"),
    "六": ("liu", "lu"), "长": ("chang", "zhang"), "重": ("zhong", "chong"), "乐": ("le", "yue"),
    "行": ("xing", "hang"), "会": ("hui", "kuai"), "厦": ("xia", "sha"), "泊": ("bo", "po"),
    "番": ("fan", "pan"), "都": ("du", "dou"), "尉": ("wei", "yu"), "解": ("jie", "xie"),
    "盖": ("gai", "ge"), "曲": ("qu",), "柏": ("bai", "bo"), "埔": ("pu", "bu"),
    "圩": ("wei", "xu"), "莘": ("shen", "xin"), "阿": ("a", "e"), "大": ("da", "dai"),
    "角": ("jiao", "jue"), "虹": ("hong", "jiang"), "落": ("luo", "la"), "铅": ("qian", "yan"),
    "蚌": ("bang", "beng"), "车": ("che", "ju"), "石": ("shi", "dan"), "色": ("se", "shai"),
    "薄": ("bo", "bao"), "还": ("huan", "hai"), "参": ("shen", "can"), "种": ("zhong", "chong"),
    "折": ("zhe", "she"), "调": ("diao", "tiao"), "降": ("jiang", "xiang"), "藏": ("zang", "cang"),
    "宿": ("su", "xiu"), "系": ("xi", "ji"), "校": ("xiao", "jiao"), "传": ("chuan", "zhuan"),
}  # fmt: skip
"""Readings of characters that names of places and people read in more ways than one."""

MOST = 8
"""Ways a name is spelt at most."""

FIRST, LAST = "\u4e00", "\u9fff"
RUNS = re.compile(f"[{FIRST}-{LAST}]+|[^{FIRST}-{LAST}]+")


def spellings(name: str) -> tuple[str, ...]:
    """`东城北站` → `dongchengbeizhan`, `dcbz`; nothing for a name without Chinese in it.

    The usual way first, whole and by initials, then the others. A character with a local reading
    is spelt in each: 徐大堡 is `xudabao` and `xudapu`.
    """
    if name.isascii():
        return ()
    words = [ways for run in RUNS.findall(name) for ways in ways_of(run)]
    found: list[str] = []
    for way in islice(product(*words), MOST):
        found += map("".join, zip(*way, strict=True))
    spelt = [text.lower() for text in found]
    if "v" in spelt[0]:
        spelt.append(spelt[0].replace("v", "u"))
    return tuple(filter(None, dict.fromkeys(spelt)))


def ways_of(run: str) -> list[Ways]:
    """Of each word how it may be spelt; what is no Chinese stands for itself."""
    return list(map(word_ways, cut(run))) if FIRST <= run[0] <= LAST else [((run, run),)]


@lru_cache(maxsize=65_536)
def word_ways(word: str) -> Ways:
    """The ways of a word, whole and by initials; names are made of the same words over and over.

    No name needs more of them: the last word of it changes first.
    """
    usual = import_module("pypinyin").lazy_pinyin(word)
    readings = [
        dict.fromkeys((part, *LOCAL.get(char, ()))) for char, part in zip(word, usual, strict=True)
    ]
    return tuple(
        ("".join(way), "".join(part[:1] for part in way))
        for way in islice(product(*readings), MOST)
    )


def cut(run: str) -> list[str]:
    """Chinese as words that have readings of their own: always the longest, else one character."""
    lengths, phrases = phrases_known()
    words, at, end = [], 0, len(run)
    while at < end:
        word = run[at]
        for length in lengths.get(run[at : at + 2], ()):
            if (phrase := run[at : at + length]) in phrases:
                word = phrase
                break
        words.append(word)
        at += len(word)
    return words


@lru_cache(maxsize=1)
def phrases_known() -> tuple[dict[str, tuple[int, ...]], Container[str]]:
    """How long the phrases are that begin with two characters, the longest first; the phrases."""
    # The tables of pypinyin take longer to load than the pack: no start waits for them.
    phrases = import_module("pypinyin.constants").PHRASES_DICT
    lengths = defaultdict(set)
    for phrase in phrases:
        lengths[phrase[:2]].add(len(phrase))
    return {two: (*sorted(some, reverse=True),) for two, some in lengths.items()}, phrases
