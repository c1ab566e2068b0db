"""How an item was located, as a sentence a reader can check: in a language of the pack."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.models import BASES, Item, Located
from app.domain.text.distances import distance_words
from app.domain.text.languages import CHINESE, title_in, word_in
from app.locate.context import LocateContext
from app.words import translator


@dataclass(frozen=True, slots=True)
class Speaker:
    """What is said of one item in one language."""

    context: LocateContext
    item: Item
    lang: str

    def say(self, key: str, **values: object) -> str:
        return translator(self.lang)(f"locate.{key}", **values)

    def listed(self, names: Sequence[str]) -> str:
        """`A, B and C`."""
        start = self.say("comma").join(names[:-1])
        return self.say("and", start=start, last=names[-1]) if start else names[-1]

    def titles(self, records: Iterable[object]) -> list[str]:
        return [title_in(record, self.lang, "name") for record in records]

    @property
    def places(self) -> list[str]:
        """The names of the item's places: as the row writes them in its own language."""
        if self.lang in (CHINESE, self.context.pack.info.first):
            return list(self.item.places)
        return self.titles(self.context.place(self.item, name) for name in self.item.places)


def sentence(context: LocateContext, item: Item, located: Located, lang: str) -> str:
    speaker = Speaker(context, item, lang)
    how = HOW.get(item.method, of_places)(speaker)
    if located.uncertainty_m is None or item.method == "counties":
        return speaker.say("sentence", how=how)
    basis = word_in(BASES[located.basis or "estimated"], lang).lower()
    radius = distance_words(located.uncertainty_m, lang)
    return speaker.say("sentence.known", how=how, basis=basis, radius=radius)


def of_places(speaker: Speaker) -> str:
    """All that there is to say of a method is which places it goes by."""
    places = speaker.places
    return speaker.say(speaker.item.method, places=speaker.listed(places) if places else "")


def near(speaker: Speaker) -> str:
    if speaker.item.along:
        return speaker.say("near.route", how=route(speaker))
    centreline = speaker.context.extent_of(speaker.item) == "line"
    places = speaker.places
    key = "near.line" if centreline else "near"
    return speaker.say(key, places=speaker.listed(places), n=len(places))


def line(speaker: Speaker) -> str:
    context, item = speaker.context, speaker.item
    off = [context.off_the_map(context.place(item, name)) for name in item.places]
    if not any(off) or all(off):
        return of_places(speaker)
    pairs = list(zip(speaker.places, off, strict=True))
    here = [name for name, far in pairs if not far]
    beyond = [name for name, far in pairs if far]
    start = speaker.say("line.start", places=speaker.listed(here), n=len(here))
    return speaker.say("line.bound", start=start, places=speaker.listed(beyond))


def route(speaker: Speaker) -> str:
    context, item, places = speaker.context, speaker.item, speaker.places
    bases = [context.pack.lines[name] for name in item.along]
    ends = ""
    if len(places) >= 2:
        ends = speaker.say("route.ends", first=places[0], last=places[-1])
    if context.keeps_inside(item):
        ends += speaker.say("route.inside")
    key = "route.corridor" if any(base.kind == "corridor" for base in bases) else "route"
    return speaker.say(key, lines=speaker.listed(speaker.titles(bases)), ends=ends)


def counties(speaker: Speaker) -> str:
    info = speaker.context.pack.info
    chosen = [county for county in info.counties if county.code in speaker.item.counties]
    names = speaker.titles(chosen) or [title_in(info, speaker.lang, "place")]
    return speaker.say("counties", places=speaker.listed(names))


HOW: dict[str, Callable[[Speaker], str]] = {
    "near": near, "line": line, "route": route, "counties": counties,
}  # fmt: skip
"""Methods that say more than their places."""
