"""`planmap check`: the rows by the rule book, the built files by a build, leftovers."""

from functools import cached_property

from app.build.build import build, stale
from app.domain.errors import PackError
from app.pack.pack import Pack
from app.pack.storage.journal import leftovers
from app.rules import Finding, check

JUDGED = ("items", "keys", "gazetteer", "lines", "features")
"""Parts that the rule book and a build look through; each of their faults is a finding."""


def check_pack(pack: Pack) -> list[Finding]:
    """Everything that stands against a pack. Raises PackError when it cannot be read at all."""
    findings = [
        *check(pack),
        *every_part_can_be_read(pack),
        *built_files_are_what_the_rows_give(pack),
        *nothing_is_left_over(pack),
    ]
    pack.check_unchanged()
    return findings


def every_part_can_be_read(pack: Pack) -> list[Finding]:
    """Files that no rule looks into: a service reads them too."""
    findings = []
    for name, part in vars(Pack).items():
        if isinstance(part, cached_property) and name not in JUDGED:
            try:
                getattr(pack, name)
            except PackError as fault:
                findings.append(
                    Finding(
                        every_part_can_be_read.__name__, fault.file, fault.row, fault.column,
                        fault.value, fault.expected,
                    )
                )  # fmt: skip
    return findings


def built_files_are_what_the_rows_give(pack: Pack) -> list[Finding]:
    """A build would change nothing; of rows that cannot be built the rule book says why."""
    try:
        old = stale(build(pack))
    except PackError:
        return []
    return [
        Finding(
            built_files_are_what_the_rows_give.__name__,
            path.relative_to(pack.root).as_posix(), None, "", "",
            "what the rows give; run `planmap build`",
        )
        for path in old
    ]  # fmt: skip


def nothing_is_left_over(pack: Pack) -> list[Finding]:
    """Nothing of a killed command lies in the pack; the next one that may write clears it."""
    return [
        Finding(
            nothing_is_left_over.__name__, path.relative_to(pack.root).as_posix(), None, "", "",
            "nothing here: a command that was killed left it; remove it, or run one that may",
        )
        for path in leftovers(pack.root)
    ]  # fmt: skip
