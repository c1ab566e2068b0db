"""The rule book: every rule about the data, a small named function each.

One book judges a file, a spreadsheet and a request alike: a rule takes the Subject and yields
Findings that name file, row, column, value and what was expected.
"""

from app.plan.pack import Pack
from app.plan.rules import (
    addresses,
    cells,
    characters,
    declarations,
    english,
    geometry,
    places,
    references,
    rows,
    stand_ins,
    texts,
)
from app.plan.rules.subject import Finding, Rule, Subject

RULES: tuple[Rule, ...] = (
    *characters.RULES,
    *addresses.RULES,
    *cells.RULES,
    *declarations.RULES,
    *places.RULES,
    *rows.RULES,
    *references.RULES,
    *texts.RULES,
    *english.RULES,
    *geometry.RULES,
    *stand_ins.RULES,
)


def check(pack: Pack) -> list[Finding]:
    """Judge a pack by every rule, in order. Raises PackError when it cannot be read at all.

    A cell that cannot be read is left empty for the other rules, so what they say of it is void.
    """
    subject = Subject(pack)
    findings = [finding for rule in RULES for finding in rule(subject)]
    unread = {(fault.file, fault.row, fault.column) for fault in subject.pack.faults}
    own = {rule.__name__ for rule in cells.RULES}
    return [
        finding
        for finding in findings
        if finding.rule in own or (finding.file, finding.row, finding.column) not in unread
    ]


__all__ = ["RULES", "Finding", "Rule", "Subject", "check"]
