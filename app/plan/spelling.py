"""Chinese names as they are typed on a Latin keyboard: whole pinyin, and its initials."""

from pypinyin import Style, lazy_pinyin


def spellings(name: str) -> tuple[str, ...]:
    """`东城北站` → `dongchengbeizhan`, `dcbz`; nothing for a name without Chinese in it."""
    if name.isascii():
        return ()
    return (
        "".join(lazy_pinyin(name)).lower(),
        "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower(),
    )
