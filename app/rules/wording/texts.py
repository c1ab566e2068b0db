"""Rules about text: our own words, clean characters, nothing said twice."""

import re
from collections.abc import Iterator

from app.domain.models import Item
from app.domain.text.folding import folded
from app.rules.check_context import CheckContext, Finding, Rule, finding_for
from app.rules.wording.fingerprint import NOTICED, copied, letters, read_fingerprint

SUMMARY_MOST, SUMMARY_EN_MOST = 120, 320
CLEANED = (
    "name", "name_en", "summary", "summary_en", "place_note", "place_note_en", "note", "note_en",
)  # fmt: skip
FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ％　]")
STRAY = re.compile(r"[,，、;；:：]$|^[,，、。;；:：.]|[,，、;；。][,，、;；。]|\s\s|\.\.(?!\.)|\|")
OWN_WORDS = ("summary", "place_note", "note")
FINGERPRINT = "plan_fingerprint.txt"
NOTES = ("place_note", "place_note_en", "note", "note_en")
RADIUS = re.compile(
    r"(?:误差|半径|偏差|精度|±)[^。；，]{0,10}?\d|\d[^。；，]{0,6}(?:误差|以内|范围内)"
    r"|(?:within|radius|uncertain\w*|accura\w*|error|±|give or take|off by)[^.;,]{0,24}?"
    r"\d[\d.,]*\s*(?:m|km|met(?:re|er)s?|kilomet(?:re|er)s?)\b"
    r"|\d\s*(?:m|km|met(?:re|er)s?|kilomet(?:re|er)s?) (?:off|out|away)\b",
    re.IGNORECASE,
)
"""A radius in words of either language."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CURLY = re.compile("[‘’“”]")


def characters_are_half_width(context: CheckContext) -> Iterator[Finding]:
    """Digits and Latin letters are half-width."""
    for item, column, text in all_texts(context):
        match = FULL_WIDTH.search(text)
        if match:
            yield finding_for(
                characters_are_half_width, item, column, text, f"no full-width {match.group()!r}"
            )


def punctuation_is_tidy(context: CheckContext) -> Iterator[Finding]:
    for item, column, text in all_texts(context):
        if STRAY.search(text):
            yield finding_for(
                punctuation_is_tidy, item, column, text, "no doubled or stray punctuation"
            )


def summary_is_short(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        for column, most in (("summary", SUMMARY_MOST), ("summary_en", SUMMARY_EN_MOST)):
            text = getattr(item, column)
            if len(text) > most:
                yield finding_for(
                    summary_is_short, item, column, text, f"at most {most} characters"
                )


def english_is_english(context: CheckContext) -> Iterator[Finding]:
    """No Chinese character in an English text."""
    for item in context.items:
        for column in ("name_en", "summary_en", "place_note_en", "note_en", "facts_en"):
            value = getattr(item, column)
            text = value if isinstance(value, str) else " ".join(value)
            if CHINESE.search(text) and not column.startswith(("note", "place_note")):
                yield finding_for(english_is_english, item, column, text, "English only")


def english_quotes_are_straight(context: CheckContext) -> Iterator[Finding]:
    """A Chinese font draws curly quotes as wide as a character: gaps in an English text."""
    for item, column, text in all_texts(context):
        if column.endswith("_en") and CURLY.search(text):
            yield finding_for(english_quotes_are_straight, item, column, text, "straight quotes")


def radius_is_not_typed(context: CheckContext) -> Iterator[Finding]:
    """The radius is computed and said once; a second one, typed into a note, contradicts it."""
    for item in context.items:
        for column in NOTES:
            text = getattr(item, column)
            if RADIUS.search(text):
                yield finding_for(
                    radius_is_not_typed, item, column, text,
                    "no radius: it is computed from the places (uncertainty_m of gazetteer.csv)",
                )  # fmt: skip


def no_two_items_are_identical(context: CheckContext) -> Iterator[Finding]:
    """Name, layer and counties together name one item."""
    first: dict[tuple[object, ...], Item] = {}
    for item in context.items:
        key = (item.layer, folded(item.name), item.counties)
        if key in first:
            yield finding_for(
                no_two_items_are_identical,
                item,
                "name",
                item.name,
                f"not the same as {first[key].id}",
            )
        first.setdefault(key, item)


def no_summary_repeats_another(context: CheckContext) -> Iterator[Finding]:
    for column in ("summary", "summary_en"):
        first: dict[str, Item] = {}
        for item in context.items:
            key = skeleton(getattr(item, column), item)
            if key and key in first:
                yield finding_for(
                    no_summary_repeats_another, item, column, getattr(item, column),
                    f"other words than {first[key].id}",
                )  # fmt: skip
            first.setdefault(key, item)


def text_is_in_our_own_words(context: CheckContext) -> Iterator[Finding]:
    """No sentence lifted from the plan; names and lists are facts and may stand."""
    known = read_fingerprint(context.pack.data / FINGERPRINT)
    for item in context.items:
        texts = [(column, getattr(item, column)) for column in OWN_WORDS]
        for column, text in [*texts, *(("facts", fact) for fact in item.facts)]:
            for piece in pieces(text, item):
                lifted = list(copied(piece, known))
                if lifted:
                    yield finding_for(
                        text_is_in_our_own_words, item, column, piece,
                        f"our own words; the plan says {lifted[0]}…",
                    )  # fmt: skip


def pieces(text: str, item: Item) -> list[str]:
    """A text without the item's own names, cut at the commas of lists, long pieces only."""
    for own in sorted({item.name, item.plan_term} - {""}, key=len, reverse=True):
        text = text.replace(own, "、")
    return [piece for piece in text.split("、") if len(letters(piece)) >= NOTICED]


def skeleton(text: str, item: Item) -> str:
    """A summary without the item's own names, so that a template with the name swapped is seen."""
    for own in (item.name, item.name_en, item.plan_term):
        text = text.replace(own, "")
    return re.sub(r"[\W_]+", "", text).lower()


def all_texts(context: CheckContext) -> Iterator[tuple[Item, str, str]]:
    """Every text a reader sees: item, column, text."""
    for item in context.items:
        for column in CLEANED:
            yield item, column, getattr(item, column)
        for column in ("facts", "facts_en"):
            for fact in getattr(item, column):
                yield item, column, fact


RULES: tuple[Rule, ...] = (
    characters_are_half_width,
    punctuation_is_tidy,
    summary_is_short,
    english_is_english,
    english_quotes_are_straight,
    radius_is_not_typed,
    no_two_items_are_identical,
    no_summary_repeats_another,
    text_is_in_our_own_words,
)
