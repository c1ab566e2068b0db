"""The front end's modules as one script, for a page that may import nothing.

Each module becomes a function that runs once, in the order of the imports, and returns what it
exports. Only the forms that our modules are written in are known; any other is a mistake in the
code and said so, never passed on.
"""

import re
from collections.abc import Iterator
from pathlib import Path

IMPORT = re.compile(r'^import\s+(?:(?P<what>[^"\';]+?)\s+from\s+)?"(?P<address>[^"]+)";', re.M)
DECLARED = re.compile(
    r"^export (?P<kind>(?:async )?function\*?|class|const) (?P<name>[\w$]+)", re.M
)
DEFAULT = re.compile(r"^export default ", re.M)
LISTED = re.compile(r"^export \{(?P<names>[^}]*)\};", re.M)
UNKNOWN = re.compile(r"^(?:import|export)\b.*|\bimport(?:\.meta\b|\s*\().*", re.M)
LAZY = re.compile(r'\bimport\("(?P<address>\.[^"]+)"\)')
TYPE = re.compile(r"/\*\*.*?\*/", re.S)
DEFAULT_NAME = "exported"
"""What a default export is called within its module."""


class UnknownForm(Exception):
    """A module is written in a way that cannot be put into one script."""


def bundle(root: Path, entry: str, given: tuple[str, ...] = ()) -> str:
    """An expression: what module `entry` exports. `given`: packages that are there already."""
    names = dict.fromkeys(modules_of(root, entry))
    parts = "".join(module(root, name, given) for name in names)
    return (
        f'(() => {{\n"use strict";\nconst modules = {{}};\n{parts}return modules["{entry}"];\n}})()'
    )


def modules_of(root: Path, name: str, above: tuple[str, ...] = ()) -> Iterator[str]:
    """A module's name, after the names of all it imports; relative to `root`."""
    for match in IMPORT.finditer(text_of(root, name)):
        if match["address"].startswith("."):
            target = beside(root, name, match["address"])
            if target in (*above, name):
                raise UnknownForm(f"{name} and {target} import each other")
            yield from modules_of(root, target, (*above, name))
    yield name


def lazy_parts(root: Path, name: str) -> list[str]:
    """The modules that a module loads on use."""
    text = TYPE.sub("", text_of(root, name))
    return [beside(root, name, match["address"]) for match in LAZY.finditer(text)]


def module(root: Path, name: str, given: tuple[str, ...], *, file: str = "", lazy: str = "") -> str:
    """One module as a function that is called once.

    `file`: where its text stands, if not under its name. `lazy`: the function that loads a module
    on use; with it, what is `given` is imported by whoever holds the script.
    """
    exports: dict[str, str] = {}

    def imported(match: re.Match[str]) -> str:
        address = match["address"]
        if not address.startswith("."):
            if address in given and (lazy or not match["what"]):
                return ""
            raise UnknownForm(f"{name}: {match[0]}")
        return bound(match["what"] or "", beside(root, name, address))

    def declared(match: re.Match[str]) -> str:
        exports[match["name"]] = match["name"]
        return f"{match['kind']} {match['name']}"

    def listed(match: re.Match[str]) -> str:
        for own, called in pairs(match["names"]):
            exports[called] = own
        return ""

    def default(_: re.Match[str]) -> str:
        exports["default"] = DEFAULT_NAME
        return f"const {DEFAULT_NAME} = "

    text = text_of(root, file or name)
    if lazy:
        text = TYPE.sub("", text)
        text = LAZY.sub(lambda match: f'{lazy}("{beside(root, name, match["address"])}")', text)
    for form, write in (
        (IMPORT, imported), (DECLARED, declared), (LISTED, listed), (DEFAULT, default),
    ):  # fmt: skip
        text = form.sub(write, text)
    if odd := UNKNOWN.search(TYPE.sub("", text)):
        raise UnknownForm(f"{name}: {odd[0]}")
    bindings = ", ".join(f"{called}: {own}" for called, own in exports.items())
    sets = "??=" if lazy else "="
    return f'modules["{name}"] {sets} (() => {{\n{text}\nreturn {{ {bindings} }};\n}})();\n'


def bound(what: str, source: str) -> str:
    """The names an import binds: `a, { b as c }`, `* as d`; nothing where it binds none."""
    if not what:
        return ""
    alone, _, braced = what.partition("{")
    alone = alone.strip().rstrip(",").strip()
    held = []
    if alone.startswith("* as "):
        held.append(f'const {alone.removeprefix("* as ")} = modules["{source}"];')
    elif alone:
        held.append(f'const {alone} = modules["{source}"].default;')
    if braced:
        inner = ", ".join(f"{own}: {called}" for own, called in pairs(braced.rstrip("} \n")))
        held.append(f'const {{ {inner} }} = modules["{source}"];')
    return " ".join(held)


def pairs(names: str) -> Iterator[tuple[str, str]]:
    """`a, b as c` → its name there and its name here."""
    for part in filter(None, (one.strip() for one in names.split(","))):
        own, _, called = part.partition(" as ")
        yield own.strip(), (called or own).strip()


def text_of(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def beside(root: Path, name: str, address: str) -> str:
    """What `./y.js` means in module `name`."""
    path = ((root / name).parent / address).resolve()
    return path.relative_to(root.resolve()).as_posix()
