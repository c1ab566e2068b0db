"""`planmap check`: the rows by the rule book, the built files by a build, leftovers."""

from app.build.build import build, stale
from app.domain.errors import PackError
from app.pack.pack import Pack
from app.pack.storage.journal import leftovers
from app.rules import Finding, check


def check_pack(pack: Pack) -> list[Finding]:
    """Everything that stands against a pack. Raises PackError when it cannot be read at all."""
    findings = [
        *check(pack),
        *built_files_are_what_the_rows_give(pack),
        *nothing_is_left_over(pack),
    ]
    pack.check_unchanged()
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
