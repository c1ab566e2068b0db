"""The language of a response: negotiated (RFC 9110 §12.5.4, RFC 4647) and declared."""

from collections.abc import Sequence

from fastapi import Request

from app.domain.text.languages import tag_of

SAME = {"zh-hans": "zh-cn", "zh-hans-cn": "zh-cn", "zh-cmn-hans": "zh-cn", "cmn-hans": "zh-cn",
        "cmn": "zh", "zh-sg": "zh-cn"}  # fmt: skip
"""Other names of what is offered."""
REFUSED, UNNAMED = -1.0, 0.0


def preferred(header: str, offered: Sequence[str]) -> str:
    """The language that an Accept-Language likes best; of equals, the one named first.

    Where it likes none of them, the first that it does not refuse with `q=0`.
    """
    ranges = weighted(header)
    ranked = [(*rank(tag_of(lang).lower(), ranges), lang) for lang in offered]
    best = max(ranked, key=lambda one: (one[0], -one[1]), default=(0.0, 0, ""))
    return best[2] if best[0] > REFUSED else offered[0]


def weighted(header: str) -> list[tuple[str, float]]:
    """Language ranges with their weights, as they stand."""
    tags = []
    for part in header.split(","):
        name, _, parameters = (piece.strip().lower() for piece in part.partition(";"))
        label, _, value = parameters.partition("=")
        try:
            weight = float(value) if label.strip() == "q" else 1.0
        except ValueError:
            weight = 1.0
        if name:
            tags.append((SAME.get(name, name), weight if 0 <= weight <= 1 else 1.0))
    return tags


def rank(tag: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """How welcome a tag is, and where in the header that is said.

    The longest range that holds the tag decides (`en` holds `en-GB`); without one, a near relation
    (`zh-Hant` for `zh-CN`, `en-GB` for `en`); without that, `*`.
    """
    holding = [(name, weight, at) for at, (name, weight) in enumerate(ranges) if holds(name, tag)]
    if holding:
        _, weight, at = max(holding, key=lambda one: len(one[0]))
        return (weight or REFUSED), at
    family = tag.partition("-")[0]
    related = [
        (weight, -at)
        for at, (name, weight) in enumerate(ranges)
        if name.partition("-")[0] == family and weight
    ]
    if related:
        weight, before = max(related)
        return weight, -before
    for at, (name, weight) in enumerate(ranges):
        if name == "*":
            return (weight or UNNAMED), at
    return UNNAMED, len(ranges)


def holds(name: str, tag: str) -> bool:
    """Basic filtering: the range is the tag or a beginning of it."""
    return tag == name or tag.startswith(f"{name}-")


def set_content_language(request: Request, lang: str) -> str:
    """Note the language of the answer, for its Content-Language."""
    request.state.language = lang
    return lang


def content_language_header(request: Request) -> dict[str, str]:
    """The header that names the language of the answer, where it has one."""
    lang = getattr(request.state, "language", "")
    return {"Content-Language": tag_of(lang)} if lang else {}
