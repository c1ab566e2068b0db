"""Texts of error pages: what was wrong, the value, what is allowed, where to go.

Exceptions speak English and ids, for programs. Here the same is said in the page's language, with
the pack's own titles, and each thing allowed is a link that puts it in place of the wrong one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.exceptions import HTTPException

from app.domain.doubts import DOUBTS
from app.domain.errors import (
    BadCharacter,
    BadValue,
    NotAcceptable,
    NotFound,
    NotShown,
    Overloaded,
    RequestError,
    TooCostly,
    UnknownParameter,
    clip,
)
from app.domain.models import PRECISIONS, STATUSES
from app.domain.text.languages import name_of_language, title_in
from app.formats import BY_EXT
from app.selection.picture_options import (
    DPI_LEAST,
    DPI_MOST,
    PAPERS,
    RATIOS,
    SIDE_LEAST,
    SIDE_MOST,
)  # fmt: skip
from app.selection.view_words import category_titles, county_titles, layer_titles, words_in
from app.view.view import (
    LISTS,
    NEAR_MOST,
    PAGE_PARAMETERS,
    SEARCH_MOST,
    TITLE_MOST,
    VIEW_PARAMETERS,
    parse_view,
)
from app.web.dependencies import Service
from app.web.pages.html import root_of
from app.words import catalogue_texts, translator

ONE_OF = re.compile(r"one of (\S+(?:, \S+)*)")
"""A closed list, as exceptions say it."""

LIMITS = {
    "near": NEAR_MOST, "q": SEARCH_MOST, "title": TITLE_MOST,
    "ratios": ", ".join((*RATIOS, *PAPERS)), "least": SIDE_LEAST, "most": SIDE_MOST,
    "dpi_least": DPI_LEAST, "dpi_most": DPI_MOST,
}  # fmt: skip
"""What the rules in words have to name."""


@dataclass(frozen=True, slots=True)
class AllowedValue:
    """Something allowed: its title, its id where that differs, and where it leads if anywhere."""

    title: str
    id: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What the page says."""

    heading: str
    lead: str
    expected: str = ""
    foreign: bool = False
    """Whether `expected` is in English whatever the page is in."""
    allowed: str = ""
    """What the choices are."""
    choices: tuple[AllowedValue, ...] = ()
    without: str = ""
    """This address without what is wrong in it."""
    view: str = ""
    """The query of the map that shows what was asked for here."""


@dataclass(frozen=True, slots=True)
class ErrorMessages:
    """Puts the problems of one request into words."""

    request: Request
    service: Service
    lang: str

    def text_for(self, error: Exception) -> ErrorText:
        """The words for an error; what nobody foresaw gets general ones."""
        match error:
            case UnknownParameter():
                return self.unknown_parameter(error)
            case TooCostly():
                cost, limit = f"{error.cost:,}", f"{error.limit:,}"
                return self.plain("costly", name=self.named(error.name), cost=cost, limit=limit)
            case BadValue():
                return self.bad_value(error)
            case NotFound():
                return self.not_found(error)
            case NotAcceptable():
                choices = tuple(AllowedValue(name) for name in error.offered)
                return self.plain("format", choices, allowed=self.t("error.allowed"))
        request = self.request
        return self.plain(kind_of(error), path=shown(request.url.path), method=request.method)

    def t(self, key: str, **values: object) -> str:
        return translator(self.lang)(key, **values)

    def known(self, key: str, **values: object) -> str:
        """The sentence of a key, or nothing where it has none."""
        return self.t(key, **values) if key in catalogue_texts(self.lang) else ""

    def plain(
        self, kind: str, choices: tuple[AllowedValue, ...] = (), allowed: str = "", **values: object
    ) -> ErrorText:
        """A heading and a sentence."""
        heading, lead = f"error.{kind}", f"error.{kind}.lead"
        return ErrorText(self.t(heading), self.t(lead, **values), choices=choices, allowed=allowed)

    def named(self, name: str) -> str:
        """A parameter: `图层（layer）`, or as it was written where it has no title."""
        title = self.known(f"error.name.{name}")
        return self.t("error.named", title=title, id=name) if title else shown(name)

    def unknown_parameter(self, error: UnknownParameter) -> ErrorText:
        """The parameters there are; and the map, which may know the one given."""
        lead = self.t("error.parameter.lead", name=shown(error.name))
        if not error.allowed:
            lead += self.t("error.parameter.none")
        names = tuple(AllowedValue(self.known(f"error.name.{n}") or n, n) for n in error.allowed)
        return ErrorText(
            self.t("error.parameter"), lead,
            allowed=self.t("error.parameter.allowed"), choices=names,
            without=self.here(lambda name, text: None if name == error.name else text),
            view=self.same_view(),
        )  # fmt: skip

    def bad_value(self, error: BadValue) -> ErrorText:
        """The values there are, each a link to this address with it; else a rule in words."""
        if isinstance(error, NotShown):
            return self.not_shown(error)
        name, value = error.name, str(error.value)
        lead = self.t("error.value.lead", name=self.named(name), value=shown(value))
        if len(self.request.query_params.getlist(name)) > 1:
            once = "error.once.list" if name in LISTS else "error.once"
            return ErrorText(self.t("error.value"), lead, expected=self.t(once))
        if isinstance(error, BadCharacter):
            rule = self.t("error.expected.character", character=error.character)
            without = self.here(lambda name, text: None if name == error.name else text)
            return ErrorText(self.t("error.value"), lead, expected=rule, without=without)
        listed = ONE_OF.fullmatch(error.expected)
        if listed:
            choices = tuple(
                self.choice(id, title, self.here(replaced_word(name, value, id)))
                for id, title in self.titles(name, listed[1].split(", "))
            )
            allowed = self.t("error.allowed")
            return ErrorText(self.t("error.value"), lead, allowed=allowed, choices=choices)
        rule = self.known(f"error.expected.{name}", **LIMITS)
        return ErrorText(
            self.t("error.value"), lead, expected=rule or error.expected, foreign=not rule
        )

    def not_shown(self, error: NotShown) -> ErrorText:
        """What a format leaves out: the same without it, or the map, which shows all of it."""
        file_format = BY_EXT[error.format]
        title = self.t("error.named", title=title_in(file_format, self.lang), id=file_format.ext)
        lead = self.t("error.unshown.lead", name=self.named(error.name), format=title)
        known = (*VIEW_PARAMETERS, *PAGE_PARAMETERS)
        own = {error.name, "lang", "theme", "title", "colour"}
        query = self.here(lambda name, text: text if name in own else None)
        files = tuple(
            AllowedValue(file.lstrip("/"), href=f"{root_of(self.request)}{file.lstrip('/')}{query}")
            for file in error.files
        )
        return ErrorText(
            self.t("error.unshown"), lead, allowed=self.named(error.name), choices=files,
            without=self.here(lambda name, text: None if name in file_format.refused else text),
            view=self.here(lambda name, text: text if name in known else None).lstrip("?"),
        )  # fmt: skip

    def not_found(self, error: NotFound) -> ErrorText:
        """The things of that kind there are, each a link."""
        kind = error.kind.partition(" ")[0]
        thing = self.known(f"error.kind.{kind}") or self.t("error.kind.other")
        lead = self.t("error.missing.lead", kind=thing, value=shown(error.name))
        choices = tuple(
            self.choice(id, title, self.way(kind, id))
            for id, title in self.titles(kind, error.allowed)
        )
        return ErrorText(
            self.t("error.missing", kind=thing), lead,
            allowed=self.t("error.allowed"), choices=choices,
        )  # fmt: skip

    def choice(self, id: str, title: str, href: str = "") -> AllowedValue:
        return AllowedValue(title, "" if title == id else id, href)

    def titles(self, name: str, listed: Iterable[str]) -> list[tuple[str, str]]:
        """Id and title of what is listed; where an id and its names are listed, once."""
        known = self.vocabulary(name)
        ids = [id for id in dict.fromkeys(listed) if id in known or not known]
        return [(id, known.get(id, id)) for id in ids]

    def vocabulary(self, name: str) -> Mapping[str, str]:
        """Id → title of what may be named; empty where ids speak for themselves."""
        service, catalog, lang = self.service, self.service.catalog, self.lang
        known: dict[str, Callable[[], Mapping[str, str]]] = {
            "layer": lambda: layer_titles(catalog, lang),
            "county": lambda: county_titles(catalog, lang),
            "category": lambda: category_titles(catalog, lang),
            "status": lambda: words_in(STATUSES, lang),
            "precision": lambda: words_in(PRECISIONS, lang),
            "doubt": lambda: words_in(DOUBTS, lang),
            "lang": lambda: {
                language: name_of_language(language) for language in service.words.languages
            },
            "collection": lambda: {
                id: title_in(one, lang) for id, one in service.collections.items()
            },
            "format": lambda: {
                id: title_in(file_format, lang) for id, file_format in BY_EXT.items()
            },
        }
        return known[name]() if name in known else {}

    def way(self, kind: str, id: str) -> str:
        """Where a thing of a kind is found."""
        root, query = root_of(self.request), self.here(lambda name, text: text)
        match kind:
            case "county":
                return f"{root}county/{quote(id)}{query.rstrip('?')}"
            case "format":
                return f"{root}view.{id}{query.rstrip('?')}"
            case "document":
                return f"{root}data/{quote(id)}?lang={self.lang}"
            case "box":
                return f"{root}data/boxes/{quote(id)}?lang={self.lang}"
            case "collection":
                return f"{root}api/collections/{quote(id)}?f=html&lang={self.lang}"
        return ""

    def here(self, change: Callable[[str, str], str | None]) -> str:
        """This address with its parameters changed; None takes one out."""
        pairs = self.request.query_params.multi_items()
        changed = [(name, change(name, text)) for name, text in pairs]
        return "?" + urlencode([(n, text) for n, text in changed if text is not None], safe=",")

    def same_view(self) -> str:
        """The query as the map knows it; nothing where it does not."""
        try:
            view = parse_view(self.request.query_params.multi_items(), self.service.words)
        except RequestError:
            return ""
        return view.query_string() if replace(view, lang="").query_string() else ""


def kind_of(error: Exception) -> str:
    """Which words an error gets that names nothing allowed."""
    match error:
        case Overloaded():
            return "busy"
        case HTTPException(status_code=404):
            return "address"
        case HTTPException(status_code=405):
            return "method"
    return "other"


def replaced_word(wanted: str, wrong: str, right: str) -> Callable[[str, str], str]:
    """A change: one word of one parameter for another."""

    def changed(name: str, text: str) -> str:
        if name != wanted:
            return text
        words = [right if word.strip() == wrong else word for word in text.split(",")]
        return ",".join(dict.fromkeys(words)) if right in words else right

    return changed


def shown(text: str) -> str:
    """What a client sent, short and without what cannot be seen."""
    return clip(
        "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    )
