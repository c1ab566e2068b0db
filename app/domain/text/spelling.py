"""Chinese names as they are typed on a Latin keyboard: whole pinyin, and its initials."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from itertools import islice, product

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

HANZI = re.compile("[\u4e00-\u9fff]")
RUNS = re.compile("[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")


def spellings(name: str) -> tuple[str, ...]:
    """`东城北站` → `dongchengbeizhan`, `dcbz`; nothing for a name without Chinese in it.

    A character with a local reading is spelt in each: 徐大堡 is `xudabao` and `xudapu`.
    """
    if name.isascii():
        return ()
    return tuple(dict.fromkeys(text for text in all_spellings(name) if text))


def all_spellings(name: str) -> Iterator[str]:
    """The usual way first, whole and by initials, then the others."""
    usual = [pair for run in RUNS.findall(name) for pair in read(run)]
    ways = [dict.fromkeys((part, *LOCAL.get(char, ()))) for char, part in usual]
    ends = [1 if HANZI.match(char) else None for char, _ in usual]
    for way in islice(product(*ways), MOST):
        yield "".join(way).lower()
        yield "".join(part[:end] for part, end in zip(way, ends, strict=True)).lower()
    whole = "".join(part for _, part in usual).lower()
    if "v" in whole:
        yield whole.replace("v", "u")


def read(run: str) -> Iterator[tuple[str, str]]:
    """Each character with its usual reading; what is no Chinese stands for itself."""
    if HANZI.match(run):
        # The tables of pypinyin take longer to load than the pack: no start waits for them.
        for word in import_module("pypinyin.seg.mmseg").seg.cut(run):
            yield from zip(word, read_word(word), strict=True)
    else:
        yield run, run


@lru_cache(maxsize=65_536)
def read_word(word: str) -> tuple[str, ...]:
    """The reading of each character; names are made of the same words over and over."""
    return tuple(import_module("pypinyin").lazy_pinyin(word))
