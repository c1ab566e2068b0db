"""Everything that can go wrong, as one tree.

PlanmapError
├── PackError            the pack cannot be read: file, row, column, value, what was expected
├── PackChanged          the pack's files are not those that were read
├── RequestError         what a client asked for makes no sense
│   ├── UnknownParameter a query parameter this resource does not have
│   ├── BadValue         a known parameter with a value it cannot have
│   ├── NotOffered       a value the standard allows and this service does not offer
│   ├── TooCostly        a value that would take more work than one request may
│   └── NotAcceptable    no representation the client accepts
├── NotFound             the thing named does not exist
├── MissingFont          the font the pictures are drawn with is not installed
└── Overloaded           too much is asked for at once; it may go better in a while
    └── TookTooLong      the work was given up at its deadline
"""

from collections.abc import Iterable
from typing import Any


class PlanmapError(Exception):
    """Base of all errors this package raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Whole from one process to another, whatever its constructor takes."""
        return rebuilt, (type(self), self.args, dict(self.__dict__))


def rebuilt(kind: type[PlanmapError], args: tuple[Any, ...], state: dict[str, Any]) -> PlanmapError:
    """An error of another process."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class PackError(PlanmapError):
    """A file of the pack cannot be used; says where and what was expected."""

    def __init__(
        self, file: str, expected: str, *, row: int | None = None, column: str = "", value: str = ""
    ) -> None:
        self.file, self.row, self.column, self.value = file, row, column, value
        self.expected = expected
        super().__init__(str(self))

    def __str__(self) -> str:
        return place_in_file(self.file, self.row, self.column, self.value, self.expected)


class PackChanged(PlanmapError):
    """The files of a pack are no longer those that were read."""

    retry_after = 60
    """Seconds after which whoever runs the service may have restarted it."""

    def __init__(self, root: object, version: str) -> None:
        self.root, self.version = str(root), version
        super().__init__(
            f"{root}: the files have changed since they were read (version {version}); "
            "run the command again, or restart the service"
        )

    def __reduce__(self) -> tuple[type["PackChanged"], tuple[str, str]]:
        """It may be raised in another process."""
        return PackChanged, (self.root, self.version)


def place_in_file(file: str, row: int | None, column: str, value: str, expected: str) -> str:
    """One line: `file:row column 'value': expectation`."""
    where = file if row is None else f"{file}:{row}"
    what = f" {column}" if column else ""
    got = f" {value!r}" if value else ""
    return f"{where}{what}{got}: {expected}"


class RequestError(PlanmapError):
    """A request that cannot be answered as it stands."""


class UnknownParameter(RequestError):
    """A query parameter the resource does not know (OGC API Common: a 400)."""

    def __init__(self, name: str, allowed: Iterable[str]) -> None:
        self.name, self.allowed = name, sorted(allowed)
        super().__init__(
            f"unknown query parameter {name!r}; allowed: {', '.join(self.allowed) or 'none'}"
        )


class BadValue(RequestError):
    """A value the parameter cannot have."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        self.name, self.value, self.expected = name, value, expected
        super().__init__(f"{name}={clip(str(value))!r}: expected {expected}")


class BadCharacter(BadValue):
    """A value with a character that no file can hold, or with bytes that are no text."""

    def __init__(self, name: str, value: object, character: str) -> None:
        self.character = character
        super().__init__(name, value, f"text in UTF-8, without {character}: no file holds it")


class NotShown(BadValue):
    """A part of an address that a format cannot show; it is never dropped in silence. `files` are
    those that show just this.
    """

    def __init__(self, name: str, value: object, format: str, files: tuple[str, ...] = ()) -> None:
        self.format, self.files = format, files
        super().__init__(
            name,
            value,
            f"nothing: {format} does not show it. Leave it out for the items themselves, or open "
            "the same address on the map, which shows, prints and copies it"
            + (f"; its own files are {', '.join(files)}" if files else ""),
        )


class NotOffered(BadValue):
    """A value that a standard allows and this service does not offer."""


class TooCostly(BadValue):
    """A value that would take more work than one request may; known before any of it is done."""

    def __init__(self, name: str, value: object, cost: int, limit: int) -> None:
        self.cost, self.limit = cost, limit
        super().__init__(
            name, value, f"a cheaper one: this is too costly, its cost is {cost} and the limit "
            f"{limit} (parts of it × features × vertices or characters)",
        )  # fmt: skip


class NotAcceptable(RequestError):
    """None of the media types asked for is offered."""

    def __init__(self, accept: str, offered: Iterable[str]) -> None:
        self.accept, self.offered = accept, list(offered)
        super().__init__(
            f"Accept: {clip(accept)!r} cannot be met; offered: {', '.join(self.offered)}"
        )


class NotFound(PlanmapError):
    """A named thing that does not exist."""

    def __init__(self, kind: str, name: str, allowed: Iterable[str] = ()) -> None:
        self.kind, self.name, self.allowed = kind, name, list(allowed)
        known = f"; known: {', '.join(self.allowed)}" if self.allowed else ""
        super().__init__(f"no {kind} {clip(name)!r}{known}")


class MissingFont(PlanmapError):
    """The pictures cannot be drawn: their font is not where it should be."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"font {path} is missing; run `npm ci`, or set PLANMAP_FONT to a folder that holds "
            "NotoSansSC_400Regular.ttf and NotoSansSC_700Bold.ttf"
        )


class Overloaded(PlanmapError):
    """Something was given up, for a reason that may be gone in a while."""

    retry_after = 5
    """Seconds after which it may go better."""

    def __init__(self, what: str, why: str) -> None:
        self.what, self.why = what, why
        super().__init__(f"{clip(what)}: {why}")


class TookTooLong(Overloaded):
    """Work that was given up at its deadline."""

    def __init__(
        self, seconds: float, what: str = "request", advice: str = "ask for less at once"
    ) -> None:
        super().__init__(what, f"not ready within {seconds:g} s; {advice}")


def clip(text: str, most: int = 200) -> str:
    """Shorten what a client sent, so that an error stays readable."""
    return text if len(text) <= most else text[:most] + "…"
