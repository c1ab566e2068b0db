"""The rule book: every rule about the data, a small named function each.

One book judges a file, a spreadsheet and a request alike: a rule takes the CheckContext and yields
Findings that name file, row, column, value and what was expected.
"""

from app.pack.pack import Pack
from app.rules.check_context import CheckContext, Finding, Rule
from app.rules.positions import geometry, places, stand_ins
from app.rules.tables import cells, declarations, references, rows
from app.rules.wording import characters, english, texts
from app.rules.wording import links as addresses

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
    context = CheckContext(pack)
    findings = [finding for rule in RULES for finding in rule(context)]
    unread = {(fault.file, fault.row, fault.column) for fault in context.pack.faults}
    own = {rule.__name__ for rule in cells.RULES}
    return [
        finding
        for finding in findings
        if finding.rule in own or (finding.file, finding.row, finding.column) not in unread
    ]


__all__ = ["RULES", "CheckContext", "Finding", "Rule", "check"]
