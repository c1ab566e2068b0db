"""Rules about single rows: ids, closed lists, things that must be there."""

import re
from collections.abc import Iterator, Mapping

from app.domain.models import CONTACT, COUNTY_BASES, REPORT, SCOPES, STATUSES, Item
from app.domain.text.links import WANTED, is_web_address
from app.domain.text.slugs import SLUG_EXPECTED, is_slug
from app.rules.check_context import CheckContext, Finding, Rule, finding_for

REQUIRED = ("name", "name_en", "summary", "summary_en")
"""The plan's wording too, of an item of the plan; a shape drawn from a file has none."""

PAIRED = ("note", "place_note", "origin")


def id_is_a_slug(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        if not is_slug(item.id):
            yield finding_for(id_is_a_slug, item, "id", item.id, SLUG_EXPECTED)


def id_is_unique(context: CheckContext) -> Iterator[Finding]:
    first: dict[str, Item] = {}
    for item in context.items:
        if item.id in first:
            row = first[item.id].row
            yield finding_for(
                id_is_unique, item, "id", item.id, f"an id not used in {row.file}:{row.number}"
            )
        first.setdefault(item.id, item)


def category_is_the_layers(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        known = [category.id for category in context.layers[item.layer].categories]
        if item.category not in known:
            yield finding_for(
                category_is_the_layers,
                item,
                "category",
                item.category,
                f"one of {', '.join(known)}",
            )


def status_is_known(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        if item.status not in STATUSES:
            yield finding_for(
                status_is_known, item, "status", item.status, f"one of {', '.join(STATUSES)}"
            )


def scope_is_known(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        if item.scope not in SCOPES:
            yield finding_for(scope_is_known, item, "scope", item.scope, "empty, city or outside")


def counties_fit_the_scope(context: CheckContext) -> Iterator[Finding]:
    """Counties are named exactly where the scope is not the whole city or outside."""
    for item in context.items:
        if bool(item.counties) == bool(item.scope):
            expected = "no counties" if item.scope else "at least one county, or a scope"
            yield finding_for(
                counties_fit_the_scope, item, "counties", "|".join(item.counties), expected
            )


def counties_are_named_once(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        if len(set(item.counties)) != len(item.counties):
            yield finding_for(
                counties_are_named_once, item, "counties", "|".join(item.counties), "each once"
            )


def county_basis_is_known(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        if item.county_basis not in COUNTY_BASES:
            yield finding_for(
                county_basis_is_known, item, "county_basis", item.county_basis, "plan or inferred"
            )


def text_is_there_in_both_languages(context: CheckContext) -> Iterator[Finding]:
    """The texts that must be there; the English ones where the pack speaks English."""
    english = context.speaks_english
    for item in context.items:
        for column in REQUIRED:
            if not getattr(item, column) and (english or not column.endswith("_en")):
                yield finding_for(text_is_there_in_both_languages, item, column, "", "some text")
        if not item.plan_term and item.in_plan and item.method != "drawn":
            yield finding_for(text_is_there_in_both_languages, item, "plan_term", "", "some text")
        pairs = PAIRED if item.origin != REPORT else PAIRED[:-1]
        for column in pairs if english else ():
            zh, en = getattr(item, column), getattr(item, f"{column}_en")
            if bool(zh) != bool(en):
                missing = f"{column}_en" if zh else column
                yield finding_for(
                    text_is_there_in_both_languages, item, missing, "", "the other language too"
                )


def facts_are_paired(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        english = item.facts_en if context.speaks_english else item.facts
        if len(item.facts) != len(english) or not all((*item.facts, *english)):
            yield finding_for(
                facts_are_paired, item, "facts_en", "|".join(item.facts_en),
                f"{len(item.facts)} facts, as in facts, none empty",
            )  # fmt: skip


def unlocated_says_why(context: CheckContext) -> Iterator[Finding]:
    for item in context.items:
        if item.method in ("none", "drawn") and not item.place_note:
            yield finding_for(
                unlocated_says_why, item, "place_note", "", "the reason in a sentence"
            )


TELEPHONE = re.compile(r"\+?[0-9(][0-9()（） /;；、-]{4,60}", re.ASCII)


def contact_is_published(context: CheckContext) -> Iterator[Finding]:
    """Whom to ask comes with where that is published; a telephone is a number."""
    for item in context.items:
        for column, value, expected in wrong_contact(item.contact):
            yield finding_for(contact_is_published, item, column, value, expected)
    for county in context.pack.info.counties:
        contact_columns = {name: getattr(county, name) for name in CONTACT if getattr(county, name)}
        for column, value, expected in wrong_contact(contact_columns):
            yield Finding(contact_is_published.__name__, "plan.toml", None, column, value, expected)


def wrong_contact(contact: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Column, value and what was expected."""
    if contact and not contact.get("contact_source"):
        yield "contact_source", "", "where and when it is published: a title, an address, a date"
    telephone = contact.get("telephone", "")
    if telephone and not TELEPHONE.fullmatch(telephone):
        yield "telephone", telephone, "digits, with + ( ) - between them"
    website = contact.get("website", "")
    if website and not is_web_address(website):
        yield "website", website, WANTED


RULES: tuple[Rule, ...] = (
    id_is_a_slug,
    id_is_unique,
    category_is_the_layers,
    status_is_known,
    scope_is_known,
    counties_fit_the_scope,
    counties_are_named_once,
    county_basis_is_known,
    text_is_there_in_both_languages,
    facts_are_paired,
    unlocated_says_why,
    contact_is_published,
)
