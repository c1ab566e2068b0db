"""The sample pack in other languages than it is written in.

Its texts are Chinese and English. A pack of another first language begins with the English ones,
to be written over like all of the sample; its references are in the English form until plan.toml
says how that language writes them.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from app.domain.text.languages import CHINESE, ENGLISH
from app.domain.text.references import DEFAULT, Grammar
from app.pack.tables.csv_tables import write_table

TOML_FILES = ("plan.toml", "layers.toml")
PAIR = re.compile(
    r"(?P<gap>[ ]*)\b(?P<name>\w+) = (?P<own>\"[^\"]*\")(?P<sep>,\s*|\s*\n)"
    r"(?P=name)_en = (?P<en>\"[^\"]*\")"
)
"""A text and its English, on one line or two."""

SHORT = 'short = "示例"'
ENGLISH_FORMS = {kind: DEFAULT[f"{kind}_en"] for kind in ("chapter", "section", "box", "join")}


def into_languages(data: Path, languages: Sequence[str]) -> None:
    """Put a fresh sample into the languages of a pack, the first one first."""
    if languages[0] != CHINESE:
        names = chinese_names(data)
        for path in data.rglob("*.geojson"):
            rewrite(path, lambda text: replaced(text, names))
        for path in sorted(data.rglob("*.csv")):
            rewrite(path, lambda text: table_in(text, languages, names))
        for name in TOML_FILES:
            rewrite(data / name, lambda text: toml_in(text, languages, names))
    rewrite(data / "plan.toml", lambda text: declared(text, languages))


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def chinese_names(data: Path) -> dict[str, str]:
    """Chinese name → English one, of what other rows of the sample point to."""
    names = {}
    for path in (data / "gazetteer.csv", data / "terms.csv"):
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
            names[row.get("name") or row["zh"]] = row.get("name_en") or row["en"]
    plan = (data / "plan.toml").read_text(encoding="utf-8")
    pairs = (found_pair for found_pair in PAIR.finditer(plan) if found_pair["name"] == "name")
    return names | {one["own"].strip('"'): one["en"].strip('"') for one in pairs}


def replaced(text: str, names: dict[str, str]) -> str:
    for zh in sorted(names, key=len, reverse=True):
        text = text.replace(zh, names[zh])
    return text


def table_in(text: str, languages: Sequence[str], names: dict[str, str]) -> str:
    """A table whose plain columns speak the first language."""
    rows = list(csv.DictReader(io.StringIO(text)))
    columns = next(csv.reader(io.StringIO(text)), [])
    if columns[:1] == ["zh"]:
        header = tuple(languages)
        return write_table(header, [{one: text_in(row, one) for one in header} for row in rows])
    translated = [name for name in columns if f"{name}_en" in columns]
    kept = [name for name in columns if not name.endswith("_en") or ENGLISH in languages[1:]]
    more = [f"{name}_zh" for name in translated if CHINESE in languages[1:]]
    made = []
    for row in rows:
        new = {name: reworded(row, name, translated, names) for name in kept}
        made.append(new | {name: row[name.removesuffix("_zh")] for name in more})
    return write_table((*kept, *more), made)


def text_in(row: dict[str, str], lang: str) -> str:
    return row["zh"] if lang == CHINESE else row["en"]


def reworded(
    row: dict[str, str], name: str, translated: Sequence[str], names: dict[str, str]
) -> str:
    """A cell in the first language: its English, a name in English, a reference in its form."""
    if name in translated:
        return row[f"{name}_en"]
    if name == "plan_term":
        return row["name_en"]
    if name in ("chapter", "section", "box", "plan_refs"):
        return Grammar().citation(Grammar().parse(row[name]), ENGLISH).replace(",", "")
    return row[name] if name.endswith("_en") else replaced(row[name], names)


def toml_in(text: str, languages: Sequence[str], names: dict[str, str]) -> str:
    """Settings whose plain texts speak the first language."""

    def turned(match: re.Match[str]) -> str:
        gap, name, own, sep, en = match.group("gap", "name", "own", "sep", "en")
        lines = [f"{gap}{name} = {en}"]
        lines += [f"{name}_en = {en}"] if ENGLISH in languages[1:] else []
        lines += [f"{name}_zh = {own}"] if CHINESE in languages[1:] else []
        return sep.join(lines)

    lines = PAIR.sub(turned, text).splitlines(keepends=True)
    named = (line if "_zh = " in line else replaced(line, names) for line in lines)
    return "".join(named).replace(SHORT, 'short = "Sample"')


def declared(text: str, languages: Sequence[str]) -> str:
    """The languages, and how the plan writes its references."""
    listed = ", ".join(f'"{language}"' for language in languages)
    text = re.sub(r"^languages = .*$", f"languages = [{listed}]", text, flags=re.MULTILINE)
    if languages[0] == CHINESE:
        return text
    own = {**ENGLISH_FORMS, "join": " "}
    forms = [f"{kind} = {toml_value(form)}" for kind, form in own.items()]
    for lang in languages[1:]:
        if lang in (CHINESE, ENGLISH):
            end = "" if lang == CHINESE else "_en"
            forms += [
                f"{kind}_{lang} = {toml_value(DEFAULT[f'{kind}{end}'])}" for kind in ENGLISH_FORMS
            ]
    head = "# How the plan writes where it says something: {n} is the number.\n[references]"
    return "\n".join([f"{text.rstrip()}\n", head, *forms, ""])


def toml_value(form: object) -> str:
    if isinstance(form, list):
        return f"[{', '.join(map(toml_value, form))}]"
    return f'"{form}"'
