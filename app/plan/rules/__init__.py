"""The rule book: every rule about the data, a small named function each.

One book judges a file, a spreadsheet and a request alike: a rule takes the Subject and yields
Findings that name file, row, column, value and what was expected.
"""

from app.plan.pack import Pack
from app.plan.rules import declarations, geometry, references, rows, texts
from app.plan.rules.subject import Finding, Rule, Subject

RULES: tuple[Rule, ...] = (
    *declarations.RULES,
    *rows.RULES,
    *references.RULES,
    *texts.RULES,
    *geometry.RULES,
)


def check(pack: Pack) -> list[Finding]:
    """Judge a pack by every rule, in order. Raises PackError when it cannot be read at all."""
    subject = Subject(pack)
    return [finding for rule in RULES for finding in rule(subject)]


__all__ = ["RULES", "Finding", "Rule", "Subject", "check"]
