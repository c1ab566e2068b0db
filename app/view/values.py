"""The values of a view's parameters: what each may be and how it is written.

static/js/core/view_values.js is the twin; tests/shared/view_cases.json holds both to the same
cases.
"""

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.domain.errors import BadCharacter, BadValue
from app.domain.models import Position
from app.domain.text.characters import code_of
from app.domain.text.folding import readings, without_invisible
from app.store.base import Box

TITLE_MOST = 120
SEARCH_MOST = 200
NEAR_MOST = 1000
COMPARED_MOST = 4
HIDDEN_MOST = 40
NOTES_MOST = 20
NOTE_MOST = 60
DECIMALS = Decimal("0.000001")
"""Degrees are read and written to a millionth, as the data is."""

BLANKS = re.compile(
    "[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+"
)  # fmt: skip
"""What `\\s` is in the page's language, which is not what it is in this one."""
BLANK_ENDS = re.compile(rf"\A{BLANKS.pattern}|{BLANKS.pattern}\Z")
CONTROLS = re.compile("[\x7f-\x9f]")
"""Beside what no file can hold (app/domain/text/characters.py), which comes no further than the
door.
"""
COMMA = re.compile("[,，]")
ID = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
LNG_LAT = re.compile(r"(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?)", re.ASCII)
NEAR = re.compile(r"\d{1,4}(\.\d{1,6})?", re.ASCII)
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,20})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ViewPlace:
    """A place of the gazetteer under its main name, or a position as it was written."""

    name: str
    position: Position
    name_en: str = ""
    translations: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return self.name


def trimmed(text: str) -> str:
    """Without the blanks at its ends, which are no part of any value."""
    return BLANK_ENDS.sub("", text)


def shown(text: str) -> str:
    """A value as a reader sees it: without invisible characters, and trimmed."""
    return trimmed(without_invisible(text))


def known_as(word: str, allowed: Container[str]) -> str | None:
    """The allowed word that a word stands for, full-width or traditional as it may be written."""
    return next((one for one in readings(word) if one in allowed), None)


def single_spaced(text: str) -> str:
    """Each run of blanks as one space, none at the ends."""
    return BLANKS.sub(" ", text).strip(" ")


def split_known(text: str, allowed: Mapping[str, str]) -> tuple[tuple[str, ...], list[str]]:
    """Comma-separated words: those known, in the order given and once each; those that are not."""
    words = {word: known_as(word, allowed) for word in split_words(text)}
    known = dict.fromkeys(allowed[word] for word in words.values() if word is not None)
    unknown = [word for word in split_words(text) if words[word] is None]
    return tuple(known), unknown


def split_words(text: str) -> list[str]:
    """The words of a list; a Chinese keyboard's comma is a comma."""
    return [word for part in COMMA.split(text) if (word := trimmed(part))]


def parse_choice(name: str, text: str, allowed: Collection[str]) -> str:
    choice = known_as(text, allowed)
    if choice is None:
        raise BadValue(name, text, f"one of {', '.join(allowed)}")
    return choice


def parse_bbox(name: str, text: str) -> Box:
    """Four numbers west,south,east,north; six with heights are accepted, heights ignored.

    The window of a view is a picture's as well: it has a width and a height, and west lies left.
    """
    expected = (
        "west,south,east,north in degrees (or six numbers with heights), "
        "west < east, south < north, within the globe"
    )
    parts = [trimmed(part) for part in text.split(",")]
    if len(parts) not in (4, 6) or not all(NUMBER.fullmatch(part) for part in parts):
        raise BadValue(name, text, expected)
    numbers = [rounded(part) for part in parts]
    west, south, east, north = numbers if len(numbers) == 4 else [*numbers[:2], *numbers[3:5]]
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BadValue(name, text, expected)
    return west, south, east, north


def rounded(text: str) -> float:
    """A number of degrees to DECIMALS; the page's toFixed rounds the double, half up, likewise."""
    return float(Decimal(float(text)).quantize(DECIMALS, ROUND_HALF_UP)) + 0.0


def parse_place(text: str, places: Mapping[str, ViewPlace]) -> ViewPlace:
    """A place of the gazetteer by any of its names, or `lng,lat` in degrees."""
    name = short_text("place", text, TITLE_MOST)
    if known := known_as(name, places):
        return places[known]
    match = LNG_LAT.fullmatch(readings(name)[1])
    if not match or abs(float(match[1])) > 180 or abs(float(match[2])) > 90:
        raise BadValue(
            "place", text, "a name of the gazetteer (/places.json) or lng,lat in degrees"
        )
    lng, lat = float(match[1]) + 0.0, float(match[2]) + 0.0
    return ViewPlace(f"{text_of(lng)},{text_of(lat)}", (lng, lat))


def parse_near(text: str) -> float:
    """Kilometres, above 0 and at most NEAR_MOST."""
    expected = f"kilometres, above 0 and at most {NEAR_MOST}"
    if not NEAR.fullmatch(text) or not 0 < float(text) <= NEAR_MOST:
        raise BadValue("near", text, expected)
    return float(text)


@dataclass(frozen=True, slots=True)
class SiteCondition:
    """At most so many km, as the crow flies, to the nearest place of a kind."""

    kind: str
    km: float

    def __str__(self) -> str:
        return f"{self.kind}:{text_of(self.km)}"


def parse_site(text: str, kinds: Collection[str]) -> tuple[SiteCondition, ...]:
    """`port:20,expressway:5`: each kind once, kilometres as `near` has them."""
    pairs = [readings(word)[1].partition(":") for word in split_words(text)]
    conditions = {
        kind: SiteCondition(kind, float(km))
        for kind, _, km in pairs
        if kind in kinds and NEAR.fullmatch(km) and 0 < float(km) <= NEAR_MOST
    }
    if len(conditions) < len(pairs):
        raise BadValue(
            "site", text,
            f"{', '.join(f'{kind}:km' for kind in kinds) or 'nothing: this plan has no distances'}"
            f", each kind once, km above 0 and at most {NEAR_MOST}",
        )  # fmt: skip
    return tuple(conditions.values())


@dataclass(frozen=True, slots=True)
class MapNote:
    """A text at a position, or an arrow from one position to another with a text or without."""

    positions: tuple[Position, ...]
    text: str = ""

    def __str__(self) -> str:
        at = ",".join(text_of(number) for position in self.positions for number in position)
        return f"{at}:{self.text}" if self.text else at


@dataclass(frozen=True, slots=True)
class MovedName:
    """The name of an item, and where its middle stands."""

    id: str
    position: Position

    def __str__(self) -> str:
        return f"{self.id}:{','.join(map(text_of, self.position))}"


def parse_notes(text: str) -> tuple[MapNote, ...]:
    """`lng,lat:text;lng,lat,lng,lat:text`: texts, and arrows, which may do without one."""
    notes = tuple(note for part in split_notes(text) if (note := note_of(part)))
    if len(notes) < len(split_notes(text)) or len(notes) > NOTES_MOST:
        raise BadValue(
            "notes", text, f"lng,lat:text or lng,lat,lng,lat:text, at most {NOTES_MOST} with ; "
            f"between them, each text at most {NOTE_MOST} characters",
        )  # fmt: skip
    return notes


def split_notes(text: str) -> list[str]:
    return [part for one in text.split(";") if (part := trimmed(one))]


def note_of(part: str) -> MapNote | None:
    at, _, words = part.partition(":")
    positions, text = positions_of(at), single_spaced(words)
    arrow = len(positions) == ARROW
    if not positions or not (text or arrow) or len(text) > NOTE_MOST or CONTROLS.search(text):
        return None
    return MapNote(positions, text)


ARROW = 2
"""Positions of an arrow; a text has one."""


def positions_of(text: str) -> tuple[Position, ...]:
    """One or two positions in degrees; none of what is no such thing."""
    numbers = [trimmed(one) for one in readings(text)[1].split(",")]
    pairs = [LNG_LAT.fullmatch(",".join(numbers[at : at + 2])) for at in range(0, len(numbers), 2)]
    positions = tuple((float(one[1]) + 0.0, float(one[2]) + 0.0) for one in pairs if one)
    sound = len(positions) == len(pairs) <= ARROW
    within = all(abs(lng) <= 180 and abs(lat) <= 90 for lng, lat in positions)
    return positions if sound and within else ()


def parse_names(text: str) -> tuple[MovedName, ...]:
    """`id:lng,lat;id:lng,lat`: each name once."""
    names = {}
    for part in split_notes(text):
        id, _, at = part.partition(":")
        positions = positions_of(at)
        if ID.fullmatch(readings(id)[1]) and len(positions) == 1:
            names[readings(id)[1]] = MovedName(readings(id)[1], positions[0])
    if len(names) < len(split_notes(text)) or len(names) > NOTES_MOST:
        expected = f"id:lng,lat, each id once, at most {NOTES_MOST} with ; between them"
        raise BadValue("names", text, expected)
    return tuple(names.values())


def parse_inview(text: str) -> bool:
    """There is no 0: a view without the switch holds what lies outside the window too."""
    if known_as(text, ("1",)) is None:
        raise BadValue("inview", text, "1, with a bbox beside it")
    return True


def parse_all(text: str) -> bool:
    """There is no 0: a view without the switch is drawn as its pack begins."""
    if known_as(text, ("1",)) is None:
        raise BadValue("all", text, "1")
    return True


def parse_id(name: str, text: str) -> str:
    """What the id of an item looks like; whether there is one, the data knows."""
    id = readings(text)[1]
    if not ID.fullmatch(id):
        raise BadValue(name, text, "the id of an item (/api/collections/plan/items lists them)")
    return id


def parse_ids(
    name: str, text: str, most: int = COMPARED_MOST, what: str = "ids of items or codes of counties"
) -> tuple[str, ...]:
    """Ids, each once, and not too many."""
    words = dict.fromkeys(readings(word)[1] for word in split_words(text))
    if len(words) > most:
        raise BadValue(name, text, f"at most {most} {what}")
    return tuple(parse_id(name, word) for word in words)


def parse_hidden(text: str) -> tuple[str, ...]:
    return parse_ids("hidden", text, HIDDEN_MOST, "ids of items")


def short_text(name: str, text: str, most: int) -> str:
    if len(text) > most:
        raise BadValue(name, text, f"at most {most} characters")
    if match := CONTROLS.search(text):
        raise BadCharacter(name, text, code_of(match.group()))
    return single_spaced(text)


def text_of(value: Any) -> str:
    """A number without an exponent or a needless fraction, a switch as 1."""
    if value is True:
        return "1"
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
