"""Rules about what a row points to: the plan, the gazetteer, other items, earlier ids."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from app.domain.errors import PackError
from app.pack.reading import read_geojson
from app.rules.check_context import CheckContext, Finding, Rule, finding_for
from app.rules.wording.texts import CHINESE

CORRECTED = re.compile(r"`([a-z0-9-]+)`")


def plan_reference_exists(context: CheckContext) -> Iterator[Finding]:
    known = {entry.ref for entry in context.pack.outline}
    for item in context.items:
        if item.in_plan and not item.plan_refs:
            expected = "a chapter of the plan, or in origin where else the item comes from"
            yield finding_for(plan_reference_exists, item, "plan_refs", "", expected)
        for ref in item.plan_refs:
            if ref not in known:
                yield finding_for(
                    plan_reference_exists, item, "plan_refs", ref, "a row of plan_outline.csv"
                )


def plan_reference_is_given_once(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        for ref in sorted({str(ref) for ref in item.plan_refs if item.plan_refs.count(ref) > 1}):
            yield finding_for(
                plan_reference_is_given_once, item, "plan_refs", ref, "each place once"
            )


def heading_has_english(context: CheckContext) -> Iterator[Finding]:
    """Every heading of the plan is there in English too, where the pack speaks it."""
    if not context.speaks_english:
        return
    for entry in context.pack.outline:
        if not entry.title_en or CHINESE.search(entry.title_en):
            yield Finding(
                heading_has_english.__name__, entry.row.file, entry.row.number,
                "title_en", entry.title_en, f"English for {entry.title}",
            )  # fmt: skip


def place_can_be_located(context: CheckContext) -> Iterator[Finding]:
    """The method has what it needs: places resolve, lines exist, ends lie apart."""
    gazetteer, lines = context.pack.gazetteer, context.pack.lines
    unread_lines = context.pack.unread_lines
    names = [name for place in gazetteer for name in (place.name, *place.aliases)]
    for item, result in context.located:
        nowhere = [name for name in item.places if gazetteer.get(name) is None]
        for name in nowhere:
            expected = f"a name or alias in gazetteer.csv{alike(name, names)}"
            yield finding_for(place_can_be_located, item, "places", name, expected)
        astray = [name for name in item.along if name not in {*lines, *unread_lines}]
        for name in astray:
            expected = f"a line in lines.csv: {', '.join(lines)}"
            yield finding_for(place_can_be_located, item, "along", name, expected)
        if isinstance(result, PackError) and result.value not in (
            *nowhere, *astray, *context.pack.unread_places, *unread_lines,
        ):  # fmt: skip
            yield Finding(
                place_can_be_located.__name__, result.file, result.row or item.row.number,
                result.column, result.value, result.expected,
            )  # fmt: skip


def alike(name: str, known: Iterable[str]) -> str:
    """`; perhaps 东镇`: the names that look most like one nobody knows."""
    near = get_close_matches(name, list(known), n=3)
    return f"; perhaps {' or '.join(near)}" if near else ""


def related_exists_and_is_mutual(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        for other in item.related:
            if other == item.id or other not in context.by_id:
                expected = "the id of another item"
            elif item.id not in context.by_id[other].related:
                row = context.by_id[other].row
                expected = f"{item.id} among the related of {row.file}:{row.number} too"
            else:
                continue
            yield finding_for(related_exists_and_is_mutual, item, "related", other, expected)


def list_terms_have_english(context: CheckContext) -> Iterator[Finding]:
    """Where the pack speaks English."""
    if not context.speaks_english:
        return
    for item in context.items:
        for field in context.layers[item.layer].fields:
            if field.type != "list":
                continue
            for term in item.extra.get(field.id, ()):
                if not context.pack.terms.get(term):
                    yield finding_for(
                        list_terms_have_english, item, field.id, term, "a row of terms.csv"
                    )


def headings_stand_over_words_in_use(context: CheckContext) -> Iterator[Finding]:
    """The words below a heading of industries.csv are used: a slip of the pen finds nothing."""
    used = {
        word
        for item in context.items
        for field in context.layers[item.layer].fields
        if field.type == "list"
        for word in item.extra.get(field.id, ())
    }
    for heading in context.pack.industries:
        for word in heading.words or ("",):
            if word not in used:
                yield Finding(
                    headings_stand_over_words_in_use.__name__, heading.row.file,
                    heading.row.number, "words", word,
                    f"a word of a list field{alike(word, used)}",
                )  # fmt: skip


def built_ids_are_kept_or_explained(context: CheckContext) -> Iterator[Finding]:
    """An id once published stays, or CORRECTIONS.md says what became of it."""
    if not context.pack.features_path.exists():
        return
    corrections = context.pack.data / "CORRECTIONS.md"
    explained = (
        set(CORRECTED.findall(corrections.read_text(encoding="utf-8")))
        if corrections.exists()
        else set()
    )
    for feature in read_geojson(context.pack.features_path)["features"]:
        if feature["id"] not in context.by_id and feature["id"] not in explained:
            yield Finding(
                built_ids_are_kept_or_explained.__name__, context.pack.features_path.name, None,
                "id", feature["id"], "kept, or explained in geodata/CORRECTIONS.md",
            )  # fmt: skip


RULES: tuple[Rule, ...] = (
    plan_reference_exists,
    plan_reference_is_given_once,
    heading_has_english,
    place_can_be_located,
    related_exists_and_is_mutual,
    list_terms_have_english,
    headings_stand_over_words_in_use,
    built_ids_are_kept_or_explained,
)
